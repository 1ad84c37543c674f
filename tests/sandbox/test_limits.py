"""How fast a bot may send."""

from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter

from sandbox.client import Desk
from sandbox.server import Limits, Sandbox
from tests.sandbox.conftest import AIGUL, new_bot

FIRST = 5_000_000_000


async def send_until_refused(bot: Bot, chats: list[int], **options: Any) -> tuple[int, int]:
    """Return how many messages went through and the `retry_after` of the refusal."""
    for sent, chat in enumerate(chats):
        try:
            await bot.send_message(chat, "a", **options)
        except TelegramRetryAfter as refusal:
            return sent, refusal.retry_after
    return len(chats), 0


async def test_one_chat_has_its_own_pace(sandbox_factory: Any) -> None:
    """Past the burst, one chat gets a message a second."""
    sandbox: Sandbox = await sandbox_factory(limits=Limits(per_chat=0.01, per_chat_burst=3))
    sandbox.telegram.private(AIGUL).started = True
    async with new_bot(sandbox) as bot:
        assert (3, 100) == await send_until_refused(bot, [AIGUL] * 5)


async def test_the_whole_bot_has_a_pace(sandbox_factory: Any) -> None:
    """Past the burst, messages to any chat wait; paid ones have an allowance of their own."""
    limits = Limits(overall=0.01, overall_burst=5, paid=1000.0)
    sandbox: Sandbox = await sandbox_factory(limits=limits)
    sandbox.telegram.add_crowd(100, FIRST)
    chats = list(range(FIRST, FIRST + 20))
    async with new_bot(sandbox) as bot:
        assert (5, 100) == await send_until_refused(bot, chats)
        assert (20, 0) == await send_until_refused(bot, chats, allow_paid_broadcast=True)


async def test_calls_behind_a_closed_gate_are_counted(sandbox_factory: Any) -> None:
    """What is sent before `retry_after` has passed counts as early."""
    sandbox: Sandbox = await sandbox_factory(limits=Limits(overall=0.01, overall_burst=1))
    sandbox.telegram.add_crowd(10, FIRST)
    async with new_bot(sandbox) as bot:
        for expected in (0, 0, 1, 2):
            await send_until_refused(bot, [FIRST])
            assert expected == sandbox.telegram.pace.early


async def test_limits_change_while_it_runs(sandbox_factory: Any) -> None:
    """The desk tightens and lifts limits under a running bot."""
    sandbox: Sandbox = await sandbox_factory()
    sandbox.telegram.add_crowd(10, FIRST)
    async with new_bot(sandbox) as bot, Desk(sandbox.page) as desk:
        await desk.limits(overall=0.01, overall_burst=1)
        assert (1, 100) == await send_until_refused(bot, [FIRST] * 2)
        assert None is (await desk.limits(off=True))["overall"]
        assert (5, 0) == await send_until_refused(bot, [FIRST] * 5)


async def test_crowd_counts_what_it_gets(sandbox: Sandbox, bot: Bot) -> None:
    """People of a crowd keep a number and no messages; those who left refuse."""
    crowd = sandbox.telegram.add_crowd(1_000_000, FIRST)
    crowd.blocked.add(FIRST + 7)
    await bot.send_message(FIRST, "a")
    sent = await bot.send_message(FIRST, "b")
    assert (2, 0) == (crowd.received[0], crowd.received[1])
    assert await bot.delete_message(FIRST, sent.message_id)
    with pytest.raises(Exception, match="bot was blocked by the user"):
        await bot.send_message(FIRST + 7, "c")
