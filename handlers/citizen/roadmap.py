"""/roadmap: the public board, sections → indicators: as of which day, and who answers."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.screen import Event, show
from handlers.views.roadmap_board import PUBLIC, Board, board_screen
from handlers.views.roadmap_callbacks import PublicBoard, PublicIndicator
from handlers.views.roadmap_indicator import public_indicator_screen
from handlers.views.roadmap_words import official_line
from services.clock import Clock, local_date
from services.organisation.directory import Organisations
from services.roadmap.board import read_board, read_indicator
from services.roadmap.responsibility import responsible_official
from storage.database import Database


async def open_board(
    event: Event,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    press: PublicBoard | None = None,
) -> None:
    """Show the sections, or the indicators of one."""
    press = press or PublicBoard()
    day = local_date(clock.now())
    await state.set_state(None)
    lines = await db.read(read_board, None, day)
    board = Board(lines, day, organisations.current, PUBLIC)
    answers = ""
    if section := board.section_of(press.section, press.after):
        official = await db.read(responsible_official, section, day)
        answers = official_line(official, organisations.current)
    await show(event, board_screen(board, section, press.after, answers))


async def open_indicator(
    callback: CallbackQuery,
    press: PublicIndicator,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show one indicator without words, files and small numbers."""
    day = local_date(clock.now())
    line = await db.read(read_indicator, press.code, day)
    await show(callback, public_indicator_screen(line, organisations.current, day))


def router() -> Router:
    """Return the router of /roadmap."""
    router = Router(name="public road map")
    router.message.register(open_board, Command("roadmap"))
    router.callback_query.register(open_board, Pressed(PublicBoard))
    router.callback_query.register(open_indicator, Pressed(PublicIndicator))
    return router
