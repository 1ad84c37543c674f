"""Bringing programmes, their forms and sessions as a table: all of it, or nothing and every why.

A programme keeps the code of the table for ever: brought again under it, it is changed. What a
table does not name stays. The same table twice changes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import ALMATY, local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.form_building import tell_moved, values_of
from services.programmes.model import (
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    field_of,
    programme_of,
    session_of,
)
from services.programmes.queue import locked, pass_on
from services.programmes.table import BETWEEN, FIELDS, FORMS, PROGRAMMES, SESSIONS
from services.programmes.table_rows import Kept, Read, understand
from services.refusal import N_, Refusal
from services.tables.model import BadTable, Fault, Imported, Table, refuse
from services.tables.writing import Line
from storage import programmes as rows
from storage import signups as people

__all__ = ["FORMS", "check_table", "example", "import_table", "put_table"]

_PREFIX = "table:"


def check_table(connection: Connection, table: Table, now: datetime) -> Read:
    """Return what a table says (a query); raises BadTable with everything that is wrong."""
    codes = {row.values.get("code") or row.values.get("programme", "") for row in table.rows}
    kept = {code: found for code in codes if (found := _kept(connection, code)) is not None}
    read = understand(table, kept, now)
    _check_days(read, kept, table)
    refuse(read.faults, FORMS)
    if not (read.programmes or read.fields or read.sessions):
        raise BadTable([Fault(Refusal(N_("There is nothing in this table.")))])
    return read


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Bring what a table says; raises Refusal, and BadTable, after which nothing has changed.

    Key: codes in the table.
    """
    authorise(connection, actor, Deed.IMPORT_PROGRAMMES)
    done = _put(connection, check_table(connection, table, now), actor, now)
    if done:
        what, key = Deed.IMPORT_PROGRAMMES, now.isoformat()
        record(connection, who=actor, what=what, on="programme", now=now, key=key, changed=done)
    return Imported(len(table.rows), done)


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line.

    Key: codes in the table.
    """
    read = check_table(connection, table, now)
    return Imported(len(table.rows), _put(connection, read, None, now))


def _put(connection: Connection, read: Read, actor: int | None, now: datetime) -> int:
    changes = 0
    ids: dict[str, int] = {}
    for code, values in read.programmes.items():
        known = rows.find_draft(connection, _PREFIX + code)
        if known is None:
            opened = now if values["status"] == ProgrammeStatus.OPEN.value else None
            row = rows.add_programme(
                connection,
                {
                    **values,
                    "draft_id": _PREFIX + code,
                    "created_by": actor,
                    "created_at": now,
                    "opened_at": opened,
                },
            )
            ids[code] = row["id"]
            changes += 1
            continue
        ids[code] = known["id"]
        present = locked(connection, known["id"])
        changes += _change(connection, present, values, now)
    for (code, _field), each in read.fields.items():
        which = ids.get(code) or _id(connection, code)
        known_fields = rows.fields_of(connection, which, retired=True)
        if each not in map(field_of, known_fields):
            rows.put_field(connection, {"programme_id": which, **values_of(each)})
            changes += 1
    for (code, number), session in read.sessions.items():
        which = ids.get(code) or _id(connection, code)
        row_of = rows.find_session(connection, which, number)
        former = None if row_of is None else session_of(row_of)
        if former == session:
            continue
        rows.put_session(connection, {"programme_id": which, **asdict(session), "reminded": 0})
        if former is not None:
            tell_moved(connection, locked(connection, which), former, session, now)
        changes += 1
    for which in ids.values():
        locked(connection, which)
        pass_on(connection, which, now)
    return changes


def _change(
    connection: Connection, present: Programme, values: Mapping[str, object], now: datetime
) -> int:
    new = {name: each for name, each in values.items() if getattr(present, name) != each}
    if not new:
        return 0
    if new.keys() & {"consent_kk", "consent_ru"}:
        new["consent_version"] = present.consent_version + 1
    if new.get("status") == ProgrammeStatus.OPEN.value:
        new["opened_at"] = now
    rows.change_programme(connection, present.id, present.version, new)
    return 1


def _check_days(read: Read, kept: Mapping[str, Kept], table: Table) -> None:
    """Note where the days of a programme leave out a session that it has already."""
    numbers = {row.values.get("code"): row.number for row in table.of(PROGRAMMES)}
    for code, values in read.programmes.items():
        found = kept.get(code)
        for number, session in (found.sessions if found else {}).items():
            day = local_date(read.sessions.get((code, number), session).starts_at)
            if not values["begins_on"] <= day <= values["ends_on"]:
                message = N_("A session lies outside of these days. Please change it first.")
                place = (PROGRAMMES, numbers.get(code), "ends_on")
                read.faults.append(Fault(Refusal(message), *place))
                break


def _kept(connection: Connection, code: str) -> Kept | None:
    row = rows.find_draft(connection, _PREFIX + code) if code else None
    if row is None:
        return None
    fields = map(field_of, rows.fields_of(connection, row["id"], retired=True))
    sessions = map(session_of, rows.sessions_of(connection, row["id"]))
    return Kept(
        programme_of(row),
        {each.code: each for each in fields},
        {each.number: each for each in sessions},
        people.anybody_answered(connection, row["id"]),
    )


def _id(connection: Connection, code: str) -> int:
    row = rows.find_draft(connection, _PREFIX + code)
    if row is None:
        raise LookupError(code)
    which: int = row["id"]
    return which


def example(language: str) -> Mapping[str, Sequence[Line]]:  # noqa: ARG001  # both stand in it
    """Return a small sound table: one project with its form and a session."""
    begins = date(2027, 2, 1)
    starts_at = datetime(2027, 2, 1, 18, 30, tzinfo=ALMATY)
    return {
        PROGRAMMES: [
            (
                "rural-youth",
                ProgrammeKind.PROJECT.value,
                "Ауыл жастары",
                "Сельская молодёжь",
                "Ауылда іс бастағысы келетін жастарға арналған кездесулер.",
                "Встречи для молодых людей, которые хотят начать дело в селе.",
                "18–35 жас",
                "18–35 лет",
                "Аудандық кітапхана",
                "Районная библиотека",
                "61",
                "615200",
                begins,
                begins + timedelta(days=27),
                begins,
                30,
                "yes",
                "",
                "",
                None,
                ProgrammeStatus.DRAFT.value,
            )
        ],
        FIELDS: [
            (
                "rural-youth",
                "level",
                "choice",
                "Деңгейіңіз қандай?",
                "Какой у Вас опыт?",
                f"Бастаушы {BETWEEN} Тәжірибелі",
                f"Начинающий {BETWEEN} Опытный",
                "yes",
            )
        ],
        SESSIONS: [
            (
                "rural-youth",
                1,
                starts_at,
                "Танысу",
                "Знакомство",
                "Аудандық кітапхана",
                "Районная библиотека",
            )
        ],
    }
