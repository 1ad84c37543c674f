"""The demonstration organisation with officials on every level, as tests of due dates have it."""

from tests.appeals_time.conftest import connection

__all__ = ["connection"]
