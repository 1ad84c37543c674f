"""Suggesting something: topic, place, words, similar ones first, a check, off to a moderator."""

import hashlib
from dataclasses import replace
from typing import Any

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message
from pydantic import TypeAdapter, ValidationError

from handlers.buttons import button
from handlers.citizen.places import Picker
from handlers.citizen.proposals.board import card_of
from handlers.citizen.proposals.desk import Board
from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed
from handlers.screen import Event, acknowledge, show
from handlers.text import N_, _, current_language
from handlers.views.proposal_callbacks import (
    AppealOnBoard,
    OwnSuggestion,
    SimilarSupported,
    SuggestAnew,
    SuggestAsked,
    SuggestBegun,
    SuggestionLeft,
    SuggestionSent,
    SuggestTopic,
    WholeCountry,
)
from handlers.views.proposal_suggesting import (
    check_screen,
    last_row,
    left_screen,
    sent_screen,
    similar_screen,
    text_screen,
    topic_screen,
    unfinished_screen,
)
from services.appeals.reading import remembered_place
from services.people.consent import ConsentKind
from services.places.model import Place
from services.proposals.alike import alike
from services.proposals.draft import Asked, Draft
from services.proposals.model import Line
from services.proposals.suggesting import put_on_board, require_room, suggest, suggested
from services.proposals.supporting import support
from services.proposals.wording import text_problem
from services.refusal import ConsentNeeded, Refusal

_KEY = "proposal"
_DRAFT = TypeAdapter(Draft)


class Suggesting(StatesGroup):
    """What the next message is taken for."""

    place = State()
    text = State()


async def begin(callback: CallbackQuery, board: Board) -> None:
    """Begin a proposal; where an unfinished one would be lost, ask first.

    Raises Refusal for who may not suggest anything now, ConsentNeeded for who does not agree.
    """
    await board.db.read(require_room, board.person.id, board.clock.now())
    _require_consent(board)
    draft = await _kept(board.state)
    if draft is not None and (draft.topic or draft.text) and not await _is_sent(board, draft):
        await board.state.set_state(None)
        await show(callback, unfinished_screen(draft, board.organisation))
        return
    await _show_next(callback, board, await _keep(board.state, _new(callback)))


async def begin_anew(callback: CallbackQuery, press: SuggestAnew, board: Board) -> None:
    """Drop just the draft that was shown and begin anew."""
    _require_consent(board)
    draft = await _kept(board.state)
    if draft is None or draft.id == press.draft:
        draft = await _keep(board.state, _new(callback))
    await _show_next(callback, board, draft)


async def choose_topic(callback: CallbackQuery, press: SuggestTopic, board: Board) -> None:
    """Keep what it is about."""
    draft = await _current(callback, board, press.draft)
    if draft is None:
        return
    topic = board.organisation.topics.get(press.topic)
    if topic is None or topic.retired:
        note = _("This topic is no longer in use. Please choose another one.")
        await _show_part(callback, board, draft, Asked.TOPIC, note)
        return
    await _show_next(callback, board, await _keep(board.state, draft.with_topic(topic.code)))


async def choose_country(callback: CallbackQuery, press: WholeCountry, board: Board) -> None:
    """Let it be for the whole country."""
    draft = await _current(callback, board, press.draft)
    if draft is not None:
        kept = await _keep(board.state, draft.with_place(None, None))
        await _show_next(callback, board, kept)


async def open_part(callback: CallbackQuery, press: SuggestAsked, board: Board) -> None:
    """Go to a part that is to be changed, or on to what is missing."""
    draft = await _current(callback, board, press.draft)
    if draft is None:
        return
    if press.part in {Asked.SIMILAR, Asked.CHECK}:
        await _show_next(callback, board, draft)
    else:
        await _show_part(callback, board, draft, press.part)


