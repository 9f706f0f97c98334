"""What tests share besides fixtures: places, and a run without Prefect."""

from __future__ import annotations

from pathlib import Path
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
