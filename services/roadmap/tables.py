"""Reading what decides who answers, and who would answer for a case, for the command line."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.places.atlas import atlas
from services.roadmap.checking import Dated, DatedRoute, OfficeLevel, Tables
from services.roadmap.responsibility import (
    Route,
    Routed,
    acting,
    level_above,
    route_case,
)
from storage import organisation as rows
from storage import organisation_writes as all_rows
from storage import roadmap
from storage.appeal_handovers import count_by_official
from storage.appeal_queue import count_unrouted
from storage.staff import officials_with_accounts

_COUNTED = 1000
_ANY = "any"


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answers for a case on a day: codes, None where nobody.

    acting stands in for the official, or is the same; reads: somebody holds that account; above:
    who is told when it is late, level by level.
    """

    routed: Routed
    acting: str | None
    reads: bool
    above: tuple[Routed, ...]


def read_tables(connection: Connection, day: date) -> Tables:
    """Return everything that decides who answers, as it is on this day."""
    return Tables(
        day=day,
        topics={
            row["code"]: row["section"] for row in rows.topics(connection) if not row["retired"]
        },
        regions=tuple(atlas().regions),
        offices={
            row["code"]: OfficeLevel(row["parent"], row["head"])
            for row in rows.offices(connection)
        },
        routes=tuple(
            DatedRoute(
                Route(
                    row["topic"],
                    row["region"],
                    row["district"],
                    row["office"],
                    row["official"],
                ),
                Dated(
                    "/".join(row[n] or _ANY for n in ("topic", "region", "district")),
                    row["office"],
                    row["since"],
                    row["until"],
                ),
            )
            for row in all_rows.routes(connection)
        ),
        assignments=tuple(
            Dated(row["section"], row["official"], row["since"], row["until"])
            for row in all_rows.assignments(connection)
        ),
        absences=tuple(
            Dated(row["official"], row["deputy"], row["since"], row["until"])
            for row in all_rows.absences(connection)
        ),
        present=officials_with_accounts(connection),
        indicators=tuple(row["code"] for row in roadmap.read_indicators(connection)),
        indicator_officials=tuple(
            Dated(row["indicator"], row["official"], row["since"], row["until"])
            for row in roadmap.assignments(connection)
        ),
        unrouted=count_unrouted(connection, _COUNTED),
        named=count_by_official(connection),
    )


def who_answers(
    connection: Connection, topic: str, region: str, district: str | None, day: date
) -> Answers:
    """Return who answers for a topic in a place on this day, and who is above them."""
    routed = route_case(connection, topic, region, district, day)
    section = rows.section_of_topic(connection, topic) or ""
    above: list[Routed] = []
    below, office = {routed.official}, routed.office
    while True:
        level = level_above(connection, office, section, below, day)
        if level.official is None:
            break
        above.append(level)
        below.add(level.official)
        office = level.office
    present = None if routed.official is None else acting(connection, routed.official, day)
    return Answers(routed, present, present in officials_with_accounts(connection), tuple(above))
