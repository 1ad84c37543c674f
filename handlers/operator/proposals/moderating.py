"""Deciding on a proposal: words and titles for the board, or a reason why not."""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.proposals.desk import Moderating, ProposalDesk
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.proposal_callbacks import (
    RefusingAsked,
    RefusingSent,
    WaitingOpened,
    WaitingShown,
    WordingBegun,
    WordingSent,
)
from handlers.views.proposal_moderating import (
    preview_screen,
    refusing_screen,
    unmoderated_screen,
    waiting_screen,
    wording_screen,
)
from services.people.deeds import Deed
from services.polls.masking import personal
from services.proposals.moderating import Wording, list_waiting, open_waiting, publish, refuse
from services.proposals.wording import checked_shown, checked_title
from services.refusal import Refusal

_PARTS = {"kk": Moderating.kk, "ru": Moderating.ru, "words": Moderating.words}
_STATES = {state.state: part for part, state in _PARTS.items()}


async def open_list(callback: CallbackQuery, press: WaitingShown, desk: ProposalDesk) -> None:
    """Show what waits; what was worded stays."""
    await desk.state.set_state(None)
    await _show_list(callback, desk, after=press.after)


async def open_one(callback: CallbackQuery, press: WaitingOpened, desk: ProposalDesk) -> None:
    """Show one as it was written."""
    await desk.state.set_state(None)
    wanted = (desk.person.id, press.proposal, desk.clock.now())
    found = await desk.db.write(open_waiting, *wanted)
    await show(callback, unmoderated_screen(found, desk.organisation))


async def begin(callback: CallbackQuery, press: WordingBegun, desk: ProposalDesk) -> None:
    """Ask for a part of the wording; words without personal data stand already."""
    if press.part not in _PARTS:
        await acknowledge(callback)
        return
    wanted = (desk.person.id, press.proposal, desk.clock.now())
    found = await desk.db.write(open_waiting, *wanted)
    draft = await desk.draft_of(press.proposal, press.version)
    if "words" not in draft and not personal(found.text):
        draft["words"] = found.text
    draft["proposed"] = found.proposed
    await desk.keep(draft)
    await desk.state.set_state(_PARTS[press.part])
    await show(callback, wording_screen(draft, press.part))


async def take_words(message: Message, words: str, desk: ProposalDesk) -> None:
    """Keep a part of the wording and go on to what is missing, then to the preview."""
    draft = await desk.draft()
    part = _STATES.get(await desk.state.get_state())
    if part is None or "proposal" not in draft or message.message_id <= draft["message"]:
        return
    draft["message"] = message.message_id
    try:
        draft[part] = checked_shown(words) if part == "words" else checked_title(words)
    except Refusal as refusal:
        await desk.keep(draft)
        await show(message, wording_screen(draft, part, f"⚠️ {_(refusal.message)}"))
        return
    await desk.keep(draft)
    await _go_on(message, desk, draft)


async def ask_for_words(message: Message, desk: ProposalDesk) -> None:
    """Say that only words can be taken."""
    draft = await desk.draft()
    part = _STATES.get(await desk.state.get_state())
    if part is not None and "proposal" in draft:
        problem = _("Please write it in words, as a text message.")
        await show(message, wording_screen(draft, part, problem))


async def let_out(callback: CallbackQuery, press: WordingSent, desk: ProposalDesk) -> None:
    """Let out what was shown; a repeated tap changes nothing."""
    draft = await desk.draft()
    seen = (draft.get("proposal"), draft.get("version"), draft.get("message"))
    note = _("✅ It is on the board.")
    if seen == (press.proposal, press.version, press.message):
        wording = Wording(draft["kk"], draft["ru"], draft["words"])
        wanted = (desk.person.id, press.proposal, press.version, wording, desk.clock.now())
        await desk.db.write(publish, *wanted)
        await desk.drop()
    else:
        note = _("This button belongs to an earlier wording. Please open the proposal again.")
    await _show_list(callback, desk, note)


async def ask_reason(callback: CallbackQuery, press: RefusingAsked, desk: ProposalDesk) -> None:
    """Ask why it is not let out."""
    await desk.state.set_state(None)
    await show(callback, refusing_screen(press.proposal, press.version))


async def refuse_it(callback: CallbackQuery, press: RefusingSent, desk: ProposalDesk) -> None:
    """Do not let it out, and go back to what waits."""
    wanted = (press.proposal, press.version, press.reason, desk.clock.now())
    await desk.db.write(refuse, desk.person.id, *wanted)
    await _show_list(callback, desk, _("✖️ It is not let out. The author is told why."))


async def _go_on(message: Message, desk: ProposalDesk, draft: dict[str, object]) -> None:
    missing = next((part for part in _PARTS if not draft.get(part)), None)
    if missing is None:
        await desk.state.set_state(None)
        await show(message, preview_screen(draft))
        return
    await desk.state.set_state(_PARTS[missing])
    await show(message, wording_screen(draft, missing))


async def _show_list(event: Event, desk: ProposalDesk, note: str = "", after: int = 0) -> None:
    page = await desk.db.read(list_waiting, desk.person.id, after)
    await show(event, waiting_screen(page, desk.organisation, note, first=not after))


def router() -> Router:
    """Return the router of moderating."""
    router = Router(name="moderating proposals")
    router.callback_query.filter(Works(Deed.MODERATE_PROPOSAL))
    router.callback_query.register(open_list, Pressed(WaitingShown))
    router.callback_query.register(open_one, Pressed(WaitingOpened))
    router.callback_query.register(begin, Pressed(WordingBegun))
    router.callback_query.register(let_out, Pressed(WordingSent))
    router.callback_query.register(ask_reason, Pressed(RefusingAsked))
    router.callback_query.register(refuse_it, Pressed(RefusingSent))
    return router


def words() -> Router:
    """Return the router of wordings."""
    router = Router(name="wording proposals")
    waiting = StateFilter(*_PARTS.values())
    router.message.register(take_words, waiting, Words())
    router.message.register(ask_for_words, waiting, NotWords())
    return router
