"""What every test may use, and who runs which."""

from pathlib import Path

import pytest

pytest_plugins = [
    "sandbox.pytest_plugin",
    "tests.counts",
    "tests.left_out",
    "tests.postgres",
    "tests.processes",
]

TESTS = Path(__file__).parent
SLOWEST_FIRST = ("transcripts", "faults", "browser", "operations", "delivery", "intake")
APART = {"faults"}  # each test of these may run in another process than its neighbours


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
