"""All councils as a table that can be changed and brought again."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from sqlalchemy import Connection

from services.councils.model import CouncilField
from services.councils.register import Register, load_register
from services.councils.table import FORMS, Sheet
from services.people.deeds import Deed
from services.people.rights import authorise
from services.tables.writing import Line, to_xlsx
from storage import councils as rows

_DAY = timedelta(days=1)


def export_councils(connection: Connection, actor: int, language: str) -> bytes:
    """Return all councils as an XLSX file (a query); raises Refusal for who may not bring one."""
    authorise(connection, actor, Deed.IMPORT_COUNCILS)
    held = {row["code"] for row in rows.names(connection)}
    return to_xlsx(FORMS, lines_of(load_register(connection, held)), language)


def lines_of(register: Register) -> Mapping[str, tuple[Line, ...]]:
    """Return the rows of a register by sheet."""
    return {
        Sheet.FIELDS: tuple(map(_field, register.fields.values())),
        Sheet.COUNCILS: tuple(_councils(register)),
        Sheet.MEMBERS: tuple(_members(register)),
        Sheet.MEETINGS: tuple((*key, *titles) for key, titles in register.meetings.items()),
        Sheet.ATTENDANCE: tuple(
            (*key, presence.value) for key, presence in register.attendance.items()
        ),
    }


def _field(one: CouncilField) -> Line:
    names = (one.code, one.position, one.emoji, one.name_kk, one.name_ru)
    levels = (_yes(said=one.in_regions), _yes(said=one.in_districts))
    return (*names, *levels, " ".join(one.topics), _yes(said=one.retired))


def _councils(register: Register) -> Iterator[Line]:
    for code, terms in register.terms.items():
        for since, term in terms.items():
            place = (term.field, term.region, term.district)
            days = (since, _last(term.until))
            yield (code, *register.names[code], *place, *days, _yes(said=term.takes_appeals))


def _members(register: Register) -> Iterator[Line]:
    for code, members in register.members.items():
        for (official, since), sitting in members.items():
            who = register.officials[official]
            names = (who.name_kk, who.name_ru, who.position_kk, who.position_ru)
            yield (code, official, *names, sitting.role.value, since, _last(sitting.until))


def _last(until: date | None) -> date | None:
    return None if until is None else until - _DAY


def _yes(*, said: bool) -> str:
    return "yes" if said else "no"
