"""The interval of a share: Wilson's, on the effective sample.

Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical
inference", Journal of the American Statistical Association 22, 209-212. AAPOR (2012, 2016): an
opt-in panel has no margin of sampling error; the interval is one of a model and is called so.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

Z_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Interval:
    """Two shares between 0 and 1, or two means."""

    low: float
    high: float


def wilson(share: float, effective: float, z: float = Z_95) -> Interval:
    """Return the 95 % interval of a share of an effective sample, which need not be whole.

    Of nobody nothing is known: 0 to 1.
    """
    if effective <= 0:
        return Interval(0.0, 1.0)
    squared = z * z / effective
    middle = (share + squared / 2) / (1 + squared)
    half = z / (1 + squared) * math.sqrt(share * (1 - share) / effective + squared / effective / 4)
    return Interval(max(0.0, middle - half), min(1.0, middle + half))
