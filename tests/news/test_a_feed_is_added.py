"""An administrator adds a site's feed, and its news reaches readers by itself."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.client import Desk
from tests.transcripts.stage import bot_in_this_process, set_up

START = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)
PEOPLE = {"olga": {"id": 6031, "language": "kk", "role": "administrator"}}


def item(number: int, moment: datetime) -> str:
    """Return an entry of the feed."""
    return (
        f"<item><guid>{number}</guid><title>Хабар {number}</title>"
        f"<link>https://example.kz/{number}</link>"
        f"<pubDate>{moment:%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
    )


@pytest_asyncio.fixture
async def site() -> AsyncIterator[TestServer]:
    """Yield a site whose feed brings another entry whenever it is asked anew."""
    entries = [item(1, START - timedelta(days=9))]

    async def feed(_request: web.Request) -> web.Response:
        entries.insert(0, item(len(entries) + 1, START + timedelta(minutes=len(entries))))
        text = f'<rss version="2.0"><channel><title>Ауыл</title>{"".join(entries)}</channel></rss>'
        return web.Response(text=text, content_type="text/xml")

    app = web.Application()
    app.router.add_get("/rss", feed)
    async with TestServer(app) as server:
        yield server


async def test_a_feed_is_added(site: TestServer, tmp_path: Path) -> None:
    """Read at once, shown with its newest entries, saved, and read again by the clock."""
    async with (
        set_up(tmp_path, PEOPLE, START) as stage,
        bot_in_this_process(stage),
        Desk(stage.sandbox.page) as desk,
    ):
        olga = await desk.person(6031)
        await olga.send("/desk")
        await olga.wait_for("Оператор кабинеті")
        await olga.press("📡 Жаңалық көздері")
        await olga.press("➕ Сайт")
        await olga.send("http://10.0.0.1/rss")
        await olga.wait_for("Бұл мекенжай жарамайды")
        await olga.send(str(site.make_url("/rss")))
        found = await olga.wait_for("Ондағы соңғы жаңалықтар")
        assert "• Хабар 2\n• Хабар 1" in found.text
        for label in ("🌾 Ауыл", "Қазақша", "⚡ Бірден шығару", "✅ Сақтау"):
            await olga.press(label)
        await olga.wait_for("Жаңалықтары өздігінен шығады")
        await desk.advance(601)
        news = await olga.wait_for("^Хабар 3$")
        assert "Толығырақ" == news.labels[0]
        assert "https://example.kz/3" == news.buttons[0][0]["url"]
