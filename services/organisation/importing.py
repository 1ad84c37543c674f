"""Bringing the tables to what the organisation's file says.

Idempotent: the same file twice changes nothing. Nothing that old appeals refer to is deleted:
topics, questions and templates are retired, assignments, routes and absences end on a day.
"""

from dataclasses import asdict
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from services.organisation import rows_of_file
from services.organisation.absence import Absence, Added, Dropped, Returned, follow
from services.organisation.file import OrganisationFile, RouteEntry
from services.organisation.reading import (
    BadOrganisationFile,
    parse_organisation,
    read_organisation,
)
from services.organisation.succession import Begun, Ended, Replaced, Term, Wanted, succession
from storage import organisation_writes as rows

__all__ = [
    "BadOrganisationFile",
    "import_if_empty",
    "import_organisation",
    "parse_organisation",
    "read_organisation",
]

RouteKey = tuple[str | None, str | None, str | None]
RouteHolder = tuple[str, str | None]


def import_if_empty(connection: Connection, path: Path, today: date) -> bool:
    """Import the file where nothing has been imported yet, and tell whether it was.

    Raises BadOrganisationFile.

    Key: the tables, while they are empty.
    """
    if not rows.is_empty(connection):
        return False
    import_organisation(connection, read_organisation(path), today)
    return True


def import_organisation(connection: Connection, file: OrganisationFile, today: date) -> None:
    """Bring the tables to what the file says; responsibilities that change do so from today.

    Key: codes and dates in the file.
    """
    rows.replace_texts(connection, rows_of_file.texts(file))
    rows.put_officials(connection, rows_of_file.officials(file))
    rows.put_offices(connection, rows_of_file.offices(file))
    rows.put_types(connection, rows_of_file.types(file))
    rows.put_sections(connection, rows_of_file.listed(file.sections))
    rows.replace_topics(connection, rows_of_file.topics(file))
    rows.replace_questions(connection, rows_of_file.questions(file))
    rows.replace_stops(connection, rows_of_file.stops(file))
    rows.replace_templates(connection, rows_of_file.templates(file))
    rows.replace_news_topics(connection, rows_of_file.news_topics(file))
    rows.replace_calendar(connection, rows_of_file.calendar(file))
    _assign(connection, file, today)
    _route(connection, file, today)
    _deputise(connection, file, today)


def _assign(connection: Connection, file: OrganisationFile, today: date) -> None:
    terms = [
        Term(
            (row["section"], row["since"]),
            row["section"],
            row["official"],
            row["since"],
            row["until"],
        )
        for row in rows.assignments(connection)
    ]
    wanted = {entry.section: Wanted(entry.official, entry.since) for entry in file.assignments}
    for change in succession(terms, wanted, today):
        match change:
            case Ended(row, until):
                rows.change_assignment(connection, *row, {"until": until})
            case Replaced(row, holder):
                rows.change_assignment(connection, *row, {"official": holder, "until": None})
            case Begun(section, holder, since):
                rows.add_assignment(connection, section, holder, since)


def _route(connection: Connection, file: OrganisationFile, today: date) -> None:
    terms = [
        Term(
            row["id"],
            (row["topic"], row["region"], row["district"]),
            (row["office"], row["official"]),
            row["since"],
            row["until"],
        )
        for row in rows.routes(connection)
    ]
    wanted: dict[RouteKey, Wanted[RouteHolder]] = {
        _route_key(entry): Wanted((entry.office, entry.official), entry.since)
        for entry in file.routes
    }
    for change in succession(terms, wanted, today):
        match change:
            case Ended(row, until):
                rows.change_route(connection, row, {"until": until})
            case Replaced(row, (office, official)):
                values = {"office": office, "official": official, "until": None}
                rows.change_route(connection, row, values)
            case Begun((topic, region, district), (office, official), since):
                place = {"topic": topic, "region": region, "district": district}
                holder = {"office": office, "official": official}
                rows.add_route(connection, {**place, **holder, "since": since})


def _deputise(connection: Connection, file: OrganisationFile, today: date) -> None:
    stored = [Absence(**row) for row in rows.absences(connection)]
    wanted = [
        Absence(entry.official, entry.deputy, entry.since, entry.until) for entry in file.absences
    ]
    for change in follow(stored, wanted, today):
        match change:
            case Dropped(absence):
                rows.drop_absence(connection, absence.official, absence.since)
            case Returned(absence, until):
                rows.end_absence(connection, absence.official, absence.since, until)
            case Added(absence):
                rows.add_absence(connection, asdict(absence))


def _route_key(entry: RouteEntry) -> RouteKey:
    return entry.topic, entry.region, entry.district
