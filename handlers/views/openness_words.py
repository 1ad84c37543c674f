"""Words of the open figures that screens, the picture, the file and the digest share."""

from collections.abc import Iterator
from datetime import date

from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from handlers.views.period_words import topic_name
from handlers.views.poll_result import decimal, number
from services.clock import local_date
from services.digests.hiding import SMALLEST
from services.openness.figures import Cell, Share, Source, Told
from services.openness.reading import OpenMonth
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.reports.paper import NOTHING

_SPACE = "\N{NO-BREAK SPACE}"
_MONTHS = (
    N_("January {year}"), N_("February {year}"), N_("March {year}"), N_("April {year}"),
    N_("May {year}"), N_("June {year}"), N_("July {year}"), N_("August {year}"),
    N_("September {year}"), N_("October {year}"), N_("November {year}"), N_("December {year}"),
)  # fmt: skip
# By the name of a figure, as in the file.
FIGURE_NAMES = {
    "registered": N_("New appeals"),
    "answered": N_("Answers given"),
    "median_days": N_("Half of the answers took at most, working days"),
    "p90_days": N_("Nine answers of ten took at most, working days"),
    "in_time": N_("Answered in time"),
    "judged": N_("Confirmed, disputed or closed by silence"),
    "confirmed": N_("Solved by the citizen’s own word"),
    "rated": N_("Ratings"),
    "rating": N_("Mean rating, 1 to 5"),
}
METHODS = {
    "registered": N_("Appeals registered in the month; who joined another’s is not counted."),
    "answered": N_("Answers given in the month, also to appeals of earlier months."),
    "median_days": N_(
        "Working days from registration to the answer, nearest rank: half of the answers took "
        "no more."
    ),
    "p90_days": N_(
        "Working days from registration to the answer, nearest rank: nine answers of ten took "
        "no more."
    ),
    "in_time": N_("Answers by the due date that nobody disputed, of all answers of the month."),
    "judged": N_("The base of the solved: what ended in the month, silence too."),
    "confirmed": N_(
        "What citizens said is solved, of all that was confirmed, disputed or closed by silence."
    ),
    "rated": N_("Ratings given in the month: the base of the mean rating."),
    "rating": N_("The mean of the ratings of the month."),
}


def month_words(month: date) -> str:
    """Return «October 2026»."""
    return _(_MONTHS[month.month - 1]).format(year=month.year)


def days_of(month: OpenMonth) -> str:
    """Return the days that were counted."""
    return f"{full(month.since)}–{full(month.last)}"


def cell_name(cell: Cell, organisation: Organisation) -> str:
    """Return of what figures are."""
    if cell.region:
        return atlas().regions[cell.region].name(current_language())
    return topic_name(cell.topic, organisation) if cell.topic else _("The whole country")


def count_words(count: int | None) -> str:
    """Return a number, or a dash where it is not told."""
    return NOTHING if count is None else number(count)


def share_of(share: Share | None) -> str:
    """Return «87 %», «>83 %» for a bound, or a dash; plain."""
    if share is None:
        return NOTHING
    if share.exact is not None:
        return f"{share.exact}{_SPACE}%"
    if share.over is not None:
        return f">{share.over}{_SPACE}%"
    return f"<{share.under}{_SPACE}%"


def figure_lines(told: Told) -> Iterator[str]:
    """Yield the figures of a cell with their bases, plain, a line each."""
    yield _("New appeals: {count}").format(count=count_words(told.registered))
    yield _("Answers given: {count}").format(count=count_words(told.answered))
    yield _share_line(
        told.in_time,
        told.answered,
        _("In time: {share} of {count} answers"),
        _("Answered in time"),
    )
    if told.median_days is None:
        yield _hidden(_("Working days to the answer"))
    else:
        yield _("Working days to the answer: half up to {half}, nine of ten up to {most}").format(
            half=told.median_days, most=count_words(told.p90_days)
        )
    solved = _("Solved by the citizen’s own word: {share} of {count}")
    yield _share_line(told.confirmed, told.judged, solved, _("Solved by the citizen’s own word"))
    if told.rating is None:
        yield _hidden(_("Mean rating"))
    else:
        yield _("Mean rating: {rating}, ratings: {count}").format(
            rating=decimal(told.rating), count=count_words(told.rated)
        )


def _share_line(share: Share | None, base: int | None, words: str, name: str) -> str:
    """Return a share with its base; only the dash where it is not told."""
    if share is None:
        return _hidden(name)
    return words.format(share=share_of(share), count=count_words(base))


def _hidden(name: str) -> str:
    return f"{name}: {NOTHING}"


def base_lines(month: OpenMonth) -> Iterator[str]:
    """Yield when it came out, where from, and whether it was corrected."""
    if month.source is Source.BOT:
        yield _("Out since {date}. The Bureau reads the same numbers.").format(
            date=full(local_date(month.published_at))
        )
    else:
        yield _("Out since {date}. From the records of before the bot.").format(
            date=full(local_date(month.published_at))
        )
    if month.corrected_at is not None:
        yield _("✏️ Corrected on {date}.").format(date=full(local_date(month.corrected_at)))


def method_lines() -> Iterator[str]:
    """Yield how it is counted, in short."""
    yield _(
        "In time: answered by the due date and not disputed. Solved: what citizens said is "
        "solved, of all that was confirmed, disputed or closed by silence."
    )
    yield _(
        "“–”: fewer than {number}, or hidden so that such numbers cannot be worked out; “>” and "
        "“<” stand where fewer than {number} cases decide."
    ).format(number=SMALLEST)
