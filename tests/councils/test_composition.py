"""Which councils there are at a place, and what is missing."""

from sqlalchemy import Connection

from services.councils.composition import composition_of, gathering, overview
from services.councils.importing import example, put_table
from services.councils.model import Level, Seat
from tests.councils.conftest import JOINED, NOW, TODAY, book, table
from tests.digests.conftest import settled


def test_what_is_missing_by_level(connection: Connection) -> None:
    """Every field is expected at the republic, the usual ones elsewhere; no retired one."""
    found = [
        composition_of(connection, region, district, TODAY)
        for region, district in ((None, None), ("61", None), ("61", "615200"))
    ]
    assert [
        (Level.REPUBLIC, 1, 3, ("roads", "law")),
        (Level.REGION, 2, 2, ()),
        (Level.DISTRICT, 0, 1, ("water",)),
    ] == [
        (one.level, one.filled, len(one.expected), tuple(each.code for each in one.missing))
        for one in found
    ]


def test_nine_eight_and_five() -> None:
    """Of the usual fields the republic expects nine, a region eight, a district five."""
    with settled() as connection:
        put_table(connection, book(example("ru")), NOW)
        found = {one.level: one for one in overview(connection, TODAY)}
    assert {Level.REPUBLIC: 9, Level.REGION: 8, Level.DISTRICT: 5} == {
        level: one.expected for level, one in found.items()
    }
    assert (0, 1, 20) == (
        found[Level.REGION].complete,
        found[Level.REGION].begun,
        found[Level.REGION].places,
    )


def test_a_whole_region(connection: Connection) -> None:
    """A region in which every expected field has a council is complete."""
    found = {one.level: one.complete for one in overview(connection, TODAY)}
    assert {Level.REPUBLIC: 0, Level.REGION: 1, Level.DISTRICT: 0} == found


def test_what_citizens_see(connection: Connection) -> None:
    """Who leads stands first; since when the council and each member; how many came."""
    came = [("water-61", "2026-02-02", "bota", "present")]
    put_table(connection, table(attendance=came), NOW)
    found = gathering(connection, "water-61", TODAY, 3)
    assert [Seat.CHAIR, Seat.DEPUTY, Seat.MEMBER] == [one.seat for one in found.members]
    assert [1] == [one.present for one in found.meetings]
    assert found.council.since < JOINED.date()
