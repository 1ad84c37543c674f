"""The program in processes of its own, for tests that stop it, kill it, or start it twice."""

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import count
from pathlib import Path
from signal import SIGKILL

import pytest

from tests.hatchery import Hatchery, Program

StartProgram = Callable[..., AbstractAsyncContextManager[Program]]


@pytest.fixture(scope="session")
def hatchery() -> Iterator[Hatchery]:
    """Give the process of which programs are born."""
    with Hatchery() as hatchery:
        yield hatchery


@pytest.fixture
def program(hatchery: Hatchery, tmp_path: Path) -> StartProgram:
    """Give a way to run `python -m bot ARGUMENTS` (`run` without any), or another module.

    What still runs when its context ends is killed.
    """
    numbers = count(1)

    @asynccontextmanager
    async def run(
        environment: Mapping[str, str], *arguments: str, module: str = "bot"
    ) -> AsyncIterator[Program]:
        variables = {"LOG_LEVEL": "info", **environment}
        log = tmp_path / f"program-{next(numbers)}.log"
        running = hatchery.hatch(variables, *(arguments or ("run",)), log=log, module=module)
        try:
            yield running
        finally:
            await running.send(SIGKILL)

    return run
