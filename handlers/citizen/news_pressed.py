"""What is pressed under a post: useful or not, its topic or all news off and on."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from handlers.citizen.consent_needed import ask_below
from handlers.filters import Pressed
from handlers.screen import acknowledge, change_buttons
from handlers.text import _
from handlers.views.news_callbacks import (
    AllMuted,
    PostAllMuted,
    PostMuted,
    PostUseful,
    TopicMuted,
    Under,
)
from handlers.views.news_digest import with_silence
from handlers.views.news_notices import PREVIEW, old_keyboard, post_keyboard
from services.clock import Clock
from services.news.reaction import react
from services.news.reading import read_post
from services.news.subscription import mute_all, mute_topic, muted_topics
from services.organisation.directory import Organisations
from services.people.consent import ConsentKind
from services.people.directory import Directory
from services.people.model import Person
from storage.database import Database


async def find_useful(
    callback: CallbackQuery,
    press: PostUseful,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Keep what the button says, thank, and let the button say the other."""
    if await _is_preview(callback, press.post):
        return
    pressed = await db.write(react, press.post, person.id, useful=press.useful)
    if press.useful:
        words = _("Thank you! People who find it useful: {count}")
    else:
        words = _("Taken back. People who find it useful: {count}")
    await acknowledge(callback, words.format(count=pressed.useful), alert=False)
    await _show_as_it_stands(callback, press.post, person, db, organisations)


async def set_topic(
    callback: CallbackQuery,
    press: PostMuted,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Switch the topic of a post off or on; of one that was taken back too."""
    if await _is_preview(callback, press.post):
        return
    read = await db.read(read_post, press.post, person.id)
    if read is None:
        await acknowledge(callback, _("This post is no longer there."))
        return
    await db.write(mute_topic, person.id, read.post.topic, muted=press.muted)
    await acknowledge(callback)
    await _show_as_it_stands(callback, press.post, person, db, organisations)


async def set_all(
    callback: CallbackQuery,
    press: PostAllMuted,
    person: Person,
    people: Directory,
    db: Database,
    organisations: Organisations,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Switch all news off or on, under a post."""
    if await _is_preview(callback, press.post):
        return
    if not press.muted and not person.agrees(ConsentKind.NEWS):
        await ask_below(callback, ConsentKind.NEWS, state, organisations)
        return
    person = await people.change(mute_all, person.id, clock.now(), muted=press.muted)
    await acknowledge(callback)
    await _show_as_it_stands(callback, press.post, person, db, organisations)


async def set_all_in_digest(
    callback: CallbackQuery,
    press: AllMuted,
    person: Person,
    people: Directory,
    organisations: Organisations,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Switch all news off or on, under a digest."""
    if not press.muted and not person.agrees(ConsentKind.NEWS):
        await ask_below(callback, ConsentKind.NEWS, state, organisations)
        return
    person = await people.change(mute_all, person.id, clock.now(), muted=press.muted)
    await acknowledge(callback)
    markup = callback.message.reply_markup if isinstance(callback.message, Message) else None
    if markup is not None:
        await change_buttons(callback, with_silence(markup, all_muted=person.muted))


async def set_topic_of_old(
    callback: CallbackQuery,
    press: TopicMuted,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    """Switch a topic off or on under a post whose buttons do not name it."""
    await db.write(mute_topic, person.id, press.topic, muted=press.muted)
    await _show_old(callback, press.topic, person, db, organisations)


async def set_all_of_old(
    callback: CallbackQuery,
    press: AllMuted,
    person: Person,
    people: Directory,
    db: Database,
    organisations: Organisations,
    clock: Clock,
    state: FSMContext,
) -> None:
    """Switch all news off or on under a post whose buttons do not name it."""
    if not press.muted and not person.agrees(ConsentKind.NEWS):
        await ask_below(callback, ConsentKind.NEWS, state, organisations)
        return
    person = await people.change(mute_all, person.id, clock.now(), muted=press.muted)
    await _show_old(callback, press.topic, person, db, organisations)


async def _is_preview(callback: CallbackQuery, post: int) -> bool:
    if post != PREVIEW:
        return False
    await acknowledge(callback, _("This is a preview. The buttons work once the post is sent."))
    return True


async def _show_as_it_stands(
    callback: CallbackQuery,
    post: int,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    read = await db.read(read_post, post, person.id)
    if read is None:
        return
    buttons = post_keyboard(
        post,
        read.post.topic,
        read.post.links,
        organisations.current,
        useful=read.useful,
        topic_muted=read.topic_muted,
        all_muted=person.muted,
    )
    await change_buttons(callback, buttons)


async def _show_old(
    callback: CallbackQuery,
    topic: str,
    person: Person,
    db: Database,
    organisations: Organisations,
) -> None:
    muted = await db.read(muted_topics, person.id)
    await acknowledge(callback)
    buttons = old_keyboard(
        topic, organisations.current, topic_muted=topic in muted, all_muted=person.muted
    )
    await change_buttons(callback, buttons)


def router() -> Router:
    """Return the router of the buttons under posts and digests."""
    router = Router(name="news: pressed")
    router.callback_query.register(find_useful, Pressed(PostUseful))
    router.callback_query.register(set_topic, Pressed(PostMuted))
    router.callback_query.register(set_all, Pressed(PostAllMuted))
    router.callback_query.register(set_all_in_digest, Pressed(AllMuted, under=Under.DIGEST))
    router.callback_query.register(set_topic_of_old, Pressed(TopicMuted, under=Under.POST))
    router.callback_query.register(set_all_of_old, Pressed(AllMuted, under=Under.POST))
    return router
