"""Copies of erased files on the disk: deleted first, then forgotten."""

from collections.abc import Sequence

from sqlalchemy import Connection

from storage import rights_appeals as rows


def files_to_unlink(connection: Connection, limit: int) -> Sequence[tuple[int, int, str]]:
    """Return (appeal, message, path) of erased files whose copies still lie there (a query)."""
    return rows.to_unlink(connection, limit)


def is_erased(connection: Connection, file: tuple[int, int]) -> bool:
    """Tell whether a file was erased, perhaps while its copy was being made (a query)."""
    return rows.is_erased(connection, file)


def note_unlinked(connection: Connection, file: tuple[int, int]) -> None:
    """Forget where the copy of an erased file lay, now that it is gone.

    Key: (appeal, message id).
    """
    rows.unlinked(connection, file)
