"""The queue: who takes which appeal, keeps it, gives it back, hands it to a colleague.

An appeal that was only looked at is lent for half an hour and returns by itself; whatever its
borrower does to it makes it their own (services.appeals.changing ends the loan).
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, already_done, change
from services.appeals.model import AppealEvent, AppealStatus
from services.appeals.recipients import with_deputies
from services.appeals.rights import appeal_to_change, require_not_barred, where_of
from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise, may
from services.refusal import N_, Refusal
from storage import appeal_changes, people
from storage import appeal_queue as rows
from storage.appeals import find_appeal
from storage.outbox import tell
from storage.reach import Bounds

LEASE = timedelta(minutes=30)
_OFTEN = timedelta(minutes=10)  # a loan is not prolonged more often
ASSIGNED_NOTICE = "appeal_assigned"
_MOVES = frozenset({AppealEvent.BEGUN.value, AppealEvent.ASSIGNED.value})


def take_next(connection: Connection, actor: int, now: datetime, after: int = 0) -> int | None:
    """Lend the actor the most urgent appeal that nobody works on; None where none waits.

    Within the place and section of their role: urgent ones first, then the earliest due, then
    the oldest. Who already has one lent gets that
    one, unless it is `after`: then it goes back and the one behind it is lent; where none is
    behind, it stays lent and None is returned. Raises Refusal.

    Key: (actor, the appeal seen before).
    """
    bounds = authorise(connection, actor, Deed.TAKE_NEXT).bounds
    people.hold(connection, actor)  # one at a time, on however many devices
    rows.return_expired(connection, now)
    lent = rows.lent_to(connection, actor)
    if lent is None:
        return _lent(connection, actor, _lend(connection, actor, now, None, bounds), now)
    if lent != after:
        return lent
    skipped = find_appeal(connection, lent)
    taken = _lend(connection, actor, now, skipped, bounds)
    if taken is not None:
        rows.give_back(connection, lent, actor)
    return _lent(connection, actor, taken, now)


def return_expired_leases(connection: Connection, now: datetime) -> int:
    """Return what was lent and not touched in time into the queue; how many.

    Key: (appeal, end of its loan).
    """
    return rows.return_expired(connection, now)


def keep_lent(connection: Connection, appeal_id: int, actor: int, now: datetime) -> None:
    """Lend the actor's borrowed appeal for another half an hour, for they are writing to it.

    Nothing happens where it is not lent to them, or has just been.

    Key: (appeal, actor); the later end stands.
    """
    rows.prolong(connection, appeal_id, actor, now + LEASE - _OFTEN, now + LEASE)


def begin(
    connection: Connection, appeal_id: int, expected_version: int, actor: int, now: datetime
) -> int:
    """Make the actor the one who works on the appeal and return its version.

    The citizen of a new or disputed one is told that somebody has begun. Raises Refusal where
    somebody else works on it, the citizen disputed this person's answer, or it has changed.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.BEGIN, appeal_id, expected_version, actor, now)
    if _repeated(connection, appeal_id, expected_version, actor, actor):
        return expected_version + 1
    require_not_barred(appeal, actor)
    _require_free(connection, appeal, actor, now)
    if _works_on(appeal, actor) and appeal["version"] == expected_version:
        return expected_version
    return _give_to(connection, appeal, expected_version, actor, actor, now)


def release(
    connection: Connection, appeal_id: int, expected_version: int, actor: int, now: datetime
) -> int:
    """Give the actor's own appeal back into the queue and return its version.

    Raises Refusal where it is not theirs, or has changed.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.RELEASE, appeal_id, expected_version, actor, now)
    if _repeated(connection, appeal_id, expected_version, actor, None):
        return expected_version + 1
    lent = appeal["assignee"] == actor and appeal["leased_until"] is not None
    if appeal["version"] == expected_version and (lent or appeal["assignee"] is None):
        rows.give_back(connection, appeal_id, actor)
        if lent:
            what, case, key = Deed.RELEASE, f"appeal:{appeal_id}", now.isoformat()
            record(connection, who=actor, what=what, on=case, now=now, key=key)
        return expected_version
    if appeal["assignee"] != actor:
        raise already_done(connection, appeal_id)
    return _give_to(connection, appeal, expected_version, actor, None, now)


def assign(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    assignee: int,
    now: datetime,
) -> int:
    """Hand the appeal to a member of staff, who is told, and return its version.

    Who stands in for one who is away is told as well. Raises Refusal where the actor may not,
    the colleague is none of the staff or had an answer that the citizen disputed, or the appeal
    has changed.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.ASSIGN, appeal_id, expected_version, actor, now)
    if _repeated(connection, appeal_id, expected_version, actor, assignee):
        return expected_version + 1
    _require_fit(connection, appeal, assignee)
    version = _give_to(connection, appeal, expected_version, actor, assignee, now)
    if assignee != actor:
        payload = {"appeal": appeal_id, "number": appeal["number"], "by": actor}
        payload |= {"name": _name(connection, actor), "due_on": appeal["due_on"].isoformat()}
        for person in with_deputies(connection, assignee, local_date(now)):
            key = f"assigned:{appeal_id}:{version}:{person}"
            tell(connection, person, ASSIGNED_NOTICE, key, payload, now)
    return version


