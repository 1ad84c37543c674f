"""A citizen's own proposals, and taking one back."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.proposals.desk import Board
from handlers.filters import Pressed
from handlers.screen import show
from handlers.text import _
from handlers.views.proposal_board import own_list_screen, own_screen
from handlers.views.proposal_callbacks import OwnOpened, OwnProposals, OwnWithdrawn
from services.proposals.board import OwnCard, list_own, own_card
from services.proposals.leaving import withdraw


async def open_own(callback: CallbackQuery, board: Board) -> None:
    """Show the citizen's own proposals."""
    await board.state.set_state(None)
    await show(callback, own_list_screen(await board.db.read(list_own, board.person.id)))


async def open_one(callback: CallbackQuery, press: OwnOpened, board: Board) -> None:
    """Show one of them."""
    await show(callback, own_screen(await _card(board, press.proposal)))


async def take_back(callback: CallbackQuery, press: OwnWithdrawn, board: Board) -> None:
    """Ask whether they are sure, then take it back."""
    if not press.sure:
        await show(callback, own_screen(await _card(board, press.proposal), sure=True))
        return
    wanted = (press.proposal, press.version, board.person.id, board.clock.now())
    await board.db.write(withdraw, *wanted)
    note = _("↩️ Taken back. Its words are erased.")
    await show(callback, own_list_screen(await board.db.read(list_own, board.person.id), note))


async def _card(board: Board, proposal: int) -> OwnCard:
    return await board.db.read(own_card, proposal, board.person.id)


def router() -> Router:
    """Return the router of own proposals."""
    router = Router(name="proposals: own")
    router.callback_query.register(open_own, Pressed(OwnProposals))
    router.callback_query.register(open_one, Pressed(OwnOpened))
    router.callback_query.register(take_back, Pressed(OwnWithdrawn))
    return router
