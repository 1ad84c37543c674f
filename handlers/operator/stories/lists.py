"""The desk of stories: what wants one, what is prepared and published, withdrawing, tables."""

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.operator.stories.desk import StoryWork
from handlers.operator.stories.sheet import Composing
from handlers.provided import provide
from handlers.screen import acknowledge, show
from handlers.text import current_language
from handlers.views.story_callbacks import (
    StoriesKept,
    StoriesWanted,
    StoryCard,
    StoryDesk,
    StoryTableAsked,
    StoryTableGiven,
    StoryWithdrawn,
    WithdrawalAsked,
)
from handlers.views.story_staff import (
    card_screen,
    desk_screen,
    kept_screen,
    table_screen,
    wanted_screen,
    withdrawal_screen,
)
from services.people.deeds import Deed, may_somewhere
from services.stories.importing import FORMS, example
from services.stories.noted import list_wanted
from services.stories.publishing import withdraw_story
from services.stories.reading import existing, list_for_staff
from services.tables.writing import to_xlsx


async def open_desk(callback: CallbackQuery, work: StoryWork) -> None:
    """Show what can be done; what was being written stays as a draft."""
    await work.state.set_state(None)
    wanted = await work.db.read(list_wanted, work.person.id, work.clock.now())
    tables = may_somewhere(work.person.roles, Deed.IMPORT_STORIES)
    await show(callback, desk_screen(wanted, tables=tables))


async def show_wanted(callback: CallbackQuery, work: StoryWork) -> None:
    """Show what wants a story."""
    wanted = await work.db.read(list_wanted, work.person.id, work.clock.now())
    await show(callback, wanted_screen(wanted, work.organisation))


async def show_kept(callback: CallbackQuery, press: StoriesKept, work: StoryWork) -> None:
    """Show stories in one state."""
    page = await work.db.read(list_for_staff, work.person.id, press.status, press.before or None)
    await show(callback, kept_screen(page, press.status))


async def open_card(callback: CallbackQuery, press: StoryCard, work: StoryWork) -> None:
    """Show a story and what may be done with it."""
    story = await work.db.read(existing, press.story)
    await show(callback, card_screen(story, work.organisation))


async def ask_to_withdraw(
    callback: CallbackQuery, press: WithdrawalAsked, work: StoryWork
) -> None:
    """Ask before a story is withdrawn."""
    await show(callback, withdrawal_screen(await work.db.read(existing, press.story)))


async def withdraw(callback: CallbackQuery, press: StoryWithdrawn, work: StoryWork) -> None:
    """Withdraw a story; a repeated tap shows the same."""
    now = work.clock.now()
    seen = (press.story, press.version)
    story = await work.db.write(withdraw_story, work.person.id, *seen, now)
    await show(callback, card_screen(story, work.organisation))


async def ask_table(callback: CallbackQuery, work: StoryWork) -> None:
    """Ask for a table."""
    await work.state.set_state(Composing.table)
    await show(callback, table_screen())


async def give_example(callback: CallbackQuery) -> None:
    """Send a small sound table."""
    await acknowledge(callback)
    if isinstance(callback.message, Message):
        language = current_language()
        data = to_xlsx(FORMS, example(language), language)
        await callback.message.answer_document(BufferedInputFile(data, "stories.xlsx"))


def router() -> Router:
    """Return the router of the desk."""
    router = provide(Router(name="story desk"), "work", StoryWork)
    router.callback_query.filter(Works(Deed.WRITE_STORY))
    router.callback_query.register(open_desk, Pressed(StoryDesk))
    router.callback_query.register(show_wanted, Pressed(StoriesWanted))
    router.callback_query.register(show_kept, Pressed(StoriesKept))
    router.callback_query.register(open_card, Pressed(StoryCard))
    router.callback_query.register(ask_to_withdraw, Pressed(WithdrawalAsked))
    router.callback_query.register(withdraw, Pressed(StoryWithdrawn))
    tables = Works(Deed.IMPORT_STORIES)
    router.callback_query.register(ask_table, Pressed(StoryTableAsked), tables)
    router.callback_query.register(give_example, Pressed(StoryTableGiven), tables)
    return router
