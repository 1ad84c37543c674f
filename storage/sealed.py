"""The sealed columns of all tables: under which key their values are, and sealing them anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, Table

from storage import vault
from storage.schema import metadata
from storage.types import SealedBytes, SealedJSON, SealedText

Key = tuple[Any, ...]

_TEXT_HEAD, _BYTES_HEAD = 7, 5  # letters and bytes that `vault.key_of` needs


def sealed_tables() -> Sequence[Table]:
    """Return the tables that have sealed columns, by name."""
    return [table for _, table in sorted(metadata.tables.items()) if _columns(table)]


def keys_of_values(connection: Connection) -> Mapping[str, Mapping[str | None, int]]:
    """Return how many values are under which key, None where under none, by "table.column".

    Blinds are counted beside the values. Walks through all tables.
    """
    found: dict[str, Counter[str | None]] = {}
    for table in metadata.sorted_tables:
        for column in table.columns:
            if _is_sealed(column):
                found[f"{table.name}.{column.name}"] = _counted(connection, column)
            elif column.name.endswith("_blind"):
                found[f"{table.name}.{column.name}"] = _blinds(connection, column)
    return found


def under_others(
    connection: Connection, table: str, after: Key | None, limit: int
) -> Sequence[Key]:
    """Return keys of rows, from behind one on, with a value that is not under the newest key."""
    found = metadata.tables[table]
    key = list(found.primary_key.columns)
    statement = sa.select(*key).where(sa.or_(*map(_is_other, _columns(found)), *_blind(found)))
    if after is not None:
        statement = statement.where(sa.tuple_(*key) > sa.tuple_(*_literals(key, after)))
    rows = connection.execute(statement.order_by(*key).limit(limit)).all()
    return [tuple(row) for row in rows]


def places_under_others(connection: Connection) -> Sequence[str]:
    """Return the tables that hold a value which is not under the newest key."""
    return [
        table.name for table in sealed_tables() if under_others(connection, table.name, None, 1)
    ]


def seal_anew(connection: Connection, table: str, keys: Sequence[Key]) -> int:
    """Seal what these rows hold under the newest key; return how many rows it changed.

    Raises vault.SealBroken where the key of a value is missing; nothing is lost by that.

    Key: row, by the key that its values are under.
    """
    found = metadata.tables[table]
    return sum(_row_anew(connection, found, key) for key in keys)


def _row_anew(connection: Connection, table: Table, key: Key) -> bool:
    here = [column == value for column, value in zip(table.primary_key.columns, key, strict=True)]
    columns = _columns(table)
    kept = [sa.type_coerce(column, _raw(column)).label(column.name) for column in columns]
    row = connection.execute(sa.select(*kept).where(*here).with_for_update()).one_or_none()
    values = {} if row is None else _values(table, row)
    if values:
        connection.execute(sa.update(table).where(*here).values(values))
    return bool(values)


def _values(table: Table, row: Any) -> dict[str, Any]:
    """Return what a row is to hold instead; of a column with a blind beside it, that as well."""
    values: dict[str, Any] = {}
    for column in _columns(table):
        kept = getattr(row, column.name)
        if kept is None:
            continue
        opened = vault.open_text(kept) if isinstance(kept, str) else vault.open_bytes(bytes(kept))
        if vault.key_of(kept if isinstance(kept, str) else bytes(kept)) != vault.newest_key():
            anew = vault.seal_text(opened) if isinstance(opened, str) else vault.seal_bytes(opened)
            values[column.name] = sa.literal(anew, _raw(column))
        for beside in table.columns:
            if beside.info.get("blind_of") == column.name:
                values[beside.name] = vault.blind(str(opened))
    return values


def _columns(table: Table) -> list[sa.Column[Any]]:
    return [column for column in table.columns if _is_sealed(column)]


def _is_sealed(column: sa.Column[Any]) -> bool:
    return isinstance(column.type, SealedText | SealedBytes | SealedJSON)


def _raw(column: sa.Column[Any]) -> type[sa.Text | sa.LargeBinary]:
    return sa.LargeBinary if isinstance(column.type, SealedBytes) else sa.Text


def _head(column: sa.Column[Any], length: int) -> ColumnElement[Any]:
    raw = sa.type_coerce(column, _raw(column))
    return sa.func.substr(raw, 1, length, type_=raw.type)


def _is_other(column: sa.Column[Any]) -> ColumnElement[bool]:
    """Tell in SQL whether a value is there, and not under the newest key."""
    newest = vault.newest_key() or ""
    if _raw(column) is sa.LargeBinary:
        begin: bytes | str = vault.MARK.encode() + bytes.fromhex(newest)
    else:
        begin = vault.sealed_prefix(newest)
    return sa.and_(column.is_not(None), _head(column, len(begin)) != begin)


def _blind(table: Table) -> Iterator[ColumnElement[bool]]:
    for column in table.columns:
        if of := column.info.get("blind_of"):
            begin = vault.blind_prefix()
            old = sa.func.coalesce(sa.func.substr(column, 1, len(begin)), "") != begin
            yield sa.and_(table.c[of].is_not(None), old)


def _counted(connection: Connection, column: sa.Column[Any]) -> "Counter[str | None]":
    binary = _raw(column) is sa.LargeBinary
    head = _head(column, _BYTES_HEAD if binary else _TEXT_HEAD)
    mark: bytes | str = vault.MARK.encode() if binary else vault.MARK
    # What is not sealed is one group, not one for each beginning.
    group = sa.case((_head(column, 1) == mark, head), else_=mark[:0])
    statement = sa.select(group, sa.func.count()).where(column.is_not(None)).group_by(group)
    found: Counter[str | None] = Counter()
    for kept, count in connection.execute(statement):
        found[vault.key_of(kept if isinstance(kept, str) else bytes(kept))] += count
    return found


def _blinds(connection: Connection, column: sa.Column[Any]) -> "Counter[str | None]":
    head = sa.func.substr(column, 1, len(vault.blind_prefix()))
    statement = sa.select(head, sa.func.count()).where(column.is_not(None)).group_by(head)
    return Counter(
        {vault.key_of_blind(kept): count for kept, count in connection.execute(statement)}
    )


def _literals(columns: Sequence[sa.Column[Any]], key: Key) -> list[ColumnElement[Any]]:
    return [sa.literal(value, column.type) for column, value in zip(columns, key, strict=True)]
