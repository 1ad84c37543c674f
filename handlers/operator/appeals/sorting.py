"""Sorting an appeal: another type, topic or place, each by one press."""

from html import escape
from typing import Any

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import back, cancel
from handlers.citizen.places import Picker
from handlers.filters import Pressed, Works
from handlers.operator.appeals.decision import Deciding, Handling, sorted_place_key
from handlers.operator.appeals.decision_callbacks import (
    DecisionLeft,
    SortAsked,
    SortingOpened,
    SortingPart,
    TopicSet,
    TypeSet,
)
from handlers.screen import show
from handlers.text import N_, _
from handlers.views.calendar_days import full
from handlers.views.sorting import sort_screen, topics_screen, types_screen
from services.appeals.dossier import Dossier, open_dossier
from services.appeals.sorting import Sorting, sort_appeal
from services.people.deeds import Deed
from services.places.model import Place
from services.refusal import Refusal

_KEY_PARTS = 2


async def ask(callback: CallbackQuery, press: SortAsked, handling: Handling) -> None:
    """Show what can be changed."""
    dossier = await _dossier(handling, press.appeal)
    await handling.state.set_state(None)
    await show(callback, sort_screen(dossier, handling.organisations.current))


async def open_part(callback: CallbackQuery, press: SortingOpened, handling: Handling) -> None:
    """Show the types, the topics or the places."""
    dossier = await _dossier(handling, press.appeal)
    match press.part:
        case SortingPart.TYPE:
            await show(callback, types_screen(dossier, handling.organisations.current))
        case SortingPart.TOPIC:
            await show(callback, topics_screen(dossier, handling.organisations.current))
        case SortingPart.PLACE:
            key = f"{dossier.card.id}-{dossier.card.version}"
            await handling.sort_place(key)
            await PICKER.open(callback, handling.state, key)


async def set_type(callback: CallbackQuery, press: TypeSet, handling: Handling) -> None:
    """Set the type; the due date follows, and the citizen is told."""
    await _sort(callback, handling, press.appeal, press.version, Sorting(type=press.type))


async def set_topic(callback: CallbackQuery, press: TopicSet, handling: Handling) -> None:
    """Set the topic; section, office and official follow."""
    await _sort(callback, handling, press.appeal, press.version, Sorting(topic=press.topic))


async def _place_chosen(
    callback: CallbackQuery, place: Place, *, key: str, handling: Handling, **_more: Any
) -> None:
    seen = _seen(key)
    if seen is not None:
        await _sort(callback, handling, *seen, Sorting(place=place))


async def _sort(
    callback: CallbackQuery, handling: Handling, appeal: int, version: int, sorting: Sorting
) -> None:
    actor, now = handling.person.id, handling.now
    try:
        await handling.db.write(sort_appeal, appeal, version, actor, sorting, now)
    except Refusal as refusal:
        said = escape(_(refusal.message).format(**refusal.parameters))
        await handling.card(callback, appeal, f"❗ {said}")
        return
    note = _("✅ Changed.")
    if sorting.type is not None:
        due_on = (await _dossier(handling, appeal)).card.due_on
        words = _("✅ Changed. The answer is due by {date}.").format(date=full(due_on))
        note = f"{words} {await handling.told(appeal)}"
    await handling.card(callback, appeal, note)


async def _dossier(handling: Handling, appeal: int) -> Dossier:
    seen = (appeal, handling.person.id, handling.now)
    return await handling.db.write(open_dossier, *seen)


def _seen(key: str) -> tuple[int, int] | None:
    """Return appeal and version of a picker's key, None where it is forged."""
    parts = key.split("-")
    if len(parts) != _KEY_PARTS or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1])


def _last(key: str) -> list[Any]:
    appeal, version = _seen(key) or (0, 0)
    return [
        back(SortAsked(appeal=appeal, version=version)),
        cancel(DecisionLeft(appeal=appeal)),
    ]


async def _key(state: FSMContext) -> str:
    return await sorted_place_key(state)


PICKER = Picker(
    host="sort",
    state=Deciding.place,
    question=N_("Where is it?"),
    key=_key,
    chosen=_place_chosen,
    last=_last,
    by_location=False,
)


def router() -> Router:
    """Return the router of the buttons."""
    router = Router(name="sorting")
    staff = Works(Deed.SORT)
    router.callback_query.register(ask, Pressed(SortAsked), staff)
    router.callback_query.register(open_part, Pressed(SortingOpened), staff)
    router.callback_query.register(set_type, Pressed(TypeSet), staff)
    router.callback_query.register(set_topic, Pressed(TopicSet), staff)
    router.include_router(PICKER.router())
    return router


def words() -> Router:
    """Return the router of typed names of places; it stands after all menus."""
    return PICKER.words()
