"""Letting one mailing out in spite of the silence before a vote, with a written reason.

What is written stands under `let_out` in the conversation, with the mailing that it is about.
"""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.mailings import Watch
from handlers.provided import provide
from handlers.screen import send, show
from handlers.text import _
from handlers.views.campaign_callbacks import LetOut, LetOutAsked
from handlers.views.campaign_silence import reason_check, reason_question
from services.appeals.reasons import reason_problem
from services.campaigns.silence import let_out, require_held
from services.people.deeds import Deed

_KEY = "let_out"


class LettingOut(StatesGroup):
    """What the bot waits for."""

    reason = State()


async def ask(
    callback: CallbackQuery, press: LetOutAsked, state: FSMContext, watch: Watch
) -> None:
    """Ask for the reason; the card stays as it is."""
    await watch.db.read(require_held, press.mailing, watch.person.id, watch.clock.now())
    if (await _draft(state)).get("mailing") != press.mailing:
        await state.update_data({_KEY: {"mailing": press.mailing}})
    await state.set_state(LettingOut.reason)
    await send(callback, reason_question(press.mailing))


async def take_reason(message: Message, words: str, state: FSMContext) -> None:
    """Keep the reason and show it; newer words replace older ones."""
    draft = await _draft(state)
    if not draft or draft.get("words", 0) >= message.message_id:
        return
    problem = reason_problem(words)
    if problem is not None:
        await show(message, reason_question(draft["mailing"], _(problem)))
        return
    kept = {**draft, "text": words.strip(), "words": message.message_id}
    await state.update_data({_KEY: kept})
    await show(message, reason_check(draft["mailing"], kept["text"], message.message_id))


async def confirm(callback: CallbackQuery, press: LetOut, state: FSMContext, watch: Watch) -> None:
    """Let the mailing out for exactly the reason that was shown, and show its card."""
    draft = await _draft(state)
    if (draft.get("mailing"), draft.get("words")) == (press.mailing, press.words):
        by, now = watch.person.id, watch.clock.now()
        await watch.db.write(let_out, press.mailing, draft["text"], by, now)
        await state.update_data({_KEY: None})
        await state.set_state(None)
    await show(callback, await watch.card(press.mailing))


async def take_something_else(message: Message, state: FSMContext) -> None:
    """Say that words are asked for."""
    mailing = (await _draft(state)).get("mailing", 0)
    await show(message, reason_question(mailing, _("Please write it as a text message.")))


async def _draft(state: FSMContext) -> dict[str, Any]:
    return (await state.get_data()).get(_KEY) or {}


def router() -> Router:
    """Return the router of the buttons; for administrators."""
    router = provide(Router(name="silence"), "watch", Watch)
    router.callback_query.filter(Works(Deed.OVERRIDE_SILENCE))
    router.callback_query.register(ask, Pressed(LetOutAsked))
    router.callback_query.register(confirm, Pressed(LetOut))
    return router


def words() -> Router:
    """Return the router of what is written; it stands after all menus."""
    router = provide(Router(name="silence: words"), "watch", Watch)
    router.message.filter(Works(Deed.OVERRIDE_SILENCE))
    router.message.register(take_reason, StateFilter(LettingOut.reason), Words())
    router.message.register(take_something_else, StateFilter(LettingOut.reason), NotWords())
    return router
