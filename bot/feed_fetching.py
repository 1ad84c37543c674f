"""Feeds fetched from their sites: politely, within limits, and never from inside the network.

A feed's address is typed in by an operator, and a site may lead on to any other address. So only
http and https to public addresses are followed, and the address that was checked is the one that
is connected to. A look takes at most 2 MB and five redirects.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urljoin

from aiohttp import (
    ClientError,
    ClientResponse,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
)
from aiohttp.abc import ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from services.news.feed_reading import Asked
from services.news.feeds import FeedTrouble, Trouble

LARGEST = 2 * 1024 * 1024  # bytes, as they are after unpacking
REDIRECTS = 5
PATIENCE = 20.0  # seconds for one look, redirects included
_HEADERS = {
    "User-Agent": "Unqosu/0.1 (Telegram bot, reads feeds every ten minutes)",
    "Accept": "application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.1",
}
_MOVED = frozenset({301, 302, 303, 307, 308})
_SAME, _REFUSING, _GONE, _BAD = 304, frozenset({401, 403, 429, 451}), frozenset({404, 410}), 400
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LAST_32 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site sent, where it came from in the end, and what it said about it."""

    body: bytes
    content_type: str | None
    address: str
    asked: Asked


def is_public(address: str) -> bool:
    """Tell whether an IP address belongs to the open internet."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & _LAST_32)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


class _PublicResolver(ThreadedResolver):
    """Finds no addresses but public ones, and those of this machine where that is wanted."""

    def __init__(self, *, local: bool) -> None:
        super().__init__()
        self._local = local

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return where a host is; raises FeedTrouble where that is nowhere public."""
        found = await super().resolve(host, port, family)
        allowed = [one for one in found if may_connect(one["host"], local=self._local)]
        if not allowed:
            raise FeedTrouble(Trouble.FORBIDDEN_ADDRESS)
        return allowed


def may_connect(address: str, *, local: bool) -> bool:
    """Tell whether a feed may be fetched from this IP address."""
    return is_public(address) or (local and ipaddress.ip_address(address).is_loopback)


class Fetcher:
    """Fetches feeds; with `local` from this machine too: the sandbox and tests do."""

    def __init__(self, *, local: bool = False) -> None:
        self._local = local

    async def fetch(
        self, url: str, asked: Asked | None = None, patience: float = PATIENCE
    ) -> Fetched | None:
        """Return what is there, None where it is what it was; raises FeedTrouble."""
        headers = dict(_HEADERS)
        if asked is not None and asked.etag:
            headers["If-None-Match"] = asked.etag
        if asked is not None and asked.last_modified:
            headers["If-Modified-Since"] = asked.last_modified
        connector = TCPConnector(resolver=_PublicResolver(local=self._local))
        try:
            async with (
                asyncio.timeout(patience),
                ClientSession(
                    connector=connector,
                    cookie_jar=DummyCookieJar(),
                    timeout=ClientTimeout(total=patience),
                    headers=headers,
                ) as session,
            ):
                return await self._follow(session, url)
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise FeedTrouble(_trouble(error)) from error

    async def _follow(self, session: ClientSession, url: str) -> Fetched | None:
        for _hop in range(REDIRECTS + 1):
            async with session.get(self._checked(url), allow_redirects=False) as answer:
                if answer.status in _MOVED and "Location" in answer.headers:
                    url = urljoin(url, answer.headers["Location"])
                    continue
                return await self._take(answer, url)
        raise FeedTrouble(Trouble.UNREACHABLE)

    def _checked(self, text: str) -> URL:
        """Return an address as it is connected to: `１２７.０.０.１` is 127.0.0.1 by then.

        Raises FeedTrouble for what is no web address, or a number that is not public.
        """
        url = URL(text)
        if url.scheme not in {"http", "https"} or not url.raw_host or url.user is not None:
            raise FeedTrouble(Trouble.FORBIDDEN_ADDRESS)
        try:
            allowed = may_connect(url.raw_host, local=self._local)
        except ValueError:
            return url  # a name, which the resolver looks at
        if not allowed:
            raise FeedTrouble(Trouble.FORBIDDEN_ADDRESS)
        return url

    @staticmethod
    async def _take(answer: ClientResponse, url: str) -> Fetched | None:
        if answer.status == _SAME:
            return None
        if answer.status in _GONE:
            raise FeedTrouble(Trouble.NOT_FOUND)
        if answer.status in _REFUSING:
            raise FeedTrouble(Trouble.REFUSED)
        if answer.status >= _BAD:
            raise FeedTrouble(Trouble.UNREACHABLE)
        body = bytearray()
        async for piece in answer.content.iter_chunked(64 * 1024):
            body += piece
            if len(body) > LARGEST:
                raise FeedTrouble(Trouble.TOO_BIG)
        asked = Asked(
            _short(answer.headers.get("ETag"), 500),
            _short(answer.headers.get("Last-Modified"), 100),
        )
        return Fetched(bytes(body), answer.headers.get("Content-Type"), url, asked)


def _trouble(error: BaseException) -> Trouble:
    """Find the reason in what aiohttp wraps around it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, FeedTrouble):
            return cause.trouble
        cause = cause.__cause__ or cause.__context__
    return Trouble.UNREACHABLE


def _short(header: str | None, room: int) -> str | None:
    """Return a header as it is sent back, None where it does not fit the table."""
    return header if header and len(header) <= room else None
