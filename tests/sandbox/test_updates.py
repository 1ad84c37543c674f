"""Updates on their way to the bot by long polling."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramConflictError

from sandbox.client import Chat, Desk
from sandbox.server import Sandbox


async def texts(bot: Bot, offset: int | None = None, limit: int | None = None) -> list[str | None]:
    """Return the texts of the messages that a short poll brings."""
    updates = await bot.get_updates(offset=offset, limit=limit, timeout=0)
    return [update.message.text for update in updates if update.message]


async def test_update_stays_until_it_is_confirmed(bot: Bot, aigul: Chat) -> None:
    """Every poll brings what no greater offset has confirmed, also after the bot was killed."""
    for text in ("1", "2", "3"):
        await aigul.send(text)
    assert ["1", "2", "3"] == await texts(bot)
    assert ["1", "2"] == await texts(bot, limit=2)
    first = (await bot.get_updates(timeout=0))[0].update_id
    assert ["2", "3"] == await texts(bot, offset=first + 1)
    assert ["3"] == await texts(bot, offset=-1)
    assert ["3"] == await texts(bot)


async def test_long_poll_returns_with_the_update(bot: Bot, aigul: Chat) -> None:
    """A waiting poll ends as soon as somebody writes."""
    poll = asyncio.create_task(bot.get_updates(timeout=30))
    await asyncio.sleep(0.05)
    await aigul.send("now")
    assert 1 == len(await poll)


async def test_second_poller_ends_the_first(bot: Bot, sandbox: Sandbox) -> None:
    """Of two pollers the earlier one gets 409 with Telegram's words."""
    first = asyncio.create_task(bot.get_updates(timeout=30))
    while not sandbox.telegram.updates.polling:  # noqa: ASYNC110  # it comes over HTTP
        await asyncio.sleep(0.01)
    second = asyncio.create_task(bot.get_updates(timeout=1))
    words = "terminated by other getUpdates request; make sure that only one bot instance"
    with pytest.raises(TelegramConflictError, match=words):
        await first
    assert [] == await second


async def test_allowed_updates_are_remembered(bot: Bot, aigul: Chat) -> None:
    """Kinds that the bot did not list are not queued until it lists them again."""
    await bot.get_updates(timeout=0, allowed_updates=["callback_query"])
    await aigul.send("unheard")
    assert [] == await texts(bot)
    await bot.get_updates(timeout=0, allowed_updates=[])
    await aigul.send("heard")
    assert ["heard"] == await texts(bot)


async def test_block_and_return_are_told(bot: Bot, aigul: Chat) -> None:
    """Blocking makes the bot `kicked`, coming back makes it `member` again."""
    await aigul.block()
    await aigul.unblock()
    changes = [update.my_chat_member for update in await bot.get_updates(timeout=0)]
    expected = [("member", "kicked"), ("kicked", "member")]
    assert expected == [
        (change.old_chat_member.status, change.new_chat_member.status)
        for change in changes
        if change
    ]


async def test_deep_link_starts_with_its_payload(bot: Bot, desk: Desk) -> None:
    """A deep link makes the person known and says its payload."""
    oleg = await desk.person("Oleg")
    await oleg.start("invite-1")
    assert ["/start invite-1"] == await texts(bot)
    assert await bot.send_message(oleg.id, "welcome")


async def test_person_edits_a_message(bot: Bot, aigul: Chat) -> None:
    """An edit arrives as edited_message with the same number."""
    message = await aigul.send("tpyo")
    await aigul.edit(message.id, "typo")
    edited = (await bot.get_updates(timeout=0))[-1].edited_message
    assert edited is not None
    assert (message.id, "typo") == (edited.message_id, edited.text)


async def test_album_comes_as_separate_updates(bot: Bot, aigul: Chat) -> None:
    """Each part of an album is an update of its own; only the first has the caption."""
    await aigul.send_files("document", b"one", ("two.pdf", b"two"), caption="both")
    messages = [update.message for update in await bot.get_updates(timeout=0)]
    assert [("both", "file1"), (None, "two.pdf")] == [
        (message.caption, message.document.file_name)
        for message in messages
        if message and message.document
    ]
    assert 1 == len({message.media_group_id for message in messages if message})


async def test_other_contents_parse(bot: Bot, aigul: Chat) -> None:
    """Places, contacts, stickers, dice, forwards and claimed files are what aiogram parses."""
    await aigul.location(43.24, 76.89)
    await aigul.contact("+77010000001")
    await aigul.send_other(sticker=True)
    await aigul.send_other(dice=True)
    await aigul.send_other(forward={"text": "passed on", "from": "Somebody"})
    await aigul.send_other(file={"kind": "video", "file_name": "a.mp4", "file_size": 30 << 20})
    kinds = [update.message.content_type for update in await bot.get_updates() if update.message]
    assert ["location", "contact", "sticker", "dice", "text", "video"] == kinds


async def test_long_text_is_cut_as_apps_cut_it(bot: Bot, aigul: Chat) -> None:
    """5,000 signs are two messages, of 4,096 and the rest."""
    await aigul.send("ә" * 5000)
    assert [4096, 904] == [len(text or "") for text in await texts(bot)]


async def test_any_update_can_be_injected(sandbox: Sandbox, bot: Bot, desk: Desk) -> None:
    """A test may queue an update that no library parses."""
    number = await desk.inject({"message": {"text": 5}})
    assert 1 == sandbox.telegram.updates.unconfirmed
    assert number == (await desk.inject({"unknown": {}})) - 1
    assert [] == await bot.get_updates(offset=number + 2, timeout=0)


async def test_reaction_is_told_to_bots_that_ask(bot: Bot, aigul: Chat) -> None:
    """A reaction arrives only when message_reaction is allowed, with what it replaced."""
    sent = await bot.send_message(aigul.id, "news")
    await aigul.react(sent.message_id, "👍")
    assert [] == await bot.get_updates(timeout=0, allowed_updates=["message_reaction"])
    await aigul.react(sent.message_id, None)
    (update,) = await bot.get_updates(timeout=0)
    change = update.message_reaction
    assert change is not None
    assert (1, 0) == (len(change.old_reaction), len(change.new_reaction))
    assert await bot.set_message_reaction(aigul.id, sent.message_id, [])
