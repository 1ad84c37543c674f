"""Fixtures for tests that need Telegram on the desk.

A test fails when its bot called a method that the sandbox does not have: load the plugin with
`pytest_plugins = ["sandbox.pytest_plugin"]`.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio

from sandbox.client import Desk
from sandbox.seed import Seed, SeedPerson
from sandbox.server import Limits, Sandbox

PEOPLE = (
    SeedPerson(id=100_001, first_name="Aigul", language_code="kk", label="citizen"),
    SeedPerson(id=100_002, first_name="Oleg", language_code="ru", label="operator"),
    SeedPerson(id=100_003, first_name="Bolat", language_code="kk", label="bureau"),
)


def failure_of(sandbox: Sandbox) -> str | None:
    """Return why a test fails that used this sandbox; None when all its calls were known."""
    if not sandbox.unimplemented:
        return None
    names = ", ".join(f"{name} ({count})" for name, count in sandbox.unimplemented.items())
    return f"the bot called methods that the sandbox does not implement: {names}"


@pytest.fixture
def sandbox_seed() -> Seed:
    """Return who is on the desk; tests override it with their own people."""
    return Seed(people=PEOPLE)


@pytest_asyncio.fixture
async def sandbox_factory(sandbox_seed: Seed) -> AsyncIterator[Callable[..., Any]]:
    """Yield a starter of sandboxes on free ports, which takes the arguments of Sandbox.

    It is awaited. Without `limits` a sandbox never answers 429; each one is stopped and checked
    when the test is over.
    """
    started: list[Sandbox] = []
    async with AsyncExitStack() as stack:

        async def start(seed: Seed | None = None, **arguments: Any) -> Sandbox:
            settled: dict[str, Any] = {"bot_api_port": 0, "page_port": 0, "limits": Limits.off()}
            sandbox = Sandbox(seed or sandbox_seed, **(settled | arguments))
            started.append(await stack.enter_async_context(sandbox))
            return sandbox

        yield start
    for sandbox in started:
        failure = failure_of(sandbox)
        if failure is not None:
            pytest.fail(failure, pytrace=False)


@pytest_asyncio.fixture
async def sandbox(sandbox_factory: Callable[..., Any]) -> Sandbox:
    """Return a running sandbox without limits, with three people on it."""
    running: Sandbox = await sandbox_factory()
    return running


@pytest_asyncio.fixture
async def desk(sandbox: Sandbox) -> AsyncIterator[Desk]:
    """Yield the hands of the people in `sandbox`."""
    async with Desk(sandbox.page) as hands:
        yield hands
