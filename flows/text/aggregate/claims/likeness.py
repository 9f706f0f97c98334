"""How probably two statements say the same, from how alike their words (and meanings) are.

Logistic models with coefficients fitted by `benchmarks/claims.py` on labelled pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

INTERCEPT = -3.0
COEFFICIENTS = (6.0, 1.5, 2.0, 0.1, 0.8, -1.5)
"""For pairing.FEATURES, in order."""


def judge_wording(features: Floats) -> Floats:
    """Probability for each row of features (columns: pairing.FEATURES)."""
    logit = INTERCEPT + features @ np.array(COEFFICIENTS)
    probability: Floats = 1 / (1 + np.exp(-logit))
    return probability
