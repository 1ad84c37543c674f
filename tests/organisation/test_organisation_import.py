"""Importing: twice is once, the past stays, what left is retired."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.organisation.directory import load_organisation
from services.organisation.importing import (
    import_if_empty,
    import_organisation,
    parse_organisation,
)
from services.roadmap.responsibility import responsible_official, route_office, sections_of
from storage.schema import metadata
from tests.organisation.conftest import FILE

TODAY = date(2026, 11, 23)
TOMORROW = date(2026, 11, 24)


def contents(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table."""
    return {
        table.name: [tuple(row) for row in connection.execute(sa.select(table))]
        for table in metadata.sorted_tables
    }


@pytest.fixture
def imported(connection: Connection) -> Connection:
    """Import the demonstration."""
    import_if_empty(connection, FILE, TODAY)
    return connection


def test_twice_is_once(imported: Connection, text: str) -> None:
    """The same file again changes no row."""
    before = contents(imported)
    import_organisation(imported, parse_organisation(text), TOMORROW)

    assert before == contents(imported)


def test_tables_that_are_filled_are_left_alone(imported: Connection) -> None:
    """The file of the settings is for the first start only."""
    before = contents(imported)

    assert not import_if_empty(imported, FILE, TOMORROW)
    assert before == contents(imported)


def test_the_party_is_data(imported: Connection, text: str) -> None:
    """Another name in the file is another name on the screens."""
    renamed = text.replace("ru: Партия «Үлгі»", "ru: Партия «Нобай»")
    import_organisation(imported, parse_organisation(renamed), TODAY)

    assert "Партия «Нобай»" == load_organisation(imported).party.name("ru")


def test_a_new_official_begins_on_the_day_the_file_names(imported: Connection, text: str) -> None:
    """The day before, the section still has the old one."""
    changed = text.replace(
        "section: water, official: mysalbaev, since: 2026-01-01",
        "section: water, official: nobaeva, since: 2026-12-01",
    )
    import_organisation(imported, parse_organisation(changed), TODAY)

    assert "mysalbaev" == responsible_official(imported, "water", date(2026, 11, 30))
    assert "nobaeva" == responsible_official(imported, "water", date(2026, 12, 1))
    assert ("utilities",) == sections_of(imported, "nobaeva", date(2026, 11, 30))
    assert ("water", "utilities") == sections_of(imported, "nobaeva", date(2026, 12, 1))


def test_a_name_exchanged_without_a_day_begins_today(imported: Connection, text: str) -> None:
    """The past is not rewritten because somebody left the old date in the file."""
    changed = text.replace(
        "section: water, official: mysalbaev", "section: water, official: nobaeva"
    )
    import_organisation(imported, parse_organisation(changed), TODAY)

    assert "mysalbaev" == responsible_official(imported, "water", date(2026, 11, 22))
    assert "nobaeva" == responsible_official(imported, "water", TODAY)


def test_a_topic_that_left_is_retired(imported: Connection, text: str) -> None:
    """Old appeals keep its name; it comes back when the file names it again."""
    without = "\n".join(line for line in text.splitlines() if "code: waste," not in line)
    import_organisation(imported, parse_organisation(without), TODAY)
    gone = load_organisation(imported).topics["waste"]
    import_organisation(imported, parse_organisation(text), TODAY)

    assert (True, "Қоқыс") == (gone.retired, gone.name_kk)
    assert not load_organisation(imported).topics["waste"].retired


def test_a_news_topic_that_left_is_retired(imported: Connection, text: str) -> None:
    """Its posts keep their heading."""
    without = "\n".join(line for line in text.splitlines() if "code: youth," not in line)
    import_organisation(imported, parse_organisation(without), TODAY)

    assert load_organisation(imported).news_topics["youth"].retired


def test_the_most_specific_route_wins(imported: Connection, text: str) -> None:
    """District before region, region before topic, everything before nothing."""
    more = text.replace(
        "routes:\n",
        "routes:\n"
        "  - {topic: gas, office: region-11, since: 2026-01-01}\n"
        '  - {region: "10", district: "101000", office: region-15, since: 2026-01-01}\n'
        '  - {topic: gas, region: "10", office: region-19, since: 2026-01-01}\n',
    )
    import_organisation(imported, parse_organisation(more), TODAY)
    cases = [
        ("gas", None, None),
        ("gas", "10", "101000"),
        ("gas", "10", "103200"),
        ("gas", "23", None),
        ("roads", "10", "103200"),
        ("roads", None, None),
    ]

    assert ["region-11", "region-15", "region-19", "region-23", "region-10", "central"] == [
        route_office(imported, topic, region, district, TODAY) for topic, region, district in cases
    ]


def test_a_route_that_left_ends_today(imported: Connection, text: str) -> None:
    """Yesterday's appeal still finds its office."""
    without = text.replace('  - {region: "10", office: region-10, since: 2026-01-01}\n', "")
    import_organisation(imported, parse_organisation(without), TODAY)

    assert "region-10" == route_office(imported, "gas", "10", None, date(2026, 11, 22))
    assert "central" == route_office(imported, "gas", "10", None, TODAY)
