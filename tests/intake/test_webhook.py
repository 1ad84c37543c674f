"""The webhook: 200 means that the work is done, and nothing that Telegram sends can jam it."""

import asyncio
import io
import json
import socket
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.methods import AnswerCallbackQuery, SendDocument, SendMessage
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
)
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from bot.nursery import Nursery
from bot.runner.serving import announce, serve
from bot.runner.token import TokenRefused
from bot.runner.webhook import webhook_app
from tests.intake.fake_telegram import TOKEN, FakeTelegram, message, press, refusal

SECRET = "between-telegram-and-us"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


def update(number: int, chat: int, text: str = "hello") -> dict[str, Any]:
    """Return a message as an update with a number of its own."""
    return {"update_id": number, "message": message(chat, text)}


class Hook:
    """Telegram's side of the webhook."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self._client = client

    async def post(self, body: Any, secret: str = SECRET) -> ClientResponse:
        """Bring an update: bytes as they are, anything else as JSON."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await self._client.post("/telegram", data=io.BytesIO(text), headers=headers)

    async def get(self, path: str) -> ClientResponse:
        """Look at a page for those who watch over the process."""
        return await self._client.get(path)


async def ready() -> None:
    """Answer as a database that is well."""


@pytest.fixture
async def open_hook() -> AsyncIterator[Any]:
    """Give a way to open a webhook of an intake."""
    clients: list[TestClient[Any, Any]] = []

    async def opened(intake: Any, **settings: Any) -> Hook:
        settings = {"ready": ready, **settings}
        app = webhook_app(intake, path="/telegram", secret=SECRET, **settings)
        client = TestClient(TestServer(app))
        clients.append(client)
        await client.start_server()
        return Hook(client)

    yield opened
    for client in clients:
        await client.close()


async def test_200_comes_after_the_work(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """Telegram gets no answer while the handler is at work."""
    gate = asyncio.Event()

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await gate.wait()

    hook = await open_hook(make_intake())
    async with Nursery() as nursery:
        answer = nursery.spawn(hook.post(update(1, 7)), "post")
        answered_before = (await asyncio.wait([answer], timeout=0.2))[0]
        gate.set()
        response = await answer

    assert set() == answered_before
    assert 200 == response.status


@pytest.mark.parametrize("secret", ["", "between-telegram-and-u", "қате", SECRET + "!"])
async def test_a_wrong_secret_is_turned_away(
    secret: str, dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """Nobody but Telegram can bring updates."""
    seen: list[Message] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        seen.append(message)

    hook = await open_hook(make_intake())

    assert 401 == (await hook.post(update(1, 7), secret.encode().decode("latin-1"))).status
    assert [] == seen


async def test_a_webhook_without_a_secret_is_refused(make_intake: Any) -> None:
    """An empty secret would let everybody in."""
    with pytest.raises(ValueError, match="secret"):
        webhook_app(make_intake(), path="/telegram", secret="", ready=ready)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (b"", 0),
        (b"{", 1),
        (b"\xff\xfe", 2),
        (b"[" * 100_000, 100_000),
        (b'{"update_id": 1, "message": {"text": "' + b"x" * 2**20, 2**20 + 38),
        (b"x" * (4 * 2**20 + 1), 64 * 2**10),
        (b"x" * (32 * 2**20), 64 * 2**10),
    ],
    ids=["empty", "open", "no-text", "nested", "1MB", "4MB", "32MB"],
)
async def test_a_body_that_nobody_can_read_is_set_aside_and_confirmed(
    body: bytes, kept: int, make_intake: Any, open_hook: Any, quarantine: Any
) -> None:
    """Telegram would repeat a refused update for ever, so it is kept and answered 200."""
    hook = await open_hook(make_intake())

    assert 200 == (await hook.post(body)).status
    assert [kept] == [len(raw) for raw, _ in quarantine.cases]


