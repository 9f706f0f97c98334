"""Plain-text cleaning beside doing nothing, on whole pages whose markup was thrown away.

Each page becomes a dump: one line a block, menus, links and notices left in. Scored is the body
that is left, against the same gold standard as for pages. The pages and the measures are no part
of this project: give their folders as arguments.

    python benchmarks/plain_text.py ../shared/data/pages --measures ../shared/measure/pages
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from typing import Any

from lxml import html

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from flows.text.clean.placement import place_blocks  # noqa: E402
from flows.text.clean.plain_text import split_plain_text  # noqa: E402

TEXT_LEVEL = ("a", "abbr", "b", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "picture")
INLINE = frozenset([*TEXT_LEVEL, "q", "s", "small", "source", "span", "strong", "sub", "sup", "time", "u"])
SKIPPED = frozenset(["script", "style", "noscript", "template", "svg", "head", "iframe"])


def dump(page: bytes) -> str:
    """The visible text of a page, one line a block."""
    tree = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
    pieces: list[str] = []
    _collect(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\v"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, pieces: list[str]) -> None:
    """Text in document order; a vertical tab parts blocks."""
    if isinstance(element.tag, str) and element.tag not in SKIPPED:
        mark = "" if element.tag in INLINE else "\v"
        pieces += [mark, (element.text or "").replace("\v", " ")]
        for child in element:
            _collect(child, pieces)
        pieces.append(mark)
    pieces.append((element.tail or "").replace("\v", " "))


def score(measures: Any, page: dict[str, Any], text: str) -> Any:
    """The match with the variant of the gold body that suits the text best."""
    bodies = ("\n".join(page["body"][n] for n in variant) for variant in measures.variants(page))
    matches = (measures.shingle_match(body, text) for body in bodies)
    return max(matches, key=lambda match: measures.page_prf(match)[2])


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path, default=ROOT.parent / "shared/data/pages")
    parser.add_argument("--measures", type=Path, default=ROOT.parent / "shared/measure/pages")
    given = parser.parse_args()
    if not (given.data / "gold.json").is_file() or not (given.measures / "metrics.py").is_file():
        print(f"no gold.json in {given.data} or no metrics.py in {given.measures}", file=sys.stderr)
        return 2
    sys.path.insert(0, str(given.measures))
    import metrics  # type: ignore[import-not-found]

    pages = json.loads((given.data / "gold.json").read_text(encoding="utf-8"))["pages"]
    dumps = {name: dump((given.data / "input" / name).read_bytes()) for name in pages}
    started = time.process_time()
    cleaned = {name: place_blocks(split_plain_text(text))[0] for name, text in dumps.items()}
    seconds = time.process_time() - started
    for label, texts in (("as it is", dumps), ("cleaned", cleaned)):
        matches = [score(metrics, page, texts[name]) for name, page in pages.items()]
        scores = metrics.body_scores(matches, [0] * len(matches))
        row = "  ".join(f"{name} {scores[f'body_{name}']:.3f}" for name in ("f1", "precision", "recall"))
        print(f"{label:10} {row}")
    rate = sum(map(len, dumps.values())) / seconds / 1e6
    print(f"{len(pages)} pages, {rate:.2f} million characters a CPU second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
