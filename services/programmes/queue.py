"""Places and the queue: first come, first served; a freed place is offered to who waits longest.

Everything here runs in the transaction that has locked the programme, so that two at once cannot
take one place. It always holds: `taken` counts who is confirmed or was offered a place and is
never above the capacity, and nobody waits while a place is free (but for the moment between a
change of the capacity by hand and the next tick).
"""

from datetime import datetime

from sqlalchemy import Connection

from services.clock import local_date
from services.programmes.model import (
    HOLDING,
    Programme,
    ProgrammeStatus,
    SignUp,
    SignUpStatus,
    programme_of,
    signup_of,
)
from services.programmes.waking import awake, kept_until
from services.refusal import N_, Refusal
from storage import listeners
from storage import programmes as rows
from storage import signups as people
from storage.outbox import tell

OFFER, MISSED = "programme_offer", "programme_missed"
# Places offered at once; the next tick goes on.
BATCH = 200
# People who wait are offered places while a programme stands so.
GOES_ON = (ProgrammeStatus.OPEN, ProgrammeStatus.CLOSED)


def locked(connection: Connection, programme_id: int) -> Programme:
    """Return a programme that nobody else changes meanwhile; raises Refusal without one."""
    row = rows.find_programme(connection, programme_id, lock=True)
    if row is None:
        raise Refusal(N_("There is no such programme."))
    return programme_of(row)


def told_of(programme: Programme) -> dict[str, object]:
    """Return what every message about a programme carries."""
    titles = {"title_kk": programme.title_kk, "title_ru": programme.title_ru}
    return {"programme": programme.id, **titles}


def leave_place(
    connection: Connection,
    programme: Programme,
    signup: SignUp,
    status: SignUpStatus,
    now: datetime,
) -> None:
    """Let somebody go who takes part, waits or was offered a place; what they held goes on.

    The caller has locked the programme and seen the sign-up after that.

    Key: sign-up, by its version.
    """
    values = {"status": status.value, "at": now, "offered_until": None}
    if not people.change_signup(connection, signup.id, signup.version, values):
        raise LookupError(signup.id)
    if signup.status in HOLDING:
        rows.count_places(connection, programme.id, -1, 0)
    elif signup.status is SignUpStatus.WAITING:
        rows.count_places(connection, programme.id, 0, -1)
    topic = programme.news_topic
    if topic is not None and signup.person_id is not None and listeners.is_own(topic):
        listeners.stop_listening(connection, signup.person_id, topic)
    pass_on(connection, programme.id, now)


def pass_on(connection: Connection, programme_id: int, now: datetime) -> int:
    """Offer every free place to who waits longest; return how many were offered.

    Each is kept for 24 hours of waking time. The caller has locked the programme.

    Key: sign-up, by its status waiting.
    """
    offered = 0
    while offered < BATCH:
        programme = locked(connection, programme_id)
        free = programme.places_left is None or programme.places_left > 0
        if programme.status not in GOES_ON or programme.over(local_date(now)):
            return offered
        if not (free and programme.queued):
            return offered
        row = people.first_in_queue(connection, programme_id)
        if row is None:
            return offered
        _offer(connection, programme, signup_of(row), now)
        offered += 1
    return offered


def places_due(connection: Connection, now: datetime) -> bool:
    """Tell whether `offer_places` would find something (a query)."""
    if people.lapsed(connection, now, 1):
        return True
    return bool(_with_free_places(connection, now, 1))


def offer_places(connection: Connection, now: datetime) -> int:
    """Let offered places go on that were not taken in time; return how many moves there were.

    Key: (sign-up, its version), which an offer that ended or was made raises.
    """
    moves = 0
    for row in people.lapsed(connection, now, BATCH):
        programme = locked(connection, row["programme_id"])
        found = people.find_signup(connection, row["id"])
        signup = None if found is None else signup_of(found)
        if signup is None or signup.status is not SignUpStatus.OFFERED:
            continue
        leave_place(connection, programme, signup, SignUpStatus.MISSED, now)
        if signup.person_id is not None:
            key = f"{MISSED}:{signup.id}:{signup.version}"
            told = told_of(programme)
            later = awake(now)
            tell(connection, signup.person_id, MISSED, key, told, now, not_before=later)
        moves += 1
    for programme_id in _with_free_places(connection, now, BATCH):
        moves += pass_on(connection, programme_id, now)
    return moves


def _with_free_places(connection: Connection, now: datetime, limit: int) -> list[int]:
    day, standing = local_date(now), [each.value for each in GOES_ON]
    return list(rows.with_free_places(connection, standing, day, limit))


def _offer(connection: Connection, programme: Programme, signup: SignUp, now: datetime) -> None:
    until = kept_until(now)
    values = {"status": SignUpStatus.OFFERED.value, "at": now, "offered_until": until}
    if not people.change_signup(connection, signup.id, signup.version, values):
        raise LookupError(signup.id)
    rows.count_places(connection, programme.id, 1, -1)
    if signup.person_id is None:
        return
    key = f"{OFFER}:{signup.id}:{signup.version}"
    told = {**told_of(programme), "version": signup.version + 1, "until": until.isoformat()}
    tell(connection, signup.person_id, OFFER, key, told, now, not_before=awake(now))
