"""What was reported of an indicator, and what shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.model import AttachmentKind
from services.clock import local_date
from storage import roadmap_facts as rows

# What may show a fact.
KINDS = frozenset({AttachmentKind.PHOTO, AttachmentKind.DOCUMENT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A photo or document on Telegram's servers, by the message that brought it."""

    message_id: int
    kind: AttachmentKind
    file_id: str
    file_unique_id: str
    file_name: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A report: the value on a day, and the question with which the next level returned it.

    by: the person who reported; official: on whose behalf. 0 and None where the public reads.
    """

    id: int
    indicator: str
    value: Decimal
    comment: str | None
    at: datetime
    by: int
    official: str
    returned_at: datetime | None = None
    returned_by: int | None = None
    question: str | None = None
    replied_at: datetime | None = None
    replied_by: int | None = None
    reply: str | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def asked(self) -> bool:
        """Tell whether its question waits for a reply; until then the fact does not count."""
        return self.returned_at is not None and self.replied_at is None

    @property
    def day(self) -> date:
        """Return the day of the report in Asia/Almaty."""
        return local_date(self.at)


def facts_of(connection: Connection, found: Sequence[RowMapping]) -> tuple[Fact, ...]:
    """Return these rows as facts, with what shows them."""
    shown = rows.evidence_of(connection, [row["id"] for row in found])
    return tuple(
        Fact(**_own(row), evidence=tuple(map(_evidence, shown.get(row["id"], ()))))
        for row in found
    )


def find_fact(connection: Connection, fact_id: int) -> Fact | None:
    """Return one report, None where there is none of this id."""
    row = rows.find(connection, fact_id)
    return None if row is None else facts_of(connection, [row])[0]


def _own(row: RowMapping) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "key"}


def _evidence(row: RowMapping) -> Evidence:
    return Evidence(
        row["message_id"],
        AttachmentKind(row["kind"]),
        row["file_id"],
        row["file_unique_id"],
        row["file_name"],
    )
