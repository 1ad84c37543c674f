"""Lists and cards of appeals, for those who may see them."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, RowMapping

from services.appeals.model import (
    OPEN,
    AppealCard,
    AppealLine,
    AppealStatus,
    Attachment,
    AttachmentKind,
    EntryKind,
)
from services.appeals.verdict import promise_in_question
from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar, working_days_between
from services.clock import local_date
from services.places.atlas import atlas
from services.places.model import Place
from services.refusal import N_, Refusal
from storage import appeal_entries
from storage import appeals as rows
from storage.appeal_closing import decision
from storage.council_reading import name_of
from storage.people import find_person

_CARD = (
    "id",
    "number",
    "version",
    "language",
    "topic",
    "section",
    "official",
    "office",
    "region",
    "district",
    "latitude",
    "longitude",
    "text",
    "due_on",
    "answer",
    "rating",
    "solved",
    "closes_on",
    "type",
    "confidential",
    "joins",
    "campaign",
    "deputy",
)


def list_own(
    connection: Connection, person_id: int, after: int | None, limit: int, today: date
) -> list[AppealLine]:
    """Return a person's appeals, the newest first, from below the id `after` on."""
    calendar = load_calendar(connection, today)
    found = rows.own_appeals(connection, person_id, after, limit)
    return [appeal_line(row, today, calendar) for row in found]


def appeal_card(connection: Connection, appeal_id: int, person_id: int, today: date) -> AppealCard:
    """Return a citizen's own appeal. Raises Refusal for anybody else's."""
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    left = _days_left(appeal, today, load_calendar(connection, today))
    additions = tuple(
        entry["text"]
        for entry in appeal_entries.entries_of(connection, appeal_id)
        if entry["kind"] == EntryKind.ADDITION.value
    )
    return replace(card_of(connection, appeal, left), additions=additions)


def own_number(connection: Connection, appeal_id: int, person_id: int) -> str:
    """Return the number of a person's own appeal. Raises Refusal for anybody else's."""
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    number: str = appeal["number"]
    return number


def remembered_place(connection: Connection, person_id: int) -> Place | None:
    """Return the place of the person's newest appeal, else of their profile."""
    row = rows.last_place(connection, person_id) or find_person(connection, person_id)
    return atlas().find(row["region"], row["district"]) if row else None


def count_own(connection: Connection, person_id: int) -> int:
    """Return how many appeals the person has registered."""
    return rows.count_own(connection, person_id)


def appeal_line(row: RowMapping, today: date, calendar: Calendar) -> AppealLine:
    """Return the row of an appeal as a line of a list."""
    return AppealLine(
        id=row["id"],
        number=row["number"],
        status=AppealStatus(row["status"]),
        topic=row["topic"],
        section=row["section"],
        region=row["region"],
        district=row["district"],
        registered_on=local_date(row["registered_at"]),
        due_on=row["due_on"],
        days_left=_days_left(row, today, calendar),
        mandate=row["campaign"] is not None,
    )


def card_of(connection: Connection, appeal: RowMapping, days_left: int | None) -> AppealCard:
    """Return the card of an appeal's row; who may see it was asked before."""
    answered_at = appeal["answered_at"]
    return AppealCard(
        **{name: appeal[name] for name in _CARD},
        status=AppealStatus(appeal["status"]),
        attachments=tuple(
            Attachment(AttachmentKind(row["kind"]), *(row[name] for name in list(row)[1:]))
            for row in rows.attachments_of(connection, appeal["id"])
        ),
        registered_on=local_date(appeal["registered_at"]),
        answered_on=local_date(answered_at) if answered_at else None,
        days_left=days_left,
        decision=decision(connection, appeal["id"]),
        promise_asked=promise_in_question(connection, appeal["id"]),
        council=_council(connection, appeal["council"]),
    )


def _council(connection: Connection, code: str | None) -> tuple[str, str] | None:
    row = None if code is None else name_of(connection, code)
    return None if row is None else (row["name_kk"], row["name_ru"])


def _days_left(row: RowMapping, today: date, calendar: Calendar) -> int | None:
    if AppealStatus(row["status"]) not in OPEN:
        return None
    return working_days_between(today, row["due_on"], calendar)
