"""Choosing which news to get and how often."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed
from handlers.screen import send, show
from handlers.views.news_callbacks import (
    AllMuted,
    EachChosen,
    OpenNewsTopics,
    RhythmChosen,
    RhythmDaysOpened,
    RhythmHoursOpened,
    RhythmOpened,
    TopicMuted,
    Under,
)
from handlers.views.news_subscription import (
    days_screen,
    hours_screen,
    rhythm_screen,
    topics_screen,
)
from services.clock import Clock
from services.delivery.target import Rhythm
from services.news.rhythm import get_each, get_together, rhythm_of
from services.news.subscription import mute_all, mute_topic, muted_topics
from services.organisation.directory import Organisations
from services.people.directory import Directory
from services.people.model import Person
from storage.database import Database


async def open_topics(
    callback: CallbackQuery, person: Person, db: Database, organisations: Organisations
) -> None:
    """Show which topics are on, and how often news comes."""
    muted = await db.read(muted_topics, person.id)
    rhythm = await db.read(rhythm_of, person.id)
    screen = topics_screen(organisations.current, muted, rhythm, all_muted=person.muted)
    await show(callback, screen)


async def set_topic(
    callback: CallbackQuery,
    press: TopicMuted,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Switch one topic off or on."""
    await db.write(mute_topic, person.id, press.topic, muted=press.muted)
    await open_topics(callback, person, db, organisations)


async def set_all(
    callback: CallbackQuery,
    press: AllMuted,
    person: Person,
    people: Directory,
    db: Database,
    organisations: Organisations,
    clock: Clock,
) -> None:
    """Switch all news off or on."""
    person = await people.change(mute_all, person.id, clock.now(), muted=press.muted)
    await open_topics(callback, person, db, organisations)


async def open_rhythm(
    callback: CallbackQuery, press: RhythmOpened, person: Person, db: Database
) -> None:
    """Show how often news comes."""
    screen = rhythm_screen(await db.read(rhythm_of, person.id))
    await (send if press.below else show)(callback, screen)


async def open_days(callback: CallbackQuery) -> None:
    """Ask for the day of the week."""
    await show(callback, days_screen())


async def open_hours(callback: CallbackQuery, press: RhythmHoursOpened) -> None:
    """Ask for the hour."""
    await show(callback, hours_screen(press.weekday))


async def choose_together(
    callback: CallbackQuery, press: RhythmChosen, person: Person, db: Database, clock: Clock
) -> None:
    """Let news come together at this hour."""
    rhythm = Rhythm(press.hour, press.weekday)
    await db.write(get_together, person.id, rhythm, clock.now())
    await show(callback, rhythm_screen(await db.read(rhythm_of, person.id)))


async def choose_each(callback: CallbackQuery, person: Person, db: Database, clock: Clock) -> None:
    """Let each post come at once."""
    await db.write(get_each, person.id, clock.now())
    await show(callback, rhythm_screen(await db.read(rhythm_of, person.id)))


def router() -> Router:
    """Return the router of the subscription."""
    router = Router(name="news: subscription")
    router.callback_query.register(open_topics, Pressed(OpenNewsTopics))
    router.callback_query.register(set_topic, Pressed(TopicMuted, under=Under.TOPICS))
    router.callback_query.register(set_all, Pressed(AllMuted, under=Under.TOPICS))
    router.callback_query.register(open_rhythm, Pressed(RhythmOpened))
    router.callback_query.register(open_days, Pressed(RhythmDaysOpened))
    router.callback_query.register(open_hours, Pressed(RhythmHoursOpened))
    router.callback_query.register(choose_together, Pressed(RhythmChosen))
    router.callback_query.register(choose_each, Pressed(EachChosen))
    return router