async def take_words(message: Message, words: str, board: Board) -> None:
    """Keep the words; a message that comes again changes nothing."""
    draft = await _kept(board.state)
    if draft is None or message.message_id <= draft.message:
        return
    problem = text_problem(words)
    if problem is not None:
        await _show_part(message, board, draft, Asked.TEXT, _(problem))
        return
    draft = draft.with_text(message.message_id, words.strip())
    await _show_next(message, board, await _keep(board.state, draft))


async def take_something_else(message: Message, board: Board) -> None:
    """Say that it needs words."""
    draft = await _kept(board.state)
    if draft is not None:
        problem = _("Please write it in words, as a text message.")
        await _show_part(message, board, draft, Asked.TEXT, problem)


async def support_similar(callback: CallbackQuery, press: SimilarSupported, board: Board) -> None:
    """Support a similar proposal instead; the draft has done its work."""
    wanted = (press.proposal, board.person.id, board.clock.now())
    done = await board.db.write(support, *wanted, wanted=True)
    draft = await _kept(board.state)
    if draft is not None and draft.id == press.draft:
        await _drop(board.state)
    note = _("👍 Thank you! Your voice is counted here, and you will be told what becomes of it.")
    await show(callback, await card_of(board, done.id, note))


async def keep_apart(callback: CallbackQuery, press: OwnSuggestion, board: Board) -> None:
    """Go on with one's own; nothing similar is offered any more."""
    draft = await _current(callback, board, press.draft)
    if draft is not None:
        kept = await _keep(board.state, replace(draft, own=True))
        await _show_next(callback, board, kept)


async def send_off(callback: CallbackQuery, press: SuggestionSent, board: Board) -> None:
    """Send the draft to a moderator; pressed again, show the same."""
    draft = await _kept(board.state)
    if draft is None or (draft.id, draft.message) != (press.draft, press.message):
        if await board.db.read(suggested, press.draft, board.person.id) is not None:
            await show(callback, sent_screen())
            return
        await _current(callback, board, "")
        return
    if draft.asked is not Asked.CHECK:
        await _show_next(callback, board, draft)
        return
    try:
        await board.db.write(suggest, draft, board.person.id, board.clock.now())
    except Refusal as refusal:
        note = _(refusal.message).format(**refusal.parameters)
        await _show_next(callback, board, draft, note)
        return
    await _drop(board.state)
    await show(callback, sent_screen())


async def put_appeal(callback: CallbackQuery, press: AppealOnBoard, board: Board) -> None:
    """Send the words of an appeal to the board too; pressed again, show the same."""
    await board.db.write(put_on_board, press.appeal, board.person.id, board.clock.now())
    await show(callback, sent_screen())


async def leave(callback: CallbackQuery, board: Board) -> None:
    """Leave the draft for later."""
    await board.state.set_state(None)
    await show(callback, left_screen())


async def _show_next(event: Event, board: Board, draft: Draft, note: str = "") -> None:
    """Show what the draft needs next; similar proposals come before the check."""
    if draft.alike is None and draft.asked is Asked.CHECK:
        found = bool(await _similar(board, draft))
        draft = await _keep(board.state, replace(draft, alike=found))
    await _show_part(event, board, draft, draft.asked, note)


async def _show_part(
    event: Event, board: Board, draft: Draft, part: Asked, note: str = ""
) -> None:
    states = {Asked.PLACE: Suggesting.place, Asked.TEXT: Suggesting.text}
    await board.state.set_state(states.get(part))
    match part:
        case Asked.TOPIC:
            await show(event, topic_screen(draft, board.organisation, note))
        case Asked.PLACE:
            await PICKER.open(event, board.state, draft.id, note, board=board)
        case Asked.TEXT:
            await show(event, text_screen(draft, board.organisation, note))
        case Asked.SIMILAR:
            await show(event, similar_screen(draft, await _similar(board, draft), note))
        case Asked.CHECK:
            await show(event, check_screen(draft, board.organisation, note))


