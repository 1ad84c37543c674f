"""«You said, we did»: /stories, one story, and whether they come by themselves."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed
from handlers.screen import Screen, acknowledge, send, show
from handlers.views.story_callbacks import (
    StoriesAbout,
    StoriesMuted,
    StoriesShown,
    StoryOpened,
    StoryTopics,
)
from handlers.views.story_screens import (
    about_screen,
    muted_words,
    stories_screen,
    story_screen,
    topics_screen,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.model import Person
from services.stories.muting import hears_stories, mute_stories
from services.stories.reading import latest_stories, read_story, stories_about, topics_told
from storage.database import Database


async def open_stories(
    message: Message,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Show the newest stories; what was being written stays as a draft."""
    await state.set_state(None)
    await show(message, await _screen(StoriesShown(), db, clock, person, organisations))


async def show_stories(
    callback: CallbackQuery,
    press: StoriesShown,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Show a page of stories of a topic or a region."""
    await show(callback, await _screen(press, db, clock, person, organisations))


async def show_topics(
    callback: CallbackQuery, db: Database, clock: Clock, organisations: Organisations
) -> None:
    """Show of which topics there are stories."""
    found = await db.read(topics_told, clock.now())
    await show(callback, topics_screen(found, organisations.current))


async def open_story(
    callback: CallbackQuery, press: StoryOpened, db: Database, organisations: Organisations
) -> None:
    """Show one story; the screen on which it was pressed stays."""
    story = await db.read(read_story, press.story)
    await send(callback, story_screen(story, organisations.current))


async def show_about(
    callback: CallbackQuery, press: StoriesAbout, db: Database, clock: Clock
) -> None:
    """Show the stories that are tied to something."""
    found = await db.read(stories_about, press.kind, press.ref, clock.now())
    await send(callback, about_screen(found))


async def set_muted(
    callback: CallbackQuery, press: StoriesMuted, db: Database, clock: Clock, person: Person
) -> None:
    """Let stories come by themselves no more, or again."""
    await db.write(mute_stories, person.id, clock.now(), muted=press.muted)
    await acknowledge(callback, muted_words(muted=press.muted))


async def _screen(
    shown: StoriesShown,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> Screen:
    page = await db.read(
        latest_stories,
        clock.now(),
        topic=shown.topic or None,
        region=shown.region or None,
        before=shown.before or None,
    )
    hears = await db.read(hears_stories, person.id)
    home = person.profile.region
    return stories_screen(page, shown, home, organisations.current, hears=hears)


def router() -> Router:
    """Return the router of stories for everybody."""
    router = Router(name="stories")
    router.message.register(open_stories, Command("stories"))
    router.callback_query.register(show_stories, Pressed(StoriesShown))
    router.callback_query.register(show_topics, Pressed(StoryTopics))
    router.callback_query.register(open_story, Pressed(StoryOpened))
    router.callback_query.register(show_about, Pressed(StoriesAbout))
    router.callback_query.register(set_muted, Pressed(StoriesMuted))
    return router
