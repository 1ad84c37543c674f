"""Screens of the audit: its rows, what they can be narrowed to, and whether it is whole."""

from collections.abc import Iterator
from datetime import date, timedelta
from html import escape
from typing import Any

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import Home
from handlers.screen import Screen
from handlers.text import _
from handlers.views.audit_callbacks import AuditChecked, AuditNarrowed, AuditShown, By
from handlers.views.audit_names import GROUP_NAMES, deed_name, group_name
from handlers.views.calendar_days import full, hour, short
from handlers.views.export_callbacks import ExportAsked
from services.audit.checking import Checked
from services.audit.showing import Line, Page, Staff
from services.clock import local_date
from services.exports.kinds import Export

_DAYS = 8


def rows_screen(shown: AuditShown, page: Page, names: dict[str, str]) -> Screen:
    """Return a page of rows; names: of the person and of the appeal that were chosen."""
    lines = [_("🧾 <b>Audit: who did what</b>"), *_chosen(shown, names), ""]
    lines += [_line(line) for line in page.lines]
    if not page.lines:
        lines.append(_("Nothing was written down like that."))
    turning = []
    if shown.before:
        turning.append(button(_("⬅ Newer"), shown.model_copy(update={"before": 0})))
    if page.more:
        older = shown.model_copy(update={"before": page.lines[-1].number})
        turning.append(button(_("Older ➡"), older))
    everything = [button(_("✖️ Show everything"), AuditShown())] if _narrowed(shown) else []
    by = [
        button(words, _asked(shown, way))
        for way, words in (
            (By.WHO, _("👤 By person")),
            (By.WHAT, _("🏷 By deed")),
            (By.CASE, _("🔎 By appeal")),
            (By.DAY, _("📅 By day")),
        )
    ]
    last = [
        button(_("🔐 Is it whole?"), AuditChecked()),
        button(_("⬇️ As a file"), ExportAsked(kind=Export.AUDIT)),
    ]
    rows = [turning, *in_rows(by, 2), everything, last, [back(Home())]]
    return Screen("\n".join(lines), keyboard(*rows))


def people_screen(shown: AuditShown, found: Staff) -> Screen:
    """Ask whose deeds shall be shown."""
    rows = [
        [button(name, shown.model_copy(update={"who": person}))] for person, name in found.people
    ]
    if found.more:
        more = _asked(shown, By.WHO).model_copy(update={"after": found.people[-1][0]})
        rows.append([button(_("More ›"), more)])
    return Screen(_("Whose deeds shall be shown?"), keyboard(*rows, [back(shown)]))


def deeds_screen(shown: AuditShown) -> Screen:
    """Ask which deeds shall be shown."""
    buttons = [
        button(group_name(group), shown.model_copy(update={"what": group}))
        for group in GROUP_NAMES
    ]
    return Screen(_("Which deeds shall be shown?"), keyboard(*in_rows(buttons, 2), [back(shown)]))


def days_screen(shown: AuditShown, today: date) -> Screen:
    """Ask which day shall be shown, of the last ones."""
    days = [today - timedelta(days=number) for number in range(_DAYS)]
    buttons = [
        button(short(day), shown.model_copy(update={"day": day.toordinal()})) for day in days
    ]
    return Screen(_("Which day shall be shown?"), keyboard(*in_rows(buttons, 4), [back(shown)]))


def case_screen(shown: AuditShown, *, unknown: bool = False) -> Screen:
    """Ask for the number of an appeal."""
    text = _("Send the number of the appeal, like this: 26-000123-5")
    if unknown:
        text = _("There is no appeal with this number. Send it once more, like this: 26-000123-5")
    return Screen(text, keyboard([back(shown)]))


def checked_screen(checked: Checked) -> Screen:
    """Say whether the audit is whole."""
    lines = [_("✅ <b>The audit is intact.</b>")]
    if not checked.verdict.intact:
        lines = [
            _(
                "❗ <b>The audit is broken.</b> Tell the administrator of the server at once: "
                "python -m bot audit verify names each row."
            ),
            _("Troubles found: {count}").format(count=checked.verdict.count),
        ]
    newest = checked.verdict.last
    if newest is not None:
        span = {"first": newest.number - checked.verdict.rows + 1, "last": newest.number}
        counted = _("Rows checked: {count}, from No. {first} to No. {last}")
        lines.append(counted.format(count=checked.verdict.rows, **span))
    if checked.partly:
        lines.append(_("Older rows are checked on the server: python -m bot audit verify"))
    if newest is not None and checked.verdict.intact:
        lines += [
            "",
            _("Note this down elsewhere, and later nobody can rewrite the audit unnoticed:"),
            f"<code>{newest}</code>",
        ]
    return Screen("\n".join(lines), keyboard([back(AuditShown())]))


def _line(line: Line) -> str:
    """Return a row on one line: number, moment, who, what, on which case."""
    who = line.name or (_("the server") if line.who is None else str(line.who))
    if not line.name and line.on.startswith("person:"):
        who = _("a citizen")
    moment = f"{short(local_date(line.at))} {hour(line.at)}"
    parts = [moment, who, deed_name(line.what), _case(line)]
    said = " · ".join(escape(part) for part in parts if part)
    return f"<code>{line.number}</code> {said}"


def _case(line: Line) -> str:
    """Return an appeal by its number, anything else by its own; what has none needs no word."""
    if line.case != line.on:
        return f"№\N{NO-BREAK SPACE}{line.case}"
    number = line.on.rpartition(":")[2]
    return f"№\N{NO-BREAK SPACE}{number}" if number.isdecimal() else ""


def _chosen(shown: AuditShown, names: dict[str, str]) -> Iterator[str]:
    if shown.who:
        yield _("👤 Who: {name}").format(name=escape(names.get("who", str(shown.who))))
    if shown.what:
        yield _("🏷 What: {name}").format(name=escape(group_name(shown.what)))
    if shown.case:
        number = names.get("case", str(shown.case))
        yield _("🔎 Appeal: {number}").format(number=escape(number))
    if shown.day:
        yield _("📅 Day: {day}").format(day=full(date.fromordinal(shown.day)))


def _narrowed(shown: AuditShown) -> bool:
    return bool(shown.who or shown.what or shown.case or shown.day)


def _asked(shown: AuditShown, by: By) -> AuditNarrowed:
    kept: dict[str, Any] = shown.model_dump(exclude={"before"})
    return AuditNarrowed(by=by, **kept)
