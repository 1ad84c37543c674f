"""The buttons of a draft: its topic, its screens, words and files to give up."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import PICKER, Talk
from handlers.filters import Pressed
from handlers.text import _
from handlers.views.appeal_callbacks import (
    DraftShown,
    FilesRemoved,
    Screens,
    TextKept,
    TextRewritten,
    TopicChosen,
)
from handlers.views.appeal_draft import stop_note
from services.appeals.stops import triggered


async def choose_topic(callback: CallbackQuery, press: TopicChosen, talk: Talk) -> None:
    """Keep the topic; one that is no longer in use is asked for again."""
    draft = await talk.current(callback, press.draft)
    if draft is None:
        return
    topic = talk.organisation.topics.get(press.topic)
    if topic is None or topic.retired:
        note = _("This topic is no longer in use. Please choose another one.")
        await talk.show_part(callback, draft, Screens.TOPIC, note)
        return
    # Who has written already does not see the screen that asks for words.
    stops = triggered(talk.organisation.stops, topic.code, "") if draft.text else ()
    draft = await talk.keep(draft.with_topic(topic.code))
    await talk.show_next(callback, draft, stop_note(stops))


async def show_screen(callback: CallbackQuery, press: DraftShown, talk: Talk) -> None:
    """Go back a step, or to the part that is to be changed."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_part(callback, draft, press.screen)


async def rewrite(callback: CallbackQuery, press: TextRewritten, talk: Talk) -> None:
    """Ask for other words; those that are there stay until other ones come."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_next(callback, await talk.keep(draft.rewritten(press.since)))


async def keep_words(callback: CallbackQuery, press: TextKept, talk: Talk) -> None:
    """Keep the words that are there after all."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        await talk.show_next(callback, await talk.keep(draft.with_words_kept()))


async def remove_files(callback: CallbackQuery, press: FilesRemoved, talk: Talk) -> None:
    """Remove the files that were there when the button was shown."""
    draft = await talk.current(callback, press.draft)
    if draft is not None:
        draft = await talk.keep(draft.without_files(press.since))
        await talk.show_part(callback, draft, Screens.FILES)


def router() -> Router:
    """Return the router of the parts of a draft."""
    router = Router(name="appeal: parts")
    router.callback_query.register(choose_topic, Pressed(TopicChosen))
    router.callback_query.register(show_screen, Pressed(DraftShown))
    router.callback_query.register(rewrite, Pressed(TextRewritten))
    router.callback_query.register(keep_words, Pressed(TextKept))
    router.callback_query.register(remove_files, Pressed(FilesRemoved))
    router.include_router(PICKER.router())
    return router
