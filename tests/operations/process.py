"""Waiting for what other processes bring about, and looking into their database."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from sqlalchemy import Connection

from storage.database import open_database
from tests.hatchery import PATIENCE

T = TypeVar("T")


async def until(condition: Callable[[], Any], seconds: float = PATIENCE) -> None:
    """Wait for something that another process brings about."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the other process knows no event of ours
            await asyncio.sleep(0.005)


async def until_true(condition: Callable[[], Awaitable[Any]], seconds: float = PATIENCE) -> None:
    """Wait for something that has to be asked for."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - likewise
            await asyncio.sleep(0.02)


async def look(url: str, query: Callable[[Connection], T]) -> T:
    """Ask a database beside whoever works with it."""
    db = await open_database(url, lock=False)
    try:
        return await db.read(query)
    finally:
        await db.close()
