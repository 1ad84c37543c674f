"""Inviting people to answer a poll: who is written to, at most once a week, and reminded once.

Who is invited stands in the tables while the poll is open and no longer. Whom a mailing goes to
is decided when its message is about to be sent, so that no list is made in advance and nobody is
reminded who has answered by then.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import Connection, RowMapping

from services.clock import Clock, local_date
from services.delivery.mailing import launch as start_mailing
from services.delivery.mailing_control import call_off
from services.people.model import Profile, Settlement, Sex
from services.polls import quotas
from services.polls.ballot import voter_tag
from services.polls.keys import MissingKey, PollKeys
from services.polls.model import PollStatus
from services.polls.payload import poll_payload
from services.polls.reading import find_poll
from storage import delivery
from storage import poll_invitations as rows
from storage.audience import Audience
from storage.polls import find_poll as find_row

log = structlog.get_logger(__name__)

KIND = "poll"
REMINDER = "poll_reminder"
EVERY = timedelta(days=7)  # one invitation to any poll
REMIND_AFTER = timedelta(hours=48)

_SOMETHING = (1,)


def mailing_key(poll_id: int) -> str:
    """Return the natural key of the mailing that asks a poll's question."""
    return f"{KIND}:{poll_id}"


def reminder_key(poll_id: int) -> str:
    """Return the natural key of the mailing that reminds of a poll."""
    return f"{mailing_key(poll_id)}:reminder"


def recent_since(today: date) -> date:
    """Return the first day since which an invitation is one of this week."""
    return today - EVERY + timedelta(days=1)


def frame(audience: Audience, on: date) -> Audience:
    """Return who of these people may be invited on this day: nobody twice a week."""
    return replace(audience, not_invited_since=recent_since(on))


def begin_invitations(connection: Connection, poll_id: int, now: datetime) -> None:
    """Start inviting those whom the poll is for, in the transaction of its launch.

    A sample is drawn by the job of invitations, for it takes longer than a launch may.
    Raises LookupError where there is no such poll.

    Key: poll.
    """
    found = find_poll(connection, poll_id)
    if found is None:
        raise LookupError(poll_id)
    if found.poll.passport.sample is None:
        _invite(connection, poll_id, None, now)


def invite_drawn(
    connection: Connection, poll_id: int, drawn: Sequence[int], now: datetime
) -> None:
    """Start inviting the people of a sample, unless the poll is no longer open. Key: poll."""
    _invite(connection, poll_id, drawn, now)


def begin_reminder(connection: Connection, poll_id: int, now: datetime) -> None:
    """Start reminding who was invited and has not answered, once for each poll.

    It goes through whom the poll invited; who it went to is erased at its end. Key: poll.
    """
    found = find_poll(connection, poll_id)
    key = reminder_key(poll_id)
    if found is None or found.status is not PollStatus.OPEN:
        return
    if delivery.find_by_key(connection, key) is not None:
        return
    sample = found.poll.passport.sample is not None
    mailing_id = start_mailing(
        connection,
        key=key,
        kind=REMINDER,
        payload=poll_payload(found.poll),
        created_by=None,
        now=now,
        target=found.poll.target,
        recipients=() if sample else None,
        forget_recipients=True,
        repeat_uncertain=False,
    )
    if sample:
        rows.list_invited(connection, poll_id, mailing_id)


def stop_inviting(connection: Connection, poll_id: int, now: datetime) -> None:
    """Write to nobody more about a poll that takes no answers. Key: poll."""
    call_off(connection, mailing_key(poll_id), now)
    call_off(connection, reminder_key(poll_id), now)
    note_invited(connection, poll_id)


def note_invited(connection: Connection, poll_id: int) -> None:
    """Write how many people have got the invitation so far. Key: poll."""
    mailing = delivery.find_by_key(connection, mailing_key(poll_id))
    if mailing is not None:
        rows.put_invited(connection, poll_id, mailing["delivered"])


def is_invited(connection: Connection, poll_id: int, person_id: int) -> bool:
    """Tell whether this person was invited to the poll (a query)."""
    return bool(rows.invited_among(connection, poll_id, [person_id]))


class Invitees:
    """Chooses who of the next people of a mailing is written to, as the sender asks."""

    def __init__(self, keys: PollKeys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    def invited(
        self,
        connection: Connection,
        payload: Mapping[str, Any],
        people: Sequence[int],
        _started_at: datetime,
    ) -> dict[int, tuple[int, ...]]:
        """Note as invited, and return, who was not this week and is wanted by the quotas."""
        poll_id, today = payload["poll"], local_date(self._clock.now())
        row = find_row(connection, poll_id)
        if row is None or row["status"] != PollStatus.OPEN:
            return {}
        already = rows.invited_among(connection, poll_id, people)
        profiles = rows.profiles_of(connection, people)
        since = recent_since(today)
        new = [
            one["id"]
            for one in profiles
            if one["id"] not in already
            and (one["poll_invited_on"] is None or one["poll_invited_on"] < since)
            and quotas.invites(row["quotas"], profile_of(one), today.year)
        ]
        rows.invite(connection, poll_id, new, today)
        return dict.fromkeys([*already, *new], _SOMETHING)

    def reminded(
        self,
        connection: Connection,
        payload: Mapping[str, Any],
        people: Sequence[int],
        _started_at: datetime,
    ) -> dict[int, tuple[int, ...]]:
        """Return who was invited, has not answered, and is still wanted by the quotas."""
        poll_id, year = payload["poll"], local_date(self._clock.now()).year
        row = find_row(connection, poll_id)
        if row is None or row["status"] != PollStatus.OPEN:
            return {}
        try:
            tag_key = self._keys.find(row["draft_id"], row["public_key"]).tag_key
        except MissingKey as error:
            log.error("Nobody can be reminded of a poll", poll=poll_id, why=str(error))  # noqa: TRY400
            return {}
        invited = rows.invited_among(connection, poll_id, people)
        silent = invited - answered_among(connection, poll_id, tag_key, invited)
        return {
            one["id"]: _SOMETHING
            for one in rows.profiles_of(connection, silent)
            if quotas.invites(row["quotas"], profile_of(one), year)
        }


def answered_among(
    connection: Connection, poll_id: int, tag_key: bytes, people: Collection[int]
) -> set[int]:
    """Return who of these people has answered; nobody can ask what (a query)."""
    tags = {voter_tag(tag_key, poll_id, person): person for person in people}
    return {tags[tag] for tag in rows.tags_kept(connection, poll_id, tags)}


def profile_of(row: RowMapping) -> Profile:
    """Return what a person told, out of a row of the table."""
    return Profile(
        region=row["region"],
        district=row["district"],
        born_from=row["born_from"],
        born_to=row["born_to"],
        sex=Sex(row["sex"]) if row["sex"] else None,
        settlement=Settlement(row["settlement"]) if row["settlement"] else None,
    )


def _invite(
    connection: Connection, poll_id: int, drawn: Sequence[int] | None, now: datetime
) -> None:
    found = find_poll(connection, poll_id)
    if found is None or found.status is not PollStatus.OPEN:
        return
    start_mailing(
        connection,
        key=mailing_key(poll_id),
        kind=KIND,
        payload=poll_payload(found.poll),
        created_by=found.created_by,
        now=now,
        target=found.poll.target,
        recipients=drawn,
    )