async def test_a_large_update_is_handled(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """A megabyte of Kazakh text in a well-formed update is no reason to refuse it."""
    lengths: list[int] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        lengths.append(len(message.text or ""))

    hook = await open_hook(make_intake())

    assert 200 == (await hook.post(update(1, 7, "ә" * 2**19))).status
    assert [2**19] == lengths


async def test_past_the_limit_telegram_is_asked_to_come_again(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """With too much work waiting the answer is 503 with Retry-After, and nothing is begun."""
    gate = asyncio.Event()
    seen: list[int] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        seen.append(message.chat.id)
        await gate.wait()

    hook = await open_hook(make_intake(), waiting=3)
    async with Nursery() as nursery:
        working = [nursery.spawn(hook.post(update(n, n)), "post") for n in (1, 2, 3)]
        async with asyncio.timeout(60):
            while len(seen) < 3:  # noqa: ASYNC110 - the handlers' own condition
                await asyncio.sleep(0.01)
        refused = await hook.post(update(4, 4))
        gate.set()
        statuses = [(await response).status for response in working]

    assert (503, "2") == (refused.status, refused.headers["Retry-After"])
    assert [200, 200, 200] == statuses
    assert [1, 2, 3] == sorted(seen)


async def test_what_cannot_be_stored_now_comes_again(
    make_intake: Any, open_hook: Any, quarantine: Any
) -> None:
    """While nothing can be written Telegram keeps the update."""
    quarantine.full = True
    hook = await open_hook(make_intake())

    assert 503 == (await hook.post(b"nonsense")).status


async def test_the_same_update_twice_at_once_is_handled_in_line(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """A repetition waits for the first: a natural key then finds what the first has done."""
    inside = most = runs = 0

    @dispatcher.message()
    async def handle(_: Message) -> None:
        nonlocal inside, most, runs
        inside, runs = inside + 1, runs + 1
        most = max(most, inside)
        await asyncio.sleep(0.01)
        inside -= 1

    hook = await open_hook(make_intake())
    responses = await asyncio.gather(*(hook.post(update(1, 7)) for _ in range(10)))

    assert [200] * 10 == [response.status for response in responses]
    assert (1, 10) == (most, runs)


async def test_the_answer_rides_in_the_response(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any, telegram: FakeTelegram
) -> None:
    """What a handler returns is written into the response as JSON; no call is made."""

    @dispatcher.callback_query()
    async def handle(query: CallbackQuery) -> AnswerCallbackQuery:
        return query.answer("Дауысыңыз есептелді", show_alert=False)

    hook = await open_hook(make_intake())
    response = await hook.post({"update_id": 1, **press(7, "v")})

    assert {
        "method": "answerCallbackQuery",
        "callback_query_id": "7",
        "text": "Дауысыңыз есептелді",
        "show_alert": False,
    } == await response.json()
    assert [] == telegram.calls


async def test_an_answer_has_the_bots_defaults_and_nested_parts(
    dispatcher: Dispatcher, telegram: FakeTelegram, make_intake: Any, open_hook: Any
) -> None:
    """Parse mode and keyboards arrive as they would in a call."""
    keyboard = InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text="Иә", callback_data="y")]]
    )

    @dispatcher.message()
    async def handle(message: Message) -> SendMessage:
        return message.answer(
            "Sälem", reply_markup=keyboard, link_preview_options=LinkPreviewOptions(url="x")
        )

    intake = make_intake()
    intake.bot.default = DefaultBotProperties(parse_mode="HTML", protect_content=True)
    response = await (await open_hook(intake)).post(update(1, 7))

    assert {
        "method": "sendMessage",
        "chat_id": 7,
        "text": "Sälem",
        "parse_mode": "HTML",
        "protect_content": True,
        "reply_markup": {"inline_keyboard": [[{"text": "Иә", "callback_data": "y"}]]},
        "link_preview_options": {"url": "x"},
    } == await response.json()
    assert [] == telegram.calls


async def test_an_answer_with_a_file_is_a_call_of_its_own(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any, telegram: FakeTelegram
) -> None:
    """Files cannot ride in JSON."""

    @dispatcher.message()
    async def handle(message: Message) -> SendDocument:
        return message.answer_document(BufferedInputFile(b"text", "a.txt"))

    response = await (await open_hook(make_intake())).post(update(1, 7))

    assert (200, b"") == (response.status, await response.read())
    assert ["sendDocument"] == [method for method, _ in telegram.calls]


