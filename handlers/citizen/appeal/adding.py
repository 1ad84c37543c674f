"""Adding to an own appeal: from its card, or by replying to a message about it."""

import re
from typing import Any

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.appeal.albums import Albums, Nursery
from handlers.citizen.appeal.content import ANIMATION
from handlers.citizen.appeal.files import attachment_of
from handlers.citizen.appeal.talk import Talk
from handlers.citizen.replying import wait_for_reply
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.appeal_additions import added_screen, adding_screen
from handlers.views.appeal_callbacks import AdditionBegun
from handlers.views.appeal_verdict import replied_screen
from handlers.views.verdict_callbacks import ReplyBegun
from services.appeals.additions import (
    Addition,
    NumberedAppeal,
    add_to_appeal,
    open_to_add,
    own_by_number,
)
from services.appeals.asking import reply_to_question
from services.appeals.model import AttachmentKind
from services.appeals.number import parse_number
from services.appeals.wording import comment_problem
from services.people.consent import ConsentKind
from services.people.model import Person
from storage.database import Database

_KEY = "addition"
_NUMBER = re.compile(r"\b\d{2}-\d{6,9}-\d\b")


class Adding(StatesGroup):
    """What the next message of the citizen is taken for."""

    anything = State()


class RepliesToOwnAppeal(Filter):
    """A reply to a message of the bot about an own appeal; hands it on as `appeal`."""

    async def __call__(
        self, message: Message, db: Database, person: Person
    ) -> bool | dict[str, Any]:
        """Match on the first number of an appeal in the message that is replied to."""
        replied = message.reply_to_message
        if replied is None or replied.from_user is None or not replied.from_user.is_bot:
            return False
        found = _NUMBER.search(replied.text or replied.caption or "")
        number = parse_number(found[0]) if found else None
        if number is None:
            return False
        appeal = await db.read(own_by_number, number, person.id)
        return False if appeal is None else {"appeal": appeal}


class RepliesToQuestion(Filter):
    """A reply in words to a question about an own appeal; hands it on as `asked`."""

    async def __call__(self, message: Message) -> bool | dict[str, Any]:
        """Match on the button under the question."""
        replied = message.reply_to_message
        markup = replied.reply_markup if replied is not None else None
        for row in markup.inline_keyboard if markup is not None else []:
            for button in row:
                data = button.callback_data or ""
                if data.startswith(f"{ReplyBegun.__prefix__}:"):
                    return {"asked": ReplyBegun.unpack(data)}
        return False


class BeingAddedTo(Filter):
    """A message that comes while the citizen adds to an own appeal; hands it on as `appeal`."""

    async def __call__(self, _message: Message, state: FSMContext) -> bool | dict[str, Any]:
        """Match on what the conversation remembers."""
        known = (await state.get_data()).get(_KEY)
        return {"appeal": NumberedAppeal(**known)} if known else False


async def begin(callback: CallbackQuery, press: AdditionBegun, talk: Talk) -> None:
    """Ask for what is to be added."""
    appeal = await talk.db.read(open_to_add, press.appeal, talk.person.id)
    talk.require_consent()
    await _wait_for(appeal, talk)
    await show(callback, adding_screen(appeal))


async def _wait_for(appeal: NumberedAppeal, talk: Talk) -> None:
    await talk.state.update_data({_KEY: {"id": appeal.id, "number": appeal.number}})
    await talk.state.set_state(Adding.anything)


class Taker:
    """Adds a message; the word of thanks for an album comes once, after its last part."""

    def __init__(self) -> None:
        self._albums = Albums()

    async def take(
        self, message: Message, appeal: NumberedAppeal, talk: Talk, nursery: Nursery
    ) -> None:
        """Keep at once what came; without consent it waits in the chat until it may be kept."""
        if not talk.person.agrees(ConsentKind.APPEALS):
            await _wait_for(appeal, talk)
        location = message.location or (message.venue.location if message.venue else None)
        addition = Addition(
            message.message_id,
            message.text or message.caption or "",
            attachment_of(message),
            (location.latitude, location.longitude) if location else None,
        )
        wanted = (appeal.id, talk.person.id, addition, talk.clock.now())
        added = await talk.db.write(add_to_appeal, *wanted)
        if message.media_group_id is None:
            await send(message, added_screen(added, addition.words, talk.organisation))
            return

        async def show_once(words: str) -> None:
            await send(message, added_screen(added, words, talk.organisation))

        album = (message.chat.id, message.media_group_id)
        self._albums.part(album, addition.words, show_once, nursery)


async def reply(message: Message, words: str, asked: ReplyBegun, talk: Talk) -> None:
    """Pass the reply to a question on, as if its button had been pressed."""
    problem = comment_problem(words)
    if problem is not None:
        await show(message, Screen(_(problem)))
        return
    if not talk.person.agrees(ConsentKind.APPEALS):
        await wait_for_reply(talk.state, asked)
    said = (asked.appeal, asked.question, talk.person.id, message.message_id, words)
    await talk.db.write(reply_to_question, *said, talk.clock.now())
    await show(message, replied_screen(words, talk.organisation))


async def decline(message: Message) -> None:
    """Say what can be added."""
    text = _(
        "This cannot be part of an appeal. You can send words, photos, videos, voice messages, "
        "documents or a location."
    )
    await show(message, Screen(text))


def router() -> Router:
    """Return the router of the button."""
    router = Router(name="appeal: adding")
    router.callback_query.register(begin, Pressed(AdditionBegun))
    return router


def replies() -> Router:
    """Return the router of replies; it stands after menus, before what waits for words."""
    router = Router(name="appeal: replies")
    taker = Taker()
    router.message.register(reply, RepliesToQuestion(), Words())
    for content in (Words(), _FILES_AND_PLACES):
        router.message.register(taker.take, RepliesToOwnAppeal(), content)
    return router


def words() -> Router:
    """Return the router of what is added from the card."""
    router = Router(name="appeal: additions")
    adding, taker = StateFilter(Adding), Taker()
    for content in (Words(), _FILES_AND_PLACES):
        router.message.register(taker.take, adding, BeingAddedTo(), content)
    router.message.register(decline, adding, NotWords())
    return router


_FILES_AND_PLACES = Has(*AttachmentKind, ANIMATION, "location", "venue")
