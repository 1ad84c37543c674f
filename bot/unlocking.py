"""Giving this process the keys of DATA_KEY, before it touches the database."""

from bot.settings import BadSettings, Settings
from storage import vault


def unlock(settings: Settings) -> None:
    """Seal and open with the keys of the settings from now on, or not at all without any."""
    vault.use(settings.ring)


def refuse_without_keys(settings: Settings) -> None:
    """Raise BadSettings where the database needs a key that the settings lack.

    Nothing is lost by a missing key that is put back. A database that is not there, cannot be
    reached or has no tables yet needs none; whoever opens it next says what is wrong with it.
    """
    if missing := missing_keys(settings.database_url):
        raise BadSettings(lacking(missing))


def missing_keys(url: str) -> list[str]:
    """Return the names of keys that a database needs and this process lacks."""
    from sqlalchemy import inspect  # noqa: PLC0415 - the help of a command does without
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    from storage import data_keys  # noqa: PLC0415
    from storage.engine.sqlite_database import path_of  # noqa: PLC0415
    from storage.migrations.connection import connected  # noqa: PLC0415
    from storage.schema.conversations import facts  # noqa: PLC0415

    path = path_of(url)
    if path is not None and not path.exists():
        return []
    try:
        with connected(url) as connection:
            known = inspect(connection).has_table(facts.name)
            return list(data_keys.missing_keys(connection)) if known else []
    except (SQLAlchemyError, OSError):
        return []


def lacking(missing: list[str]) -> str:
    """Say what to do about missing keys."""
    names = ", ".join(sorted(missing))
    return f"DATA_KEY: lacks the key {names}, under which values are sealed; put it back."
