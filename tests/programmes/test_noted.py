"""What digests say of programmes."""

from datetime import date, timedelta

from sqlalchemy import Connection

from services.digests.model import Period
from services.digests.notes import Note, NoteKind
from services.digests.party import Reader
from services.programmes.noted import programme_notes
from services.roadmap.scope import Area, Scope
from tests.programmes.conftest import PEOPLE, come, opened

MONDAY = date(2026, 3, 9)
HEAD = Scope((Area(None, "61"),))
SECRETARY = Scope((Area(),), everything=True)


def notes(
    connection: Connection, scope: Scope, period: Period, day: date = MONDAY
) -> dict[NoteKind, Note]:
    """Return what a digest of this reader says."""
    reader = Reader("somebody", scope, period, day, day - timedelta(days=7), day)
    return {note.kind: note for note in programme_notes(connection, reader)}


def test_what_begins_and_what_is_full(connection: Connection) -> None:
    """Who answers for the territory hears of both on Monday, the secretary once a week."""
    programme = opened(connection, region="61")
    for person in PEOPLE:
        come(connection, programme, person)
    for scope, period in ((HEAD, Period.DAILY), (SECRETARY, Period.WEEKLY)):
        found = notes(connection, scope, period)
        assert {NoteKind.PROGRAMMES_SOON, NoteKind.PROGRAMMES_FULL} == set(found)
        item = found[NoteKind.PROGRAMMES_FULL].items[0]
        assert ("Сельская молодёжь", len(PEOPLE) - 2) == (item.ru, item.count)


def test_few_who_wait_are_not_counted(connection: Connection) -> None:
    """Under ten who wait no number is told."""
    programme = opened(connection, region="61")
    for person in PEOPLE[:4]:
        come(connection, programme, person)
    full = notes(connection, HEAD, Period.DAILY)[NoteKind.PROGRAMMES_FULL]
    assert [0] == [item.count for item in full.items]


def test_nothing_for_others(connection: Connection) -> None:
    """Another region, another day of the week and a monthly digest say nothing of it."""
    opened(connection, region="61")
    tuesday = MONDAY + timedelta(days=1)
    assert {} == notes(connection, Scope((Area(None, "10"),)), Period.DAILY)
    assert {} == notes(connection, Scope((Area(("water",), "61"),)), Period.DAILY)
    assert {} == notes(connection, HEAD, Period.DAILY, tuesday)
    assert {} == notes(connection, SECRETARY, Period.DAILY)
    assert {} == notes(connection, SECRETARY, Period.MONTHLY)
