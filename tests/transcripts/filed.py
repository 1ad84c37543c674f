"""Appeals that were there before a transcript begins."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.appeals.model import AppealType
from services.language import Language
from services.places.atlas import atlas
from services.roadmap.responsibility import route_office
from storage.outbox import OutboxStatus
from storage.schema.delivery import outbox
from storage.schema.organisation import routes

FIRST_MESSAGE = 1_000_000  # far from the numbers of the chat in the transcript


def file_before(
    connection: Connection,
    name: str,
    person_id: int,
    language: Language,
    filed: list[dict[str, Any]],
    at: datetime,
) -> None:
    """File a person's appeals, of whom everybody concerned was told long ago.

    Each has topic, place (a code of two or six digits) and text, and may have type, phone,
    confidential, and official: who answers for such appeals there from that day on.
    """
    for number, each in enumerate(filed):
        place = atlas().place(each["place"])
        assert place is not None
        draft = Draft(
            f"{name}-{number}",
            language,
            each["topic"],
            place.region.kato,
            place.district.kato if place.district else None,
            texts={FIRST_MESSAGE + number: each["text"]},
            type=AppealType(each["type"]) if "type" in each else None,
            phone=each.get("phone"),
            confidential=each.get("confidential", False),
        )
        if "official" in each:
            _let_answer(connection, each["official"], draft, at.date())
        file_appeal(connection, draft, Filing(person_id), at)
    told = OutboxStatus.DELIVERED.value
    connection.execute(sa.update(outbox).values(status=told, ended_at=at))


def _let_answer(connection: Connection, official: str, draft: Draft, since: date) -> None:
    case = {"topic": draft.topic, "region": draft.region, "district": draft.district}
    office = route_office(connection, **case, day=since)
    values = {**case, "office": office, "official": official, "since": since}
    connection.execute(sa.insert(routes).values(**values))
