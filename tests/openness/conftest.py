"""The demonstration organisation in a database of the test's own, and months to count in it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from tests.digests.conftest import settled


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open such a database."""
    with settled() as opened:
        yield opened
