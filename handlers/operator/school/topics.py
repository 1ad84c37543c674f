"""Which topic of news a programme has."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.screen import show
from handlers.views.school_callbacks import TopicChosen, TopicsAsked
from handlers.views.school_screens import topics_screen
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from services.programmes.attendance import read_meetings
from services.programmes.topics import choose_topic
from storage.database import Database


async def ask(
    callback: CallbackQuery,
    press: TopicsAsked,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Show which topic it has, and what it may have."""
    programme, _meetings = await db.read(read_meetings, person.id, press.programme)
    await show(callback, topics_screen(programme, organisations.current))


async def choose(
    callback: CallbackQuery,
    press: TopicChosen,
    person: Person,
    db: Database,
    clock: Clock,
    organisations: Organisations,
) -> None:
    """Give it this topic."""
    programme = await db.write(choose_topic, person.id, press.programme, press.choice, clock.now())
    await organisations.refresh()
    await show(callback, topics_screen(programme, organisations.current))


def router() -> Router:
    """Return the router of the topics of programmes."""
    router = Router(name="school: topics")
    router.callback_query.filter(Works(Deed.CHOOSE_PROGRAMME_TOPIC))
    router.callback_query.register(ask, Pressed(TopicsAsked))
    router.callback_query.register(choose, Pressed(TopicChosen))
    return router
