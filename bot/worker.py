"""Processes of their own for heavy work: they are born for a task and end with it."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing import get_context
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """Runs functions in the worker, as many at a time as it has processes."""

    async def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a module-level function returns for arguments that can be pickled.

        Raises what it raises, and BrokenProcessPool where the process was killed.
        """


@asynccontextmanager
async def worker(
    variables: Mapping[str, str] | None = None, processes: int = 1
) -> AsyncIterator[Run]:
    """Give processes that start with the first calls and end with the block.

    A fresh interpreter rather than a fork: it shares no connection and no lock with the bot, and
    imports only what the function needs.
    """
    executor = ProcessPoolExecutor(
        max_workers=processes,
        mp_context=get_context("spawn"),
        initializer=_prepare,
        initargs=(dict(variables or {}),),
    )

    async def run(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(executor, partial(function, *args, **kwargs))

    try:
        yield run
    finally:
        await asyncio.to_thread(executor.shutdown, wait=True, cancel_futures=True)


def _prepare(variables: dict[str, str]) -> None:
    os.environ.update(variables)
