"""Redirecting: what others decide is sent on soon, and the citizen learns where and what next.

Article 65 of the Administrative Procedural Code gives state bodies three working days; the party
keeps to the same.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from services.appeals.changing import Change, change, fingerprint
from services.appeals.model import AppealEvent
from services.appeals.reasons import checked_reason, keep_reason
from services.appeals.rights import appeal_to_change, appeal_to_handle, require_not_barred
from services.calendar.calendar import load_calendar
from services.calendar.working_days import due_date
from services.clock import local_date
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from services.text.length import utf16_length

DAYS = 3  # working days after the registration counts
BODY_LIMIT = 200


def redirect_until(connection: Connection, counted_from: date) -> date:
    """Return the last day on which an appeal of this registration can be redirected."""
    return due_date(counted_from, DAYS, load_calendar(connection, counted_from))


def require_redirectable(
    connection: Connection, appeal_id: int, actor: int, now: datetime
) -> None:
    """Raise Refusal where the actor cannot redirect this appeal any more."""
    appeal = appeal_to_handle(connection, Deed.REDIRECT, appeal_id, actor, now)
    require_not_barred(appeal, actor)
    _require_in_time(connection, appeal["counted_from"], local_date(now))


def redirect_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    body: str,
    advice: str,
    now: datetime,
) -> int:
    """Redirect an appeal to a named body, and tell the citizen where and what to do next.

    advice: the handler's own words for the citizen; "" leaves it to the usual ones. Returns the
    version. Raises Refusal where the body has no name, or three working days have passed.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.REDIRECT, appeal_id, expected_version, actor, now)
    body = checked_body(body)
    advice = checked_reason(advice) if advice.strip() else ""
    if appeal["version"] == expected_version:
        require_not_barred(appeal, actor)
        _require_in_time(connection, appeal["counted_from"], local_date(now))
    words = "\n".join(part for part in (body, advice) if part)
    version = change(
        connection,
        appeal,
        expected_version,
        actor,
        Change(
            AppealEvent.REDIRECTED,
            {"ended_at": now},
            {"words": fingerprint(words)},
            {"body": body, "advice": advice},
        ),
        now,
    )
    keep_reason(connection, appeal_id, version, actor, words, now)
    return version


def checked_body(body: str) -> str:
    """Return the name of a body in one line; raises Refusal where it will not do."""
    body = " ".join(body.replace("\x00", "").split())
    if not any(character.isalpha() for character in body):
        raise Refusal(N_("Please write the name of the body in words."))
    if utf16_length(body) > BODY_LIMIT:
        raise Refusal(N_("The name of the body is too long: at most 200 characters."))
    return body


def _require_in_time(connection: Connection, counted_from: date, today: date) -> None:
    last = redirect_until(connection, counted_from)
    if today > last:
        raise Refusal(
            N_(
                "An appeal can be redirected only within three working days of its registration. "
                "The last day was: {date}. Please answer it, and say in the answer who decides."
            ),
            date=f"{last:%d.%m.%Y}",
        )
