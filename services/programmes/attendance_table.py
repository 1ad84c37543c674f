"""Taking in who came from a table: all of it, or nothing and every reason by its row.

One sheet: a row for each participant and session. A programme is known by its number or by the
code of the table that brought it, a participant by the number of the sign-up, as the bot shows
both. A name beside it is only compared, so that a row that slipped is found.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import authorise
from services.programmes.attendance import require_begun
from services.programmes.certificates import LONGEST_NAME
from services.programmes.model import (
    Programme,
    ProgrammeStatus,
    Session,
    SignUpStatus,
    programme_of,
    session_of,
)
from services.programmes.place import GONE, place_of
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_text, a_whole, one_of
from services.tables.model import (
    ANSWERS,
    Column,
    Fault,
    Form,
    Imported,
    Table,
    forms_of,
    refuse,
)
from services.tables.writing import Line
from services.text.fold import fold
from storage import attendance as rows
from storage import programmes

SHEET = "attendance"
FORMS = forms_of(
    Form(
        SHEET,
        "Қатысу",
        "Посещаемость",
        (
            Column("programme", "Бағдарлама", "Программа"),
            Column("session", "Сабақ", "Занятие"),
            Column("participant", "Қатысушы нөмірі", "Номер участника"),
            Column("name", "Аты-жөні", "Имя", needed=False),
            Column("present", "Келді", "Присутствовал"),
        ),
    )
)
_LARGEST = 2**31 - 1
_MOST_SESSIONS = 999
_LONGEST_CODE = 40
_PRESENT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "yes": (*ANSWERS["yes"], "+", "келді", "был", "была", "присутствовал", "present"),
        "no": (*ANSWERS["no"], "-", "−", "келмеді", "не был", "не была", "отсутствовал", "absent"),
    }
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sound row says."""

    programme_id: int
    number: int
    signup_id: int
    present: bool


@dataclass(slots=True)
class _Known:
    """Programmes, their sessions and sign-ups, each read once."""

    connection: Connection
    now: datetime
    programmes: dict[str, Programme | None] = field(default_factory=dict)
    sessions: dict[int, dict[int, Session]] = field(default_factory=dict)
    signups: dict[int, RowMapping | None] = field(default_factory=dict)

    def programme(self, written: str) -> Programme | None:
        """Return the programme of this number or code, which citizens know."""
        if written not in self.programmes:
            number = int(written) if written.isascii() and written.isdigit() else None
            row = None
            if number is None:
                row = programmes.find_draft(self.connection, f"table:{written}")
            elif number <= _LARGEST:
                row = programmes.find_programme(self.connection, number)
            known = row is not None and row["status"] != ProgrammeStatus.DRAFT
            self.programmes[written] = programme_of(row) if row and known else None
        return self.programmes[written]

    def session(self, programme: Programme, number: int) -> Session | None:
        """Return the session of this number."""
        if programme.id not in self.sessions:
            found = map(
                session_of, map(dict, programmes.sessions_of(self.connection, programme.id))
            )
            self.sessions[programme.id] = {each.number: each for each in found}
        return self.sessions[programme.id].get(number)

    def signup(self, number: int) -> RowMapping | None:
        """Return the sign-up of this number."""
        if number not in self.signups:
            self.signups[number] = rows.find_signup(self.connection, number)
        return self.signups[number]


def check_table(connection: Connection, table: Table, now: datetime) -> tuple[Mark, ...]:
    """Return what a table says; raises BadTable with everything that is wrong."""
    return _checked(_Known(connection, now), table)


def put_table(connection: Connection, table: Table, now: datetime) -> Imported:
    """Take in all of a table for the command line, or nothing; raises BadTable.

    Key: (session, participant); what is so already stays.
    """
    return _put(connection, None, check_table(connection, table, now), now)


def import_table(connection: Connection, actor: int, table: Table, now: datetime) -> Imported:
    """Take in all of a table, or nothing; raises BadTable, and Refusal for who may not.

    Key: (session, participant); what is so already stays.
    """
    reached = authorise(connection, actor, Deed.IMPORT_ATTENDANCE)
    known = _Known(connection, now)
    for row in table.of(SHEET):
        programme = known.programme(row.values.get("programme", ""))
        if programme is not None:
            reached.require(place_of(programme))
    marks = _checked(known, table)
    imported = _put(connection, actor, marks, now)
    for programme_id in sorted({mark.programme_id for mark in marks}):
        record(
            connection,
            who=actor,
            what=Deed.IMPORT_ATTENDANCE,
            on=f"programme:{programme_id}",
            now=now,
            key=now.isoformat(),
            rows=imported.rows,
        )
    return imported


