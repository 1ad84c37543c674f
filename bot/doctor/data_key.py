"""DATA_KEY: whether there is one, whether it is the right one, and what is not yet under it."""

from sqlalchemy.exc import SQLAlchemyError

from bot.doctor.finding import Finding
from bot.settings import Settings
from bot.unlocking import missing_keys
from storage import migrations, vault
from storage.database import open_database
from storage.engine.sqlite_database import path_of
from storage.sealed import places_under_others

_SUBJECT = "data key"


async def look_at_data_key(settings: Settings) -> Finding:
    """Look at the keys of this process and, where there is a database, at what they seal in it."""
    if missing := missing_keys(settings.database_url):
        words = f"DATA_KEY lacks {', '.join(missing)}, under which values are sealed: put it back"
        return Finding(_SUBJECT, ok=False, words=words)
    if not vault.is_locked():
        words = (
            "DATA_KEY is not set, so words, names and phones of people can be read in the "
            "database and in every backup: python -m bot keys new prints a key"
        )
        return Finding(_SUBJECT, ok=False, words=words)
    if left := await _left(settings.database_url):
        words = (
            f"{', '.join(left)}: not all is under the newest key; a running bot goes on sealing, "
            "python -m bot keys check counts, keys rotate does it at once"
        )
        return Finding(_SUBJECT, ok=False, words=words)
    older = len(vault.key_names()) - 1
    words = f"the newest is {vault.newest_key()}, and all is under it"
    if older:
        words = f"{words}; {older} older may be taken out of DATA_KEY"
    return Finding(_SUBJECT, ok=True, words=words)


async def _left(url: str) -> list[str]:
    """Return the tables with values under another key; none where the tables are not there."""
    path = path_of(url)
    try:
        if (path and not path.exists()) or migrations.current(url) != migrations.head():
            return []
    except (SQLAlchemyError, OSError):
        return []  # said by the look at the database
    db = await open_database(url, lock=False)
    try:
        return list(await db.read(places_under_others))
    finally:
        await db.close()
