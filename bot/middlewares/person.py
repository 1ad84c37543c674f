"""Who sent this update, and in which language to answer."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.types import Chat, TelegramObject, Update, User
from aiogram.utils.i18n import I18n

from handlers.screen import acknowledge
from handlers.views.mydata_callbacks import ForgetConfirmed
from services.clock import Clock
from services.language import Language
from services.people.directory import Directory
from services.people.model import Person
from services.people.staff import appoint_administrators
from storage.database import Database

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

_NAME_LENGTH = 200
_LAST_PRESS = f"{ForgetConfirmed.__prefix__}{ForgetConfirmed.__separator__}"
_OF_CHANNELS = frozenset({"channel_post", "edited_channel_post", "my_chat_member"})


class PersonMiddleware(BaseMiddleware):
    """Hands `person` to handlers and sets the language of everything they say.

    The bot talks in private chats only; updates from elsewhere stop here. What happens in
    channels has no person: it goes on to those who watch them.
    """

    def __init__(
        self,
        people: Directory,
        i18n: I18n,
        db: Database,
        clock: Clock,
        administrators: frozenset[int],
    ) -> None:
        self._people = people
        self._i18n = i18n
        self._db = db
        self._clock = clock
        self._administrators = administrators

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Find or register the person and run the handler in their language."""
        if isinstance(event, Update) and event.event_type in _OF_CHANNELS and _in_channel(data):
            with self._i18n.context(), self._i18n.use_locale(Language.KAZAKH.value):
                return await handler(event, data)
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        if user is None or (chat is not None and chat.type != ChatType.PRIVATE):
            return UNHANDLED
        person = await self._people.find(user.id)
        if person is None and not _comes(event):
            if isinstance(event, Update) and event.callback_query is not None:
                await acknowledge(event.callback_query)
            return UNHANDLED
        person = person or await self._join(user)
        data["person"] = person
        language = person.language or Language.guess(user.language_code)
        with self._i18n.context(), self._i18n.use_locale(language.value):
            return await handler(event, data)

    async def _join(self, user: User) -> Person:
        person = await self._people.join(user.id, user.full_name[:_NAME_LENGTH])
        if user.id in self._administrators:
            await self._db.write(
                appoint_administrators, user.id, self._administrators, self._clock.now()
            )
            self._people.forget(user.id)
            person = await self._people.find(user.id) or person
        return person


def _comes(event: TelegramObject) -> bool:
    """Tell whether somebody unknown comes to the bot, or what they left behind comes after them.

    Whoever was just forgotten blocks the bot, edits old words, or their last press comes again:
    nothing of that makes them known anew.
    """
    if not isinstance(event, Update) or event.event_type == "message":
        return True
    callback = event.callback_query
    return callback is not None and not (callback.data or "").startswith(_LAST_PRESS)


def _in_channel(data: dict[str, Any]) -> bool:
    chat: Chat | None = data.get("event_chat")
    return chat is not None and chat.type == ChatType.CHANNEL
