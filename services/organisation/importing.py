"""Bringing the tables to what the organisation's file says.

Idempotent: the same file twice changes nothing. Nothing that old appeals refer to is deleted:
topics are retired, assignments and routes end on a day.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from services.organisation.file import (
    Names,
    OfficeEntry,
    OfficialEntry,
    OrganisationFile,
    RouteEntry,
    SectionEntry,
    Words,
)
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
    rows.replace_texts(connection, _texts(file))
    rows.put_officials(connection, [_official(entry) for entry in file.officials])
    rows.put_offices(connection, [_office(entry) for entry in file.offices])
    rows.put_sections(connection, _listed(file.sections))
    topics = zip(_listed(file.topics), file.topics, strict=True)
    rows.replace_topics(connection, [{**row, "section": entry.section} for row, entry in topics])
    rows.replace_news_topics(connection, _listed(file.news_topics))
    rows.replace_calendar(
        connection,
        [
            {"day": entry.day, "working": entry.working, **_names("reason", entry.reason)}
            for entry in file.calendar
        ],
    )
    _assign(connection, file, today)
    _route(connection, file, today)


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
            row["office"],
            row["since"],
            row["until"],
        )
        for row in rows.routes(connection)
    ]
    wanted = {_route_key(entry): Wanted(entry.office, entry.since) for entry in file.routes}
    for change in succession(terms, wanted, today):
        match change:
            case Ended(row, until):
                rows.change_route(connection, row, {"until": until})
            case Replaced(row, holder):
                rows.change_route(connection, row, {"office": holder, "until": None})
            case Begun((topic, region, district), holder, since):
                values = {"topic": topic, "region": region, "district": district}
                rows.add_route(connection, {**values, "office": holder, "since": since})


def _route_key(entry: RouteEntry) -> RouteKey:
    return entry.topic, entry.region, entry.district


def _texts(file: OrganisationFile) -> list[dict[str, str]]:
    texts: dict[str, Names | Words] = {"party_name": file.party, **file.texts}
    texts |= {f"body.{body.value}": names for body, names in file.bodies.items()}
    return [{"key": key, "kk": words.kk, "ru": words.ru} for key, words in texts.items()]


def _official(entry: OfficialEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "body": entry.body.value,
        **_names("name", entry.name),
        **_names("position", entry.position),
    }


def _office(entry: OfficeEntry) -> dict[str, Any]:
    return {"code": entry.code, "region": entry.region, **_names("name", entry.name)}


def _listed(entries: Sequence[SectionEntry]) -> list[dict[str, Any]]:
    return [
        {
            "code": entry.code,
            "position": position,
            "emoji": entry.emoji,
            **_names("name", entry.name),
        }
        for position, entry in enumerate(entries)
    ]


def _names(field: str, names: Names) -> dict[str, str]:
    return {f"{field}_kk": names.kk, f"{field}_ru": names.ru}
