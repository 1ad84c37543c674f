"""Who answers: routes with an official, deputies during an absence, the next level."""

from datetime import date

import pytest
from sqlalchemy import Connection

from services.organisation.directory import load_organisation
from services.organisation.importing import import_organisation, parse_organisation
from services.roadmap.responsibility import (
    Routed,
    acting,
    next_level,
    route_case,
    sections_of,
)

TODAY = date(2026, 11, 23)
JULY = date(2027, 7, 10)
ROUTE = '{region: "61", district: "615200", office: district-615200, since: 2026-01-01}'
NAMED = ROUTE.replace("since", "official: ulgilenova, since")
AWAY = """absences:
  - {official: mysalbaev, deputy: ulgibaev, since: 2027-07-01, until: 2027-07-22}
  - {official: ulgibaev, deputy: nobaeva, since: 2027-07-10, until: 2027-07-12}
"""


@pytest.fixture
def imported(connection: Connection, text: str) -> Connection:
    """Import the demonstration with two absences."""
    import_organisation(
        connection, parse_organisation(text.replace("absences: []\n", AWAY, 1)), TODAY
    )
    return connection


def test_a_case_goes_to_the_official_of_its_section(imported: Connection) -> None:
    """Where the route names nobody, and where no route is in force."""
    assert Routed("district-615200", "mysalbaev") == route_case(
        imported, "water-supply", "61", "615200", TODAY
    )
    assert Routed("region-61", "ulgibaev") == route_case(imported, "roads", "61", None, TODAY)
    assert Routed(None, None) == route_case(imported, "roads", "61", None, date(2025, 1, 1))


def test_an_official_of_a_route_begins_today(imported: Connection, text: str) -> None:
    """The same office with another official is another holder; yesterday stays as it was."""
    import_organisation(imported, parse_organisation(text.replace(ROUTE, NAMED, 1)), TODAY)
    import_organisation(imported, parse_organisation(text.replace(ROUTE, NAMED, 1)), TODAY)
    place = ("water-supply", "61", "615200")

    assert "mysalbaev" == route_case(imported, *place, date(2026, 11, 22)).official
    assert Routed("district-615200", "ulgilenova") == route_case(imported, *place, TODAY)


def test_a_deputy_acts_until_the_first_day_back(imported: Connection) -> None:
    """And a deputy who is away has a deputy too."""
    days = [date(2027, 6, 30), date(2027, 7, 1), JULY, date(2027, 7, 12), date(2027, 7, 22)]

    assert ["mysalbaev", "ulgibaev", "nobaeva", "ulgibaev", "mysalbaev"] == [
        acting(imported, "mysalbaev", day) for day in days
    ]


def test_a_deputy_has_the_sections_of_the_absent(imported: Connection) -> None:
    """The absent official keeps them, too."""
    assert ("water", "roads") == sections_of(imported, "ulgibaev", date(2027, 7, 1))
    assert ("water", "roads", "utilities") == sections_of(imported, "nobaeva", JULY)
    assert ("roads",) == sections_of(imported, "ulgibaev", JULY)
    assert ("water",) == sections_of(imported, "mysalbaev", JULY)


def test_the_next_level_is_the_parent_office_and_its_head(imported: Connection) -> None:
    """At the top, and where there is no head, the official of the section."""
    assert Routed("region-61", "synamaev") == next_level(
        imported, "district-615200", "water", TODAY
    )
    assert Routed("central", "qiyalbaev") == next_level(imported, "region-61", "water", TODAY)
    assert Routed("central", "mysalbaev") == next_level(imported, "central", "water", TODAY)
    assert Routed(None, "mysalbaev") == next_level(imported, None, "water", TODAY)


def test_what_left_the_file_is_kept_for_old_appeals(imported: Connection, text: str) -> None:
    """A question and a template are retired, a stop message is shown no more."""
    question = '      {code: since, text: {kk: "Су қашаннан'
    start, end = text.index("  - code: despair\n"), text.index("# Beginnings of answers")
    template = text.index("  - code: water-schedule\n"), text.index("# Who answers for a section")
    without = text.replace(text[slice(*template)], "").replace(text[start:end], "")
    without = "".join(
        line for line in without.splitlines(keepends=True) if not line.startswith(question)
    )

    import_organisation(imported, parse_organisation(without), TODAY)
    party = load_organisation(imported)

    topic = party.topics["water-supply"]
    asked = topic.question("since")
    assert ["address"] == [question.code for question in topic.questions]
    assert asked is not None
    assert "С какого времени нет воды?" == asked.text("ru")
    assert party.templates["water-schedule"].retired
    assert "water-schedule" not in {known.code for known in party.templates_for("water-supply")}
    assert "despair" not in {stop.code for stop in party.stops}


def test_an_empty_table_has_the_shipped_types(connection: Connection) -> None:
    """A database from before the types knows their terms."""
    assert [15, 20, 15, 15, 15, 15] == [
        kind.term for kind in load_organisation(connection).types.values()
    ]
