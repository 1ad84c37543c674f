"""Where staff look after the party's own life: one button for each thing that they may do."""

from typing import Any

from aiogram import Router
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import back, button, keyboard
from handlers.filters import Pressed, Works
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen, show
from handlers.text import N_, _
from handlers.views.council_callbacks import CouncilDesk
from handlers.views.council_screens import COUNCILS
from handlers.views.openness_callbacks import OpennessDesk
from handlers.views.openness_noted import OPENNESS
from handlers.views.party_callbacks import PartyDeskShown, PartyLifeShown
from handlers.views.programme_desk_callbacks import ProgrammesDesk
from handlers.views.programme_words import PROGRAMMES
from handlers.views.proposal_callbacks import PaperAsked, ToAnswerShown, WaitingShown
from handlers.views.proposal_words import ON_PAPER, TO_ANSWER, TO_MODERATE
from handlers.views.rating_callbacks import RoundsShown
from handlers.views.rating_rounds import RATING
from handlers.views.school_callbacks import SchoolsListed
from handlers.views.story_callbacks import StoryDesk
from handlers.views.story_words import STORIES
from services.people.deeds import Deed, may_somewhere
from services.people.model import Person, Role

# What may be done by whom, in the order in which it stands on the screen.
ENTRIES: tuple[tuple[Deed, str, CallbackData], ...] = (
    (Deed.RUN_PROGRAMMES, PROGRAMMES, ProgrammesDesk()),
    (Deed.MARK_ATTENDANCE, N_("🎓 Attendance and certificates"), SchoolsListed()),
    (Deed.READ_RATINGS, RATING, RoundsShown()),
    (Deed.READ_COUNCILS, COUNCILS, CouncilDesk()),
    (Deed.MODERATE_PROPOSAL, TO_MODERATE, WaitingShown()),
    (Deed.ANSWER_PROPOSAL, TO_ANSWER, ToAnswerShown()),
    (Deed.IMPORT_PROPOSALS, ON_PAPER, PaperAsked()),
    (Deed.WRITE_STORY, STORIES, StoryDesk()),
    (Deed.CORRECT_OPENNESS, OPENNESS, OpennessDesk()),
)


async def open_party_desk(
    callback: CallbackQuery, state: FSMContext, person: Person, **_more: Any
) -> None:
    """Show what this person may look after; what was being composed stays as a draft."""
    await state.set_state(None)
    await show(callback, party_desk_screen(person.roles))


def party_desk_screen(roles: frozenset[Role]) -> Screen:
    """Return what somebody of these roles may look after."""
    rows = [
        [button(_(label), data)] for deed, label, data in ENTRIES if may_somewhere(roles, deed)
    ]
    return Screen(
        _("<b>Party life</b>\n\nWhat would you like to look after?"),
        # An official has no desk, and came from the screen that everybody has.
        keyboard(*rows, [back(DeskShown() if roles - {Role.OFFICIAL} else PartyLifeShown())]),
    )


def may_run_party_life(roles: frozenset[Role]) -> bool:
    """Tell whether anything stands on the screen for somebody of these roles."""
    return may_somewhere(roles, *(deed for deed, _label, _data in ENTRIES))


def router() -> Router:
    """Return the router of the screen."""
    router = Router(name="party desk")
    staff = Works(*(deed for deed, _label, _data in ENTRIES))
    router.callback_query.register(open_party_desk, Pressed(PartyDeskShown), staff)
    return router
