"""What tests share besides fixtures: places, and a run without Prefect."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.run import RunSummary

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "examples" / "articles"
SHARED = ROOT.parent / "shared"


def run_direct(inputs: Path | list[str], warehouse: Path, **settings: object) -> RunSummary:
    """One run without Prefect, in this process."""
    from flows.run import new_request, run_in_order
    from flows.settings import Settings
    from flows.steps import DirectSteps

    given = [str(inputs)] if isinstance(inputs, Path) else inputs
    chosen = Settings(warehouse=warehouse, workers=1, **settings)  # type: ignore[arg-type]
    return run_in_order(DirectSteps(), new_request(given, chosen))


def load_module(path: Path) -> ModuleType:
    """A benchmark or a measure as a module: they lie in no package."""
    spec = importlib.util.spec_from_file_location(f"loaded_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
