"""The workload of officials: shares with their bases, and how they are counted."""

from collections.abc import Iterator
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.official.workload_callbacks import WorkloadShown
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from services.digests.period_facts import OfficialLine
from services.organisation.directory import Organisation
from services.performance.workload import Stretch, Workload

_STRETCHES = {Stretch.MONTH: N_("30 days"), Stretch.QUARTER: N_("This quarter")}


def workload_screen(page: Workload, organisation: Organisation, *, first: bool) -> Screen:
    """Return a page: what waits today, and what the answers of the chosen days came to."""
    title = _("👥 <b>Workload of officials</b>")
    days = _("Answers of the days: {first} – {last}")
    head = f"{title}\n{days.format(first=full(page.first), last=full(page.last))}"
    blocks = ["\n".join(_lines(line, organisation)) for line in page.lines]
    if not blocks:
        blocks = [_("No official has appeals here.")]
    how = _(
        "“In time” means: answered by the due date and not disputed by the citizen. Closing "
        "without the citizen’s word raises no share. Shares are shown from 20 cases on, the "
        "rating from 10."
    )
    text = "\n\n".join([head, *blocks, f"<i>{how}</i>"])
    return Screen(text, keyboard(_stretches(page.stretch), _turning(page, first=first)))


def share(value: float) -> str:
    """Return «87 %», rounded down so that nothing looks whole that is not."""
    return f"{int(value * 100 + 1e-9)} %"


def _lines(line: OfficialLine, organisation: Organisation) -> Iterator[str]:
    official = organisation.officials.get(line.official)
    language = current_language()
    if official is None:
        yield f"<b>{escape(line.official)}</b>"
    else:
        position = escape(official.position(language))
        yield f"<b>{escape(official.name(language))}</b>, {position}"
    waits = _("Under consideration: {open}. Overdue: {overdue}")
    yield f"{'🔴' if line.overdue else '▫️'} " + waits.format(open=line.open, overdue=line.overdue)
    if line.in_time is None:
        yield _("Answers: {count}").format(count=line.answered)
    else:
        words = _("In time: {share} (answers: {count})")
        yield words.format(share=share(line.in_time), count=line.answered)
    if line.confirmed is not None:
        words = _("Solved, say citizens: {share} (cases: {count})")
        yield words.format(share=share(line.confirmed), count=line.judged)
    if line.rating is not None:
        rating = f"{line.rating:.1f}".replace(".", ",")
        words = _("Rating: {rating} of 5 (ratings: {count})")
        yield words.format(rating=rating, count=line.rated)


def _stretches(chosen: Stretch) -> list[InlineKeyboardButton]:
    return [
        button(f"• {_(name)}" if stretch is chosen else _(name), WorkloadShown(stretch=stretch))
        for stretch, name in _STRETCHES.items()
    ]


def _turning(page: Workload, *, first: bool) -> list[InlineKeyboardButton]:
    found = []
    if not first:
        found.append(button(_("« To the beginning"), WorkloadShown(stretch=page.stretch)))
    if page.more:
        last = page.lines[-1]
        onward = WorkloadShown(
            stretch=page.stretch, overdue=last.overdue, open=last.open, after=last.official
        )
        found.append(button(_("Next ›"), onward))
    return found
