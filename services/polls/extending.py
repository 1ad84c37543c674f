"""The one extension that a poll is allowed, disclosed to whoever answers and with the result."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.territory import require_poll
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.composing import LONGEST
from services.polls.invitations import mailing_key, reminder_key
from services.polls.model import Poll, PollStatus
from services.polls.payload import poll_payload
from services.polls.reading import find_poll
from services.refusal import N_, Refusal
from storage import poll_composing as rows
from storage.staff import staff_names

EXTENSION_DAYS = (1, 3, 7)


def extend_poll(
    connection: Connection, poll_id: int, days: int, by: int, now: datetime
) -> datetime:
    """Let an open poll close so many days later than was announced, and return when.

    Invitations that are still to come say the new time. Raises Refusal: not staff, no such poll,
    closed, extended before by another number of days, longer than a poll may run.

    Key: poll and days, counted from the time announced first.
    """
    reached = authorise(connection, by, Deed.EXTEND_POLL)
    found = find_poll(connection, poll_id)
    if found is None:
        raise Refusal(N_("There is no such poll."))
    poll = found.poll
    require_poll(reached, poll.target)
    announced = poll.passport.extended_from or poll.closes_at
    until = announced + timedelta(days=days)
    if until == poll.closes_at:
        return until
    if poll.passport.extended_from is not None:
        raise Refusal(N_("This poll was extended before; it can be done only once."))
    if days not in EXTENSION_DAYS or until > poll.launched_at + LONGEST:
        raise Refusal(
            N_("A poll runs for at most {days} days. Please choose an earlier time."),
            days=LONGEST.days,
        )
    if found.status is not PollStatus.OPEN or not rows.extend(connection, poll_id, until, now):
        raise Refusal(N_("This poll is closed: answers are no longer accepted."))
    extended = find_poll(connection, poll_id)
    if extended is not None:
        keys = (mailing_key(poll_id), reminder_key(poll_id))
        rows.put_payload(connection, keys, poll_payload(extended.poll))
    case = f"poll:{poll_id}"
    record(connection, who=by, what=Deed.EXTEND_POLL, on=case, now=now, key="", days=days)
    return until


def passport_names(connection: Connection, poll: Poll) -> dict[int, str]:
    """Return the names of who launched and who approved a poll, by id."""
    people = (poll.passport.author, poll.passport.approver)
    return staff_names(connection, [one for one in people if one is not None])
