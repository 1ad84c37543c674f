"""Signing up, step by step: the consent, each question, the check, what comes next."""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard, skip
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.programme_callbacks import (
    Answered,
    Asked,
    OwnProgrammesShown,
    ProgrammeOpened,
    SignUpBegun,
    SignUpSent,
    TermsAgreed,
)
from handlers.views.programme_news import news_button
from handlers.views.programme_words import session_line, standing_line
from services.programmes.catalogue import Card
from services.programmes.model import Field, FieldKind, Programme, SignUpStatus

_HINTS = {
    FieldKind.TEXT: N_("Write it in a message."),
    FieldKind.NUMBER: N_("Write a number in digits, for example: 18"),
    FieldKind.CHOICE: N_("Choose below."),
    FieldKind.DATE: N_("Write the day like this: 31.12.2005"),
    FieldKind.PHONE: N_("Write the number like this: +7 701 123 45 67"),
    FieldKind.YES_NO: N_("Choose below."),
}
_LABEL = 36


def terms_screen(programme: Programme) -> Screen:
    """Show to what a participant of this programme agrees."""
    title = bold(_("Before you sign up"))
    text = escape(programme.consent(current_language()))
    agreed = TermsAgreed(programme=programme.id, version=programme.consent_version)
    return Screen(
        f"{title}\n\n{text}",
        keyboard(
            [button(_("✅ I agree"), agreed)],
            [button(_("I do not agree"), ProgrammeOpened(programme=programme.id))],
        ),
    )


def name_screen(programme: Programme, problem: str = "") -> Screen:
    """Ask for the name as it shall stand on the list."""
    lines = [
        f"⚠️ {problem}\n" if problem else "",
        bold(_("Your surname and given name?")),
        _("So they will stand on the list of participants."),
    ]
    leave = ProgrammeOpened(programme=programme.id)
    return Screen("\n".join(filter(None, lines)), keyboard([back(leave), _cancel(programme)]))


def question_screen(
    programme: Programme, fields: Sequence[Field], field: Field, problem: str = ""
) -> Screen:
    """Ask one question of the form."""
    language = current_language()
    number = [one.code for one in fields].index(field.code)
    lines = [
        f"⚠️ {problem}\n" if problem else "",
        _("Question {number} of {count}").format(number=number + 1, count=len(fields)),
        bold(escape(field.label(language))),
        _(_HINTS[field.kind]),
    ]
    which = programme.id
    choices = {one.code: one.text(language) for one in field.options}
    if field.kind is FieldKind.YES_NO:
        choices = {code: field.said(code, language) for code in ("yes", "no")}
    buttons = [
        button(text, Answered(programme=which, field=field.code, answer=code))
        for code, text in choices.items()
    ]
    wide = max((len(each.text) for each in buttons), default=0) > _LABEL // 2
    rows = in_rows(buttons, 1 if wide else 2)
    if not field.required:
        rows.append([skip(Answered(programme=which, field=field.code))])
    before = fields[number - 1].code if number else ""
    leave = [back(Asked(programme=which, field=before)), _cancel(programme)]
    return Screen("\n".join(filter(None, lines)), keyboard(*rows, leave))


def check_screen(
    card: Card, name: str, told: Mapping[str, str], seen: int, today: date, problem: str = ""
) -> Screen:
    """Show everything that was said, before the person signs up."""
    programme, language = card.programme, current_language()
    lines = [
        f"⚠️ {problem}\n" if problem else "",
        bold(_("Please check")),
        _("Programme: {title}").format(title=escape(programme.title(language))),
        _("Name: {name}").format(name=escape(name)),
    ]
    change = [button(_("✏️ Name"), Asked(programme=programme.id))]
    for number, field in enumerate(card.fields, start=1):
        answer = shown(field, told.get(field.code, ""), language)
        lines.append(f"{number}. {escape(field.label(language))} – {answer}")
        change.append(button(f"✏️ {number}", Asked(programme=programme.id, field=field.code)))
    if not programme.takes_on(today) or programme.places_left == 0:
        lines += ["", _("All places are taken: you will stand on the waiting list.")]
    sent = SignUpSent(programme=programme.id, seen=seen)
    rows = [[button(_("✅ Sign up"), sent)], *in_rows(change, 5)]
    return Screen("\n".join(lines).strip(), keyboard(*rows, [_cancel(programme)]))


def done_screen(card: Card) -> Screen:
    """Say how the person stands now and what comes next."""
    programme, own, language = card.programme, card.own, current_language()
    title = bold(escape(programme.title(language)))
    if own is None or not own.active:
        words = [title, _("You do not take part in this programme.")]
    elif own.status is SignUpStatus.CONFIRMED:
        words = [title, standing_line(own, None), "", *_next(card)]
    else:
        words = [
            title,
            standing_line(own, card.place),
            "",
            _(
                "As soon as a place becomes free for you, you will get a message. It is kept for "
                "you for 24 hours; from 21:00 to 09:00 the time stands still."
            ),
        ]
    rows = [
        news_button(programme.id, card.hearing) if own is not None and own.active else [],
        [button(_("🎓 To the programme"), ProgrammeOpened(programme=programme.id))],
        [button(_("🎟 My programmes"), OwnProgrammesShown())],
    ]
    return Screen("\n".join(words), keyboard(*rows))


def shown(field: Field, answer: str, language: str) -> str:
    """Return an answer as people read it, HTML; a dash where there is none."""
    if not answer:
        return "—"
    if field.kind is FieldKind.DATE:
        return full(date.fromisoformat(answer))
    return escape(field.said(answer, language))


def _next(card: Card) -> list[str]:
    first = next(iter(card.sessions), None)
    if first is None:
        begins = full(card.programme.begins_on)
        coming = _("It begins on {day}. You will be told of the sessions here.").format(day=begins)
    else:
        coming = _("The first session: {session}").format(session=session_line(first))
    return [
        coming,
        _("The bot will remind you a day and two hours before each session."),
        _("If you cannot come, please leave in good time: somebody waits for the place."),
    ]


def begin_again(programme: int, seen: int) -> Screen:
    """Return the way back to the form, where a button belongs to no sheet any more."""
    again = button(_("✍️ Sign up"), SignUpBegun(programme=programme, seen=seen))
    return Screen(_("This form is no longer open. You can begin anew."), keyboard([again]))


def _cancel(programme: Programme) -> InlineKeyboardButton:
    return cancel(ProgrammeOpened(programme=programme.id))
