"""Waiting a while, unless the program stops."""

import asyncio


async def rest(seconds: float, stop: asyncio.Event) -> None:
    """Sleep so long, or until `stop` is set."""
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
