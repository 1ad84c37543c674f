"""Statements that are compiled once and run many times, without asking SQLAlchemy each time.

SQLAlchemy Core builds and names them, and converts what goes in and comes out by the types of the
columns; it is only left out where it would look up, each time anew, what it found the last time:
three quarters of the time that a short statement takes. Errors are SQLAlchemy's own.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement gave: its rows, and how many it wrote."""

    rows: Sequence[Sequence[Any]]
    rowcount: int

    @property
    def first(self) -> Sequence[Any] | None:
        """The first row, None where there is none."""
        return self.rows[0] if self.rows else None


class Prepared:
    """A statement of bound parameters without lists, one form of it for each dialect.

    ``forms`` names the dialects; ``values`` are the columns that an INSERT takes by name.
    """

    def __init__(self, values: Sequence[str] = (), **forms: ClauseElement) -> None:
        self._values = list(values) or None
        self._forms = forms
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Outcome:
        """Run with these values, in the transaction of the connection.

        Raises SQLAlchemy's DBAPIError, and what the types of the columns raise.
        """
        return self._for(connection.dialect).run(connection, values)

    def run_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Run once for each of many rows of values; raises what `run` raises."""
        self._for(connection.dialect).run_many(connection, rows)

    def _for(self, dialect: Dialect) -> "_Ready":
        ready = self._ready.get(dialect.name)
        if ready is None:
            form = self._forms[dialect.name]
            ready = self._ready[dialect.name] = _compiled(form, dialect, self._values)
        return ready


@dataclass(frozen=True, slots=True)
class _Ready:
    """A compiled statement: its text, and how values become parameters and columns results."""

    text: str
    # Parameters in their order; None where the driver takes them by name.
    order: tuple[str, ...] | None
    fixed: Mapping[str, Any]
    taken: Sequence[tuple[str, Convert]]
    given: Sequence[tuple[int, Convert]] | None

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Outcome:
        sent = self._sent(values)
        with self._cursor(connection, sent) as cursor:
            cursor.execute(self.text, sent)
            rows = [] if self.given is None else cursor.fetchall()
            return Outcome(self._converted(rows), cursor.rowcount)

    def run_many(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        sent = [self._sent(values) for values in rows]
        with self._cursor(connection, sent) as cursor:
            cursor.executemany(self.text, sent)

    @contextmanager
    def _cursor(self, connection: Connection, sent: Any) -> Iterator[DBAPICursor]:
        """Give a cursor; a connection that is lost already says so when it is asked for one."""
        if not connection.in_transaction():
            connection.begin()
        cursor = None
        try:
            cursor = connection.connection.cursor()
            yield cursor
        except connection.dialect.loaded_dbapi.Error as error:
            raise self._failure(connection, cursor, sent, error) from error
        finally:
            if cursor is not None:
                cursor.close()

    def _sent(self, values: Mapping[str, Any]) -> Any:
        named = {**self.fixed, **values}
        for name, convert in self.taken:
            named[name] = convert(named[name])
        return named if self.order is None else [named[name] for name in self.order]

    def _failure(
        self, connection: Connection, cursor: DBAPICursor | None, sent: Any, error: Any
    ) -> Exception:
        dialect = connection.dialect
        raw: Any = connection.connection
        lost = dialect.is_disconnect(error, raw, cursor)
        if lost:
            connection.invalidate(error)  # which readers look at to ask again elsewhere
        failure: DBAPIError = DBAPIError.instance(  # its subclass for this error
            self.text,
            sent,
            error,
            dialect.loaded_dbapi.Error,
            hide_parameters=connection.engine.hide_parameters,
            connection_invalidated=lost,
            dialect=dialect,
        )
        return failure

    def _converted(self, rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
        if not self.given:
            return rows
        converted = []
        for row in rows:
            changed = list(row)
            for place, convert in self.given:
                changed[place] = convert(changed[place])
            converted.append(changed)
        return converted


def _compiled(form: ClauseElement, dialect: Dialect, values: list[str] | None) -> _Ready:
    compiled: Any = form.compile(dialect=dialect, column_keys=values)
    types = {name: bound.type.dialect_impl(dialect) for name, bound in compiled.binds.items()}
    taken = [(name, kind.bind_processor(dialect)) for name, kind in types.items()]
    columns: Any = getattr(form, "exported_columns", ())
    kinds = [column.type.dialect_impl(dialect) for column in columns]
    given = [(place, kind.result_processor(dialect, None)) for place, kind in enumerate(kinds)]
    return _Ready(
        str(compiled),
        tuple(compiled.positiontup) if compiled.positional else None,
        {name: value for name, value in compiled.params.items() if value is not None},
        [(name, convert) for name, convert in taken if convert is not None],
        [(place, convert) for place, convert in given if convert is not None] if kinds else None,
    )
