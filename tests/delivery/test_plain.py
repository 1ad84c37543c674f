"""Where Telegram refuses the marks of a message, the same words go without any."""

from datetime import UTC, datetime

from aiogram import Bot
from aiogram.types import CallbackQuery, Chat, Message, User

from bot.sender.post import Post
from handlers.notice import Notice
from handlers.screen import Screen, show
from services.delivery.outcome import Result
from tests.delivery.stage import Stage, add_people

AIGUL = 100_001
MARKED, PLAIN = "<table><tr><td>5 &lt; 7</td></tr></table>", "5 < 7, <b>"


def screen(bot: Bot, number: int) -> Message:
    """Return a message of the bot as a press shows it."""
    chat, at = Chat(id=AIGUL, type="private"), datetime(2026, 3, 12, tzinfo=UTC)
    return Message(message_id=number, date=at, chat=chat, text="?").as_(bot)


async def test_a_letter_goes_without_marks(stage: Stage) -> None:
    """Once, as it is written; a letter that has no plain words is refused as before."""
    await stage.db.write(add_people, [AIGUL])
    post = Post(await stage.start())

    refused = await post.deliver(AIGUL, post.pack(Notice(MARKED)))
    arrived = await post.deliver(AIGUL, post.pack(Notice(MARKED, plain=PLAIN)))
    marked = await post.deliver(AIGUL, post.pack(Notice("<b>5</b>", plain=PLAIN)))

    assert [Result.REFUSED, Result.DELIVERED, Result.DELIVERED] == [
        outcome.result for outcome in (refused, arrived, marked)
    ]
    assert [PLAIN, "5"] == stage.texts_of(AIGUL)


async def test_a_screen_is_shown_without_marks(stage: Stage) -> None:
    """As a new message and in place of another one."""
    await stage.db.write(add_people, [AIGUL])
    bot = await stage.start()

    await show(screen(bot, 1), Screen(MARKED, plain=PLAIN))
    await show(screen(bot, 1), Screen("<b>8</b>", plain="8"))
    number = (await bot.send_message(AIGUL, "9")).message_id
    user = User(id=AIGUL, is_bot=False, first_name="A")
    press = CallbackQuery(id="1", from_user=user, chat_instance="1", message=screen(bot, number))
    await show(press.as_(bot), Screen(MARKED, plain="10"))

    assert [PLAIN, "8", "10"] == stage.texts_of(AIGUL)
