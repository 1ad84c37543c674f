"""The open figures before citizens; each screen says base, dates and method."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import Noop
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.openness_callbacks import (
    OpennessChart,
    OpennessCorrections,
    OpennessFile,
    OpennessMonths,
    OpennessRegions,
    OpennessShown,
    OpennessTopics,
)
from handlers.views.openness_words import (
    FIGURE_NAMES,
    base_lines,
    cell_name,
    count_words,
    days_of,
    figure_lines,
    method_lines,
    month_words,
    share_of,
)
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.poll_result import decimal, short_region_name
from services.clock import local_date
from services.openness.figures import Cell, Share
from services.openness.reading import OpenMonth
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.reports.paper import NOTHING
from services.text.length import shortened

PAGE = 10
_LABEL = 44
_CHANGES = 20


def month_key(month: date) -> str:
    """Return a month as buttons carry it."""
    return f"{month:%Y%m%d}"


def nothing_screen() -> Screen:
    """Return what is said before the first month is out."""
    return Screen(
        _(
            "🔎 <b>Open figures</b>\n\nThe first month is not out yet. The figures of a month "
            "come out on the first working day after the 5th of the next one."
        ),
        keyboard([back(PartyLifeShown())]),
    )


def month_screen(month: OpenMonth, cell: Cell, organisation: Organisation) -> Screen:
    """Return the figures of a month, and where more can be read."""
    key = month_key(month.month)
    text = _page(month, cell_name(cell, organisation), figure_lines(month.told(cell)))
    chart = button(
        _("📈 Month by month"), OpennessChart(month=key, region=cell.region, topic=cell.topic)
    )
    if cell.region:
        return Screen(text, keyboard([chart], [back(OpennessRegions(month=key))]))
    if cell.topic:
        return Screen(text, keyboard([chart], [back(OpennessTopics(month=key))]))
    rows = [
        [chart],
        [button(_("🗺 Regions"), OpennessRegions(month=key))],
        [button(_("🏷 Topics"), OpennessTopics(month=key))],
        [button(_("🗓 Other months"), OpennessMonths())],
        [button(_("📄 As a file (JSON)"), OpennessFile(month=key))],
    ]
    if month.corrections:
        words = _("✏️ Corrections: {count}").format(count=len(month.corrections))
        rows.append([button(words, OpennessCorrections(month=key))])
    return Screen(text, keyboard(*rows, [back(PartyLifeShown())]))


def regions_screen(month: OpenMonth) -> Screen:
    """Return all regions with their new appeals."""
    key = month_key(month.month)
    buttons = [
        button(
            f"{short_region_name(code)}: {count_words(month.told(Cell(region=code)).registered)}",
            OpennessShown(month=key, region=code),
        )
        for code in atlas().regions
    ]
    text = _page(month, _("Regions"), [_("Beside each region: new appeals of the month.")])
    return Screen(text, keyboard(*in_rows(buttons, 2), [back(OpennessShown(month=key))]))


def topics_screen(month: OpenMonth, page: int, organisation: Organisation) -> Screen:
    """Return a page of the topics of which anything is told, the most frequent first."""
    key = month_key(month.month)
    cells = sorted(
        (cell for cell, told in month.cells.items() if cell.topic and told.anything),
        key=lambda cell: (-(month.told(cell).registered or 0), cell.topic),
    )
    pages = max(1, -(-len(cells) // PAGE))
    page = min(max(page, 0), pages - 1)
    rows = [[_topic_button(month, cell, organisation)] for cell in cells[page * PAGE :][:PAGE]]
    if pages > 1:
        before = OpennessTopics(month=key, page=(page - 1) % pages)
        after = OpennessTopics(month=key, page=(page + 1) % pages)
        rows.append(
            [button("‹", before), button(f"{page + 1}/{pages}", Noop()), button("›", after)]
        )
    lines = [_("Beside each topic: new appeals of the month. Topics with few are not here.")]
    if not cells:
        lines = [_("No topic has enough appeals to be told.")]
    text = _page(month, _("Topics"), lines)
    return Screen(text, keyboard(*rows, [back(OpennessShown(month=key))]))


def months_screen(found: Sequence[tuple[date, bool]]) -> Screen:
    """Return months that are out, the newest first."""
    shown = found[:PAGE]
    buttons = [
        button(
            f"{month_words(month)}{' ✏️' if corrected else ''}",
            OpennessShown(month=month_key(month)),
        )
        for month, corrected in shown
    ]
    rows = in_rows(buttons, 2)
    if len(found) > PAGE:
        rows.append([button(_("Older ›"), OpennessMonths(before=month_key(shown[-1][0])))])
    rows.append([button(_("📄 All months as a file (JSON)"), OpennessFile())])
    text = _("🔎 <b>Open figures</b>\n\nChoose a month. ✏️ was corrected after it came out.")
    return Screen(text, keyboard(*rows, [back(OpennessShown())]))


def corrections_screen(month: OpenMonth, organisation: Organisation) -> Screen:
    """Return what was wrong in a month, why, and both values."""
    lines = [bold(_("✏️ Corrections: {month}").format(month=month_words(month.month)))]
    for each in month.corrections:
        reason = escape(pick(each.reason_kk, each.reason_ru))
        lines += ["", bold(full(local_date(each.at))), f"<blockquote>{reason}</blockquote>"]
        lines += change_lines(each.changes, organisation)
    key = month_key(month.month)
    return Screen("\n".join(lines), keyboard([back(OpennessShown(month=key))]))


def change_lines(
    changes: Sequence[Any], organisation: Organisation, most: int = _CHANGES
) -> Iterable[str]:
    """Yield what was told and what is told now, plain HTML lines."""
    for each in changes[:most]:
        name = cell_name(Cell(each["region"], each["topic"]), organisation)
        key = each["figure"]
        before, after = (value_words(key, each[when]) for when in ("before", "after"))
        figure = _(FIGURE_NAMES[key])
        yield f"{escape(name)} · {escape(figure)}: <s>{escape(before)}</s> → {escape(after)}"
    if len(changes) > most:
        yield _("and {count} more").format(count=len(changes) - most)
    if not changes:
        yield _("Only hidden numbers changed.")


def value_words(figure: str, value: Any) -> str:
    """Return a value of the file in words."""
    if value is None:
        return NOTHING
    if isinstance(value, dict):
        names = {"per_cent": "exact", "more_than": "over", "less_than": "under"}
        return share_of(Share(**{names[name]: told for name, told in value.items()}))
    return decimal(value) if figure == "rating" else count_words(value)


def caption(month: OpenMonth, cell: Cell, organisation: Organisation) -> Screen:
    """Return the words under the picture, without it."""
    key = month_key(month.month)
    lines = [
        bold(escape(cell_name(cell, organisation))),
        _("Months up to {month}.").format(month=month_words(month.month)),
        *map(escape, base_lines(month)),
    ]
    shown = OpennessShown(month=key, region=cell.region, topic=cell.topic)
    return Screen("\n".join(lines), keyboard([_figures_button(shown)]))


def _figures_button(shown: OpennessShown) -> InlineKeyboardButton:
    return button(_("🔎 The figures"), shown)


def _topic_button(
    month: OpenMonth, cell: Cell, organisation: Organisation
) -> InlineKeyboardButton:
    name = shortened(cell_name(cell, organisation), _LABEL)
    count = count_words(month.told(cell).registered)
    shown = OpennessShown(month=month_key(month.month), topic=cell.topic)
    return button(f"{name}: {count}", shown)


def _page(month: OpenMonth, of: str, lines: Iterable[str]) -> str:
    title = _("🔎 <b>Open figures: {month}</b>").format(month=month_words(month.month))
    method = "\n".join(map(escape, method_lines()))
    return "\n".join(
        (
            title,
            f"{escape(of)} · {days_of(month)}",
            "",
            *map(escape, lines),
            "",
            *map(escape, base_lines(month)),
            f"<blockquote expandable>{method}</blockquote>",
        )
    )
