"""Commands of invitations, approvals and voting days of polls, each in a case run twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.policy import Policy
from services.polls import approving, invitations, launching, political, uploading
from storage import poll_invitations, polls
from storage.schema.delivery import mailings
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NOW, OPERATOR, Seeded, poll_draft

_DAYS = (date(2027, 3, 7), date(2027, 3, 14))
_KEY = b"k" * 32


def _launched(connection: Connection, name: str, now: datetime, sample: int | None = None) -> int:
    """Return a poll that has invited nobody yet."""
    known = polls.find_by_draft(connection, name)
    if known is not None:
        return known
    draft = replace(poll_draft(name), sample=sample)
    poll = launching.launch_poll(connection, draft, created_by=OPERATOR, now=now, public_key=_KEY)
    key = invitations.mailing_key(poll)
    connection.execute(sa.delete(mailings).where(mailings.c.key == key))
    return poll


def _ask(connection: Connection, now: datetime) -> None:
    draft, policy = poll_draft("many"), Policy(approval_above=1)
    approving.launch_or_ask(connection, draft, _KEY, 5, policy, OPERATOR, now)


def _approved(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    content = {"draft": poll_draft("approved-poll").as_json(), "public_key": _KEY.hex()}
    approving.publish_approved(connection, OPERATOR, "approved-poll", content, now)


def _withdraw(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _ask(connection, now)
    approving.withdraw_draft(connection, "many", OPERATOR, now)


def _begin(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    invitations.begin_invitations(connection, _launched(connection, "asked-now", now), now)


def _invite_drawn(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    poll = _launched(connection, "drawn", now, sample=100)
    invitations.invite_drawn(connection, poll, [CITIZEN], now)


def _add_day(connection: Connection, day: date, now: datetime) -> None:
    one = political.VotingDay(day, "Сайлау", "Выборы")
    political.add_voting_day(connection, one, ADMINISTRATOR, now)


def _drop_day(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    if now == NOW:  # what was struck out stays so
        for day in _DAYS:
            _add_day(connection, day, now)
    political.drop_voting_day(connection, _DAYS[0], ADMINISTRATOR, now)


def _keep_margins(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    table, _as_of = uploading.table_in_force(connection)
    uploading.keep_margins(connection, table.encode(), "01.01.2026", ADMINISTRATOR, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.polls.approving.launch_or_ask": lambda c, _, now: _ask(c, now),
    "services.polls.approving.publish_approved": _approved,
    "services.polls.approving.withdraw_draft": _withdraw,
    "services.polls.invitations.begin_invitations": _begin,
    "services.polls.invitations.begin_reminder": lambda c, s, now: invitations.begin_reminder(
        c, s.open_poll, now
    ),
    "services.polls.invitations.invite_drawn": _invite_drawn,
    "services.polls.invitations.note_invited": lambda c, s, _: invitations.note_invited(
        c, s.open_poll
    ),
    "services.polls.invitations.stop_inviting": lambda c, s, now: invitations.stop_inviting(
        c, s.open_poll, now
    ),
    "services.polls.political.add_voting_day": lambda c, _, now: _add_day(c, _DAYS[0], now),
    "services.polls.political.drop_voting_day": _drop_day,
    "services.polls.uploading.keep_margins": _keep_margins,
    "storage.poll_invitations.put_quotas": lambda c, s, _: poll_invitations.put_quotas(
        c, s.open_poll, {"cells": {"sex:male": 5}, "full": ["sex:male"]}
    ),
}