def example(language: str) -> dict[str, list[Line]]:
    """Return a small sound example, for the template."""
    yes, no = ("иә", "жоқ") if language == "kk" else ("да", "нет")
    return {SHEET: [(1, 1, 1, None, yes), (1, 1, 2, None, no), (1, 2, 1, None, yes)]}


def _put(
    connection: Connection, actor: int | None, marks: tuple[Mark, ...], now: datetime
) -> Imported:
    changes = sum(
        rows.put_mark(
            connection,
            mark.programme_id,
            mark.number,
            mark.signup_id,
            present=mark.present,
            by=actor,
            now=now,
        )
        for mark in marks
    )
    return Imported(len(marks), changes)


def _checked(known: _Known, table: Table) -> tuple[Mark, ...]:
    faults: list[Fault] = []
    marks: dict[tuple[int, int, int], tuple[Mark, int]] = {}
    for row in table.of(SHEET):
        cells = Cells(row, faults)
        mark = _mark(cells, known)
        if mark is None:
            continue
        place = (mark.programme_id, mark.number, mark.signup_id)
        if place in marks:
            message = N_("This participant and session stand in row {row} already.")
            cells.wrong("participant", Refusal(message, row=marks[place][1]))
            continue
        marks[place] = (mark, row.number)
    refuse(faults, FORMS)
    return tuple(mark for mark, _row in marks.values())


def _mark(cells: Cells, known: _Known) -> Mark | None:
    programme = _programme(cells, known)
    number = cells.read("session", a_whole(1, _MOST_SESSIONS), 0)
    signup_id = cells.read("participant", a_whole(1, _LARGEST), 0)
    name = cells.read("name", a_text(LONGEST_NAME), "", needed=False)
    if programme is not None and number:
        _check(cells, "session", lambda: _require_session(known, programme, number))
    if programme is not None and signup_id:
        _check(cells, "participant", lambda: _require_participant(known, programme, signup_id))
    if signup_id and not cells.bad and name:
        _check(cells, "name", lambda: _require_name(known, signup_id, name))
    present = cells.read("present", _presence, "")
    if cells.bad or programme is None:
        return None
    return Mark(programme.id, number, signup_id, present == "yes")


def _presence(text: str) -> str:
    return one_of(_PRESENT, "иә, жоқ; да, нет; yes, no")(text)


def _programme(cells: Cells, known: _Known) -> Programme | None:
    written = cells.read("programme", a_text(_LONGEST_CODE), "")
    if not written:
        return None
    programme = known.programme(written)
    if programme is None:
        cells.wrong("programme", Refusal(GONE))
    elif programme.status is ProgrammeStatus.CALLED_OFF:
        cells.wrong("programme", Refusal(N_("This programme was called off.")))
    else:
        return programme
    return None


def _check(cells: Cells, column: str, rule: Callable[[], None]) -> None:
    try:
        rule()
    except Refusal as refusal:
        cells.wrong(column, refusal)


def _require_session(known: _Known, programme: Programme, number: int) -> None:
    session = known.session(programme, number)
    if session is None:
        raise Refusal(N_("This programme has no session {number}."), number=number)
    require_begun(session, known.now)


def _require_participant(known: _Known, programme: Programme, signup_id: int) -> None:
    row = known.signup(signup_id)
    if row is None:
        raise Refusal(N_("There is no participant {number}."), number=signup_id)
    if row["programme_id"] != programme.id:
        message = N_("Participant {number} is in another programme.")
        raise Refusal(message, number=signup_id)
    if row["status"] == SignUpStatus.LEFT:
        raise Refusal(N_("Participant {number} has left the programme."), number=signup_id)
    if row["status"] != SignUpStatus.CONFIRMED:
        raise Refusal(N_("Participant {number} has no place yet."), number=signup_id)


def _require_name(known: _Known, signup_id: int, name: str) -> None:
    row = known.signup(signup_id)
    if row is not None and row["name"] and fold(row["name"]) != fold(name):
        message = N_("Participant {number} signed up under another name.")
        raise Refusal(message, number=signup_id)
