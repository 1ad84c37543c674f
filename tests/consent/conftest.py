"""The small organisation whose people have agreed to everything."""

from tests.appeals.conftest import connection

__all__ = ["connection"]
