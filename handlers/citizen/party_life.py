"""«🏛 Party life»: deputies, councils, programmes, proposals, what was done, open numbers."""

from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext

from handlers.buttons import button, keyboard
from handlers.filters import MenuButton, Pressed
from handlers.menu import PARTY_LIFE
from handlers.operator.party_desk import may_run_party_life
from handlers.screen import Event, Screen, show
from handlers.text import _
from handlers.views.council_callbacks import CouncilsOpened
from handlers.views.council_screens import COUNCILS
from handlers.views.openness_callbacks import OpennessShown
from handlers.views.openness_noted import OPENNESS
from handlers.views.party_callbacks import PartyDeskShown, PartyLifeShown
from handlers.views.programme_callbacks import ProgrammesShown
from handlers.views.programme_words import PROGRAMMES
from handlers.views.proposal_callbacks import BoardShown
from handlers.views.proposal_words import BOARD
from handlers.views.rating_callbacks import DeputiesShown
from handlers.views.rating_lists import DEPUTIES
from handlers.views.story_callbacks import StoriesShown
from handlers.views.story_words import STORIES
from services.people.model import Person

# What there is, in the order in which it stands on the screen.
ENTRIES: tuple[tuple[str, CallbackData], ...] = (
    (DEPUTIES, DeputiesShown()),
    (COUNCILS, CouncilsOpened()),
    (PROGRAMMES, ProgrammesShown()),
    (BOARD, BoardShown()),
    (STORIES, StoriesShown()),
    (OPENNESS, OpennessShown()),
)


async def open_party_life(event: Event, state: FSMContext, person: Person, **_more: Any) -> None:
    """Show the ways into it; what was being written stays as a draft."""
    await state.set_state(None)
    await show(event, party_life_screen(person))


def party_life_screen(person: Person) -> Screen:
    """Return the ways into the party's own life; who looks after it finds their own way too."""
    words = _(
        "<b>Party life</b>\n\nWho represents you, where you can take part, what has come of it."
    )
    rows = [[button(_(label), data)] for label, data in ENTRIES]
    if may_run_party_life(person.roles):
        rows.append([button(_("🗂 For those who work on it"), PartyDeskShown())])
    return Screen(words, keyboard(*rows))


def router() -> Router:
    """Return the router of /party and its button."""
    router = Router(name="party life")
    router.message.register(open_party_life, Command("party"))
    router.message.register(open_party_life, MenuButton(PARTY_LIFE))
    router.callback_query.register(open_party_life, Pressed(PartyLifeShown))
    return router
