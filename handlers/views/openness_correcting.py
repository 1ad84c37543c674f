"""Bringing and correcting open figures before staff, and what they are told of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.notice import Notice
from handlers.screen import Screen
from handlers.text import N_, _, pick
from handlers.views.emphasis import bold
from handlers.views.openness_callbacks import (
    OpennessAsked,
    OpennessBrought,
    OpennessDecided,
    OpennessDesk,
    OpennessEdited,
    OpennessOpened,
    OpennessRecounted,
    OpennessShown,
)
from handlers.views.openness_screens import change_lines, month_key
from handlers.views.openness_words import base_lines, days_of, month_words
from handlers.views.party_callbacks import PartyDeskShown
from services.openness.correcting import Asked, Reasons, Status
from services.openness.figures import Source
from services.openness.reading import OpenMonth
from services.organisation.directory import Organisation
from services.tables.model import Imported

_STATES = {
    Status.WAITING: N_("Waits for a second person."),
    Status.MADE: N_("✅ Let through: everybody reads the corrected figures now."),
    Status.DECLINED: N_("✋ Not let through."),
    Status.REPLACED: N_("A newer correction of this month took its place."),
}


def desk_screen(
    months: Sequence[tuple[date, bool]], waiting: Iterable[Asked], *, may_bring: bool
) -> Screen:
    """Return the newest months, and the corrections that wait."""
    rows = [
        [
            button(
                _("🔏 Correction: {month}").format(month=month_words(each.month)),
                OpennessOpened(correction=each.id),
            )
        ]
        for each in waiting
    ]
    rows += in_rows(
        [
            button(
                f"{month_words(month)}{' ✏️' if corrected else ''}",
                OpennessEdited(month=month_key(month)),
            )
            for month, corrected in months
        ],
        2,
    )
    if may_bring:
        rows.append([button(_("📥 Earlier months as a table"), OpennessBrought())])
    text = _(
        "🔎 <b>Open figures</b>\n\nMonths come out by themselves. A month that is out is "
        "corrected openly: choose it. A second person lets the correction through."
    )
    return Screen(text, keyboard(*rows, [back(PartyDeskShown())]))


def edit_screen(month: OpenMonth) -> Screen:
    """Return how a month may be corrected."""
    key = month_key(month.month)
    lines = [
        bold(_("✏️ Correct: {month}").format(month=month_words(month.month))),
        days_of(month),
        *map(escape, base_lines(month)),
        "",
        _("Everybody will read both values, the day and your reason."),
    ]
    table = button(_("📥 A table of this month"), OpennessBrought(month=key))
    rows = [[table]]
    if month.source is Source.BOT:
        rows = [[button(_("🔁 Count anew"), OpennessRecounted(month=key))], [table]]
    shown = button(_("🔎 The figures"), OpennessShown(month=key))
    return Screen("\n".join(lines), keyboard(*rows, [shown], [back(OpennessDesk())]))


def table_screen(month: str, problem: str = "") -> Screen:
    """Return the question for a table; the problem, HTML, stands above it."""
    text = _(
        "Please send the table of earlier months as a document: .xlsx or .csv. Each month needs "
        "a row of the whole country; regions and topics have rows of their own. An example is "
        "below."
    )
    if month:
        text = _(
            "Please send the whole table of {month} as a document: .xlsx or .csv. An example is "
            "below."
        ).format(month=month_words(date.fromisoformat(month)))
    words = "\n\n".join(part for part in (problem, text) if part)
    return Screen(words, keyboard([cancel(OpennessDesk())]))


def imported_screen(imported: Imported) -> Screen:
    """Return what came of a table."""
    text = _("✅ Rows read: {rows}. Months that came out: {months}.").format(
        rows=imported.rows, months=imported.changes
    )
    return Screen(text, keyboard([back(OpennessDesk())]))


def reason_screen(
    month: date,
    changes: Sequence[Mapping[str, Any]],
    hidden: int,
    organisation: Organisation,
) -> Screen:
    """Return what would change, and the question for the reason in Kazakh."""
    lines = [
        bold(_("✏️ Correct: {month}").format(month=month_words(month))),
        *_changes(changes, hidden, organisation),
        "",
        _question("kk"),
    ]
    return Screen("\n".join(lines), keyboard([cancel(OpennessDesk())]))


def check_screen(reasons: Reasons | None, problem: str, language: str, message: int = 0) -> Screen:
    """Return both reasons before a second person is asked, or the question for the next."""
    if reasons is None:
        lines = [part for part in (problem, language and _question(language)) if part]
        return Screen("\n\n".join(lines), keyboard([cancel(OpennessDesk())]))
    lines = [
        bold(_("Everybody will read this reason:")),
        f"<blockquote>{escape(reasons.kk)}</blockquote>",
        f"<blockquote>{escape(reasons.ru)}</blockquote>",
    ]
    ask = button(_("🔏 Ask a second person"), OpennessAsked(message=message))
    return Screen("\n".join(lines), keyboard([ask], [cancel(OpennessDesk())]))


def asked_screen(asked: Asked, reader: int, organisation: Organisation) -> Screen:
    """Return a correction, how it stands, and what the reader may do."""
    lines = [
        bold(_("✏️ Correction: {month}").format(month=month_words(asked.month))),
        _("Asks: {name}").format(name=escape(asked.asker)),
        f"<blockquote>{escape(pick(asked.reasons.kk, asked.reasons.ru))}</blockquote>",
        *_changes(asked.changes, asked.hidden, organisation),
        "",
        _(_STATES[asked.status]),
    ]
    rows = []
    if asked.status is Status.WAITING and asked.asked_by != reader:
        through = OpennessDecided(correction=asked.id, through=True)
        declined = OpennessDecided(correction=asked.id, through=False)
        rows = [[button(_("✅ Let it through"), through)], [button(_("✋ Decline"), declined)]]
    if asked.status is Status.MADE:
        shown = OpennessShown(month=month_key(asked.month))
        rows = [[button(_("🔎 The figures"), shown)]]
    return Screen("\n".join(lines), keyboard(*rows, [back(OpennessDesk())]))


def asked_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice to everybody who may let a correction through."""
    month = month_words(date.fromisoformat(payload["month"]))
    reason = escape(pick(payload["reason_kk"], payload["reason_ru"]))
    lines = [
        bold(_("🔏 A correction of open figures waits: {month}").format(month=month)),
        _("Asks: {name}").format(name=escape(payload["asker"])),
        f"<blockquote>{reason}</blockquote>",
    ]
    look = button(_("👀 Look and decide"), OpennessOpened(correction=payload["correction"]))
    return Notice("\n".join(lines), keyboard([look]))


def decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice to who asked for a correction."""
    month = month_words(date.fromisoformat(payload["month"]))
    name = escape(payload["name"])
    text = _("✋ {name} did not let the correction through: {month}")
    if payload["through"]:
        text = _("✅ {name} let the correction through: {month}")
    look = button(_("🔎 Open the correction"), OpennessOpened(correction=payload["correction"]))
    return Notice(bold(text.format(name=name, month=month)), keyboard([look]))


def _question(language: str) -> str:
    if language == "ru":
        return _("Now the same reason in Russian:")
    return _("Why is it corrected? Please write the reason in Kazakh; everybody will read it.")


def _changes(
    changes: Sequence[Mapping[str, Any]], hidden: int, organisation: Organisation
) -> Iterable[str]:
    if changes:
        yield from change_lines(changes, organisation)
    if hidden:
        yield _("Hidden numbers that change: {count}").format(count=hidden)
