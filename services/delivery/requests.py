"""Requests for approval with the names of who asked and who decided."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.delivery.approval import (
    Approval,
    approval_of,
    existing,
    is_latest,
    pending_approvals,
)
from storage.approvals import latest_of
from storage.staff import staff_names


@dataclass(frozen=True, slots=True)
class Request:
    """A request for approval as staff see it; `latest`: nothing newer was asked about it."""

    approval: Approval
    asker: str
    decider: str
    latest: bool


def find_request(connection: Connection, approval_id: int) -> Request:
    """Return a request; raises Refusal where there is none (a query)."""
    approval = existing(connection, approval_id)
    return _request(connection, approval)


def pending_requests(
    connection: Connection, after: int, limit: int
) -> tuple[tuple[Request, ...], bool]:
    """Return requests that wait, beyond this id, and whether there are more (a query)."""
    found, more = pending_approvals(connection, after, limit)
    return tuple(_request(connection, approval) for approval in found), more


def _request(connection: Connection, approval: Approval) -> Request:
    people = [person for person in (approval.asked_by, approval.decided_by) if person is not None]
    names = staff_names(connection, people)
    return Request(
        approval,
        names.get(approval.asked_by, ""),
        names.get(approval.decided_by or 0, ""),
        is_latest(connection, approval),
    )


def latest_request(connection: Connection, subject: str) -> Request | None:
    """Return the newest request about a subject (a query)."""
    row = latest_of(connection, subject)
    return None if row is None else _request(connection, approval_of(row))
