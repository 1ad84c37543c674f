"""Moving a database from one schema to another.

The revisions lie in ``versions/``; a new one is written by ``revise`` from the difference between
the tables in ``storage.schema`` and the newest revision, to be read and corrected by its author.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.migrations.connection import connected, write_access
from storage.schema import metadata
from storage.schema.appeal_search import is_of_word_index

_HERE = Path(__file__).parent


def upgrade(url: str, revision: str = "head") -> None:
    """Bring a database, made if missing, up to a revision, all or nothing.

    One that is at the head already is left alone, so that a command may run beside the bot.
    Otherwise call it before ``open_database``: on SQLite it raises DatabaseInUse while the file
    is locked.
    """
    if revision == "head" and current(url) == head():
        return
    with write_access(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str = "base") -> None:
    """Take a database back to an earlier revision, all or nothing. Raises DatabaseInUse."""
    with write_access(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """Return the revision of a database, None for an empty one."""
    with connected(url) as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """Return the newest revision."""
    revision = ScriptDirectory.from_config(_config(None)).get_current_head()
    if revision is None:
        raise LookupError("there are no revisions")
    return revision


def differences(url: str) -> list[object]:
    """Return how a database differs from the tables in ``storage.schema``, nothing if it does not.

    Each difference is one of Alembic's tuples.
    """
    with connected(url) as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_compared})
        return list(compare_metadata(context, metadata))


def is_compared(name: str | None, _: str, __: object) -> bool:
    """Tell Alembic whether a table or index is one that ``storage.schema`` says in its terms."""
    return not is_of_word_index(name)


def revise(message: str, revision: str) -> Path:
    """Write a new revision file with what ``storage.schema`` has and the newest revision lacks."""
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


def _config(connection: Connection | None) -> Config:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    return config
