"""Reading the board, supporting a proposal and taking that back."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.citizen.proposals.desk import Board
from handlers.filters import Pressed
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import N_
from handlers.views.proposal_board import (
    board_screen,
    card_screen,
    history_screen,
    states_screen,
    topics_screen,
)
from handlers.views.proposal_callbacks import (
    BoardShown,
    BoardStates,
    BoardTopics,
    EvidenceShown,
    HistoryShown,
    ProposalOpened,
    ProposalSupported,
)
from handlers.views.story_words import stories_row
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person
from services.proposals.board import (
    answers_it,
    evidence,
    history,
    list_board,
    read_card,
    topics_on_board,
)
from services.proposals.model import PUBLIC, ProposalStatus
from services.proposals.supporting import support
from services.refusal import Refusal
from services.stories.model import TieKind
from services.stories.reading import stories_about
from storage.database import Database

_GONE = N_("This proposal is no longer on the board.")
_PUBLIC = {status.value for status in PUBLIC}
_LONGEST_ID = 10


async def open_board(event: Event, board: Board, press: BoardShown | None = None) -> None:
    """Show a page of the board; what was being written stays as a draft."""
    await board.state.set_state(None)
    press = press or BoardShown()
    status = ProposalStatus(press.status) if press.status in _PUBLIC else None
    page = await board.db.read(
        list_board,
        topic=press.topic or None,
        status=status,
        most=press.most,
        after=(press.after, press.supports) if press.after else None,
    )
    await show(event, board_screen(page, press, board.organisation))


async def open_topics(callback: CallbackQuery, board: Board) -> None:
    """Show of which topics there are proposals."""
    topics = await board.db.read(topics_on_board)
    await show(callback, topics_screen(topics, board.organisation))


async def open_states(callback: CallbackQuery) -> None:
    """Show in which states proposals are."""
    await show(callback, states_screen())


async def open_proposal(callback: CallbackQuery, press: ProposalOpened, board: Board) -> None:
    """Show one proposal."""
    await board.state.set_state(None)
    await show(callback, await card_of(board, press.proposal))


async def change_support(callback: CallbackQuery, press: ProposalSupported, board: Board) -> None:
    """Keep what the button says, and show how many support it now."""
    now = board.clock.now()
    wanted = (press.proposal, board.person.id, now)
    done = await board.db.write(support, *wanted, wanted=press.wanted)
    await show(callback, await card_of(board, done.id))


async def open_history(callback: CallbackQuery, press: HistoryShown, board: Board) -> None:
    """Show every state a proposal has been in."""
    card = await board.db.read(read_card, press.proposal, board.person.id)
    moments = await board.db.read(history, card.line.id)
    await show(callback, history_screen(card, moments))


async def send_evidence(callback: CallbackQuery, press: EvidenceShown, board: Board) -> None:
    """Send the files that show that it is done."""
    card = await board.db.read(read_card, press.proposal, board.person.id)
    found = await board.db.read(evidence, card.line.id)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    for file in found:
        if file.kind == "photo":
            await callback.message.answer_photo(file.file_id)
        else:
            await callback.message.answer_document(file.file_id)


async def follow_link(
    event: Event,
    payload: str,
    *,
    db: Database,
    person: Person,
    clock: Clock,
    organisations: Organisations,
    state: FSMContext,
    **_more: Any,
) -> None:
    """Open a proposal from a link `prop_<id>`."""
    if not (payload.isascii() and payload.isdigit() and len(payload) < _LONGEST_ID):
        raise Refusal(_GONE)
    if event.bot is None:
        raise LookupError(payload)
    board = Board(state, organisations, db, person, clock, event.bot)
    await send(event, await card_of(board, int(payload)))


async def card_of(board: Board, proposal: int, note: str = "") -> Screen:
    """Return the screen of a proposal for this reader; raises Refusal."""
    card = await board.db.read(read_card, proposal, board.person.id)
    answers = may_somewhere(board.person.roles, Deed.ANSWER_PROPOSAL)
    if answers:
        wanted = (board.person.id, card.line.id, board.clock.now())
        answers = await board.db.read(answers_it, *wanted)
    ref = str(card.line.id)
    told = await board.db.read(stories_about, TieKind.PROPOSAL, ref, board.clock.now())
    return card_screen(
        card,
        board.organisation,
        await board.name(),
        stories_row(told, TieKind.PROPOSAL, ref),
        note=note,
        answers=answers,
        merges=may_somewhere(board.person.roles, Deed.MERGE_PROPOSAL),
    )


def router() -> Router:
    """Return the router of the board."""
    router = Router(name="proposals: board")
    router.message.register(open_board, Command("proposals"))
    router.callback_query.register(open_board, Pressed(BoardShown))
    router.callback_query.register(open_topics, Pressed(BoardTopics))
    router.callback_query.register(open_states, Pressed(BoardStates))
    router.callback_query.register(open_proposal, Pressed(ProposalOpened))
    router.callback_query.register(change_support, Pressed(ProposalSupported))
    router.callback_query.register(open_history, Pressed(HistoryShown))
    router.callback_query.register(send_evidence, Pressed(EvidenceShown))
    return router


__all__ = ["card_of", "follow_link", "open_board", "router"]
