"""What the database itself forbids: to change the audit, or to take a row out of it.

Rows may go that lie up to `audit_ends.before`, which only moves on to the link of a row that is
there. Whoever may alter the schema can take these triggers away: `python -m bot audit verify`
says so, and the chain tells what became of the rows.
"""

from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy import Connection, event

from storage.schema.audit import audit, audit_ends
from storage.schema.metadata import metadata

_NEVER = "rows of the audit are never changed"
_KEPT = "rows of the audit stay until their time is over"
_ORDER = "rows of the audit are added at its end"
_ENDS = "the ends of the audit only move on"

_BEFORE = "coalesce((SELECT max(before) FROM audit_ends), 0)"
_LAST = "coalesce((SELECT max(last) FROM audit_ends), 0)"
_BACK = (
    "new.id <> old.id OR new.last < old.last OR new.before < old.before OR new.before > new.last "
    "OR (new.last = old.last AND new.last_link <> old.last_link) "
    "OR (new.before = old.before AND new.before_link <> old.before_link) "
    "OR (new.last > old.last AND new.last_link IS {unlike} "
    "(SELECT link FROM audit WHERE number = new.last)) "
    "OR (new.before > old.before AND new.before_link IS {unlike} "
    "(SELECT link FROM audit WHERE number = new.before))"
)
# INSERT OR REPLACE takes a row out and fires no trigger of its going.
_TAKEN = f"new.number <= {_LAST} OR EXISTS (SELECT 1 FROM audit WHERE key = new.key)"  # noqa: S608 - our own


# What is forbidden, by the name of its trigger: the statement, where, and what it says.
_TRIGGERS = {
    "audit_never_changed": ("BEFORE UPDATE ON audit", "TRUE", _NEVER),
    "audit_kept": ("BEFORE DELETE ON audit", f"old.number > {_BEFORE}", _KEPT),
    "audit_in_order": ("BEFORE INSERT ON audit", _TAKEN, _ORDER),
    "audit_ends_on": ("BEFORE UPDATE ON audit_ends", _BACK.format(unlike="NOT"), _ENDS),
    "audit_ends_kept": ("BEFORE DELETE ON audit_ends", "TRUE", _ENDS),
}
_EMPTYING = {
    "audit_not_emptied": ("BEFORE TRUNCATE ON audit", _KEPT),
    "audit_ends_not_emptied": ("BEFORE TRUNCATE ON audit_ends", _ENDS),
}
_SQLITE: Mapping[str, str] = {
    name: (f"CREATE TRIGGER {name} {what} WHEN {where} BEGIN SELECT RAISE(ABORT, '{words}'); END")
    for name, (what, where, words) in _TRIGGERS.items()
}


def _raising(name: str, what: str, each: str, words: str) -> str:
    function = f"{what.rsplit(maxsplit=1)[-1]}_forbids('{words}')"
    return f"CREATE TRIGGER {name} {what} FOR EACH {each} EXECUTE FUNCTION {function}"


# A condition of PostgreSQL's triggers may not ask other tables: a function does.
_FUNCTIONS: Mapping[str, str] = {
    "audit_forbids": """
        CREATE FUNCTION audit_forbids() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'DELETE' AND old.number <= {before} THEN
                RETURN old;
            END IF;
            IF TG_OP = 'INSERT' AND new.number > {last} THEN
                RETURN new;
            END IF;
            RAISE EXCEPTION USING MESSAGE = TG_ARGV[0];
        END $$
    """.replace("{before}", _BEFORE).replace("{last}", _LAST),
    "audit_ends_forbids": """
        CREATE FUNCTION audit_ends_forbids() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND NOT ({back}) THEN
                RETURN new;
            END IF;
            RAISE EXCEPTION USING MESSAGE = TG_ARGV[0];
        END $$
    """.replace("{back}", _BACK.format(unlike="DISTINCT FROM")),
}
_POSTGRESQL: Mapping[str, str] = {
    **{name: _raising(name, what, "ROW", words) for name, (what, _, words) in _TRIGGERS.items()},
    **{
        name: _raising(name, what, "STATEMENT", words) for name, (what, words) in _EMPTYING.items()
    },
}


def keep_audit(connection: Connection) -> None:
    """Forbid on tables that are there; in a migration, call it next."""
    if connection.dialect.name == "sqlite":
        statements = [*_SQLITE.values()]
    else:
        statements = [*_FUNCTIONS.values(), *_POSTGRESQL.values()]
    for statement in statements:
        connection.exec_driver_sql(statement)


def free_audit(connection: Connection) -> None:
    """Take away what is left when the tables are gone; triggers go with their table."""
    if connection.dialect.name != "sqlite":
        for name in _FUNCTIONS:
            connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS {name}()")


def missing_keepers(connection: Connection) -> frozenset[str]:
    """Return the names of triggers that are not there, or not at work (a query)."""
    if connection.dialect.name == "sqlite":
        there = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        found = {row.name: row.sql for row in connection.exec_driver_sql(there)}
        return frozenset(name for name, made in _SQLITE.items() if found.get(name) != made)
    there = (
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE c.relname IN ('audit', 'audit_ends') AND t.tgenabled IN ('O', 'A')"
    )
    return frozenset(_POSTGRESQL) - set(connection.exec_driver_sql(there).scalars())


@event.listens_for(metadata, "after_create")
def _created(
    _: sa.MetaData, connection: Connection, *, tables: Collection[sa.Table], **__: object
) -> None:
    if audit in tables and audit_ends in tables:
        keep_audit(connection)


@event.listens_for(metadata, "after_drop")
def _dropped(_: sa.MetaData, connection: Connection, **__: object) -> None:
    free_audit(connection)
