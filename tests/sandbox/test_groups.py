"""Groups and channels."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from sandbox.client import Chat, Desk
from tests.sandbox.conftest import AIGUL


async def shared(desk: Desk, **facts: Any) -> Chat:
    """Return a new group or channel."""
    chat = await desk.request("POST", "chats", {"title": "News", **facts})
    return desk.chat(chat["id"])


async def test_channel_posts_reach_an_administrator(bot: Bot, desk: Desk) -> None:
    """A post and its edit arrive as channel_post and edited_channel_post, without a person."""
    channel = await shared(desk, type="channel", username="news")
    post = await channel.send("news")
    await channel.edit(post.id, "better news")
    first, second = await bot.get_updates(timeout=0)
    assert first.channel_post is not None
    assert second.edited_channel_post is not None
    assert (None, channel.id) == (first.channel_post.from_user, first.channel_post.chat.id)
    assert "better news" == second.edited_channel_post.text
    assert channel.id == (await bot.send_message("@news", "from the bot")).chat.id


async def test_privacy_hides_what_is_not_for_the_bot(bot: Bot, desk: Desk) -> None:
    """In a group a bot that is no administrator hears commands and replies to itself."""
    group = await shared(desk, type="supergroup", members=[AIGUL])
    sent = await bot.send_message(group.id, "hello")
    await group.send("small talk", sender=AIGUL)
    await group.send("/help", sender=AIGUL)
    await group.send("yes", sender=AIGUL, reply_to=sent.message_id)
    texts = [update.message.text for update in await bot.get_updates() if update.message]
    assert ["/help", "yes"] == texts


async def test_bot_needs_rights_in_a_channel(bot: Bot, desk: Desk) -> None:
    """A bot that is a mere member of a channel cannot post there."""
    channel = await shared(desk, type="channel", bot="member")
    with pytest.raises(TelegramBadRequest, match="need administrator rights"):
        await bot.send_message(channel.id, "no")
