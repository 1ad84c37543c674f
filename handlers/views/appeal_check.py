"""The whole draft before it is sent, and what can be changed of it."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_callbacks import (
    AppealSent,
    DraftShown,
    QuestionAsked,
    Screens,
    TextRewritten,
)
from handlers.views.appeal_draft import (
    TEXT_ROOM,
    above,
    draft_parts,
    last_row,
    questions_of,
    quoted,
    stop_note,
)
from handlers.views.appeal_names import type_line
from handlers.views.emphasis import bold
from services.appeals.draft import Draft
from services.appeals.stops import triggered
from services.organisation.directory import Organisation
from services.text.length import shortened, utf16_length

_MESSAGE_ROOM = 4000
_DETAIL = 150


def check_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the whole draft with «Send», and what can be changed or said besides."""
    title = bold(_("Please check your appeal."))
    if draft.mandate is not None:
        title = bold(_("Please check your mandate."))
    if draft.recipient is not None:
        title = bold(_("Please check your letter."))
    parts = "\n".join(draft_parts(draft, organisation))
    hint = _(
        "To add a photo, video, voice message, document or a few more words, just send them here."
    )
    if draft.type is None:
        hint += " " + _("If you choose no type, the operator does.")
    stop = stop_note(triggered(organisation.stops, None, draft.text))
    details = _details(draft, organisation)
    room = _MESSAGE_ROOM - sum(map(utf16_length, (note, stop, title, parts, details, hint)))
    words = quoted(draft.text, min(room, TEXT_ROOM))
    text = above(note, stop, title, parts, words, details, hint)
    rows = [
        [button(_("✅ Send"), AppealSent(draft=draft.id))],
        [
            _part(_("✏️ Change"), draft, Screens.CHANGE),
            _part(_("📎 Files: {count}").format(count=len(draft.files)), draft, Screens.FILES),
        ],
        [
            _part(_type_label(draft, organisation), draft, Screens.TYPE),
            *_details_button(draft, organisation),
        ],
        [
            _part(_("📞 Phone"), draft, Screens.PHONE),
            _part(_("🔒 Confidential"), draft, Screens.SEAL),
        ],
        last_row(draft, Screens.TEXT),
    ]
    return Screen(text, keyboard(*rows))


def change_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the choice of what to change."""
    parts = "\n".join(draft_parts(draft, organisation))
    rewrite = TextRewritten(draft=draft.id, since=draft.last_text)
    return Screen(
        above(note, bold(_("What would you like to change?")), parts, quoted(draft.text)),
        keyboard(
            [_part(_("Topic"), draft, Screens.TOPIC), _part(_("Place"), draft, Screens.PLACE)],
            [button(_("Text"), rewrite)],
            last_row(draft, Screens.CHECK),
        ),
    )


def _details_button(draft: Draft, organisation: Organisation) -> list[InlineKeyboardButton]:
    """Return «Details: 1 of 2», which leads to the first question without an answer."""
    questions = questions_of(draft, organisation)
    if not questions:
        return []
    open_ones = [each for each in questions if each.code not in draft.particulars]
    label = _("❔ Details: {answered} of {count}").format(
        answered=len(questions) - len(open_ones), count=len(questions)
    )
    first = (open_ones or questions)[0]
    return [button(label, QuestionAsked(draft=draft.id, question=first.code))]


def _details(draft: Draft, organisation: Organisation) -> str:
    """Return the answers under their questions; "" where there are none."""
    language = current_language()
    return "\n".join(
        f"<i>{escape(question.text(language))}</i>\n"
        + escape(shortened(draft.particulars[question.code].words, _DETAIL))
        for question in questions_of(draft, organisation)
        if question.code in draft.particulars
    )


def _type_label(draft: Draft, organisation: Organisation) -> str:
    if draft.type is None:
        return _("📝 Choose the type")
    return type_line(draft.type, organisation)


def _part(label: str, draft: Draft, screen: Screens) -> InlineKeyboardButton:
    return button(label, DraftShown(draft=draft.id, screen=screen))
