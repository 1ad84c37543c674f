"""The desk: its clock, its seed, its addresses and its command line."""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
import orjson
import pytest
from aiogram import Bot

from sandbox.__main__ import main
from sandbox.client import Chat, Desk, DeskError
from sandbox.seed import SeedError, load_seed, read_seed
from sandbox.server import Sandbox

SEED = """
bot: {username: demo_bot, name_kk: Көрсетілім, name_ru: Показ}
people:
  - {first_name: Дана, last_name: Үлгі, language_code: kk, label: citizen, about_ru: тест}
  - {id: 5, first_name: Тимур}
appeals: [ignored]
"""


async def test_clock_moves_forward_only(
    sandbox: Sandbox, bot: Bot, aigul: Chat, desk: Desk
) -> None:
    """Messages carry the clock's time, and it cannot go back."""
    before = sandbox.clock.timestamp()
    clock = await desk.advance(3600)
    assert 1 == clock["version"]
    sent = await bot.send_message(aigul.id, "later")
    assert 3600 <= sent.date.timestamp() - before < 3700
    with pytest.raises(DeskError, match="only moves forward"):
        await desk.advance(-1)


async def test_next_working_day_skips_holidays(sandbox_factory: Any) -> None:
    """After Friday, 20 March 2026 comes Thursday the 26th: Nauryz and the weekends are off."""
    sandbox: Sandbox = await sandbox_factory(start_at=datetime(2026, 3, 20, 9, tzinfo=UTC))
    async with Desk(sandbox.page) as desk:
        clock = await desk.next_working_day("08:30")
    assert clock["local"].startswith("2026-03-26T08:30:00")


async def test_clock_can_be_waited_for(desk: Desk) -> None:
    """A long poll ends with the next move."""
    query = {"after": "0", "wait": "10"}
    waiting = asyncio.create_task(desk.request("GET", "clock", query=query))
    await asyncio.sleep(0.05)
    await desk.advance(60)
    assert 1 == (await waiting)["version"]


async def test_events_stream(sandbox: Sandbox, bot: Bot, aigul: Chat) -> None:
    """The page hears of a message as a server-sent event with its number."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{sandbox.page}/api/events?after=0") as stream,
    ):
        await bot.send_message(aigul.id, "сәлем")
        async for line in stream.content:
            if line.startswith(b"data: ") and b'"type":"message"' in line:
                event = orjson.loads(line.removeprefix(b"data: "))
                break
    assert (aigul.id, "сәлем", True) == (
        event["person"],
        event["message"]["text"],
        event["message"]["outgoing"],
    )


async def test_people_can_join(desk: Desk) -> None:
    """A new person gets an id of their own."""
    chat = await desk.join("New", language_code="ru")
    assert chat is await desk.person("New")


async def test_blocked_person_cannot_write(aigul: Chat) -> None:
    """Who has blocked the bot must take it back first; «Start» does that."""
    await aigul.block()
    with pytest.raises(DeskError, match="unblock it first"):
        await aigul.send("hello")
    await aigul.start()
    assert 1 == len(await aigul.messages())


async def test_unknown_chat_is_an_error(desk: Desk) -> None:
    """Whoever is not on the desk gets 404 in words."""
    with pytest.raises(DeskError, match="not found: 42"):
        await desk.chat(42).send("hello")


def test_seed_reads_its_own_part() -> None:
    """Bot and people are read, other keys belong to others."""
    seed = read_seed(SEED)
    assert ("demo_bot", "Көрсетілім") == (seed.bot.username, seed.bot.name_kk)
    assert [(None, "Дана"), (5, "Тимур")] == [(each.id, each.first_name) for each in seed.people]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("people: [{last_name: x}]", "people.0.first_name"),
        ("{", "no YAML"),
    ],
)
def test_wrong_seed_is_named(text: str, words: str) -> None:
    """A wrong seed says where it is wrong."""
    with pytest.raises(SeedError, match=words):
        read_seed(text)


def test_missing_seed_is_named() -> None:
    """A seed that is not there is one sentence."""
    with pytest.raises(SeedError, match="cannot be read: No such file"):
        load_seed(Path("/nonexistent/seed.yaml"))


@pytest.mark.parametrize("host", ["192.168.0.1", "::", "example.org"])
def test_only_loopback(host: str) -> None:
    """The sandbox does not listen where others could reach it, and says so."""
    with pytest.raises(ValueError, match="listens on loopback only"):
        Sandbox(host=host)


def test_command_line_refuses_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong option ends with exit status 2 and a sentence, no trace."""
    assert 2 == main(["--host", "::"])
    assert capsys.readouterr().err.startswith("sandbox: the sandbox listens on loopback only")


async def test_runs_alone(tmp_path: Path) -> None:
    """`python -m sandbox` says in one line where it listens, and ends on an interrupt."""
    seed = tmp_path / "seed.yaml"
    seed.write_text(SEED, encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "sandbox",
        "--port",
        "0",
        "--bot-api-port",
        "0",
        "--seed",
        str(seed),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    page = line.split("Chat page: ")[1].split("/ ")[0]
    async with Desk(page) as desk:
        assert ["Дана", "Тимур"] == [each["first_name"] for each in await desk.people()]
    process.terminate()
    assert 0 == await process.wait()


async def test_other_sites_are_refused(sandbox: Sandbox) -> None:
    """A page of another site that is open on this machine cannot act on the desk."""
    url = f"{sandbox.page}/api/state"
    async with aiohttp.ClientSession() as session:
        for headers in ({"Origin": "https://example.org"}, {"Host": "example.org"}):
            async with session.get(url, headers=headers) as response:
                assert 403 == response.status


async def test_unseen_signs_are_taken_out(bot: Bot, aigul: Chat) -> None:
    """Overrides of the writing direction go and control characters become spaces, both ways."""
    text = "a\u202eb\x01c\r\nd"
    sent = await bot.send_message(aigul.id, text)
    assert ["ab c\nd"] * 2 == [sent.text, (await aigul.send(text)).text]
