"""Channels: what an administrator of one hears, sends, and takes back."""

from collections.abc import Callable
from typing import Any

from aiogram import Bot

from bot.doctor.telegram import look_at_telegram
from bot.settings import Settings
from sandbox.client import Desk
from sandbox.server import Sandbox
from tests.sandbox.conftest import AIGUL

Png = Callable[[int, int], bytes]


async def test_an_album_comes_as_its_parts(bot: Bot, desk: Desk, png: Png) -> None:
    """Each part is an update of its own, all of one media group; the caption is on the first."""
    channel = await desk.channel("News")
    await channel.send_files("photo", png(9, 9), png(8, 8), caption="both")
    first, second = (update.channel_post for update in await bot.get_updates(timeout=0))
    assert first is not None
    assert second is not None
    assert ("both", None) == (first.caption, second.caption)
    assert None is not first.media_group_id == second.media_group_id


async def test_formatting_is_kept(bot: Bot, desk: Desk) -> None:
    """A formatted post reaches the bot with its entities."""
    channel = await desk.channel("News")
    await channel.send_html("<b>bold</b> and plain")
    (update,) = await bot.get_updates(timeout=0)
    assert update.channel_post is not None
    assert "<b>bold</b> and plain" == update.channel_post.html_text


async def test_own_posts_are_not_heard_but_their_edits_are(bot: Bot, desk: Desk) -> None:
    """The bot gets no update for what it posts; who edits that in the channel is heard."""
    channel = await desk.channel("News", username="party_news")
    sent = await bot.send_message("@party_news", "from the bot")
    assert [] == await bot.get_updates(timeout=0)
    await channel.edit(sent.message_id, "edited by hand")
    (update,) = await bot.get_updates(timeout=0)
    assert update.edited_channel_post is not None
    await bot.delete_messages(channel.id, [sent.message_id])
    assert [] == await channel.messages()


async def test_becoming_an_administrator(bot: Bot, desk: Desk) -> None:
    """`my_chat_member` says who let the bot in; the same again says nothing."""
    channel = await desk.channel("News", bot="member")
    await channel.change_bot("administrator", AIGUL)
    await channel.change_bot("administrator", AIGUL)
    (update,) = await bot.get_updates(timeout=0)
    assert update.my_chat_member is not None
    assert ("administrator", AIGUL) == (
        update.my_chat_member.new_chat_member.status,
        update.my_chat_member.from_user.id,
    )


async def test_a_post_is_handed_on(bot: Bot, desk: Desk) -> None:
    """A forwarded post names the channel it comes from."""
    channel = await desk.channel("News")
    post = await channel.send("news")
    await desk.chat(AIGUL).hand_on(channel.id, post.id)
    update = (await bot.get_updates(timeout=0))[-1]
    assert update.message is not None
    assert update.message.forward_origin is not None
    assert "channel" == update.message.forward_origin.type
    assert channel.id == update.message.forward_origin.chat.id


async def test_the_doctor_looks_whether_the_bot_may_post(sandbox: Sandbox, desk: Desk) -> None:
    """In the party's channel the bot is an administrator; a mere member, or nobody, is told."""
    await desk.channel("News", username="party_news")
    await desk.channel("Others", username="others", bot="member")
    found = {}
    for channel in ("@party_news", "@others", "@nowhere"):
        facts: Any = {"bot_token": sandbox.token, "telegram_api": sandbox.bot_api}
        settings = Settings(_env_file=None, party_channel=channel, **facts)
        found[channel] = {one.subject: one.ok async for one in look_at_telegram(settings)}
    assert {"@party_news": True, "@others": False, "@nowhere": False} == {
        channel: subjects["channel"] for channel, subjects in found.items()
    }
