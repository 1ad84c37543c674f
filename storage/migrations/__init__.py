"""Moving a database from one schema to another.

The revisions lie in ``versions/``; a new one is written by ``revise`` from the difference between
the tables in ``storage.schema`` and the newest revision, to be read and corrected by its author.
"""

# ruff: noqa: PLC0415 - Alembic is imported where there is something to migrate

import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.migrations.connection import connected, write_access
from storage.schema import metadata
from storage.schema.appeal_search import is_of_word_index

if TYPE_CHECKING:
    from alembic.config import Config


_HERE = Path(__file__).parent
_TABLE = "alembic_version"
_LINE = re.compile(r'^(revision|down_revision)(?::.*)? = "(.+)"$', re.MULTILINE)


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database, made if missing, up to a revision, all or nothing.

    One that is at the head already is left alone, so that a command may run beside the bot.
    Otherwise call it before ``open_database``: on SQLite it raises DatabaseInUse while the file
    is locked.
    """
    if revision == "head" and current(url) == head():
        return
    from alembic import command

    with write_access(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take a database back to an earlier revision, all or nothing. Raises DatabaseInUse."""
    from alembic import command

    with write_access(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """Return the revision of a database, None for an empty one."""
    with connected(url) as connection:
        if not inspect(connection).has_table(_TABLE):
            return None
        revision: str | None = connection.scalar(text(f"SELECT version_num FROM {_TABLE}"))  # noqa: S608
        return revision


def head() -> str:
    """Return the newest revision: the one that no other follows."""
    before: set[str | None] = set()
    after: set[str] = set()
    for file in (_HERE / "versions").glob("*.py"):
        said = dict(_LINE.findall(file.read_text()))
        after.add(said["revision"])
        before.add(said.get("down_revision"))
    newest = sorted(after - before)
    if len(newest) != 1:
        raise LookupError(f"there is no newest of the revisions {sorted(after)}")
    return newest[0]


def differences(url: str) -> list[object]:
    """Return how a database differs from the tables in ``storage.schema``, nothing if it does not.

    Each difference is one of Alembic's tuples.
    """
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_compared})
        return list(compare_metadata(context, metadata))


def is_compared(name: str | None, _: str, __: object) -> bool:
    """Tell Alembic whether a table or index is one that ``storage.schema`` says in its terms."""
    return not is_of_word_index(name)


def revise(message: str, revision: str) -> Path:
    """Write a new revision file with what ``storage.schema`` has and the newest revision lacks."""
    from alembic import command

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/draft.db"
        upgrade(url)
        with write_access(url) as connection:
            script = command.revision(
                _config(connection), message, autogenerate=True, rev_id=revision
            )
    if script is None or isinstance(script, list):
        raise LookupError("no revision was written")
    return Path(script.path)


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
