"""Joining a proposal to another one that says the same."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.proposals.desk import Moderating, ProposalDesk
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.proposal_callbacks import MergingAsked, MergingSent
from handlers.views.proposal_moderating import merging_check_screen, merging_screen
from services.people.deeds import Deed
from services.proposals.board import read_card
from services.proposals.moderating import list_waiting, merge, merge_target
from services.refusal import Refusal

_LONGEST = 20


async def ask(callback: CallbackQuery, press: MergingAsked, desk: ProposalDesk) -> None:
    """Ask for the number of the other one."""
    draft = await desk.draft_of(press.proposal, press.version)
    page = await desk.db.read(list_waiting, desk.person.id, press.proposal - 1)
    draft["waiting"] = any(line.id == press.proposal for line in page.lines)
    await desk.keep(draft)
    await desk.state.set_state(Moderating.number)
    await show(callback, merging_screen(draft))


async def take_number(message: Message, words: str, desk: ProposalDesk) -> None:
    """Find the other one, and ask once more."""
    draft = await desk.draft()
    if "proposal" not in draft or message.message_id <= draft["message"]:
        return
    draft["message"] = message.message_id
    await desk.keep(draft)
    try:
        wanted = (desk.person.id, draft["proposal"], words[:_LONGEST])
        target = await desk.db.read(merge_target, *wanted)
    except Refusal as refusal:
        await show(message, merging_screen(draft, f"⚠️ {_(refusal.message)}"))
        return
    await show(message, merging_check_screen(draft, target))


async def ask_for_number(message: Message, desk: ProposalDesk) -> None:
    """Say that a number is asked for."""
    await show(message, merging_screen(await desk.draft()))


async def join(callback: CallbackQuery, press: MergingSent, desk: ProposalDesk) -> None:
    """Make one of two; a repeated tap changes nothing."""
    wanted = (press.proposal, press.version, press.target, desk.clock.now())
    await desk.db.write(merge, desk.person.id, *wanted)
    await desk.drop()
    card = await desk.db.read(read_card, press.target, desk.person.id)
    text = _("🔗 Joined. It is supported now by: {count}").format(count=card.line.supports)
    await show(callback, Screen(text))


def router() -> Router:
    """Return the router of joining."""
    router = Router(name="joining proposals")
    router.callback_query.filter(Works(Deed.MERGE_PROPOSAL))
    router.callback_query.register(ask, Pressed(MergingAsked))
    router.callback_query.register(join, Pressed(MergingSent))
    return router


def words() -> Router:
    """Return the router of the number."""
    router = Router(name="joining proposals in words")
    router.message.register(take_number, StateFilter(Moderating.number), Words())
    router.message.register(ask_for_number, StateFilter(Moderating.number), NotWords())
    return router
