"""The one way in which an appeal changes: a move of the table, once, with all that follows.

A change names the version that its author saw. Two who press at once give one change and one
polite word about who was first; a repetition by the same person gives the first result again.
Counters of the digests and the message to the citizen and the followers belong to the change.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.counting import LONGEST, counted
from services.appeals.machine import after
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.audit.recording import record
from services.calendar.calendar import load_calendar
from services.calendar.working_days import working_days_between
from services.clock import local_date
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from storage import appeal_changes as rows
from storage import appeal_counters as counters
from storage import appeals
from storage.outbox import tell

NOTICE = "appeal_changed"
# What the staff do; the other moves are the citizen's own, or the clock's.
_DEEDS = {
    AppealEvent.BEGUN: Deed.BEGIN,
    AppealEvent.ASSIGNED: Deed.ASSIGN,
    AppealEvent.SORTED: Deed.SORT,
    AppealEvent.ASKED: Deed.ASK_CITIZEN,
    AppealEvent.EXTENDED: Deed.EXTEND,
    AppealEvent.ANSWERED: Deed.ANSWER,
    AppealEvent.TO_COUNCIL: Deed.HAND_TO_COUNCIL,
    AppealEvent.REDIRECTED: Deed.REDIRECT,
    AppealEvent.DECLINED: Deed.DECLINE,
    AppealEvent.JOINED: Deed.MERGE,
}
# By what open appeals are counted.
_COUNTED_BY = ("section", "due_on", "region", "district")


@dataclass(frozen=True, slots=True)
class Change:
    """What shall happen: columns to set, what the history keeps, what the citizen reads.

    details are JSON without personal data and without free text; where words make the change,
    their `fingerprint` tells a repetition from another attempt. notice is the payload of the
    message to the citizen and the followers; None: they are not told.
    """

    event: AppealEvent
    values: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    notice: Mapping[str, Any] | None = None


def change(
    connection: Connection,
    appeal: RowMapping,
    expected_version: int,
    actor: int | None,
    wanted: Change,
    now: datetime,
) -> int:
    """Make the change and return the version after it.

    The same change by the same actor on the same version again changes nothing and returns the
    same. actor is None where the clock acts. Raises Refusal where the appeal is not open to such
    a move, or somebody else was first.

    Key: (appeal, expected version).
    """
    done = rows.event_at(connection, appeal["id"], expected_version + 1)
    if done is not None and _same(done, actor, wanted):
        return expected_version + 1
    if appeal["version"] != expected_version:
        raise already_done(connection, appeal["id"])
    status = AppealStatus(appeal["status"])
    target = after(wanted.event, status)
    if target is None:
        raise already_done(connection, appeal["id"])
    version = expected_version + 1
    kept = rows.assignee_after(actor)
    values = {"leased_until": None, "assignee": kept, **wanted.values, "status": target.value}
    if not appeals.change_appeal(connection, appeal["id"], expected_version, values):
        raise already_done(connection, appeal["id"])
    appeals.add_event(
        connection,
        {
            "appeal_id": appeal["id"],
            "version": version,
            "kind": wanted.event.value,
            "at": now,
            "actor": actor,
            "details": dict(wanted.details),
        },
    )
    _count(connection, appeal, {**appeal, **values}, wanted.event, local_date(now))
    if wanted.notice is not None:
        tell_all(connection, appeal, wanted.event, version, wanted.notice, now)
    if actor is not None and (deed := _DEEDS.get(wanted.event)) is not None:
        case, key = f"appeal:{appeal['id']}", f"v{version}"
        record(connection, who=actor, what=deed, on=case, now=now, key=key, version=version)
    return version


def fingerprint(text: str) -> str:
    """Return a short mark of words that must not stand in the history themselves."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def tell_all(
    connection: Connection,
    appeal: RowMapping,
    event: AppealEvent,
    version: int,
    notice: Mapping[str, Any],
    now: datetime,
    *,
    followers_only: bool = False,
) -> None:
    """Queue the news of a change for the citizen and everyone who joined.

    For followers only where the citizen has made the change and sees it on the screen.

    The payload is `appeal`, `number`, `topic`, `version`, `event`, `own` (False for a follower)
    and what the notice adds.

    Key: (appeal, version, person).
    """
    common = {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "version": version,
        "event": event.value,
    }
    people = dict.fromkeys([appeal["person_id"], *rows.followers(connection, appeal["id"])])
    # A visitor of a reception desk has no chat.
    people.pop(None, None)
    if followers_only:
        people.pop(appeal["person_id"], None)
    for person_id in people:
        payload = {**common, "own": person_id == appeal["person_id"], **notice}
        key = f"appeal:{appeal['id']}:{version}:{person_id}"
        tell(connection, person_id, NOTICE, key, payload, now)


def already_done(connection: Connection, appeal_id: int) -> Refusal:
    """Return the polite word of the one who comes second: who was first."""
    name = rows.last_staff_name(connection, appeal_id)
    if name is None:
        return Refusal(N_("This appeal has changed meanwhile. Please open it again."))
    return Refusal(N_("Already done by: {name}. Please open the appeal again."), name=name)


def _same(done: RowMapping, actor: int | None, wanted: Change) -> bool:
    known = (done["kind"], done["actor"], done["details"])
    return known == (wanted.event.value, actor, dict(wanted.details))


def _count(
    connection: Connection,
    before: RowMapping,
    after_it: Mapping[str, Any],
    event: AppealEvent,
    day: date,
) -> None:
    """Keep the counters: what happened on this day, and what is open by its due date."""
    more = counted(before, after_it, event)
    if more.day:
        counters.count_day(connection, after_it, day, **more.day)
    if more.official is not None:
        counters.count_official(connection, more.official, day, **more.of_official)
    if event is AppealEvent.ANSWERED:
        calendar = load_calendar(connection, day)
        took = working_days_between(after_it["counted_from"], day, calendar)
        counters.count_span(connection, after_it, day, min(max(took, 0), LONGEST))
    was, still = (AppealStatus(row["status"]) in OPEN for row in (before, after_it))
    if was and still and all(before[name] == after_it[name] for name in _COUNTED_BY):
        return
    if was:
        counters.count_open(connection, before, -1)
    if still:
        counters.count_open(connection, after_it, 1)
