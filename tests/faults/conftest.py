"""A warm process for all bots, a scene for each test, and a place for what was counted."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.hatchery import Hatchery
from tests.faults.scene import Scene, open_scene

Say = Callable[[str], None]
OpenScene = Callable[..., AbstractAsyncContextManager[Scene]]


@pytest.fixture(scope="session")
def hatchery() -> Iterator[Hatchery]:
    """Give the process of which bots are born."""
    with Hatchery() as hatchery:
        yield hatchery


@pytest.fixture
def scene_on(tmp_path: Path, hatchery: Hatchery) -> OpenScene:
    """Give a way to open a scene on a database."""

    def make(url: str, citizens: int, **more: Any) -> AbstractAsyncContextManager[Scene]:
        return open_scene(tmp_path, url, hatchery, citizens, **more)

    return make


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Say:
    """Give a way to print counts, which stand once more at the end of the run."""

    def print_and_keep(line: str) -> None:
        print(line)
        request.node.user_properties.append(("counts", line))

    return print_and_keep