async def _similar(board: Board, draft: Draft) -> list[Line]:
    return await board.db.read(alike, draft.text, (draft.region, draft.district))


def _require_consent(board: Board) -> None:
    if not board.person.agrees(ConsentKind.PROPOSALS):
        raise ConsentNeeded(ConsentKind.PROPOSALS)


async def _is_sent(board: Board, draft: Draft) -> bool:
    return await board.db.read(suggested, draft.id, board.person.id) is not None


def _new(callback: CallbackQuery) -> Draft:
    """Return a blank draft whose id the same press always brings about again."""
    digest = hashlib.blake2s(f"proposal {callback.id}".encode(), digest_size=8).hexdigest()
    return Draft(digest, current_language())


async def _kept(state: FSMContext) -> Draft | None:
    raw = (await state.get_data()).get(_KEY)
    if raw is None:
        return None
    try:
        return _DRAFT.validate_python(raw)
    except ValidationError:
        # Written by an older version of the bot and not readable any more.
        return None


async def _keep(state: FSMContext, draft: Draft) -> Draft:
    raw: Any = _DRAFT.dump_python(draft, mode="json", exclude_defaults=True)
    await state.update_data({_KEY: raw})
    return draft


async def _drop(state: FSMContext) -> None:
    data = await state.get_data()
    data.pop(_KEY, None)
    await state.set_data(data)
    await state.set_state(None)


async def _current(callback: CallbackQuery, board: Board, expected: str) -> Draft | None:
    draft = await _kept(board.state)
    if draft is not None and draft.id == expected:
        return draft
    old = _("This button belongs to an earlier draft. To begin again: /proposals")
    await acknowledge(callback, old)
    return None


async def _draft_id(state: FSMContext) -> str:
    draft = await _kept(state)
    return draft.id if draft else ""


async def _place_chosen(
    callback: CallbackQuery, place: Place, *, key: str, board: Board, **_more: Any
) -> None:
    draft = await _current(callback, board, key)
    if draft is not None:
        district = place.district.kato if place.district else None
        kept = await _keep(board.state, draft.with_place(place.region.kato, district))
        await _show_next(callback, board, kept)


async def _remembered(*, board: Board, **_more: Any) -> Place | None:
    return await board.db.read(remembered_place, board.person.id)


PICKER = Picker(
    host="proposal",
    state=Suggesting.place,
    question=N_("Where should it be done?"),
    key=_draft_id,
    chosen=_place_chosen,
    remembered=_remembered,
    extra=lambda key: [[button(_("🇰🇿 The whole country"), WholeCountry(draft=key))]],
    last=lambda key: last_row(Draft(key), Asked.TOPIC),
)


def router() -> Router:
    """Return the router of the buttons of a proposal that is being written."""
    router = Router(name="proposals: suggesting")
    router.callback_query.register(begin, Pressed(SuggestBegun))
    router.callback_query.register(begin_anew, Pressed(SuggestAnew))
    router.callback_query.register(choose_topic, Pressed(SuggestTopic))
    router.callback_query.register(choose_country, Pressed(WholeCountry))
    router.callback_query.register(open_part, Pressed(SuggestAsked))
    router.callback_query.register(support_similar, Pressed(SimilarSupported))
    router.callback_query.register(keep_apart, Pressed(OwnSuggestion))
    router.callback_query.register(send_off, Pressed(SuggestionSent))
    router.callback_query.register(put_appeal, Pressed(AppealOnBoard))
    router.callback_query.register(leave, Pressed(SuggestionLeft))
    router.include_router(PICKER.router())
    return router


def words() -> Router:
    """Return the router of words and places; it stands after all menus."""
    router = Router(name="proposals: words")
    router.message.register(take_words, StateFilter(Suggesting.text), Words())
    router.message.register(take_something_else, StateFilter(Suggesting.text), NotWords())
    router.include_router(PICKER.words())
    return router
