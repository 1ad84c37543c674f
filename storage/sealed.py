"""The sealed columns of all tables: under which key their values are, and sealing them anew."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Connection, RowMapping, Table

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
    rows = (_anew(found, row) for row in _held(connection, found, keys))
    changed = [values for values in rows if values is not None]
    if changed:
        connection.execute(_replacing(found), changed)
    return len(changed)


def _held(connection: Connection, table: Table, keys: Sequence[Key]) -> Sequence[RowMapping]:
    """Return keys and sealed values of these rows as they are written; nobody changes them."""
    key = list(table.primary_key.columns)
    kept = [sa.type_coerce(column, _raw(column)).label(column.name) for column in _columns(table)]
    blinds = [column for column in table.columns if "blind_of" in column.info]
    these = key[0].in_([one for (one,) in keys]) if len(key) == 1 else sa.tuple_(*key).in_(keys)
    statement = sa.select(*key, *kept, *blinds).where(these).order_by(*key).with_for_update()
    return connection.execute(statement).mappings().all()


def _anew(table: Table, row: RowMapping) -> dict[str, Any] | None:
    """Return what a row is to hold and its key; None where all of it is under the newest key."""
    values = {column.name: _under_newest(row[column.name]) for column in _columns(table)}
    for column in table.columns:
        of = column.info.get("blind_of")
        if of and row[of] is not None:
            done = (row[column.name] or "").startswith(vault.blind_prefix())
            values[column.name] = (
                row[column.name] if done else vault.blind(vault.open_text(row[of]))
            )
        elif of:
            values[column.name] = row[column.name]
    if all(row[name] == value for name, value in values.items()):
        return None
    here = {f"of_{column.name}": row[column.name] for column in table.primary_key.columns}
    return here | {f"new_{name}": value for name, value in values.items()}


def _under_newest(kept: Any) -> Any:
    if kept is None:
        return None
    if isinstance(kept, str):
        done = vault.key_of(kept) == vault.newest_key()
        return kept if done else vault.seal_text(vault.open_text(kept))
    done = vault.key_of(bytes(kept)) == vault.newest_key()
    return kept if done else vault.seal_bytes(vault.open_bytes(bytes(kept)))


def _replacing(table: Table) -> sa.Update:
    here = (column == sa.bindparam(f"of_{column.name}") for column in table.primary_key.columns)
    sealed = {column.name: _raw(column) for column in _columns(table)}
    blinds = {column.name: column.type for column in table.columns if "blind_of" in column.info}
    values = {
        name: sa.bindparam(f"new_{name}", type_=kind) for name, kind in (sealed | blinds).items()
    }
    return sa.update(table).where(*here).values(values)


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
