"""«🏛 To a council»: which one, who answers there, and it goes."""

from dataclasses import dataclass

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.appeals.showing import show_card, tell_refusal
from handlers.provided import provide
from handlers.screen import show
from handlers.text import _
from handlers.views.council_callbacks import (
    HandedToCouncil,
    TakenFromCouncil,
    ToCouncilAsked,
    ToCouncilChosen,
)
from handlers.views.to_council import confirm_screen, offer_screen
from services.appeals.to_council import (
    councils_for,
    hand_to_council,
    take_from_council,
    who_would_answer,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from services.refusal import Refusal
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Hand:
    """Who hands an appeal on, and where that is written."""

    person: Person
    organisations: Organisations
    db: Database
    clock: Clock

    async def card(self, callback: CallbackQuery, appeal: int, note: str = "") -> None:
        """Show the appeal as it is now."""
        await show_card(
            callback,
            appeal,
            person=self.person,
            organisations=self.organisations,
            db=self.db,
            clock=self.clock,
            note=note,
        )


async def offer(callback: CallbackQuery, press: ToCouncilAsked, hand: Hand) -> None:
    """Show to which councils the appeal can go."""
    found = await hand.db.read(councils_for, press.appeal, hand.person.id, hand.clock.now())
    await show(callback, offer_screen(found, press, hand.organisations.current))


async def choose(callback: CallbackQuery, press: ToCouncilChosen, hand: Hand) -> None:
    """Show who would answer there."""
    seen = (press.appeal, hand.person.id, press.council, hand.clock.now())
    council, official = await hand.db.read(who_would_answer, *seen)
    screen = confirm_screen(council, official, press, hand.organisations.current)
    await show(callback, screen)


async def hand_over(callback: CallbackQuery, press: HandedToCouncil, hand: Hand) -> None:
    """Hand the appeal over; somebody else may have been first."""
    seen = (press.appeal, press.version, hand.person.id, press.council, hand.clock.now())
    note = _("✅ The appeal went to the public council. The citizen is told.")
    try:
        await hand.db.write(hand_to_council, *seen)
    except Refusal as refusal:
        await tell_refusal(callback, refusal)
        note = ""
    await hand.card(callback, press.appeal, note)


async def take_back(callback: CallbackQuery, press: TakenFromCouncil, hand: Hand) -> None:
    """Take the appeal back from its council."""
    seen = (press.appeal, press.version, hand.person.id, hand.clock.now())
    note = _("✅ The appeal is taken back from the council. The citizen is told.")
    try:
        await hand.db.write(take_from_council, *seen)
    except Refusal as refusal:
        await tell_refusal(callback, refusal)
        note = ""
    await hand.card(callback, press.appeal, note)


def router() -> Router:
    """Return the router of handing appeals to councils."""
    router = provide(Router(name="to a council"), "hand", Hand)
    router.callback_query.filter(Works(Deed.HAND_TO_COUNCIL))
    router.callback_query.register(offer, Pressed(ToCouncilAsked))
    router.callback_query.register(choose, Pressed(ToCouncilChosen))
    router.callback_query.register(hand_over, Pressed(HandedToCouncil))
    router.callback_query.register(take_back, Pressed(TakenFromCouncil))
    return router
