"""Taking in the public councils from a table: all of it, or nothing and every reason why.

What a table does not name stays as it is. Days that have begun stay written: another field,
territory or seat is a new row with a later day, by which the one before is over. The same table
twice changes nothing.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.councils.people_rows import read_attendance, read_meetings, read_members
from services.councils.register import Register, load_register, write_register
from services.councils.structure_rows import read_councils, read_fields
from services.councils.table import FORMS, Sheet
from services.language import choose
from services.people.deeds import Deed
from services.people.rights import authorise
from services.tables.model import Fault, Imported, Table, refuse
from services.tables.writing import Line

__all__ = ["FORMS", "check_table", "example", "import_table", "put_table", "shipped_fields"]

_SHIPPED = Path(__file__).parent / "shipped.yaml"
_BEGUN = date(2026, 1, 5)
_MET = timedelta(days=30)


def check_table(connection: Connection, table: Table, now: datetime) -> tuple[Register, Register]:
    """Return the register as it is and as a table wants it.

    Raises BadTable with everything that is wrong with the table.
    """
    before = load_register(connection, {row.values.get("council", "") for row in table.rows})
    after, today = before.copy(), local_date(now)
    faults: list[Fault] = []
    read_fields(table.of(Sheet.FIELDS), after, faults)
    read_councils(table.of(Sheet.COUNCILS), after, faults, today)
    read_members(table.of(Sheet.MEMBERS), after, faults, today)
    read_meetings(table.of(Sheet.MEETINGS), after, faults, today)
    read_attendance(table.of(Sheet.ATTENDANCE), after, faults)
    refuse(faults, FORMS)
    return before, after


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Bring the councils to what a table says.

    Raises Refusal, and BadTable, after which nothing has changed.

    Key: codes and days in the table.
    """
    authorise(connection, actor, Deed.IMPORT_COUNCILS)
    done = put_table(connection, table, now)
    if done.changes:
        what, key = Deed.IMPORT_COUNCILS, now.isoformat()
        record(
            connection,
            who=actor,
            what=what,
            on="councils",
            now=now,
            key=key,
            changed=done.changes,
        )
    return done


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Do the same at the command line, where whoever may start the bot may do everything.

    Key: codes and days in the table.
    """
    before, after = check_table(connection, table, now)
    return Imported(len(table.rows), write_register(connection, before, after))


@cache
def shipped_fields() -> tuple[Mapping[str, Any], ...]:
    """Return the usual fields: code, emoji, kk, ru, regions, districts, topics."""
    return tuple(yaml.safe_load(_SHIPPED.read_text(encoding="utf-8"))["fields"])


def example(language: str) -> Mapping[str, tuple[Line, ...]]:
    """Return a small sound table: the usual fields, a council with two members that has met."""
    yes, no = choose(language, "иә", "да"), choose(language, "жоқ", "нет")
    fields = tuple(
        (
            one["code"],
            place,
            one["emoji"],
            one["kk"],
            one["ru"],
            yes if one["regions"] else no,
            yes if one["districts"] else no,
            " ".join(one["topics"]),
            no,
        )
        for place, one in enumerate(shipped_fields(), start=1)
    )
    council, met = "health-61", _BEGUN + _MET
    chair, member = "uyrenshi-1", "uyrenshi-2"
    name = ("Түркістан облысының денсаулық кеңесі", "Совет по здоровью Туркестанской области")
    seats = (choose(language, "төраға", "председатель"), choose(language, "мүше", "член"))
    came = (choose(language, "қатысты", "был"), choose(language, "себепті", "предупредил"))
    work = ("дәрігер", "врач")
    return {
        Sheet.FIELDS: fields,
        Sheet.COUNCILS: ((council, *name, "health", "61", None, _BEGUN, None, yes),),
        Sheet.MEMBERS: (
            (council, chair, "Үлгі Үлгіленов", "Улги Улгиленов", *work, seats[0], _BEGUN, None),
            (council, member, "Сынақ Сынамалы", "Сынак Сынамалы", *work, seats[1], _BEGUN, None),
        ),
        Sheet.MEETINGS: ((council, met, "Ауыл емханалары", "Сельские поликлиники"),),
        Sheet.ATTENDANCE: (
            (council, met, chair, came[0]),
            (council, met, member, came[1]),
        ),
    }
