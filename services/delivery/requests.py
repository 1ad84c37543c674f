"""Requests for approval with the names of who asked and who decided."""

from dataclasses import dataclass

from sqlalchemy import Connection

from services.delivery.approval import (
    EYES,
    Approval,
    approval_of,
    existing,
    is_latest,
    kinds_for,
    pending_approvals,
)
from services.people.rights import authorise
from storage.approvals import latest_of
from storage.staff import staff_names


@dataclass(frozen=True, slots=True)
class Request:
    """A request for approval as staff see it; `latest`: nothing newer was asked about it."""

    approval: Approval
    asker: str
    decider: str
    latest: bool


def find_request(connection: Connection, approval_id: int, by: int) -> Request:
    """Return a request to who asked, and to who may let it out (a query).

    Raises Refusal for others, and where there is none.
    """
    approval = existing(connection, approval_id)
    if approval.asked_by != by:
        authorise(connection, by, EYES[approval.kind])
    return _request(connection, approval)


def pending_requests(
    connection: Connection, by: int, after: int, limit: int
) -> tuple[tuple[Request, ...], bool]:
    """Return requests that wait for this person or a colleague, beyond this id (a query).

    And whether there are more. Raises Refusal for whoever lets out nothing.
    """
    kinds = kinds_for(connection, by)
    found, more = pending_approvals(connection, kinds, after, limit)
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
