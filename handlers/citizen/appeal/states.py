"""Where a citizen stands with an appeal, and where the draft is kept."""

import hashlib
from datetime import date
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery
from pydantic import TypeAdapter, ValidationError

from handlers.screen import Event
from handlers.text import current_language
from services.appeals.draft import Draft

DRAFT_KEY = "appeal"
_DRAFT = TypeAdapter(Draft)


class Writing(StatesGroup):
    """What the next message of the citizen is taken for."""

    topic = State()
    place = State()
    text = State()
    files = State()
    question = State()
    phone = State()
    check = State()


async def draft_of(state: FSMContext) -> Draft | None:
    """Return the draft of this chat."""
    raw = (await state.get_data()).get(DRAFT_KEY)
    if raw is None:
        return None
    try:
        return _DRAFT.validate_python(raw)
    except ValidationError:
        # Written by an older version of the bot and not readable any more.
        return None


async def draft_id(state: FSMContext) -> str:
    """Return the id of the draft of this chat, "" where there is none."""
    draft = await draft_of(state)
    return draft.id if draft else ""


async def keep(state: FSMContext, draft: Draft) -> Draft:
    """Keep the draft and return it; other conversations' data stay as they are."""
    raw: Any = _DRAFT.dump_python(draft, mode="json", exclude_defaults=True)
    await state.update_data({DRAFT_KEY: raw})
    return draft


async def drop(state: FSMContext) -> None:
    """Forget the draft and leave the conversation."""
    data = await state.get_data()
    data.pop(DRAFT_KEY, None)
    await state.set_data(data)
    await state.set_state(None)


def new_draft(event: Event, today: date) -> Draft:
    """Return a blank draft whose id the same update always brings about again."""
    if isinstance(event, CallbackQuery):
        origin = f"press {event.id}"
    else:
        origin = f"message {event.chat.id} {event.message_id}"
    digest = hashlib.blake2s(origin.encode(), digest_size=8).hexdigest()
    return Draft(digest, language=current_language(), begun_on=today)
