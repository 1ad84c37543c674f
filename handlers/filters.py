"""Filters as coroutines: aiogram sends every synchronous one, `F` included, through a thread."""

from typing import Any, Generic, TypeVar

from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.filters.callback_data import CallbackData
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, TelegramObject

from handlers.text import in_both_languages
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person

C = TypeVar("C", bound=CallbackData)

# The largest number that both databases take.
_LARGEST = 2**63 - 1


class Pressed(Filter, Generic[C]):
    """A button whose data belong to this class; hands them on as `press`.

    Forged data that do not parse match nothing and end at the last router.
    """

    def __init__(self, kind: type[C], **expected: Any) -> None:
        self._kind = kind
        self._prefix = f"{kind.__prefix__}{kind.__separator__}"
        self.data_prefix = kind.__prefix__  # no other data need be shown to this filter
        self._expected = expected

    async def __call__(self, callback: CallbackQuery) -> bool | dict[str, Any]:
        """Match on the prefix before anything is parsed."""
        data = callback.data or ""
        if not data.startswith(self._prefix) and data != self.data_prefix:
            return False
        try:
            press = self._kind.unpack(data)
        except (TypeError, ValueError):
            return False
        if any(getattr(press, name) != value for name, value in self._expected.items()):
            return False
        numbers = (value for _name, value in press if isinstance(value, int))
        return {"press": press} if all(abs(number) <= _LARGEST for number in numbers) else False


class MenuButton(Filter):
    """A button of the reply keyboard, in whichever language it was made."""

    def __init__(self, message: str) -> None:
        self._message = message

    async def __call__(self, message: Message) -> bool:
        """Match the words of the button."""
        return (message.text or "") in self.words()

    def words(self) -> frozenset[str]:
        """Return what the button says, in both languages."""
        return in_both_languages(self._message)


class Has(Filter):
    """A message with content of one of these kinds: "text", "photo", "location" and so on."""

    def __init__(self, *kinds: str) -> None:
        self._kinds = frozenset(kinds)

    async def __call__(self, message: Message) -> bool:
        """Match by aiogram's content type."""
        return message.content_type in self._kinds


class InChat(Filter):
    """An event in a chat of this type."""

    def __init__(self, kind: ChatType) -> None:
        self._kind = kind

    async def __call__(self, event: Message | ChatMemberUpdated) -> bool:
        """Match by the chat."""
        return event.chat.type == self._kind


class Works(Filter):
    """A person whose roles let them do one of these deeds; the use case checks it again."""

    def __init__(self, *deeds: Deed) -> None:
        self._deeds = deeds

    async def __call__(self, _event: TelegramObject, person: Person) -> bool:
        """Match on the person's cached roles."""
        return may_somewhere(person.roles, *self._deeds)
