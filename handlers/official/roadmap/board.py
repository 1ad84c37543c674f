"""/board: the own sections with plan and fact, one indicator, its history and evidence."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.buttons import back, button
from handlers.filters import Pressed
from handlers.official.callbacks import DeskOpened
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Event, Screen, acknowledge, send, show
from handlers.text import _
from handlers.views.roadmap_board import Board, board_screen
from handlers.views.roadmap_callbacks import (
    BoardShown,
    EvidenceShown,
    HistoryShown,
    IndicatorShown,
)
from handlers.views.roadmap_editing_callbacks import EditShown
from handlers.views.roadmap_indicator import Allowed, history_screen, indicator_screen
from handlers.views.roadmap_words import official_line
from services.appeals.model import AttachmentKind
from services.clock import Clock, local_date
from services.news.model import Media, MediaType
from services.organisation.directory import Organisations
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person, Role
from services.roadmap.board import board_of, read_fact, read_history, read_indicator
from services.roadmap.reporting import may_report
from services.roadmap.responsibility import responsible_official
from services.roadmap.returning import may_reply, may_return
from storage.database import Database

_MEDIA = {
    AttachmentKind.PHOTO: MediaType.PHOTO,
    AttachmentKind.DOCUMENT: MediaType.DOCUMENT,
}


async def open_board(
    event: Event,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
    press: BoardShown | None = None,
) -> None:
    """Show what the person answers for; administrators see everything."""
    press = press or BoardShown()
    day = local_date(clock.now())
    lines = await db.read(board_of, person.id, day)
    await state.set_state(None)
    board = Board(lines, day, organisations.current, last=_below(person))
    answers = ""
    if section := board.section_of(press.section, press.after):
        official = await db.read(responsible_official, section, day)
        answers = official_line(official, organisations.current)
    await show(event, board_screen(board, section, press.after, answers))


async def open_indicator(
    callback: CallbackQuery,
    press: IndicatorShown,
    state: FSMContext,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show one indicator; what was being reported stays where it is."""
    await state.set_state(None)
    screen = await indicator_of(press.code, person, organisations, db, clock)
    await show(callback, screen)


async def indicator_of(
    code: str, person: Person, organisations: Organisations, db: Database, clock: Clock
) -> Screen:
    """Return the screen of an indicator for this person; raises Refusal."""
    now = clock.now()
    day = local_date(now)
    line = await db.read(read_indicator, code, day, actor=person.id)
    history = await db.read(read_history, person.id, code, day)
    newest = history[0] if history else None
    allowed = Allowed(
        report=await db.read(may_report, person.id, code, day),
        reply=newest is not None and await db.read(may_reply, person.id, newest.id, now),
        send_back=newest is not None and await db.read(may_return, person.id, newest.id, now),
        edit=may_somewhere(person.roles, Deed.EDIT_INDICATOR),
    )
    return indicator_screen(line, newest, organisations.current, allowed, day)


async def open_history(
    callback: CallbackQuery,
    press: HistoryShown,
    person: Person,
    organisations: Organisations,
    db: Database,
    clock: Clock,
) -> None:
    """Show what was reported, by key."""
    day, before = local_date(clock.now()), press.before or None
    line = await db.read(read_indicator, press.code, day, actor=person.id)
    facts = await db.read(read_history, person.id, press.code, day, before=before)
    first = before is None
    await show(callback, history_screen(line.indicator, facts, organisations.current, first=first))


async def send_evidence(
    callback: CallbackQuery, press: EvidenceShown, person: Person, db: Database, clock: Clock
) -> None:
    """Send what shows a report, below it."""
    fact = await db.read(read_fact, person.id, press.fact, local_date(clock.now()))
    await acknowledge(callback)
    for each in fact.evidence:
        await send(callback, Screen("", media=(Media(_MEDIA[each.kind], each.file_id),)))


def _below(person: Person) -> tuple[list[InlineKeyboardButton], ...]:
    if may_somewhere(person.roles, Deed.ASSIGN_ROADMAP):
        return ([button(_("⚙️ Change the Road Map"), EditShown())], [back(DeskShown())])
    if not person.is_a(Role.OFFICIAL):
        return ([back(DeskShown())],)
    return ([back(DeskOpened())],)


def router() -> Router:
    """Return the router of the board: /board and the buttons of its screens."""
    router = Router(name="road map board")
    router.message.register(open_board, Command("board"))
    router.callback_query.register(open_board, Pressed(BoardShown))
    router.callback_query.register(open_indicator, Pressed(IndicatorShown))
    router.callback_query.register(open_history, Pressed(HistoryShown))
    router.callback_query.register(send_evidence, Pressed(EvidenceShown))
    return router
