"""Extending the term: with a reason and a new date, at most two months in all.

Article 76 of the Administrative Procedural Code lets a state body extend a term by up to two
months and tell the applicant within three working days; here the citizen is told at once.
"""

import calendar as months
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import Change, change, fingerprint
from services.appeals.model import OPEN, AppealEvent, AppealStatus
from services.appeals.reasons import checked_reason, keep_reason
from services.appeals.rights import (
    appeal_to_change,
    appeal_to_handle,
    require_not_barred,
    where_of,
)
from services.appeals.terms import working_day_from
from services.calendar.calendar import load_calendar
from services.calendar.working_days import Calendar, due_date, previous_working_day
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeal_changes

MONTHS = 2
# What is offered, in working days after the present due date.
STEPS = (5, 10, 15)
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Extension:
    """What can be promised now: the dates on offer, and the last one that the rule allows."""

    number: str
    due_on: date
    offered: tuple[date, ...]
    last: date


def possible_extension(
    connection: Connection, appeal_id: int, expected_version: int, actor: int, now: datetime
) -> Extension:
    """Return to which dates the actor may extend the term; raises Refusal where to none."""
    appeal = _extendable(connection, appeal_id, actor, now)
    calendar = load_calendar(connection, appeal["due_on"])
    first = _first_due(connection, appeal, expected_version)
    last = last_date(first, calendar)
    start = max(appeal["due_on"], local_date(now))
    offered = tuple(
        day for step in STEPS for day in [due_date(start, step, calendar)] if day <= last
    )
    if last <= start:
        raise _too_far(last)
    return Extension(appeal["number"], appeal["due_on"], offered, last)


def proposed_date(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    until: date,
    now: datetime,
) -> date:
    """Return the working day that a wish for this date comes to; raises Refusal where to none."""
    appeal = _extendable(connection, appeal_id, actor, now)
    return _checked(connection, appeal, expected_version, until, now)


def extend_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    until: date,
    reason: str,
    now: datetime,
) -> int:
    """Extend the term as a handler and tell the citizen why; return the version.

    A date that is a day off means the next working day. Raises Refusal without a reason, where
    the date is not later than the present one or too far, and at a second extension by anybody
    but an administrator.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.EXTEND, appeal_id, expected_version, actor, now)
    words = checked_reason(reason)
    first = appeal["version"] == expected_version
    if first:
        appeal = _extendable(connection, appeal_id, actor, now)
        until = _checked(connection, appeal, expected_version, until, now)
    else:
        until = working_day_from(until, load_calendar(connection, appeal["due_on"]))
    before = _due_before(connection, appeal, expected_version)
    version = change(
        connection,
        appeal,
        expected_version,
        actor,
        Change(
            AppealEvent.EXTENDED,
            {"due_on": until, "extensions": appeal["extensions"] + 1},
            {"from": before, "to": until.isoformat(), "words": fingerprint(words)},
            {"due_on": until.isoformat(), "before": before, "reason": words},
        ),
        now,
    )
    keep_reason(connection, appeal_id, version, actor, words, now)
    return version


def last_date(first_due: date, calendar: Calendar) -> date:
    """Return the last working day within two months of the first due date."""
    month = first_due.month + MONTHS
    year, month = first_due.year + (month - 1) // _YEAR, (month - 1) % _YEAR + 1
    day = date(year, month, min(first_due.day, months.monthrange(year, month)[1]))
    return day if calendar.is_working(day) else previous_working_day(day, calendar)


def _extendable(connection: Connection, appeal_id: int, actor: int, now: datetime) -> RowMapping:
    appeal = appeal_to_handle(connection, Deed.EXTEND, appeal_id, actor, now)
    require_not_barred(appeal, actor)
    if AppealStatus(appeal["status"]) not in OPEN:
        raise Refusal(N_("This appeal is not open any more."))
    if appeal["extensions"]:
        try:
            authorise(connection, actor, Deed.EXTEND_AGAIN, where_of(appeal))
        except Refusal:
            text = N_("The term was extended once. A second time only an administrator can do it.")
            raise Refusal(text) from None
    return appeal


def _checked(
    connection: Connection,
    appeal: RowMapping,
    expected_version: int,
    until: date,
    now: datetime,
) -> date:
    calendar = load_calendar(connection, appeal["due_on"])
    last = last_date(_first_due(connection, appeal, expected_version), calendar)
    if until > last:
        raise _too_far(last)
    until = working_day_from(until, calendar)
    if until <= max(appeal["due_on"], local_date(now)):
        raise Refusal(
            N_("The new date must be later than today and than the present one: {date}."),
            date=f"{appeal['due_on']:%d.%m.%Y}",
        )
    if until > last:
        raise _too_far(last)
    return until


def _first_due(connection: Connection, appeal: RowMapping, expected_version: int) -> date:
    """Return the due date before any extension; a dispute begins a new term."""
    first: date | None = None
    for event in appeal_changes.history(connection, appeal["id"]):
        if event["version"] > expected_version:
            break
        if event["kind"] == AppealEvent.DISPUTED.value:
            first = None
        elif event["kind"] == AppealEvent.EXTENDED.value and first is None:
            first = date.fromisoformat(event["details"]["from"])
    present: date = appeal["due_on"]
    return first or present


def _due_before(connection: Connection, appeal: RowMapping, expected_version: int) -> str:
    """Return the due date that this extension changes, also where it has been made already."""
    done = appeal_changes.event_at(connection, appeal["id"], expected_version + 1)
    if done is not None and done["kind"] == AppealEvent.EXTENDED.value:
        return str(done["details"]["from"])
    before: date = appeal["due_on"]
    return before.isoformat()


def _too_far(last: date) -> Refusal:
    return Refusal(
        N_(
            "A term can be extended by at most two months in all. The last possible date: "
            "{date}. Please choose an earlier one, or answer with what is known by now."
        ),
        date=f"{last:%d.%m.%Y}",
    )
