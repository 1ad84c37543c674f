"""Registering an appeal: from a draft to a number, a date and a name that answers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.draft import Draft
from services.appeals.model import AppealEvent, AppealStatus, RegisteredAppeal
from services.appeals.number import format_number
from services.appeals.wording import text_problem
from services.calendar.calendar import load_calendar
from services.calendar.working_days import counted_from, due_date
from services.clock import local_date
from services.organisation.directory import Topic
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from services.roadmap.responsibility import responsible_official, route_office
from storage import appeals as rows
from storage import organisation
from storage.outbox import tell

# The party's own rule; it mirrors the term of the Administrative Procedural Code, article 76.
TERM = 15  # working days

_FIRST_VERSION = 1


def register_appeal(
    connection: Connection, draft: Draft, person_id: int, now: datetime
) -> RegisteredAppeal:
    """Register the draft and queue its receipt; the same draft is registered once.

    Raises Refusal where something is missing, or the draft belongs to somebody else.

    Key: draft id.
    """
    known = rows.find_by_draft(connection, draft.id)
    if known is None:
        topic = _checked(connection, draft)
        appeal_id = _write(connection, draft, topic, person_id, now)
        known = rows.find_by_draft(connection, draft.id)
        if known is not None and appeal_id is not None:
            _complete(connection, draft, known, now)
    if known is None or known["person_id"] != person_id:
        raise Refusal(N_("This draft is no longer there. Please begin again: /appeal"))
    return _registered(known)


def find_registered(
    connection: Connection, draft_id: str, person_id: int
) -> RegisteredAppeal | None:
    """Return the appeal that this person's draft has become, None where it has not."""
    known = rows.find_by_draft(connection, draft_id)
    if known is None or known["person_id"] != person_id:
        return None
    return _registered(known)


def _checked(connection: Connection, draft: Draft) -> Topic:
    topics = {row["code"]: Topic(**row) for row in organisation.topics(connection)}
    topic = topics.get(draft.topic or "")
    if topic is None or topic.retired:
        raise Refusal(N_("This topic is no longer in use. Please choose another one."))
    if atlas().find(draft.region, draft.district) is None:
        raise Refusal(N_("Please choose the region first."))
    problem = text_problem(draft.text)
    if problem is not None:
        raise Refusal(problem)
    return topic


def _write(
    connection: Connection, draft: Draft, topic: Topic, person_id: int, now: datetime
) -> int | None:
    today = local_date(now)
    calendar = load_calendar(connection, today)
    counted = counted_from(now, calendar)
    latitude, longitude = draft.point or (None, None)
    office = route_office(connection, topic.code, draft.region, draft.district, today)
    return rows.add_appeal(
        connection,
        {
            "draft_id": draft.id,
            "number": format_number(today.year, rows.next_number(connection, today.year)),
            "person_id": person_id,
            "language": draft.language.value,
            "topic": topic.code,
            "section": topic.section,
            "official": responsible_official(connection, topic.section, today),
            "office": office,
            "region": draft.region,
            "district": draft.district,
            "latitude": latitude,
            "longitude": longitude,
            "text": draft.text,
            "status": AppealStatus.REGISTERED.value,
            "version": _FIRST_VERSION,
            "registered_at": now,
            "counted_from": counted,
            "due_on": due_date(counted, TERM, calendar),
        },
    )


def _complete(connection: Connection, draft: Draft, appeal: RowMapping, now: datetime) -> None:
    """Write all that belongs to a registration besides the appeal itself."""
    rows.add_attachments(connection, _files(draft, appeal["id"]))
    rows.add_event(
        connection,
        {
            "appeal_id": appeal["id"],
            "version": _FIRST_VERSION,
            "kind": AppealEvent.REGISTERED.value,
            "at": now,
            "actor": appeal["person_id"],
            "details": {},
        },
    )
    rows.count_on_day(
        connection,
        "registered",
        section=appeal["section"],
        day=local_date(now),
        topic=appeal["topic"],
        region=appeal["region"],
        district=appeal["district"] or "",
    )
    rows.count_open(connection, appeal["section"], appeal["due_on"], 1)
    tell(
        connection,
        appeal["person_id"],
        "receipt",
        f"receipt:{appeal['id']}",
        _receipt(appeal),
        now,
    )


def _files(draft: Draft, appeal_id: int) -> list[dict[str, Any]]:
    return [
        {
            "appeal_id": appeal_id,
            "message_id": message_id,
            "kind": file.kind.value,
            "file_id": file.file_id,
            "file_unique_id": file.file_unique_id,
            "file_name": file.file_name,
            "mime_type": file.mime_type,
            "size": file.size,
        }
        for message_id, file in draft.files.items()
    ]


def _receipt(appeal: RowMapping) -> dict[str, Any]:
    due_on: date = appeal["due_on"]
    return {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "region": appeal["region"],
        "district": appeal["district"],
        "office": appeal["office"],
        "official": appeal["official"],
        "registered_on": local_date(appeal["registered_at"]).isoformat(),
        "due_on": due_on.isoformat(),
    }


def _registered(appeal: RowMapping) -> RegisteredAppeal:
    return RegisteredAppeal(
        id=appeal["id"],
        number=appeal["number"],
        registered_on=local_date(appeal["registered_at"]),
        due_on=appeal["due_on"],
    )
