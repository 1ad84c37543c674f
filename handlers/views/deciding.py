"""Screens on which a decision about an appeal is prepared."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.operator.appeals.decision import Decision
from handlers.operator.appeals.decision_callbacks import (
    ChoiceAsked,
    DecisionLeft,
    DeclineFor,
    ExtendTo,
    MergeWith,
)
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.declining import DeclineReason
from services.appeals.extending import STEPS, Extension
from services.appeals.merging import SimilarAppeal

DECLINE_REASONS = {
    DeclineReason.REPEATED: N_("The same matter has been answered, and nothing is new"),
    DeclineReason.UNCLEAR: N_("It cannot be understood what is asked"),
    DeclineReason.INSULT: N_("Insults or threats instead of a matter"),
    DeclineReason.ADVERTISING: N_("Advertising"),
    DeclineReason.COURT: N_("A court or an investigation decides on this"),
    DeclineReason.OTHER: N_("Another reason"),
}
_COLUMNS = 2


def dates_screen(decision: Decision, extension: Extension, note: str) -> Screen:
    """Return the dates to which the term can be extended."""
    title = bold(_("Extend the term of appeal No. {number}").format(number=extension.number))
    facts = "\n".join(
        (
            _("Present due date: {date}").format(date=full(extension.due_on)),
            _("The last possible one: {date}").format(date=full(extension.last)),
        )
    )
    hint = _("Choose the new date, or type it, such as 20.04.2026.")
    buttons = [
        _choice(decision, f"{full(day)} (+{days})", day)
        for day, days in zip(extension.offered, STEPS, strict=False)
    ]
    return asking(decision, (note, title, facts, hint), ([each] for each in buttons))


def reasons_screen(decision: Decision, number: str, note: str) -> Screen:
    """Return the reasons to decline."""
    title = bold(_("Why is appeal No. {number} declined?").format(number=escape(number)))
    hint = _("The citizen will read the reason and may disagree with it.")
    rows = [
        [
            button(
                _(label),
                DeclineFor(appeal=decision.appeal, version=decision.version, reason=reason),
            )
        ]
        for reason, label in DECLINE_REASONS.items()
    ]
    return asking(decision, (note, title, hint), rows)


def targets_screen(
    decision: Decision, number: str, found: Sequence[SimilarAppeal], note: str
) -> Screen:
    """Return the appeals to which this one may be joined."""
    title = bold(_("To which appeal should No. {number} be joined?").format(number=number))
    hint = _("Choose a similar one, or type the number of another.")
    if not found:
        hint = _("Nothing similar was found. Type the number of the other appeal.")
    texts = [
        f"<b>№ {similar.number}</b> · {full(similar.registered_on)}\n"
        f"<i>{escape(similar.excerpt)}</i>"
        for similar in found
    ]
    rows = [
        [
            button(
                f"№ {similar.number}",
                MergeWith(appeal=decision.appeal, version=decision.version, target=similar.id),
            )
        ]
        for similar in found
    ]
    return asking(decision, (note, title, *texts, hint), rows)


def words_screen(decision: Decision, title: str, hint: str, note: str) -> Screen:
    """Return the request for words; title and hint are Telegram HTML."""
    return asking(decision, (note, bold(title), hint), ())


def preview_screen(decision: Decision, text: str, label: str) -> Screen:
    """Return what will be done, Telegram HTML, and the button that does it."""
    rows = [[button(label, decision.confirmed)]]
    if decision.value:
        other = ChoiceAsked(appeal=decision.appeal, version=decision.version, verb=decision.verb)
        rows.append([back(other)])
    return asking(decision, (text,), rows)


def quoted(text: str) -> str:
    """Return words as a quotation."""
    return f"<blockquote>{escape(text)}</blockquote>"


def above(*parts: str) -> str:
    """Return the parts that are there, a blank line between them."""
    return "\n\n".join(part for part in parts if part)


def _choice(decision: Decision, label: str, day: date) -> InlineKeyboardButton:
    data = ExtendTo(appeal=decision.appeal, version=decision.version, day=day.toordinal())
    return button(label, data)


def asking(
    decision: Decision, parts: Iterable[str], rows: Iterable[list[InlineKeyboardButton]]
) -> Screen:
    """Return the parts under each other, the rows, and the way back to the appeal."""
    leave = cancel(DecisionLeft(appeal=decision.appeal))
    return Screen(above(*parts), keyboard(*rows, [leave]))
