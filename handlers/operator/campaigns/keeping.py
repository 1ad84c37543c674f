"""Campaigns: the list, one of them, writing a new one or another wording, calling off.

What is being written stands under `campaign` in the conversation: the message with the four
lines, and which campaign it changes.
"""

from dataclasses import dataclass, replace
from typing import Any

from aiogram import Router
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.campaign_callbacks import (
    CampaignAsked,
    CampaignCalledOff,
    CampaignCallOffAsked,
    CampaignKept,
    CampaignOpened,
    CampaignPlaced,
    CampaignsListed,
    PlacesListed,
)
from handlers.views.campaigns import (
    EVERYWHERE,
    call_off_screen,
    card_screen,
    check_screen,
    found_screen,
    list_screen,
    places_screen,
    question,
)
from services.campaigns.keeping import (
    Kept,
    Plan,
    add_campaign,
    call_off_campaign,
    change_campaign,
    check_plan,
    kept_campaign,
    kept_campaigns,
    read_plan,
)
from services.clock import Clock, local_date
from services.people.deeds import Deed
from services.people.model import Person
from services.places.search import search
from services.refusal import Refusal
from storage.database import Database

_KEY = "campaign"
_FOUND = 6
_LONGEST_NAME = 60


class Campaigning(StatesGroup):
    """What an administrator writes."""

    lines = State()
    place = State()


@dataclass(frozen=True, slots=True)
class Office:
    """Who keeps campaigns, and what that takes."""

    person: Person
    db: Database
    clock: Clock
    state: FSMContext

    async def written(self, words: int | None = None) -> dict[str, Any] | None:
        """Return what is being written; None where it is not the message of a button."""
        draft = (await self.state.get_data()).get(_KEY)
        if not draft or (words is not None and draft.get("words") != words):
            return None
        return dict(draft)

    async def card(self, campaign: int) -> Kept:
        """Return a campaign as it is now."""
        return await self.db.read(kept_campaign, campaign, self.person.id, self.clock.now())


async def show_list(event: Event, office: Office, **_more: Any) -> None:
    """Show all campaigns; what was being written stays."""
    await office.state.set_state(None)
    kept = await office.db.read(kept_campaigns, office.person.id, office.clock.now())
    await show(event, list_screen(kept))


async def open_one(callback: CallbackQuery, press: CampaignOpened, office: Office) -> None:
    """Show one campaign."""
    await office.state.set_state(None)
    await show(callback, card_screen(await office.card(press.campaign)))


async def ask(callback: CallbackQuery, press: CampaignAsked, office: Office) -> None:
    """Ask for the four lines, of a new campaign or of one that is there."""
    present = (await office.card(press.campaign)).campaign if press.campaign else None
    draft = await office.written()
    if draft is None or (draft["campaign"], draft["version"]) != (press.campaign, press.version):
        area = present.area if present else ""
        draft = {"campaign": press.campaign, "version": press.version, "area": area}
        await office.state.update_data({_KEY: draft})
    await office.state.set_state(Campaigning.lines)
    await show(callback, question(present=present))


async def take_lines(message: Message, words: str, office: Office) -> None:
    """Show the campaign that the four lines say; newer lines replace older ones."""
    draft = await office.written()
    if draft is None or draft.get("words", 0) >= message.message_id:
        return
    try:
        plan = read_plan(words)
        check_plan(plan, local_date(office.clock.now()))
    except Refusal as refusal:
        await show(message, question(_said(refusal)))
        return
    draft |= {"text": words, "words": message.message_id}
    await office.state.update_data({_KEY: draft})
    await show(message, check_screen(_plan(draft), message.message_id))


async def list_places(callback: CallbackQuery, press: PlacesListed, office: Office) -> None:
    """Ask where the vote is."""
    if await office.written(press.words) is None:
        await _old(callback)
        return
    await office.state.set_state(Campaigning.place)
    await show(callback, places_screen(press.words))


