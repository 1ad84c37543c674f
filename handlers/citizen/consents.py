"""Consents: given where they are asked for, seen and taken back in the settings."""

from typing import Any

from aiogram import Dispatcher, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message
from aiogram.utils.i18n import I18n

from handlers.callbacks import ConsentGiven, ConsentRead, ConsentRefused
from handlers.citizen.appeal.states import DRAFT_KEY, draft_of
from handlers.citizen.consent_needed import Waiting, waiting_for
from handlers.citizen.poll_answer import seal_again
from handlers.filters import Pressed
from handlers.screen import Screen, acknowledge, show
from handlers.text import _
from handlers.views.consents import (
    REFUSED,
    WITHDRAWN,
    ConsentOpened,
    ConsentsOpened,
    ConsentWithdrawn,
    asking_screen,
    consent_screen,
    list_screen,
)
from handlers.views.news_callbacks import OpenNewsTopics
from handlers.views.profile import ProfileUnsaid
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.people.consents import consents_of, give_consent, withdraw_consent
from services.people.directory import Directory
from services.people.model import Person
from services.polls.ballot_box import BallotBox
from storage.database import Database


async def agree(
    callback: CallbackQuery,
    press: ConsentGiven,
    state: FSMContext,
    person: Person,
    people: Directory,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    dispatcher: Dispatcher,
    **others: Any,
) -> None:
    """Keep the consent to exactly the version shown, and go on with what needed it."""
    given = (press.kind, press.version, press.language, clock.now())
    person = await people.change(give_consent, person.id, *given)
    if not press.onward:
        opened = ConsentOpened(kind=press.kind, version="")
        await open_one(callback, opened, person, db, organisations)
        return
    resources = {
        **others,
        "state": state,
        "person": person,
        "people": people,
        "organisations": organisations,
        "db": db,
        "clock": clock,
        "dispatcher": dispatcher,
        "raw_state": await state.get_state(),
    }
    waited = callback.message.reply_to_message if isinstance(callback.message, Message) else None
    if waited is not None and waited.from_user is not None and not waited.from_user.is_bot:
        await _thank(callback)
        await dispatcher.propagate_event("message", waited, **resources)
        return
    waiting = await waiting_for(state, press.kind)
    if press.kind is ConsentKind.NEWS:
        waiting = Waiting(OpenNewsTopics().pack(), below=False)
    if waiting is None or waiting.below:
        await _thank(callback)
    if waiting is not None:
        again = callback.model_copy(update={"data": waiting.pressed})
        await dispatcher.propagate_event("callback_query", again, **resources)


async def _thank(callback: CallbackQuery) -> None:
    await show(callback, Screen(_("Thank you. Your consent is recorded.")))


async def read(callback: CallbackQuery, press: ConsentRead, organisations: Organisations) -> None:
    """Show the text that is asked about in the other language."""
    with I18n.get_current(no_error=False).use_locale(press.language.value):
        await show(callback, asking_screen(press.kind, organisations.current))


async def refuse(
    callback: CallbackQuery,
    press: ConsentRefused,
    person: Person,
    dispatcher: Dispatcher,
    **others: Any,
) -> None:
    """Say what cannot be done without it, and leave the door open; a poll goes on without it."""
    if press.kind is ConsentKind.POLL_PROFILE and not person.profile.asked:
        unsaid = callback.model_copy(update={"data": ProfileUnsaid().pack()})
        resources = {**others, "person": person, "dispatcher": dispatcher}
        await dispatcher.propagate_event("callback_query", unsaid, **resources)
        return
    await acknowledge(callback, _(REFUSED[press.kind]))


async def open_list(callback: CallbackQuery, person: Person, db: Database) -> None:
    """Show which texts the person agreed to and when."""
    await show(callback, list_screen(await db.read(consents_of, person.id)))


async def open_one(
    callback: CallbackQuery,
    press: ConsentOpened,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show one text with its date, and what can be done about it."""
    consents = await db.read(consents_of, person.id)
    screen = consent_screen(press.kind, press.version, consents, organisations.current)
    await show(callback, screen)


async def withdraw(
    callback: CallbackQuery,
    press: ConsentWithdrawn,
    state: FSMContext,
    person: Person,
    people: Directory,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    ballot_box: BallotBox,
) -> None:
    """Take the consent back at once, and say what that means; pressed again nothing changes."""
    person = await people.change(withdraw_consent, person.id, press.kind, clock.now())
    if press.kind is ConsentKind.POLL_PROFILE:
        await seal_again(state, person, ballot_box, clock.now())
    await _erase_begun(state, press.kind)
    consents = await db.read(consents_of, person.id)
    note = _(WITHDRAWN[press.kind])
    await show(callback, consent_screen(press.kind, "", consents, organisations.current, note))


async def _erase_begun(state: FSMContext, kind: ConsentKind) -> None:
    """Erase what the person has begun to write; what a member of staff files stays."""
    draft = await draft_of(state)
    data = await state.get_data()
    if kind is ConsentKind.APPEALS and draft is not None and draft.visitor is None:
        data.pop(DRAFT_KEY, None)
    for begun in _BEGUN.get(kind, ()):
        data.pop(begun, None)
    await state.set_data(data)


# By their names in the conversation: a dispute and answers about oneself.
_BEGUN = {
    ConsentKind.APPEALS: ("dispute",),
    ConsentKind.POLL_PROFILE: ("profile",),
    ConsentKind.PROGRAMMES: ("programme",),
    ConsentKind.COUNCILS: ("council",),
    ConsentKind.PROPOSALS: ("proposal",),
}


def router() -> Router:
    """Return the router of the consents."""
    router = Router(name="consents")
    router.callback_query.register(agree, Pressed(ConsentGiven))
    router.callback_query.register(read, Pressed(ConsentRead))
    router.callback_query.register(refuse, Pressed(ConsentRefused))
    router.callback_query.register(open_list, Pressed(ConsentsOpened))
    router.callback_query.register(open_one, Pressed(ConsentOpened))
    router.callback_query.register(withdraw, Pressed(ConsentWithdrawn))
    return router
