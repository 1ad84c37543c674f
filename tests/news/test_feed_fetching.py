"""Feeds over HTTP: asked politely, within limits, and only on the open internet."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.feed_fetching import LARGEST, Fetched, Fetcher, is_public
from bot.feeds import IN_A_THREAD, read
from services.news.feed_reading import Asked
from services.news.feeds import FeedTrouble, Trouble

BODY = b'<rss version="2.0"><channel><title>T</title></channel></rss>'
HEADERS = {"ETag": '"v1"', "Last-Modified": "Fri, 20 Nov 2026 05:00:00 GMT"}


async def _feed(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == '"v1"':
        return web.Response(status=304)
    assert request.headers["User-Agent"].startswith("Unqosu")
    return web.Response(body=BODY, content_type="text/xml", headers=HEADERS)


async def _around(_request: web.Request) -> web.Response:
    raise web.HTTPFound("/around")


async def _moved(request: web.Request) -> web.Response:
    raise web.HTTPMovedPermanently(request.query["to"])


async def _huge(_request: web.Request) -> web.Response:
    return web.Response(body=b" " * (LARGEST + 1))


async def _status(request: web.Request) -> web.Response:
    return web.Response(status=int(request.match_info["status"]))


@pytest_asyncio.fixture
async def site() -> AsyncIterator[Callable[[str], str]]:
    """Yield a maker of addresses on a site of this machine."""
    app = web.Application()
    app.router.add_get("/feed", _feed)
    app.router.add_get("/around", _around)
    app.router.add_get("/moved", _moved)
    app.router.add_get("/huge", _huge)
    app.router.add_get("/status/{status}", _status)
    async with TestServer(app) as server:
        yield lambda path: str(server.make_url(path))


async def trouble_of(work: Awaitable[object]) -> Trouble:
    """Return why something could not be fetched."""
    with pytest.raises(FeedTrouble) as caught:
        await work
    return caught.value.trouble


async def test_only_what_is_new_is_asked_for(site: Callable[[str], str]) -> None:
    """What the site said about its feed is sent back, and an unchanged one is not sent again."""
    fetcher = Fetcher(local=True)
    fetched = await fetcher.fetch(site("/feed"))
    assert fetched is not None
    assert Asked(HEADERS["ETag"], HEADERS["Last-Modified"]) == fetched.asked
    assert None is await fetcher.fetch(site("/feed"), fetched.asked)
    moved = await fetcher.fetch(site("/moved?to=/feed"))
    assert moved is not None
    assert (BODY, site("/feed")) == (moved.body, moved.address)


async def test_what_is_not_fetched(site: Callable[[str], str]) -> None:
    """Endless redirects, errors, what is too big, and addresses that are none."""
    fetcher = Fetcher(local=True)
    expected = {
        "/around": Trouble.UNREACHABLE,
        "/huge": Trouble.TOO_BIG,
        "/status/404": Trouble.NOT_FOUND,
        "/status/403": Trouble.REFUSED,
        "/status/500": Trouble.UNREACHABLE,
        "/moved?to=ftp://example.kz/": Trouble.FORBIDDEN_ADDRESS,
        "/moved?to=http://10.0.0.1/": Trouble.FORBIDDEN_ADDRESS,
        "/moved?to=http://[::ffff:10.0.0.1]/": Trouble.FORBIDDEN_ADDRESS,
    }
    found = {path: await trouble_of(fetcher.fetch(site(path))) for path in expected}
    assert expected == found
    assert Trouble.FORBIDDEN_ADDRESS is await trouble_of(fetcher.fetch("file:///etc/passwd"))


async def test_nothing_from_inside(site: Callable[[str], str]) -> None:
    """In earnest neither this machine nor its network is read, by number or by name."""
    for host in ("127.0.0.1", "localhost", "１２７.０.０.１", "0x7f.1", "[::ffff:127.0.0.1]"):
        address = site("/feed").replace("127.0.0.1", host)
        assert Trouble.FORBIDDEN_ADDRESS is await trouble_of(Fetcher().fetch(address))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::a00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_public_addresses(address: str, *, public: bool) -> None:
    """Addresses inside of others count as what is inside."""
    assert public is is_public(address)


async def test_a_large_feed_is_read_in_another_process() -> None:
    """What would hold up everybody else is read apart, and its troubles come back."""
    padded = Fetched(BODY + b" " * IN_A_THREAD, "text/xml", "https://example.kz", Asked())
    assert "T" == (await read(padded)).title


async def test_a_feed_that_holds_its_reader_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is made to be read for hours is given up, and is no feed."""
    monkeypatch.setattr("bot.feeds.MOST_WORK", 1)
    item = b"<item><title>T</title><description><![CDATA[%b]]></description></item>"
    body = BODY.replace(b"</channel>", item % (b"<!--" * 100_000) + b"</channel>")
    fetched = Fetched(body, "text/xml", "https://example.kz", Asked())
    assert Trouble.NOT_A_FEED is await trouble_of(read(fetched))
