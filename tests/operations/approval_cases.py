"""Commands of approvals and of planned posts, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.delivery import approval, letting_out
from services.delivery.beginning import begin_planned
from services.delivery.policy import Policy
from services.news import posts
from services.news.approved import publish_approved
from services.news.model import Draft
from services.news.planned import call_off
from services.news.sending import send_post, withdraw_draft
from tests.operations.seeded import ADMINISTRATOR, NEWS, NOW, OPERATOR, Seeded

_DRAFT = Draft(NEWS, "Хабар", "Новость")
_MANY = 5
_POLICY = Policy(approval_above=1)


def ask(connection: Connection, now: datetime) -> approval.Approval:
    """Ask for the approval of a post."""
    return approval.ask_approval(
        connection,
        subject="news:draft",
        version=1,
        content=_DRAFT.as_json(),
        people=_MANY,
        above=1,
        by=OPERATOR,
        now=now,
    )


def plan(connection: Connection) -> int:
    """Plan a post and return its id."""
    draft = Draft(NEWS, "Хабар", "Новость", publish_at=NOW + timedelta(hours=1))
    return posts.put_out(connection, OPERATOR, "planned", draft, NOW).post_id


def _approve(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    asked = ask(connection, now)
    letting_out.approve(connection, asked.id, asked.seen, ADMINISTRATOR, now)


def _decline(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    asked = ask(connection, now)
    letting_out.decline(connection, asked.id, asked.seen, ADMINISTRATOR, "Қате бар", now)


def _begin(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    plan(connection)
    begin_planned(connection, now + timedelta(hours=2))


def _withdraw_draft(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    ask(connection, now)
    withdraw_draft(connection, "draft", OPERATOR, now)


def _withdraw(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    approval.withdraw_approval(connection, ask(connection, now).subject, OPERATOR, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.delivery.approval.ask_approval": lambda c, _, now: ask(c, now),
    "services.delivery.approval.take_back_request": lambda c, _, now: approval.take_back_request(
        c, ask(c, now).id, OPERATOR, now
    ),
    "services.delivery.approval.withdraw_approval": _withdraw,
    "services.delivery.beginning.begin_planned": _begin,
    "services.delivery.letting_out.approve": _approve,
    "services.delivery.letting_out.decline": _decline,
    "services.news.approved.publish_approved": lambda c, _, now: publish_approved(
        c, OPERATOR, "approved", _DRAFT.as_json(), now
    ),
    "services.news.planned.call_off": lambda c, _, now: call_off(c, OPERATOR, plan(c), now),
    "services.news.sending.send_post": lambda c, _, now: send_post(
        c, OPERATOR, "sent", 1, _DRAFT, _MANY, _POLICY, now
    ),
    "services.news.sending.withdraw_draft": _withdraw_draft,
}
