"""What every test may use, and who runs which."""

import os
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

import pytest
import structlog

from bot.late_models import quick_imports
from storage import vault

# Everything is sealed, in this process and in those that it starts.
KEY = os.environ.setdefault("DATA_KEY", vault.new_key())
vault.use(vault.keyring(KEY))

# Nobody of the staff is asked for a PIN but where a test is about that.
os.environ.setdefault("STAFF_SESSION_HOURS", "0")

with quick_imports():  # as the bot itself begins: each process of the tests saves four seconds
    from aiogram.client.session.aiohttp import AiohttpSession

pytest_plugins = [
    "sandbox.pytest_plugin",
    "tests.counts",
    "tests.left_out",
    "tests.postgres",
    "tests.processes",
    "tests.thrift",
]

TESTS = Path(__file__).parent
SLOWEST_FIRST = ("faults", "browser", "transcripts", "operations", "delivery", "intake")
DRAWING = (  # what the bot's workers import, some of it for a second
    "services.appeals.evidence_sheet",
    "services.digests.case_book",
    "services.digests.picture_drawing",
    "services.polls.chart",
    "services.polls.report_book",
    "services.polls.report_drawing",
    "services.programmes.certificate_drawing",
    "services.reports.paper_book",
    "services.reports.paper_drawing",
)
APART = {"faults", "browser"}  # each test of these may run in another process than its neighbours


@pytest.hookimpl(tryfirst=True)  # xdist reads the marks in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with those that take longest, and keep together what shares something."""
    for item in items:
        if _folder(item) not in APART:
            item.add_marker(pytest.mark.xdist_group(_group(item)))
    items.sort(key=_rank)


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]


def _rank(item: pytest.Item) -> int:
    folder = _folder(item)
    return SLOWEST_FIRST.index(folder) if folder in SLOWEST_FIRST else len(SLOWEST_FIRST)


def _group(item: pytest.Item) -> str:
    """Return the tests with which one shares a process: those of its file, mostly."""
    file = item.path.relative_to(TESTS).as_posix()
    script = item.callspec.params.get("path") if hasattr(item, "callspec") else None
    return f"{file} {script.stem}" if isinstance(script, Path) else file


@pytest.fixture(autouse=True, scope="session")
def _plain_tracebacks() -> None:
    """Log errors without the variables of each frame: those of pytest hold thousands of tests."""
    renderer = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], renderer])


@pytest.fixture(autouse=True, scope="session")
def _quick_farewells() -> Iterator[None]:
    """Close aiogram's sessions without the quarter of a second that only TLS needs."""

    async def close(session: AiohttpSession) -> None:
        if session._session is not None:  # noqa: SLF001 - what aiogram's own closes
            await session._session.close()  # noqa: SLF001

    with pytest.MonkeyPatch.context() as patches:
        patches.setattr(AiohttpSession, "close", close)
        yield


@pytest.fixture
def no_key(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let nothing be sealed, here and in processes that are started."""
    monkeypatch.setenv("DATA_KEY", "")
    yield from _ring(None)


@pytest.fixture
def new_ring() -> Iterator[None]:
    """Give the key of all tests back after one that changes keys."""
    yield from _ring(vault.keyring(KEY))


def _ring(ring: vault.Keyring | None) -> Iterator[None]:
    vault.use(ring)
    yield
    vault.use(vault.keyring(KEY))


@pytest.fixture(autouse=True, scope="session")
def _warm_workers() -> Iterator[None]:
    """Fork the workers of bots from a process that has imported what draws, once there is one."""
    warm = get_context("forkserver")
    warm.set_forkserver_preload([*DRAWING])
    with pytest.MonkeyPatch.context() as patches:
        patches.setattr("bot.worker.get_context", lambda _method: warm)
        yield
