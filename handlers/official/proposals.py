"""Officials answer proposals of their sections: accepted, being done, done, declined."""

from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.proposals.board import card_of
from handlers.citizen.proposals.desk import Board
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed, Works
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.proposal_answering import (
    answering_screen,
    check_screen,
    files_screen,
    to_answer_screen,
    words_screen,
)
from handlers.views.proposal_callbacks import (
    AnsweringBegun,
    AnsweringSent,
    AnsweringShown,
    ToAnswerShown,
)
from services.people.deeds import Deed
from services.proposals.answering import MOST_FILES, Answer, Shown, answer
from services.proposals.board import list_to_answer, read_card
from services.proposals.machine import Step, possible
from services.proposals.model import PUBLIC, ProposalStatus
from services.proposals.wording import checked_answer
from services.refusal import Refusal

_KEY = "proposal_answer"
_PUBLIC = {status.value for status in PUBLIC}
_LANGUAGES = ("kk", "ru")


class Answering(StatesGroup):
    """What the next message is taken for."""

    kk = State()
    ru = State()
    files = State()


_STATES = {"kk": Answering.kk, "ru": Answering.ru}


async def open_list(callback: CallbackQuery, press: ToAnswerShown, board: Board) -> None:
    """Show the proposals of the official's sections."""
    await board.state.set_state(None)
    chosen = press.status in _PUBLIC
    status = ProposalStatus(press.status) if chosen else ProposalStatus.PUBLISHED
    after = (press.after, press.supports) if press.after else None
    wanted = (board.person.id, board.clock.now())
    page = await board.db.read(list_to_answer, *wanted, status=status, after=after)
    await show(callback, to_answer_screen(page, press, status))


async def open_answering(callback: CallbackQuery, press: AnsweringShown, board: Board) -> None:
    """Show what can be answered."""
    await board.state.set_state(None)
    card = await board.db.read(read_card, press.proposal, board.person.id)
    await show(callback, answering_screen(card, board.organisation))


async def begin(callback: CallbackQuery, press: AnsweringBegun, board: Board) -> None:
    """Ask for the words in one language."""
    card = await board.db.read(read_card, press.proposal, board.person.id)
    stale = card.version != press.version or press.step not in possible(card.line.status)
    if stale or press.part not in _STATES:
        await show(callback, answering_screen(card, board.organisation))
        return
    draft = await _draft(board)
    seen = {"proposal": press.proposal, "version": press.version, "step": press.step.value}
    if any(draft.get(name) != value for name, value in seen.items()):
        draft = {**seen, "files": [], "message": draft.get("message", 0)}
    await _keep(board, draft)
    await board.state.set_state(_STATES[press.part])
    await show(callback, words_screen(draft, press.part))


async def take_words(message: Message, words: str, board: Board) -> None:
    """Keep the words and go on to what is missing, then to the check."""
    draft = await _draft(board)
    part = "kk" if await board.state.get_state() == Answering.kk.state else "ru"
    if "proposal" not in draft or message.message_id <= draft["message"]:
        return
    draft["message"] = message.message_id
    try:
        draft[part] = checked_answer(words)
    except Refusal as refusal:
        await _keep(board, draft)
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, words_screen(draft, part, f"⚠️ {problem}"))
        return
    await _keep(board, draft)
    await _go_on(message, board, draft)


async def take_file(message: Message, board: Board) -> None:
    """Keep a photo or document that shows it; more may follow."""
    draft = await _draft(board)
    if "proposal" not in draft or message.message_id <= draft["message"]:
        return
    file: Any = message.photo[-1] if message.photo else message.document
    if file is None:
        return
    draft["message"] = message.message_id
    kind = "photo" if message.photo else "document"
    if len(draft["files"]) < MOST_FILES:
        draft["files"].append([message.message_id, kind, file.file_id, file.file_unique_id])
    await _keep(board, draft)
    note = _("You can send more files, or send the answer.")
    await show(message, check_screen(draft, note))


async def ask_for_words(message: Message, board: Board) -> None:
    """Say that only words can be taken."""
    draft = await _draft(board)
    if "proposal" in draft:
        part = "kk" if await board.state.get_state() == Answering.kk.state else "ru"
        problem = _("Please write it in words, as a text message.")
        await show(message, words_screen(draft, part, problem))


async def ask_for_file(message: Message, board: Board) -> None:
    """Say that a photo or document is needed."""
    draft = await _draft(board)
    if "proposal" in draft:
        await show(message, files_screen(draft))


async def send_answer(callback: CallbackQuery, press: AnsweringSent, board: Board) -> None:
    """Send what was shown; a repeated tap changes nothing."""
    draft = await _draft(board)
    seen = (draft.get("proposal"), draft.get("version"), draft.get("message"))
    if seen != (press.proposal, press.version, press.message):
        card = await board.db.read(read_card, press.proposal, board.person.id)
        if card.version == press.version:
            old = _("This button belongs to an earlier text. Please open the proposal again.")
            await acknowledge(callback, old)
            return
        await show(callback, await card_of(board, press.proposal))
        return
    given = Answer(
        Step(draft["step"]),
        draft["kk"],
        draft["ru"],
        tuple(Shown(*file) for file in draft["files"]),
    )
    wanted = (board.person.id, press.proposal, press.version, given, board.clock.now())
    await board.db.write(answer, *wanted)
    await _keep(board, {"message": draft["message"]})
    await board.state.set_state(None)
    note = _("✅ The answer is public. The author and everybody who supports it are told.")
    await show(callback, await card_of(board, press.proposal, note))


async def _go_on(event: Event, board: Board, draft: dict[str, Any]) -> None:
    missing = next((part for part in _LANGUAGES if part not in draft), None)
    if missing is not None:
        await board.state.set_state(_STATES[missing])
        await show(event, words_screen(draft, missing))
        return
    if draft["step"] == Step.FINISH:
        await board.state.set_state(Answering.files)
        if not draft["files"]:
            await show(event, files_screen(draft))
            return
    else:
        await board.state.set_state(None)
    await show(event, check_screen(draft))


async def _draft(board: Board) -> dict[str, Any]:
    return (await board.state.get_data()).get(_KEY) or {}


async def _keep(board: Board, draft: dict[str, Any]) -> None:
    await board.state.update_data({_KEY: draft})


def router() -> Router:
    """Return the router of the buttons of who answers proposals."""
    router = provide(Router(name="answers to proposals"), "board", Board)
    router.callback_query.filter(Works(Deed.ANSWER_PROPOSAL))
    router.callback_query.register(open_list, Pressed(ToAnswerShown))
    router.callback_query.register(open_answering, Pressed(AnsweringShown))
    router.callback_query.register(begin, Pressed(AnsweringBegun))
    router.callback_query.register(send_answer, Pressed(AnsweringSent))
    return router


def words() -> Router:
    """Return the router of words and files; it stands after all menus."""
    router = provide(Router(name="answers to proposals in words"), "board", Board)
    saying = StateFilter(Answering.kk, Answering.ru)
    router.message.register(take_words, saying, Words())
    router.message.register(ask_for_words, saying, NotWords())
    router.message.register(take_file, StateFilter(Answering.files), Has("photo", "document"))
    router.message.register(ask_for_file, StateFilter(Answering.files), Words())
    router.message.register(ask_for_file, StateFilter(Answering.files), NotWords())
    return router
