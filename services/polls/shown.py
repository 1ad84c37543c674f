"""How the figures of a result's table are shown: as shares, as numbers, or not at all.

Under 50 answers there are no percentages, under 100 the base is called low, and where all of a
small group answered alike the share is blunted. What may not be told at all is not in the table.
"""

from collections.abc import Sequence

from services.polls.disclosure import LOW_UNDER, PERCENT_FROM, Disclosure
from services.polls.model import OptionRole, Question, QuestionType
from services.polls.results import Figure, Table
from services.polls.statistics.printing import BLUNT_UNDER, printed_share

ENDS = 2  # points at each end of a scale that are told together
# What a share of none or all is drawn as where it is printed blunted.
_BLUNT = 0.025


def disclosed(table: Table | None) -> Disclosure:
    """Return how much of a table is shown."""
    if table is None or not table.figures:
        return Disclosure.BASE
    if table.answered < PERCENT_FROM:
        known = all(figure.votes is not None for figure in table.figures)
        return Disclosure.COUNTS if known else Disclosure.BASE
    if any(figure.shown is None for figure in table.figures):
        return Disclosure.BASE
    return Disclosure.LOW_BASE if table.answered < LOW_UNDER else Disclosure.SHARES


def printed(figure: Figure, table: Table) -> str:
    """Return what stands beside an option: «42 %», «>95 %», or a number under 50 answers."""
    if table.answered < PERCENT_FROM or figure.shown is None:
        return "–" if figure.votes is None else str(figure.votes)
    alike = _alike(figure)
    if alike is None:
        return printed_share(1, 2, figure.shown)
    return printed_share(table.answered if alike else 0, table.answered, figure.shown)


def interval(figure: Figure, table: Table) -> tuple[float, float] | None:
    """Return the interval beside a share; None where there is none to show."""
    if table.answered < PERCENT_FROM or figure.low is None or figure.high is None:
        return None
    if _alike(figure) is not None and table.answered < BLUNT_UNDER:
        return None  # it would tell what was blunted
    return figure.low, figure.high


def span(low: float, high: float) -> str:
    """Return an interval in whole per cent: «38–46»."""
    return f"{low * 100:.0f}–{high * 100:.0f}"


def length(figure: Figure, table: Table) -> float:
    """Return how long a bar is, from 0 to 1."""
    if figure.shown is None or table.answered < PERCENT_FROM:
        return (figure.votes or 0) / max(table.answered, 1)
    if table.answered >= BLUNT_UNDER:
        return figure.shown
    return min(max(figure.shown, _BLUNT), 1 - _BLUNT)


def leading(question: Question, table: Table) -> tuple[int, ...]:
    """Return what breakdowns and trends are about: what most chose, of a scale its highest end.

    Positions of options; of equal ones the earliest.
    """
    if question.type is QuestionType.SCALE:
        count = points(question)
        return tuple(range(max(count - ENDS, 0), count))
    shares = [length(figure, table) for figure in table.figures]
    plain = [one.position for one in question.options if one.role is OptionRole.PLAIN]
    among = [number for number in plain if number < len(shares)] or range(len(shares))
    return (max(among, key=lambda number: (shares[number], -number)),)


def focused(table: Table, positions: Sequence[int]) -> Figure:
    """Return the figure of these options told as one."""
    found = [table.figures[number] for number in positions]
    if len(found) == 1:
        return found[0]
    if table.answered < PERCENT_FROM:
        return Figure(sum(figure.votes or 0 for figure in found))
    share = sum(figure.share or 0.0 for figure in found)
    return Figure(None, share, sum(figure.shown or 0.0 for figure in found))


def points(question: Question) -> int:
    """Return how many points a scale has."""
    return 0 if question.scale is None else question.scale.high - question.scale.low + 1


def top_and_bottom(question: Question, table: Table) -> tuple[str, str]:
    """Return the two highest and the two lowest points of a scale together."""
    top = focused(table, leading(question, table))
    return printed(top, table), printed(focused(table, range(ENDS)), table)


def by_rank(table: Table) -> list[int]:
    """Return the options of a ranking, the best mean rank first."""
    if not table.ranks:
        return list(range(len(table.figures)))
    return sorted(range(len(table.figures)), key=lambda number: (table.ranks[number], number))


def _alike(figure: Figure) -> bool | None:
    """Tell whether all (True) or none (False) of the group chose it; None otherwise."""
    if figure.share is not None and figure.share >= 1 - 1e-12:
        return True
    if figure.share is not None and figure.share <= 1e-12:  # noqa: PLR2004  # rounding
        return False
    return None
