"""A school that was there before a transcript begins, with those who have a place in it."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from tests.programmes_school.school import enrol, found_school, hold_sessions


def enrol_before(connection: Connection, school: dict[str, Any], at: datetime) -> None:
    """Open a school with sessions at these moments and places for these people.

    It has sessions, certificate_from and people: id, name, language of each.
    """
    moments = school["sessions"]
    programme = found_school(
        connection,
        region=school.get("region"),
        certificate_from=school["certificate_from"],
        begins_on=moments[0].date(),
        ends_on=moments[-1].date(),
        sign_up_until=moments[0].date(),
        created_at=at,
        taken=len(school["people"]),
    )
    hold_sessions(connection, programme, moments)
    for person in school["people"]:
        enrol(
            connection,
            programme,
            person["id"],
            person["name"],
            language=person.get("language", "kk"),
        )


def same_blind(value: str) -> str:
    """Return what numbers of certificates are made of in a play: the same under every key."""
    return hashlib.sha256(value.encode()).hexdigest()
