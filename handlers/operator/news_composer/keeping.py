"""Where the draft of a chat is kept: in the conversation, under the composer's own key."""

import hashlib

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.operator.news_composer.sheet import Sheet

_KEY = "news"


class NewsComposing(StatesGroup):
    """The operator is composing a post; which step it is, the sheet itself knows."""

    talking = State()


async def sheet_of(state: FSMContext) -> Sheet | None:
    """Return the draft begun, None where there is none."""
    kept = (await state.get_data()).get(_KEY) or {}
    return Sheet.of_json(kept) if "draft" in kept else None


async def keep(state: FSMContext, sheet: Sheet) -> None:
    """Keep the draft in one write; the conversation is then the composer's."""
    await state.update_data({_KEY: sheet.as_json()})
    await state.set_state(NewsComposing.talking)


async def clear(state: FSMContext, sheet: Sheet) -> None:
    """Put the draft away; only its id is remembered, so that none is used twice."""
    await state.set_state(None)
    await state.update_data({_KEY: {"last": sheet.draft}})


async def new_sheet(state: FSMContext, chat_id: int, message_id: int) -> Sheet:
    """Begin a draft.

    Its id is made of the pressed message and the draft before it: a repeated update makes the
    same draft, and no draft follows itself.
    """
    kept = (await state.get_data()).get(_KEY) or {}
    seed = f"{chat_id}:{message_id}:{kept.get('last', '')}"
    sheet = Sheet(hashlib.sha256(seed.encode()).hexdigest()[:16])
    await keep(state, sheet)
    return sheet


async def last_draft(state: FSMContext) -> str | None:
    """Return the id of the draft that was put away last."""
    kept = (await state.get_data()).get(_KEY) or {}
    last: str | None = kept.get("last")
    return last
