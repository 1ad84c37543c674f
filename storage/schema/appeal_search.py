"""What words appeals hold: tokens of services.appeals.tokens, not the words themselves.

One row an appeal on both databases. SQLite finds rows by the full-text index `appeal_search`
(FTS5, which keeps no copy of the tokens and is kept up by triggers), PostgreSQL by a GIN index.
"""

import sqlalchemy as sa
from sqlalchemy import Connection, event

from storage.schema.metadata import metadata

appeal_words = sa.Table(
    "appeal_words",
    metadata,
    sa.Column("appeal_id", sa.ForeignKey("appeals.id"), primary_key=True),
    # Sorted, each once, a space between two.
    sa.Column("tokens", sa.Text, nullable=False),
)

_GONE = (
    "INSERT INTO appeal_search(appeal_search, rowid, tokens) "
    "VALUES ('delete', old.appeal_id, old.tokens);"
)
_COME = "INSERT INTO appeal_search(rowid, tokens) VALUES (new.appeal_id, new.tokens);"
# Only which rows hold a token is asked, so neither places nor sizes are kept.
_TABLE = """
    CREATE VIRTUAL TABLE appeal_search USING fts5(
        tokens, content = 'appeal_words', content_rowid = 'appeal_id',
        detail = none, columnsize = 0, tokenize = 'ascii'
    )
"""
_SQLITE = (
    _TABLE,
    # Registrations come one by one: merging small pieces rarely makes them four times cheaper.
    "INSERT INTO appeal_search(appeal_search, rank) VALUES ('automerge', 16)",
    f"CREATE TRIGGER appeal_words_come AFTER INSERT ON appeal_words BEGIN {_COME} END",
    f"CREATE TRIGGER appeal_words_gone AFTER DELETE ON appeal_words BEGIN {_GONE} END",
    f"CREATE TRIGGER appeal_words_changed AFTER UPDATE ON appeal_words BEGIN {_GONE} {_COME} END",
)
_INDEX = "ix_appeal_words_tokens"
_POSTGRESQL = (f"CREATE INDEX {_INDEX} ON appeal_words USING gin (to_tsvector('simple', tokens))",)


def is_of_word_index(name: str | None) -> bool:
    """Tell whether a table or index is one of those that SQLAlchemy knows nothing of."""
    return name is not None and (name == _INDEX or name.split("_")[:2] == ["appeal", "search"])


def create_word_index(connection: Connection) -> None:
    """Make the index of an empty `appeal_words` that is there; in a migration, call it next."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def drop_word_index(connection: Connection) -> None:
    """Take the index away before `appeal_words` itself goes; triggers go with their table."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("DROP TABLE appeal_search")


@event.listens_for(appeal_words, "after_create")
def _created(_: sa.Table, connection: Connection, **__: object) -> None:
    create_word_index(connection)


@event.listens_for(appeal_words, "before_drop")
def _dropped(_: sa.Table, connection: Connection, **__: object) -> None:
    drop_word_index(connection)
