"""Writing an answer: the invitation, templates, the answer before it is sent, and after."""

from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.official.callbacks import (
    AnswerDropped,
    AnswerPreviewed,
    AnswerSent,
    CaseOpened,
    DeskOpened,
    ReasonAsked,
    TemplateShown,
    TemplatesShown,
)
from handlers.operator.appeals.callbacks import AppealOpened, AppealsDesk, NextTaken
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.answer_draft import AnswerDraft
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.answer_gate import Doubt
from services.appeals.answering import AnswerSheet, Review
from services.appeals.wording import ANSWER_LIMIT
from services.language import Language
from services.organisation.directory import AnswerTemplate
from services.roadmap.desk import CaseList
from services.text.length import shortened

# With all that stands around them, words and reason fit into one message of 4,096.
_ANSWER_ROOM = 2900
_REASON_ROOM = 300
_TEMPLATES = 8

_WRITTEN_IN = {
    Language.KAZAKH: N_("The appeal is written in Kazakh: please answer in Kazakh."),
    Language.RUSSIAN: N_("The appeal is written in Russian: please answer in Russian."),
}
_OTHER_LANGUAGE = {
    Language.KAZAKH: N_("The appeal is in Kazakh, and these words look Russian."),
    Language.RUSSIAN: N_("The appeal is in Russian, and these words look Kazakh."),
}
_DOUBTS = {
    Doubt.BLANKS: N_("a blank of the template is not filled in"),
    Doubt.TEMPLATE: N_("it is nothing but a template"),
    Doubt.NO_FACT: N_("no fact: what was found out or done?"),
    Doubt.NO_DATE: N_("no day: when was it done, or by when will it be?"),
    Doubt.NO_NEXT_STEP: N_("no next step: what comes now, or is the work finished?"),
}


def answer_screen(sheet: AnswerSheet, draft: AnswerDraft, templates: int) -> Screen:
    """Return the invitation to write an answer."""
    words = _(
        "<b>Answer to appeal No. {number}</b>\n\n"
        "Write the answer in one message, at most {limit} characters: what was found out, what "
        "is done, and by when. {language}"
    )
    language = _(_WRITTEN_IN[sheet.language])
    text = words.format(number=escape(sheet.number), limit=ANSWER_LIMIT, language=language)
    label = _("📋 Templates: {count}").format(count=templates)
    choice = [button(label, TemplatesShown(appeal=sheet.id))] if templates else []
    return Screen(text, keyboard(choice, [_drop(draft)]))


def templates_screen(draft: AnswerDraft, templates: tuple[AnswerTemplate, ...]) -> Screen:
    """Return the templates that suit the appeal."""
    rows = [
        [button(template.title(current_language()), data)]
        for template in templates[:_TEMPLATES]
        for data in [TemplateShown(appeal=draft.appeal, template=template.code)]
    ]
    return Screen(_("Which template suits the answer?"), keyboard(*rows, [_drop(draft)]))


def template_screen(draft: AnswerDraft, template: AnswerTemplate, language: Language) -> Screen:
    """Return one template in the language of the appeal, to be copied by a tap."""
    hint = _(
        "Tap the text: it is copied. Paste it into your message, fill in every «…», change what "
        "does not fit, and send it here."
    )
    text = f"{hint}\n\n<code>{escape(template.text(language))}</code>"
    return Screen(text, keyboard([back(TemplatesShown(appeal=draft.appeal))], [_drop(draft)]))


