"""Asking for a consent where something needs it that was not given.

Whatever needs one is refused by its use case; the text is shown then, and once the person agrees
the same press or the same message is dealt with again, so that nothing has to be done twice.
"""

from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message, TelegramObject

from handlers.screen import send, show
from handlers.views.consents import asking_screen
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.refusal import ConsentNeeded

_KEY = "consent"


@dataclass(frozen=True, slots=True)
class Waiting:
    """The data of a button that waits; below: its message stays as it is."""

    pressed: str
    below: bool


class AsksConsent(BaseMiddleware):
    """Shows the text of a consent that something needs, in place of doing it."""

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Go on; where a consent is missing, ask for it."""
        try:
            return await handler(event, data)
        except ConsentNeeded as needed:
            kind, organisations = ConsentKind(needed.kind), data["organisations"]
            if isinstance(event, Message):
                await _ask_above(event, kind, organisations)
                return None
            if isinstance(event, CallbackQuery):
                await _ask_in_place(event, kind, data["state"], organisations)
                return None
            raise


async def ask_below(
    callback: CallbackQuery, kind: ConsentKind, state: FSMContext, organisations: Organisations
) -> None:
    """Ask below a message that is to stay as it is; the press is dealt with again afterwards."""
    await _remember(state, kind, callback.data, below=True)
    await send(callback, asking_screen(kind, organisations.current))


async def _ask_in_place(
    callback: CallbackQuery, kind: ConsentKind, state: FSMContext, organisations: Organisations
) -> None:
    await _remember(state, kind, callback.data, below=False)
    await show(callback, asking_screen(kind, organisations.current))


async def _ask_above(message: Message, kind: ConsentKind, organisations: Organisations) -> None:
    """Ask in a reply to the message: it waits in the chat, and nothing of it is kept."""
    screen = asking_screen(kind, organisations.current)
    await message.reply(screen.text, reply_markup=screen.keyboard)


async def waiting_for(state: FSMContext, kind: ConsentKind) -> Waiting | None:
    """Return the press that waits for this consent; it stays, for a tap may come twice."""
    waiting = ((await state.get_data()).get(_KEY) or {}).get(kind.value)
    return None if waiting is None else Waiting(**waiting)


async def _remember(
    state: FSMContext, kind: ConsentKind, pressed: str | None, *, below: bool
) -> None:
    waiting = (await state.get_data()).get(_KEY) or {}
    press = asdict(Waiting(pressed or "", below))
    await state.update_data({_KEY: {**waiting, kind.value: press}})
