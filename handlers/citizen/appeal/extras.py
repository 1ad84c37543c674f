"""What a draft may have besides: its type, details, a phone, a sealed name."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.appeal.states import Writing
from handlers.citizen.appeal.talk import Talk
from handlers.citizen.words import Words
from handlers.filters import Has, Pressed
from handlers.screen import send, show
from handlers.text import _
from handlers.views.appeal_callbacks import (
    PhoneRemoved,
    QuestionAsked,
    Screens,
    Sealed,
    TypeChosen,
    TypeHelped,
)
from handlers.views.appeal_draft import questions_of
from handlers.views.appeal_extras import help_screen, phone_taken
from services.appeals.draft import Draft
from services.people.phone import normalise_phone


async def choose_type(callback: CallbackQuery, press: TypeChosen, talk: Talk) -> None:
    """Keep the type, or that the operator shall choose it."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_next(callback, await talk.keep(draft.with_type(press.type)))


async def help_to_choose(callback: CallbackQuery, press: TypeHelped, talk: Talk) -> None:
    """Ask one question of «help me choose»."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await show(callback, help_screen(draft, talk.organisation, press.number))


async def ask(callback: CallbackQuery, press: QuestionAsked, talk: Talk) -> None:
    """Ask one question of the topic."""
    draft = await talk.current(callback, press.draft)
    if draft is None:
        return
    codes = [question.code for question in questions_of(draft, talk.organisation)]
    if press.question not in codes:
        await talk.show_next(callback, draft)
        return
    draft = await talk.keep(draft.with_question(press.question))
    await talk.show_part(callback, draft, Screens.QUESTION)


async def take_answer(message: Message, words: str, talk: Talk) -> None:
    """Keep the answer; then comes the next question without one, or the whole draft."""
    draft = await talk.draft_or_new(message)
    draft = draft.with_particular(message.message_id, words)
    if draft.asking is None:
        draft = draft.with_question(_next_question(draft, talk))
    await talk.keep(draft)
    if draft.asking is None:
        await talk.show_next(message, draft)
    else:
        await talk.show_part(message, draft, Screens.QUESTION)


async def remove_phone(callback: CallbackQuery, press: PhoneRemoved, talk: Talk) -> None:
    """Leave no phone after all."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_next(callback, await talk.keep(draft.with_phone(None)))


async def take_phone(message: Message, talk: Talk) -> None:
    """Keep a phone that is written or shared as a contact."""
    draft = await talk.draft_or_new(message)
    written = message.contact.phone_number if message.contact else message.text or ""
    phone = normalise_phone(written)
    if phone is None:
        note = _("This is not a phone number of Kazakhstan. Example: +7 701 123 45 67")
        await talk.wait_for(Screens.PHONE)
        await show(message, await talk.screen(draft, Screens.PHONE, note))
        return
    draft = await talk.keep(draft.with_phone(phone).with_heard(message.message_id))
    await send(message, phone_taken(talk.person))
    await talk.show_next(message, draft)


async def seal(callback: CallbackQuery, press: Sealed, talk: Talk) -> None:
    """Seal name and phone, or open them."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        draft = await talk.keep(draft.with_seal(confidential=press.on))
        await talk.show_next(callback, draft)


def _next_question(draft: Draft, talk: Talk) -> str | None:
    codes = [question.code for question in questions_of(draft, talk.organisation)]
    return next((code for code in codes if code not in draft.particulars), None)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="appeal: extras")
    router.callback_query.register(choose_type, Pressed(TypeChosen))
    router.callback_query.register(help_to_choose, Pressed(TypeHelped))
    router.callback_query.register(ask, Pressed(QuestionAsked))
    router.callback_query.register(remove_phone, Pressed(PhoneRemoved))
    router.callback_query.register(seal, Pressed(Sealed))
    return router


def words() -> Router:
    """Return the router of answers and phones; it stands before what is sent as the text."""
    router = Router(name="appeal: words of extras")
    router.message.register(take_answer, StateFilter(Writing.question), Words())
    router.message.register(take_phone, StateFilter(Writing.phone), Words())
    router.message.register(take_phone, StateFilter(Writing), Has("contact"))
    return router
