"""Statements about the words of appeals, and how appeals are found by number and by phone."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Select

from storage import vault
from storage.reach import Bounds, reached, within
from storage.schema.appeal_search import appeal_words
from storage.schema.appeals import appeals
from storage.upsert import upsert

# Made once: building a statement costs more than running it.
_TOKENS = (
    sa.select(appeal_words.c.tokens)
    .where(appeal_words.c.appeal_id == sa.bindparam("of_appeal"))
    .with_for_update()
)
# Appeals, of which a word in one of 250 is sought in the time that an index takes for the rest.
_NEWEST = 5_000
_fts = sa.table("appeal_search", sa.column("rowid", sa.Integer), sa.column("appeal_search"))


def tokens_of_appeal(connection: Connection, appeal_id: int) -> frozenset[str]:
    """Return the tokens kept of an appeal, and let nobody else change them meanwhile."""
    tokens = connection.execute(_TOKENS, {"of_appeal": appeal_id}).scalar()
    return frozenset((tokens or "").split())


def keep_tokens(connection: Connection, appeal_id: int, tokens: Collection[str]) -> None:
    """Keep these tokens of an appeal in place of others."""
    row = {"appeal_id": appeal_id, "tokens": " ".join(sorted(tokens))}
    upsert(connection, appeal_words, ["appeal_id"], row, update=["tokens"])


def without_token(connection: Connection, token: str, after: int, limit: int) -> Sequence[int]:
    """Return appeals, by id from behind one on, that have tokens, but not this one."""
    held = appeal_words.c
    statement = sa.select(held.appeal_id).where(
        held.appeal_id > after, held.tokens.not_like(f"%{token}%")
    )
    return connection.execute(statement.order_by(held.appeal_id).limit(limit)).scalars().all()


def count_with(connection: Connection, token: str) -> int:
    """Return how many appeals have this among their tokens; "" counts all that have any."""
    held = appeal_words.c.tokens.like(f"%{token}%")
    statement = sa.select(sa.func.count()).select_from(appeal_words).where(held)
    return connection.execute(statement).scalar_one()


def forget_tokens(connection: Connection, appeal_id: int) -> None:
    """Forget what words an appeal holds."""
    connection.execute(sa.delete(appeal_words).where(appeal_words.c.appeal_id == appeal_id))


def appeals_with(
    connection: Connection,
    wanted: Sequence[Collection[str]],
    *,
    limit: int,
    before: int | None = None,
    bounds: Bounds = None,
) -> list[int]:
    """Return the ids of the newest appeals that hold, of each word, at least one token.

    With `before`, only smaller ids; with bounds, only what lies within them.
    """
    if connection.dialect.name == "sqlite":
        matching = _matching(wanted, before)
        return _ids(connection, _lying(matching, _fts.c.rowid, bounds), limit)
    # PostgreSQL guesses badly which is the shorter way, along the ids or by the words, and takes
    # seconds then: so a common word is looked for in the newest, a rare one by the index.
    newest = _lying(_among_newest(wanted, before), sa.literal_column("newest.appeal_id"), bounds)
    found = _ids(connection, newest, limit)
    if len(found) == limit:
        return found
    held = appeal_words.c.appeal_id
    return _ids(connection, _lying(_by_index(wanted, before), held, bounds), limit)


def appeal_of_number(connection: Connection, number: str) -> int | None:
    """Return the id of the appeal of this number."""
    statement = sa.select(appeals.c.id).where(appeals.c.number == number)
    found: int | None = connection.execute(statement).scalar()
    return found


def appeals_of_phone(
    connection: Connection,
    phone: str,
    *,
    limit: int,
    before: int | None = None,
    bounds: Bounds = None,
) -> list[int]:
    """Return the ids of the newest appeals with this phone, but for those that seal it.

    With bounds, only what lies within them.
    """
    statement = sa.select(appeals.c.id).where(
        appeals.c.contact_phone_blind.in_(vault.blinds(phone)),
        appeals.c.confidential.is_(False),
    )
    statement = _newest(within(statement, appeals, bounds), appeals.c.id, before)
    return _ids(connection, statement, limit)


def _lying(statement: Select[int], appeal: ColumnElement[int], bounds: Bounds) -> Select[int]:
    if bounds is None:
        return statement
    return statement.where(sa.exists().where(appeals.c.id == appeal, reached(appeals, bounds)))


def _ids(connection: Connection, statement: Select[int], limit: int) -> list[int]:
    return list(connection.execute(statement.limit(limit)).scalars())


def _matching(wanted: Sequence[Collection[str]], before: int | None) -> Select[int]:
    words = " AND ".join(f"({' OR '.join(sorted(tokens))})" for tokens in wanted)
    statement = sa.select(_fts.c.rowid).where(_fts.c.appeal_search.match(words))
    return _newest(statement, _fts.c.rowid, before)


def _among_newest(wanted: Sequence[Collection[str]], before: int | None) -> Select[int]:
    newest = _newest(sa.select(appeal_words), appeal_words.c.appeal_id, before)
    rows = newest.limit(_NEWEST).subquery("newest")
    held = sa.func.string_to_array(rows.c.tokens, " ")
    statement = sa.select(rows.c.appeal_id).where(
        *(held.op("&&")(sa.cast(sorted(tokens), sa.ARRAY(sa.Text))) for tokens in wanted)
    )
    return _newest(statement, rows.c.appeal_id, None)


def _by_index(wanted: Sequence[Collection[str]], before: int | None) -> Select[int]:
    words = " & ".join(f"({' | '.join(sorted(tokens))})" for tokens in wanted)
    held = sa.func.to_tsvector(sa.literal_column("'simple'"), appeal_words.c.tokens)
    statement = sa.select(appeal_words.c.appeal_id).where(
        held.op("@@")(sa.func.to_tsquery(sa.literal_column("'simple'"), words))
    )
    # A sum has no index, so the only one that can serve is that of the words.
    return _newest(statement, appeal_words.c.appeal_id + 0, before)


def _newest(statement: Select[int], column: ColumnElement[int], before: int | None) -> Select[int]:
    if before is not None:
        statement = statement.where(column < before)
    return statement.order_by(column.desc())
