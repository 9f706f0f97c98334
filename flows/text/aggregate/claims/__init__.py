"""Claims: the statements of a story, who makes them, and how many independent sources they have.

`build_claims` is all that other rings need. In this package: what a sentence states
(`statements`), which sentences could say the same (`pairing`), whether they do (`agreement`), and
the claims made of them (`joining`). Beside it: `sources`, `conflicts`, `timeline`.
"""

from __future__ import annotations

from flows.text.aggregate.claim_frames import ClaimInputs, Claims
from flows.text.aggregate.claims.build import build_claims, count_sources

__all__ = ["ClaimInputs", "Claims", "build_claims", "count_sources"]