def preview_screen(draft: AnswerDraft, review: Review) -> Screen:
    """Return the answer as the citizen will read it, what it lacks, and how it can be sent."""
    words = _(
        "The citizen will get these words. To change them, just write the answer anew.\n\n{answer}"
    )
    shown = escape(shortened(draft.text, _ANSWER_ROOM))
    blocks = [words.format(answer=f"<blockquote>{shown}</blockquote>")]
    if review.other_language:
        blocks.append(f"⚠️ {_(_OTHER_LANGUAGE[review.language])}")
    if review.doubts:
        lacks = (f"• {_(_DOUBTS[doubt])}" for doubt in review.doubts)
        blocks.append("\n".join([bold(_("⚠️ Please look at it again:")), *lacks]))
    if review.doubts and not draft.reason:
        why = ReasonAsked(appeal=draft.appeal, words=draft.message)
        return _screen(blocks, [[button(_("Send it all the same…"), why)], [_drop(draft)]])
    if review.doubts:
        reason = escape(shortened(draft.reason, _REASON_ROOM))
        blocks.append(_("Why it is sent so: {reason}").format(reason=reason))
    return _screen(blocks, [*_sending(draft, review), [_drop(draft)]])


def reason_screen(draft: AnswerDraft) -> Screen:
    """Return the request for the reason."""
    words = _(
        "Why is the answer sent as it is? Write it in a few words: the reason stays in the "
        "history of the appeal, the citizen does not see it."
    )
    look = AnswerPreviewed(appeal=draft.appeal, words=draft.message)
    return Screen(words, keyboard([back(look)], [_drop(draft)]))


def problem_screen(draft: AnswerDraft, problem: str) -> Screen:
    """Return what is wrong with the words; the conversation waits for better ones."""
    return Screen(problem, keyboard([_drop(draft)]))


def answered_screen(number: str, next_overdue: int | None, *, visitor: bool) -> Screen:
    """Return what happened, and the official's next appeal that is late in one tap."""
    rows = []
    if next_overdue is not None:
        onward = CaseOpened(appeal=next_overdue, kind=CaseList.OVERDUE)
        rows.append([button(_("🔴 Next overdue appeal"), onward)])
    rows.append([button(_("📌 To my sections"), DeskOpened())])
    return Screen(_on_its_way(number, visitor=visitor), keyboard(*rows))


def desk_answered_screen(number: str, *, visitor: bool) -> Screen:
    """Return what happened, and the operator's next appeal in one tap."""
    return Screen(
        _on_its_way(number, visitor=visitor),
        keyboard(
            [button(_("⏭ Next appeal"), NextTaken())],
            [button(_("🗂 To the desk"), AppealsDesk())],
        ),
    )


def _on_its_way(number: str, *, visitor: bool) -> str:
    """Return where the answer is; who came to a reception desk has no chat to which it goes."""
    if visitor:
        words = _(
            "✅ The answer to appeal No. {number} is kept. The visitor has no chat here: please "
            "tell them by phone or at the desk."
        )
        return words.format(number=escape(number))
    words = _("✅ The answer to appeal No. {number} is on its way to the citizen.")
    return words.format(number=escape(number))


def _sending(draft: AnswerDraft, review: Review) -> list[list[InlineKeyboardButton]]:
    """Return one button, or one for each day that may be promised and one for no promise."""
    if not review.promised:
        return [[button(_("✅ Send the answer"), _sent(draft))]]
    rows = [[button(_promise_label(day, review), _sent(draft, day))] for day in review.promised]
    return [*rows, [button(_("✅ Send. No promise"), _sent(draft))]]


def _promise_label(day: date, review: Review) -> str:
    if day == review.today:
        return _("🤝 Send. There is a promise")
    return _("🤝 Send. Promise until: {date}").format(date=full(day))


def _sent(draft: AnswerDraft, promised: date | None = None) -> AnswerSent:
    return AnswerSent(
        appeal=draft.appeal,
        version=draft.version,
        words=draft.message,
        reason=draft.reason_message,
        promised=promised.toordinal() if promised else 0,
    )


def _drop(draft: AnswerDraft) -> InlineKeyboardButton:
    if draft.desk:
        return button(_("✖️ Cancel"), AppealOpened(appeal=draft.appeal))
    return button(_("✖️ Cancel"), AnswerDropped(appeal=draft.appeal, kind=draft.kind))


def _screen(blocks: list[str], rows: list[list[InlineKeyboardButton]]) -> Screen:
    return Screen("\n\n".join(blocks), keyboard(*rows))
