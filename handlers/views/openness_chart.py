"""The open figures month by month as the card of a picture."""

from collections.abc import Iterator, Sequence

from handlers.text import _
from handlers.views.openness_words import base_lines, cell_name, month_words, share_of
from services.openness.figures import Cell, Share
from services.openness.reading import OpenMonth, Point
from services.organisation.directory import Organisation
from services.polls.chart import Bar, Card, Heading, Line, Lines, Part, Remark
from services.polls.chart import Point as Dot
from services.reports.paper import NOTHING

# Months whose days are drawn as bars.
_BARS = 6
_NAMED = 8


def openness_card(
    month: OpenMonth, line: Sequence[Point], cell: Cell, organisation: Organisation
) -> Card:
    """Return what is on the picture; months that are not told have no point."""
    return Card(
        heading=_("Open figures: {month}").format(month=month_words(month.month)),
        question=cell_name(cell, organisation),
        parts=(*_shares(line), *_days(line)),
        facts=(
            *base_lines(month),
            _(
                "Base: answers, {answers}; confirmed, disputed or closed by silence, {judged}."
            ).format(
                answers=_count(month.told(cell).answered), judged=_count(month.told(cell).judged)
            ),
        ),
        method=_(
            "In time: by the due date and not disputed. Solved: by the citizen’s own word. "
            "A month without a point is hidden: few cases."
        ),
    )


def _count(count: int | None) -> str:
    return NOTHING if count is None else str(count)


def _shares(line: Sequence[Point]) -> Iterator[Part]:
    yield Heading(_("In time and solved, per cent"))
    lines = [
        Line(label, share_of(shares[-1]), dots)
        for label, shares in (
            (_("Answered in time"), [point.told.in_time for point in line]),
            (_("Solved by the citizen’s own word"), [point.told.confirmed for point in line]),
        )
        if (dots := _dots(shares))
    ]
    if lines:
        yield Lines(_names(line), tuple(lines))
    else:
        yield Remark(_("No month has enough cases."))


def _names(line: Sequence[Point]) -> tuple[str, ...]:
    """Return the months, where there are many every second one: each has room then."""
    every = 2 if len(line) > _NAMED else 1
    last = len(line) - 1
    return tuple(
        f"{point.month:%m.%y}" if (last - number) % every == 0 else ""
        for number, point in enumerate(line)
    )


def _dots(shares: Sequence[Share | None]) -> tuple[Dot, ...]:
    return tuple(
        Dot(wave, share.exact / 100, None, None)
        for wave, share in enumerate(shares)
        if share is not None and share.exact is not None
    )


def _days(line: Sequence[Point]) -> Iterator[Part]:
    yield Heading(_("Working days: nine answers of ten (half of them)"))
    told = [point for point in line[-_BARS:] if point.told.p90_days is not None]
    most = max((point.told.p90_days or 0 for point in told), default=0)
    for point in told:
        nine, half = point.told.p90_days or 0, point.told.median_days
        yield Bar(month_words(point.month), f"{nine} ({half})", nine / most if most else 0)
    if not told:
        yield Remark(_("No month has enough cases."))