async def test_a_hanging_handler_is_answered_after_its_budget(
    dispatcher: Dispatcher, make_intake: Any, open_hook: Any
) -> None:
    """The failure is an end: Telegram does not repeat what would hang again."""

    @dispatcher.message()
    async def handle(_: Message) -> None:
        await asyncio.Event().wait()

    response = await (await open_hook(make_intake(budget=0.05))).post(update(1, 7))

    assert 200 == response.status


async def test_health_and_readiness(make_intake: Any, open_hook: Any) -> None:
    """A living process is healthy; it is ready while its database answers."""
    hook = await open_hook(make_intake())

    assert [200, 200] == [(await hook.get(path)).status for path in ("/healthz", "/readyz")]


async def hanging() -> None:
    """Answer as a database that never does."""
    await asyncio.Event().wait()


async def failing() -> None:
    """Answer as a database that is away."""
    raise OSError("the disk is away")


@pytest.mark.parametrize("broken", [hanging, failing])
async def test_a_database_that_does_not_answer_makes_unready(
    broken: Any, make_intake: Any, open_hook: Any
) -> None:
    """Within a second the balancer is told; the process itself stays healthy."""
    hook = await open_hook(make_intake(), ready=broken)

    assert [200, 503] == [(await hook.get(path)).status for path in ("/healthz", "/readyz")]


async def until_open(port: int) -> None:
    """Wait until somebody listens."""
    async with asyncio.timeout(60):
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.01)
            else:
                writer.close()
                return


async def test_stopping_answers_what_was_begun(dispatcher: Dispatcher, make_intake: Any) -> None:
    """After the signal handlers end and are answered; the door is closed to the rest."""
    begun = asyncio.Semaphore(0)
    ended: list[int] = []

    @dispatcher.message()
    async def handle(message: Message) -> None:
        begun.release()
        await asyncio.sleep(0.5)
        ended.append(message.chat.id)

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    stop = asyncio.Event()
    app = webhook_app(make_intake(), path="/telegram", secret=SECRET, ready=ready)
    url = f"http://127.0.0.1:{port}/telegram"
    async with Nursery() as nursery, aiohttp.ClientSession(headers=HEADERS) as client:
        server = nursery.spawn(serve(app, stop, host="127.0.0.1", port=port), "server")
        await until_open(port)
        posts = [nursery.spawn(client.post(url, json=update(n, n)), "post") for n in range(1, 51)]
        for _ in posts:
            await begun.acquire()
        stop.set()
        statuses = [(await post).status for post in posts]
        await server
        with pytest.raises(aiohttp.ClientError):
            await client.post(url, json=update(99, 99))

    assert [200] * 50 == statuses
    assert list(range(1, 51)) == sorted(ended)


async def test_the_webhook_is_announced_until_telegram_has_heard(
    telegram: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The secret and the kinds of updates are named, and nothing waiting is dropped."""
    answers = iter([refusal(500, "Internal Server Error"), None])
    monkeypatch.setattr(telegram, "method_fault", lambda: next(answers))
    await announce(
        bot, asyncio.Event(), url="https://b.kz/t", secret=SECRET, allowed_updates=["message"]
    )

    method, fields = telegram.calls[-1]
    assert "setWebhook" == method
    assert {
        "url": "https://b.kz/t",
        "secret_token": SECRET,
        "allowed_updates": '["message"]',
        "max_connections": "100",
        "drop_pending_updates": "false",
    } == fields


async def test_an_unknown_token_cannot_announce(
    telegram: FakeTelegram, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No patience helps against a wrong token."""
    monkeypatch.setattr(telegram, "method_fault", lambda: refusal(401, "Unauthorized"))
    assert TOKEN == bot.token

    with pytest.raises(TokenRefused):
        await announce(bot, asyncio.Event(), url="https://b.kz", secret=SECRET, allowed_updates=[])
