"""Updates on their way to the bot by webhook."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
import pytest_asyncio
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramConflictError
from aiohttp import web

from sandbox.client import Chat, Desk
from sandbox.server import Sandbox, Settings
from tests.sandbox.conftest import AIGUL, new_bot


@dataclass
class Hook:
    """A bot's webhook: keeps what comes and answers what it is told, 200 by default."""

    url: str = ""
    answers: list[web.Response] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    secrets: set[str | None] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0
    slow: float = 0.0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, request: web.Request) -> web.Response:
        """Take one update."""
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        update = await request.json()
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.texts.append(update["message"]["text"])
        self.came.set()
        await asyncio.sleep(self.slow)
        self.at_once -= 1
        return self.answers.pop(0) if self.answers else web.Response()


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    """Yield a running webhook."""
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


@pytest_asyncio.fixture
async def sandbox(sandbox_factory: Callable[..., Any]) -> Sandbox:
    """Return a sandbox that retries quickly."""
    running: Sandbox = await sandbox_factory(settings=Settings(webhook_retry=0.01))
    running.telegram.private(AIGUL).started = True
    return running


async def test_update_comes_with_its_secret(bot: Bot, aigul: Chat, desk: Desk, hook: Hook) -> None:
    """Updates are posted with the secret, those from before the webhook too."""
    await aigul.send("before")
    await bot.set_webhook(hook.url, secret_token="s3cret")
    await aigul.send("after")
    await desk.settle()
    assert (["before", "after"], {"s3cret"}) == (hook.texts, hook.secrets)
    assert 0 == (await bot.get_webhook_info()).pending_update_count


async def test_polling_conflicts_with_a_webhook(bot: Bot, hook: Hook) -> None:
    """Polling is refused while a webhook is set, and works once it is deleted."""
    await bot.set_webhook(hook.url)
    words = "can't use getUpdates method while webhook is active; use deleteWebhook to delete"
    with pytest.raises(TelegramConflictError, match=words):
        await bot.get_updates(timeout=0)
    await bot.delete_webhook()
    assert [] == await bot.get_updates(timeout=0)


async def test_refused_update_is_tried_again(
    bot: Bot, aigul: Chat, desk: Desk, hook: Hook
) -> None:
    """Answers other than 2xx bring the update again, until it is taken."""
    hook.answers = [
        web.Response(status=500),
        web.Response(status=503, headers={"Retry-After": "0.05"}),
        web.Response(status=502),
    ]
    await bot.set_webhook(hook.url)
    await aigul.send("again")
    await desk.settle()
    assert ["again"] * 4 == hook.texts
    info = await bot.get_webhook_info()
    assert "Wrong response from the webhook: 502 Bad Gateway" == info.last_error_message


async def test_answer_may_hold_a_call(bot: Bot, aigul: Chat, hook: Hook) -> None:
    """A method in the webhook's answer is done."""
    call = {"method": "sendMessage", "chat_id": aigul.id, "text": "in the answer"}
    hook.answers = [web.json_response(call)]
    await bot.set_webhook(hook.url)
    await aigul.send("question")
    await aigul.wait_for("in the answer")


async def test_duplicate_is_posted_twice(bot: Bot, aigul: Chat, desk: Desk, hook: Hook) -> None:
    """A duplicate is posted again after it was taken."""
    await desk.fault("duplicate", -1)
    await bot.set_webhook(hook.url)
    await aigul.send("one")
    await desk.settle()
    assert ["one", "one"] == hook.texts


async def test_connections_are_limited(sandbox: Sandbox, bot: Bot, hook: Hook) -> None:
    """Chats are served side by side, with at most max_connections at once."""
    hook.slow = 0.05
    await bot.set_webhook(hook.url, max_connections=2)
    async with Desk(sandbox.page) as desk:
        people = [await desk.join(f"P{number}") for number in range(5)]
        for person in people:
            await person.send("hello")
        await desk.settle()
    assert (5, 2) == (len(hook.texts), hook.most_at_once)


async def test_undelivered_updates_go_back_to_polling(bot: Bot, aigul: Chat, hook: Hook) -> None:
    """What a webhook did not take is there for getUpdates once the webhook is gone."""
    hook.answers = [web.Response(status=503, headers={"Retry-After": "60"})]
    await bot.set_webhook(hook.url)
    await aigul.send("kept")
    await hook.came.wait()
    await bot.delete_webhook()
    (update,) = await bot.get_updates(timeout=0)
    assert update.message is not None
    assert "kept" == update.message.text


async def test_webhook_elsewhere_is_refused(sandbox: Sandbox) -> None:
    """The sandbox reaches nothing but loopback."""
    async with new_bot(sandbox) as bot:
        with pytest.raises(TelegramBadRequest, match="delivers to loopback addresses only"):
            await bot.set_webhook("https://example.org/hook")
