"""A scene for each test."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest

from tests.faults.scene import Scene, open_scene
from tests.hatchery import Hatchery

OpenScene = Callable[..., AbstractAsyncContextManager[Scene]]


@pytest.fixture
def scene_on(tmp_path: Path, hatchery: Hatchery) -> OpenScene:
    """Give a way to open a scene on a database."""

    def make(url: str, citizens: int, **more: Any) -> AbstractAsyncContextManager[Scene]:
        return open_scene(tmp_path, url, hatchery, citizens, **more)

    return make
