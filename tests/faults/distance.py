"""The way between the bot and Telegram, which takes its time: so there is something in flight."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

CHUNK = 65_536


@asynccontextmanager
async def distance(url: str, seconds: float) -> AsyncIterator[str]:
    """Give an address from which the answers of a server on loopback come so much later."""
    address = urlsplit(url)
    under_way: set[asyncio.Task[None]] = set()  # the loop itself holds tasks weakly

    async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answers, questions = await asyncio.open_connection(address.hostname, address.port)
        for way in (_carry(reader, questions, 0), _carry(answers, writer, seconds)):
            task = asyncio.create_task(way)
            under_way.add(task)
            task.add_done_callback(under_way.discard)

    server = await asyncio.start_server(connect, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)


async def _carry(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float
) -> None:
    """Hand on what comes, in order and each part so much later, and then the end."""
    loop = asyncio.get_running_loop()
    try:
        with contextlib.suppress(ConnectionError):
            while content := await reader.read(CHUNK):
                loop.call_later(seconds, writer.write, content)
            await asyncio.sleep(seconds)
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()
