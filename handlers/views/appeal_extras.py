"""Screens of what a draft may have besides: type, details, phone, a sealed name."""

from html import escape

from aiogram.types import InlineKeyboardButton, KeyboardButton, ReplyKeyboardMarkup

from handlers.buttons import back, button, in_rows, keyboard, skip
from handlers.menu import menu_keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.appeal_callbacks import (
    DraftShown,
    PhoneRemoved,
    QuestionAsked,
    Screens,
    Sealed,
    TypeChosen,
    TypeHelped,
)
from handlers.views.appeal_draft import above, questions_of, quoted
from handlers.views.emphasis import bold
from services.appeals.draft import Draft
from services.appeals.model import AppealType
from services.organisation.directory import Organisation
from services.people.model import Person

SHARE_PHONE = N_("📞 Send my number")
_COLUMNS = 2
_ANSWER_ROOM = 500


def type_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the types with their hints; skipping leaves the choice to the operator."""
    language = current_language()
    hints = "\n".join(
        f"{kind.emoji} <b>{escape(kind.name(language))}</b>: {escape(kind.hint(language))}"
        for kind in organisation.types.values()
    )
    types = [
        button(
            f"{kind.emoji} {kind.name(language)}",
            TypeChosen(draft=draft.id, type=AppealType(kind.code)),
        )
        for kind in organisation.types.values()
    ]
    help_me = button(_("🤔 Help me choose"), TypeHelped(draft=draft.id, number=0))
    question = bold(_("Which type is your appeal?"))
    if draft.mandate is not None:
        question = bold(_("This is a mandate. What is it by its nature?"))
    return Screen(
        above(note, question, hints),
        keyboard(
            *in_rows(types, _COLUMNS), [help_me], [_left_to_operator(draft)], [_to_check(draft)]
        ),
    )


def help_screen(draft: Draft, organisation: Organisation, number: int) -> Screen:
    """Return one question of «help me choose»; after the last one the type screen."""
    kinds = list(organisation.types.values())
    if not 0 <= number < len(kinds):
        note = _("Then leave it: the operator will choose the type.")
        return type_screen(draft, organisation, note)
    kind = kinds[number]
    counter = f"{number + 1}/{len(kinds)}"
    yes = TypeChosen(draft=draft.id, type=AppealType(kind.code))
    no = TypeHelped(draft=draft.id, number=number + 1)
    return Screen(
        f"{counter}\n\n{bold(kind.question(current_language()))}",
        keyboard(
            [button(_("Yes"), yes), button(_("No"), no)],
            [_left_to_operator(draft)],
            [back(DraftShown(draft=draft.id, screen=Screens.TYPE))],
        ),
    )


def question_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the question of the topic that is being asked, with its answer so far."""
    questions = questions_of(draft, organisation)
    codes = [question.code for question in questions]
    number = codes.index(draft.asking) if draft.asking in codes else 0
    question = questions[number]
    known = draft.particulars.get(question.code)
    counter = f"{number + 1}/{len(questions)}"
    title = f"{counter}\n\n{bold(escape(question.text(current_language())))}"
    answer = quoted(known.words, _ANSWER_ROOM) if known else ""
    hint = _("Write the answer here. You do not have to answer.")
    rest = codes[number + 1 :]
    onward = (
        skip(QuestionAsked(draft=draft.id, question=rest[0]))
        if rest
        else skip(DraftShown(draft=draft.id, screen=Screens.CHECK))
    )
    return Screen(above(note, title, answer, hint), keyboard([_to_check(draft), onward]))


def phone_screen(draft: Draft, _organisation: Organisation, note: str = "") -> Screen:
    """Return the phone so far, and that none is needed."""
    text = _(
        "You may leave a phone for contact: write the number here, for example +7 701 123 45 67, "
        "or press “📞 Send my number” below. A phone is not required."
    )
    number = "" if draft.phone is None else _("📞 Phone: {phone}").format(phone=draft.phone)
    rows = []
    if draft.phone is not None:
        rows.append([button(_("🗑 Remove the phone"), PhoneRemoved(draft=draft.id))])
    return Screen(above(note, number, text), keyboard(*rows, [_to_check(draft)]))


def phone_request(person: Person) -> Screen:
    """Return the only kind of button that Telegram lets ask for a phone, over the menu."""
    share = KeyboardButton(text=_(SHARE_PHONE), request_contact=True)
    rows = [[share], *menu_keyboard(person).keyboard]
    markup = ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, is_persistent=True)
    return Screen(_("The button is below."), markup)


def phone_taken(person: Person) -> Screen:
    """Return the thanks that bring the usual menu back."""
    return Screen(_("Thank you, the phone is kept."), menu_keyboard(person))


def seal_screen(draft: Draft, _organisation: Organisation, note: str = "") -> Screen:
    """Return what a confidential appeal hides, and from whom."""
    lines = [
        bold(_("🔒 Confidential appeal")),
        _(
            "Your name and phone are hidden from everyone, the operator and the responsible "
            "official too. They can be opened only with a reason, and who opened them and why "
            "is recorded."
        ),
        _(
            "Your words, photos and the place are read by those who handle the appeal: do not "
            "write your name in them. The answer comes here, as usual."
        ),
        _("Now: hidden") if draft.confidential else _("Now: not hidden"),
    ]
    hide = button(_("🔒 Hide my name"), Sealed(draft=draft.id, on=True))
    leave = button(_("Do not hide"), Sealed(draft=draft.id, on=False))
    return Screen(above(note, *lines), keyboard([hide], [leave], [_to_check(draft)]))


def _left_to_operator(draft: Draft) -> InlineKeyboardButton:
    return button(_("Skip: the operator will choose ›"), TypeChosen(draft=draft.id, type=None))


def _to_check(draft: Draft) -> InlineKeyboardButton:
    return back(DraftShown(draft=draft.id, screen=Screens.CHECK))
