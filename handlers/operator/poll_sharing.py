"""The open link of a poll: who comes by it is counted apart from who was invited."""

from urllib.parse import urlencode

from aiogram import Bot, Router
from aiogram.types import CallbackQuery, InlineKeyboardButton

from handlers.buttons import back, keyboard
from handlers.filters import Pressed, Works
from handlers.operator.desk_callbacks import PassportShown, PollShared
from handlers.screen import Screen, show
from handlers.text import _, current_language
from services.people.deeds import Deed
from services.polls.reading import find_poll
from services.refusal import N_, Refusal
from storage.database import Database


async def share(callback: CallbackQuery, press: PollShared, db: Database, bot: Bot) -> None:
    """Show the link, with a button that sends it on."""
    found = await db.read(find_poll, press.poll)
    if found is None:
        raise Refusal(N_("There is no such poll."))
    link = f"https://t.me/{(await bot.me()).username}?start=poll_{found.poll.id}"
    title = found.poll.title(current_language())
    text = _(
        "🔗 Anybody may answer by this link, in the list of polls too. These answers are counted "
        "apart from those of invited people, and the result says how many there were of each."
    )
    onward = f"https://t.me/share/url?{urlencode({'url': link, 'text': title})}"
    rows = [
        [InlineKeyboardButton(text=_("📤 Send the link"), url=onward)],
        [back(PassportShown(poll=found.poll.id))],
    ]
    await show(callback, Screen(f"{text}\n\n<code>{link}</code>", keyboard(*rows)))


def router() -> Router:
    """Return the router of the link; for operators and administrators."""
    router = Router(name="poll sharing")
    router.callback_query.filter(Works(Deed.LAUNCH_POLL))
    router.callback_query.register(share, Pressed(PollShared))
    return router