def _lent(connection: Connection, actor: int, appeal_id: int | None, now: datetime) -> int | None:
    """Write down what was lent, and return it."""
    if appeal_id is not None:
        what, case, key = Deed.TAKE_NEXT, f"appeal:{appeal_id}", now.isoformat()
        record(connection, who=actor, what=what, on=case, now=now, key=key)
    return appeal_id


def _lend(
    connection: Connection,
    actor: int,
    now: datetime,
    skipped: RowMapping | None,
    bounds: Bounds,
) -> int | None:
    """Lend the first of the urgent ones, else of the others, behind the one that was skipped."""
    for urgent in (True, False):
        behind = None
        if skipped is not None and skipped["urgent"] == urgent:
            behind = (skipped["due_on"], skipped["id"])
        until = now + LEASE
        taken = rows.lend(connection, actor, until, urgent=urgent, after=behind, bounds=bounds)
        if taken is not None:
            return taken
    return None


def _repeated(
    connection: Connection, appeal_id: int, version: int, actor: int, assignee: int | None
) -> bool:
    """Tell whether the actor has done just this to this version before."""
    done = appeal_changes.event_at(connection, appeal_id, version + 1)
    return (
        done is not None
        and done["kind"] in _MOVES
        and done["actor"] == actor
        and done["details"] == {"assignee": assignee}
    )


def _works_on(appeal: RowMapping, actor: int) -> bool:
    return appeal["assignee"] == actor and appeal["leased_until"] is None


def _require_free(connection: Connection, appeal: RowMapping, actor: int, now: datetime) -> None:
    """Raise Refusal where somebody else works on the appeal, or has it lent now."""
    if appeal["assignee"] in {None, actor}:
        return
    if appeal["leased_until"] is not None and appeal["leased_until"] <= now:
        return
    name = _name(connection, appeal["assignee"])
    raise Refusal(N_("Already working on this appeal: {name}."), name=name)


def _require_fit(connection: Connection, appeal: RowMapping, assignee: int) -> None:
    if not may(connection, assignee, Deed.ANSWER):
        raise Refusal(N_("This person is no longer one of the staff."))
    if not may(connection, assignee, Deed.ANSWER, where_of(appeal)):
        raise Refusal(N_("This person’s role does not reach the place or section of the appeal."))
    if appeal["barred"] == assignee:
        raise Refusal(N_("The citizen did not accept this person's answer. Choose somebody else."))


def _give_to(
    connection: Connection,
    appeal: RowMapping,
    expected_version: int,
    actor: int,
    assignee: int | None,
    now: datetime,
) -> int:
    began = assignee == actor and appeal["status"] != AppealStatus.IN_WORK.value
    wanted = Change(
        AppealEvent.BEGUN if began else AppealEvent.ASSIGNED,
        {"assignee": assignee},
        {"assignee": assignee},
        {"due_on": appeal["due_on"].isoformat()} if _is_news(appeal, assignee) else None,
    )
    return change(connection, appeal, expected_version, actor, wanted, now)


def _is_news(appeal: RowMapping, assignee: int | None) -> bool:
    """Tell whether the citizen hears of it: once, and not who hands it to whom."""
    return assignee is not None and appeal["status"] != AppealStatus.IN_WORK.value


def _name(connection: Connection, person_id: int) -> str:
    person = people.find_person(connection, person_id)
    return person["name"] if person else ""
