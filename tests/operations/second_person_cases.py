"""Commands of the second person and of confirmed numbers, each in a case run twice."""

from collections.abc import Callable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import opening
from services.delivery import approval, letting_out
from services.exports import asking
from services.exports.kinds import Export
from services.people import phone_confirmation
from services.people.phone_confirmation import Contact
from storage.confirmed_phones import put_phone
from storage.people import grant_role
from storage.schema.delivery import deliveries
from storage.vault import blind
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NEIGHBOUR, NOW, Seeded

_REASON = "Мекенжайын нақтылау керек."
_NUMBER = Contact("+77011234567", CITIZEN)


def _eyes(connection: Connection, now: datetime) -> int:
    """Return an auditor."""
    grant_role(connection, NEIGHBOUR, "auditor", None, now)
    return NEIGHBOUR


def _ask(connection: Connection, seeded: Seeded, now: datetime) -> approval.Approval:
    _eyes(connection, now)
    appeal = seeded.answered_appeal
    return opening.ask_opening(connection, appeal, ADMINISTRATOR, 7, _REASON, now)


def _let(connection: Connection, asked: approval.Approval, now: datetime) -> int:
    letting_out.approve(connection, asked.id, asked.seen, _eyes(connection, now), now)
    return asked.id


def _open(connection: Connection, seeded: Seeded, now: datetime) -> None:
    asked = _let(connection, _ask(connection, seeded, now), now)
    opening.open_name(connection, asked, ADMINISTRATOR, now)


def _take(connection: Connection, seeded: Seeded, now: datetime) -> None:
    asked = _let(connection, _ask(connection, seeded, now), now)
    letting_out.take(connection, asked, ADMINISTRATOR, now)


def _ask_export(connection: Connection, seeded: Seeded, now: datetime) -> approval.Approval:
    _eyes(connection, now)
    ended = sa.update(deliveries).where(deliveries.c.mailing_id == seeded.all_sent)
    connection.execute(ended.values(status="blocked"))
    kind, of = Export.UNREACHED, seeded.all_sent
    return asking.ask_export(connection, kind, of, ADMINISTRATOR, 7, _REASON, now)


def _take_export(connection: Connection, seeded: Seeded, now: datetime) -> None:
    asked = _let(connection, _ask_export(connection, seeded, now), now)
    asking.take_export(connection, asked, ADMINISTRATOR, now)


def _ask_second(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _eyes(connection, now)
    approval.ask_second(
        connection,
        subject=f"{approval.NAME}:1:{ADMINISTRATOR}",
        version=7,
        content={"reason": _REASON},
        rows_in_all=1,
        by=ADMINISTRATOR,
        now=now,
    )


def _withdraw(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    put_phone(connection, CITIZEN, blind(_NUMBER.phone), NOW)
    phone_confirmation.withdraw_phone(connection, CITIZEN, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.opening.ask_opening": _ask,
    "services.appeals.opening.open_name": _open,
    "services.delivery.approval.ask_second": _ask_second,
    "services.delivery.letting_out.take": _take,
    "services.exports.asking.ask_export": _ask_export,
    "services.exports.asking.take_export": _take_export,
    "services.people.phone_confirmation.confirm_phone": (
        lambda c, _, now: phone_confirmation.confirm_phone(c, CITIZEN, _NUMBER, now)
    ),
    "services.people.phone_confirmation.withdraw_phone": _withdraw,
}
