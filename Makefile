# One word each. `make demo` and `make test` need Python 3.11 or later and nothing else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help demo test lint check lock docs clean

help:
	@echo "make demo   install, run the pipeline on the example articles, show what was found"
	@echo "make test   install and run the tests"
	@echo "make check  tests, linters, types, import contracts: what CI runs"
	@echo "make lock   resolve requirements.lock again (needs uv)"
	@echo "make docs   write the generated documents again"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Copydesk needs Python 3.11 or later; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 ...") if sys.version_info < (3, 11) else 0'
	@echo "Installing into $(VENV) (a minute or two) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	@$(BIN)/python -m flows.demo

test: $(READY)
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: test lint

lock:
	uv pip compile --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --group dev --quiet pyproject.toml -o requirements.lock

docs: $(READY)
	$(BIN)/python -m flows.data_dictionary > docs/data-dictionary.md

clean:
	rm -rf $(VENV) demo-warehouse build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
