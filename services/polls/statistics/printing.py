"""How much of a group is printed, and how a share is written so that it tells of nobody.

Under 50 no percentages; 50 to 99 with the words «low base»; where all of a small group answered
alike the share is blunted; bases are rounded down to 5.
"""

from enum import StrEnum

PERCENT_FROM = 50
LOW_UNDER = 100
BLUNT_UNDER = 200
ROUNDED_TO = 5
SMALLEST_FOR_MEAN = 30  # of the effective sample
_SPACE = "\N{NO-BREAK SPACE}"


class Detail(StrEnum):
    """What is printed of a group's shares."""

    NONE = "none"
    LOW_BASE = "low_base"
    FULL = "full"


def detail(respondents: int) -> Detail:
    """Return how much is printed of the shares of so many respondents."""
    if respondents < PERCENT_FROM:
        return Detail.NONE
    return Detail.LOW_BASE if respondents < LOW_UNDER else Detail.FULL


def printed_base(respondents: int) -> int:
    """Return the base as it is published: rounded down to 5."""
    return respondents - respondents % ROUNDED_TO


def printed_share(chosen: int, respondents: int, share: float) -> str:
    """Return a share in whole per cent: «42 %», «>95 %» or «<5 %».

    `chosen` is how many respondents chose it, unweighted: only then did all or none.
    """
    if respondents < BLUNT_UNDER and chosen == respondents:
        return f">95{_SPACE}%"
    if respondents < BLUNT_UNDER and chosen == 0:
        return f"<5{_SPACE}%"
    # Half goes up; what binary fractions make of 12.5 must not turn it down.
    return f"{int(share * 100 + 0.5 + 1e-9)}{_SPACE}%"


def mean_is_printed(effective: float) -> bool:
    """Tell whether a mean may be printed: not under an effective sample of 30."""
    return effective >= SMALLEST_FOR_MEAN
