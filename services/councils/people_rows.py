"""The rows of members, meetings and attendance: what they say, and what is wrong with them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from services.councils.model import Presence, Seat
from services.councils.register import Names, Register, Sitting
from services.councils.structure_rows import meet, until_of
from services.councils.table import PRESENCE_CHOICES, PRESENCES, SEAT_CHOICES, SEATS
from services.refusal import N_, Refusal
from services.tables.cells import Cells, a_code, a_day, a_text, one_of
from services.tables.model import Fault, Row

_NAME, _TITLE = a_text(200), a_text(300)
_SEAT, _PRESENCE = one_of(SEATS, SEAT_CHOICES), one_of(PRESENCES, PRESENCE_CHOICES)
_NO_DAY = date.max
_OFFICIALS = (
    ("name_kk", "member_kk"),
    ("name_ru", "member_ru"),
    ("position_kk", "position_kk"),
    ("position_ru", "position_ru"),
)


def read_members(
    rows: Iterable[Row], register: Register, faults: list[Fault], today: date
) -> None:
    """Put the members that these rows name into the register."""
    stored = {code: dict(members) for code, members in register.members.items()}
    named: dict[str, Names] = {}
    read: dict[tuple[str, str, date], tuple[Cells, Sitting]] = {}
    for row in rows:
        cells = Cells(row, faults)
        council = _council(cells, register)
        official = cells.read("official", a_code, "")
        names = _names(cells, official, register)
        if names is not None and named.setdefault(official, names) != names:
            cells.wrong("member_kk", Refusal(N_("This member has another name in another row.")))
        since = cells.read("since", a_day, _NO_DAY)
        sitting = Sitting(Seat(cells.read("role", _SEAT, "member")), until_of(cells, since))
        if (council, official, since) in read:
            message = N_("Another row of this member begins on the same day.")
            cells.wrong("since", Refusal(message))
        if not cells.bad and register.term_on(council, since) is None:
            cells.wrong("since", Refusal(N_("There is no such council on this day.")))
        before = stored.get(council, {}).get((official, since))
        if before is not None and since <= today and before.role is not sitting.role:
            message = N_(
                "This has begun, and what was stays written. Please add a row with a later day."
            )
            cells.wrong("role", Refusal(message))
        if not cells.bad and names is not None:
            read[council, official, since] = cells, sitting
            register.officials[official] = names
    for (council, official, since), (_cells, sitting) in sorted(
        read.items(), key=lambda one: one[0]
    ):
        _follow(register.members.setdefault(council, {}), official, since, sitting)
    for (council, official, since), (cells, sitting) in read.items():
        earlier = {
            (who, first): one
            for (who, first), one in register.members[council].items()
            if (council, who, first) not in read
            or read[council, who, first][0].row.number < cells.row.number
        }
        _check_alone(cells, (official, since), sitting, earlier)


def _names(cells: Cells, official: str, register: Register) -> Names | None:
    """Return what a member is called: as before where the row says nothing."""
    known = register.officials.get(official)
    said = {
        name: cells.read(column, _NAME, "", needed=False)
        or (getattr(known, name) if known is not None else "")
        for name, column in _OFFICIALS
    }
    for name, column in _OFFICIALS[:2]:
        if not said[name] and column not in cells.bad:
            cells.wrong(column, Refusal(N_("Nobody has this code yet: please write the name.")))
    if bool(said["position_kk"]) != bool(said["position_ru"]):
        column = "position_ru" if said["position_kk"] else "position_kk"
        cells.wrong(column, Refusal(N_("Please write it in both languages.")))
    return None if cells.bad else Names(**said)


def _follow(
    members: dict[tuple[str, date], Sitting], official: str, since: date, sitting: Sitting
) -> None:
    """Put a seat in its place; another one of the same member that has no end is over by it."""
    for (who, first), one in members.items():
        if who == official and first < since and one.until is None:
            members[who, first] = replace(one, until=since)
    members[official, since] = sitting


def _check_alone(
    cells: Cells,
    key: tuple[str, date],
    sitting: Sitting,
    members: dict[tuple[str, date], Sitting],
) -> None:
    """Refuse two seats of one member at a time, and two chairs of one council."""
    official, since = key
    for (who, first), one in members.items():
        if not meet(since, sitting.until, first, one.until):
            continue
        if who == official:
            message = N_("This member sits in the council on these days already.")
            cells.wrong("since", Refusal(message))
            return
        if sitting.role is Seat.CHAIR and one.role is Seat.CHAIR:
            message = N_("The council has a chair on these days already: {value}")
            cells.wrong("role", Refusal(message, value=who))
            return


def read_meetings(
    rows: Iterable[Row], register: Register, faults: list[Fault], today: date
) -> None:
    """Put the meetings that these rows name into the register."""
    seen: set[tuple[str, date]] = set()
    for row in rows:
        cells = Cells(row, faults)
        council, day = _council(cells, register), cells.read("held_on", a_day, _NO_DAY)
        titles = cells.read("title_kk", _TITLE, ""), cells.read("title_ru", _TITLE, "")
        if "held_on" not in cells.bad and day > today:
            cells.wrong("held_on", Refusal(N_("This day is still to come.")))
        if not cells.bad and register.term_on(council, day) is None:
            cells.wrong("held_on", Refusal(N_("There is no such council on this day.")))
        if (council, day) in seen:
            cells.wrong("held_on", Refusal(N_("This meeting stands in the table twice.")))
        seen.add((council, day))
        if not cells.bad:
            register.meetings[council, day] = titles


def read_attendance(rows: Iterable[Row], register: Register, faults: list[Fault]) -> None:
    """Put who came to the meetings of these rows into the register."""
    seen: set[tuple[str, date, str]] = set()
    for row in rows:
        cells = Cells(row, faults)
        council, day = _council(cells, register), cells.read("held_on", a_day, _NO_DAY)
        official = cells.read("official", a_code, "")
        presence = cells.read("presence", _PRESENCE, "present")
        if not cells.bad and (council, day) not in register.meetings:
            cells.wrong("held_on", Refusal(N_("The council did not meet on this day.")))
        elif not cells.bad and not register.sits_on(council, official, day):
            message = N_("Nobody of this code sat in the council on this day.")
            cells.wrong("official", Refusal(message))
        key = (council, day, official)
        if key in seen:
            cells.wrong("official", Refusal(N_("This member stands at the meeting twice.")))
        seen.add(key)
        if not cells.bad:
            register.attendance[key] = Presence(presence)


def _council(cells: Cells, register: Register) -> str:
    code = cells.read("council", a_code, "")
    if "council" not in cells.bad and code not in register.names:
        cells.wrong("council", Refusal(N_("There is no council “{value}”."), value=code))
    return code
