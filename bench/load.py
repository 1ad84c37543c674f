"""Telegram pushing updates at a webhook: a process of its own, with connections kept alive.

python -m bench.load PORT PATH --people 10000 [--kind votes|appeals] [--first 1] [--apart 1]
                               [--connections 64] [--rate 500]

Votes are one tap of each person, appeals the updates of bench.appealing: everybody's first step,
then everybody's second, so that nobody writes faster than people do. Without --rate every
connection sends its next update when it has the answer to the last; with it updates leave at that
pace, and a latency counts from the moment at which its update was due. Prints one JSON line.
"""

import argparse
import asyncio
import json
import re
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import cast

import uvloop

from bench.appealing import STEPS, step

SECRET = "only-telegram-and-the-bench-know-this"  # noqa: S105 - for loopback
TOKEN = "4242:" + "B" * 35
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
UPDATE = (
    '{"update_id":%d,"callback_query":{"id":"%d","from":{"id":%d,"is_bot":false,'
    '"first_name":"Aigul","last_name":"Serikova","username":"aigul_%d","language_code":"kk"},'
    '"message":{"message_id":17,"from":{"id":4242,"is_bot":true,"first_name":"Unqosu",'
    '"username":"unqosu_bot"},"chat":{"id":%d,"first_name":"Aigul","last_name":"Serikova",'
    '"username":"aigul_%d","type":"private"},"date":1790000000,"text":"How are the roads?",'
    '"reply_markup":{"inline_keyboard":[[{"text":"Good","callback_data":"v:1:0"}],'
    '[{"text":"Bad","callback_data":"v:1:1"}],[{"text":"Hard to say","callback_data":"v:1:2"}]]}},'
    '"chat_instance":"-42","data":"%s"}}'
)


def tap(number: int, person: int, data: str) -> bytes:
    """Return the JSON text of a tap as Telegram writes it."""
    return (UPDATE % (number, number, person, person, person, person, data)).encode()


@dataclass(slots=True)
class Tally:
    """What came back: answers by status and latencies in seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)


class Connection(asyncio.Protocol):
    """One connection: a request, its whole answer, the next."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._buffer = b""
        self._due = 0.0
        self._done: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to write."""
        self._transport = cast("asyncio.WriteTransport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Fail whoever waits."""
        if self._done is not None and not self._done.done():
            self._done.set_exception(exc or ConnectionResetError("closed by the server"))

    async def ask(self, request: bytes, due: float) -> None:
        """Send a request that was due at a moment and wait for its answer."""
        self._due = due
        self._done = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        await self._done

    def data_received(self, data: bytes) -> None:
        """Collect an answer; note it when it is whole."""
        self._buffer += data
        head, found, body = self._buffer.partition(b"\r\n\r\n")
        if not found or not _whole(head, body):
            return
        self._buffer = b""
        self._tally.statuses[int(head[9:12])] += 1
        self._tally.latencies.append(time.perf_counter() - self._due)
        if self._done is not None:
            self._done.set_result(None)


def _whole(head: bytes, body: bytes) -> bool:
    length = LENGTH.search(head)
    return body.endswith(b"0\r\n\r\n") if length is None else len(body) >= int(length[1])


def bodies(options: argparse.Namespace) -> Iterator[bytes]:
    """Yield all updates in their order."""
    beyond = options.first + options.people * options.apart
    people = range(options.first, beyond, options.apart)
    if options.kind == "votes":
        yield from (tap(person, person, "v:1:0") for person in people)
        return
    for number in range(STEPS):
        yield from (step(number, person) for person in people)


def requests(options: argparse.Namespace) -> deque[bytes]:
    """Return all requests, ready to be written."""
    head = (
        f"POST {options.path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Type: application/json\r\n"
    )
    return deque(
        f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body for body in bodies(options)
    )


async def push(options: argparse.Namespace) -> dict[str, object]:
    """Push everything and return what it took."""
    loop = asyncio.get_running_loop()
    tally = Tally()
    waiting = requests(options)
    pace = 1 / options.rate if options.rate else 0.0
    connections = [
        (await loop.create_connection(lambda: Connection(tally), "127.0.0.1", options.port))[1]
        for _ in range(options.connections)
    ]
    begin = time.perf_counter()
    sent = 0

    async def work(connection: Connection) -> None:
        nonlocal sent
        while waiting:
            request = waiting.popleft()
            due = begin + sent * pace if pace else time.perf_counter()
            sent += 1
            if (early := due - time.perf_counter()) > 0:
                await asyncio.sleep(early)
            await connection.ask(request, due)

    await asyncio.gather(*(work(connection) for connection in connections))
    seconds = time.perf_counter() - begin
    latencies = sorted(tally.latencies)
    return {
        "updates": len(latencies),
        "seconds": round(seconds, 3),
        "per_second": round(len(latencies) / seconds, 1),
        "p50_ms": round(latencies[len(latencies) // 2] * 1000, 2),
        "p99_ms": round(latencies[len(latencies) * 99 // 100] * 1000, 2),
        "statuses": dict(tally.statuses),
    }


def main() -> None:
    """Read the command line, push, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--kind", choices=("votes", "appeals"), default="votes")
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--apart", type=int, default=1)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--rate", type=float, default=0)
    print(json.dumps(uvloop.run(push(parser.parse_args()))))


if __name__ == "__main__":
    main()