async def take_place(message: Message, words: str, office: Office) -> None:
    """Show the places that a name may mean."""
    draft = await office.written()
    if draft is None or "words" not in draft:
        return
    found = search(words, limit=_FOUND) if len(words) <= _LONGEST_NAME else []
    await show(message, found_screen(draft["words"], [place.kato for place in found]))


async def place(callback: CallbackQuery, press: CampaignPlaced, office: Office) -> None:
    """Set where the vote is."""
    draft = await office.written(press.words)
    if draft is None:
        await _old(callback)
        return
    draft["area"] = _area(press.area)
    await office.state.update_data({_KEY: draft})
    await office.state.set_state(Campaigning.lines)
    await show(callback, check_screen(_plan(draft), press.words))


async def keep(callback: CallbackQuery, press: CampaignKept, office: Office) -> None:
    """Keep exactly what was shown; pressed again, show it as it is."""
    draft = await office.written(press.words)
    if draft is None:
        await show_list(callback, office)
        return
    plan = replace(_plan(draft), area=_area(press.area))
    by, now = office.person.id, office.clock.now()
    try:
        if draft["campaign"]:
            seen = (draft["campaign"], draft["version"])
            kept = await office.db.write(change_campaign, *seen, plan, by, now)
        else:
            key = f"{by}:{press.words}"
            kept = await office.db.write(add_campaign, key, plan, by, now)
    except Refusal as refusal:
        await show(callback, check_screen(plan, press.words, _said(refusal)))
        return
    await office.state.update_data({_KEY: None})
    await office.state.set_state(None)
    await show(callback, card_screen(kept, _("✅ The campaign is kept.")))


async def ask_to_call_off(
    callback: CallbackQuery, press: CampaignCallOffAsked, office: Office
) -> None:
    """Ask before a campaign is called off."""
    await show(callback, call_off_screen(await office.card(press.campaign)))


async def call_off(callback: CallbackQuery, press: CampaignCalledOff, office: Office) -> None:
    """Call a campaign off, and show it."""
    seen = (press.campaign, press.version, office.person.id, office.clock.now())
    await show(callback, card_screen(await office.db.write(call_off_campaign, *seen)))


async def take_something_else(message: Message) -> None:
    """Say what is needed."""
    await show(message, question(_("Please send this as a text message.")))


async def _old(callback: CallbackQuery) -> None:
    await acknowledge(callback, _("This button is of an earlier message. Please begin anew."))


def _plan(draft: dict[str, Any]) -> Plan:
    return replace(read_plan(draft["text"]), area=draft["area"])


def _area(code: str) -> str:
    return "" if code == EVERYWHERE else code


def _said(refusal: Refusal) -> str:
    return _(refusal.message).format(**refusal.parameters)


def router() -> Router:
    """Return the router of /campaigns and its buttons; for administrators."""
    router = provide(Router(name="campaigns"), "office", Office)
    keeps = Works(Deed.SET_CAMPAIGNS)
    router.message.register(show_list, Command("campaigns"), keeps)
    router.callback_query.filter(keeps)
    for kind, handler in (
        (CampaignsListed, show_list),
        (CampaignOpened, open_one),
        (CampaignAsked, ask),
        (PlacesListed, list_places),
        (CampaignPlaced, place),
        (CampaignKept, keep),
        (CampaignCallOffAsked, ask_to_call_off),
        (CampaignCalledOff, call_off),
    ):
        router.callback_query.register(handler, Pressed(kind))
    return router


def words() -> Router:
    """Return the router of what an administrator writes; it stands after all menus."""
    router = provide(Router(name="campaigns: words"), "office", Office)
    router.message.filter(Works(Deed.SET_CAMPAIGNS))
    router.message.register(take_lines, StateFilter(Campaigning.lines), Words())
    router.message.register(take_place, StateFilter(Campaigning.place), Words())
    router.message.register(take_something_else, StateFilter(Campaigning), NotWords())
    return router
