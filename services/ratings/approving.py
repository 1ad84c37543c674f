"""Publishing a round: by another person than the one who brought it, or sending it back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.people.deeds import Deed
from services.people.rights import authorise
from services.ratings.keeping import the_round
from services.ratings.model import Round, RoundStatus
from services.refusal import N_, Refusal
from storage import ratings as rows
from storage.outbox import tell
from storage.people import find_person

DECIDED = "rating_decided"
LONGEST_REASON = 500
CHANGED = N_("Somebody has changed this meanwhile. Please look at it again.")


def publish_round(
    connection: Connection, actor: int, code: str, expected_version: int, now: datetime
) -> Round:
    """Publish a round that waits; the round after it. From then on citizens see it.

    Raises Refusal for whoever brought it, and where it has changed since that version.

    Key: (round, expected version).
    """
    values = {"status": RoundStatus.PUBLISHED.value, "published_at": now, "reason": None}
    return _decide(connection, actor, code, expected_version, values, now)


def return_round(
    connection: Connection,
    actor: int,
    code: str,
    expected_version: int,
    reason: str,
    now: datetime,
) -> Round:
    """Send a round back to whoever brought it, with a reason; the round after it.

    Raises Refusal as `publish_round` does, and for a reason that says nothing or too much.

    Key: (round, expected version).
    """
    words = reason.strip()
    if not 0 < len(words) <= LONGEST_REASON:
        message = N_("Please write the reason in at most {limit} characters.")
        raise Refusal(message, limit=LONGEST_REASON)
    values = {"status": RoundStatus.RETURNED.value, "reason": words}
    return _decide(connection, actor, code, expected_version, values, now)


def _decide(
    connection: Connection,
    actor: int,
    code: str,
    expected_version: int,
    values: dict[str, Any],
    now: datetime,
) -> Round:
    authorise(connection, actor, Deed.DECIDE_RATING)
    present = the_round(connection, code)
    wanted = RoundStatus(values["status"])
    if _is_done(present, actor, expected_version, wanted):
        return present
    if present.brought_by == actor:
        raise Refusal(N_("You brought this round yourself: another person decides on it."))
    waits = present.status is RoundStatus.AWAITING
    decided = {**values, "approved_by": actor}
    if not waits or not rows.change_round(connection, code, expected_version, decided):
        raise Refusal(CHANGED)
    published = wanted is RoundStatus.PUBLISHED
    key = f"v{expected_version + 1}"
    record(
        connection,
        who=actor,
        what=Deed.DECIDE_RATING,
        on=f"rating:{code}",
        now=now,
        key=key,
        published=published,
    )
    if present.brought_by is not None:
        who = find_person(connection, actor)
        payload = {
            "code": code,
            "title_kk": present.terms.title_kk,
            "title_ru": present.terms.title_ru,
            "published": published,
            "reason": values.get("reason") or "",
            "who": who["name"] if who else "",
        }
        tell(connection, present.brought_by, DECIDED, f"{DECIDED}:{code}:{key}", payload, now)
    return the_round(connection, code)


def _is_done(present: Round, actor: int, expected_version: int, wanted: RoundStatus) -> bool:
    """Tell whether just this was done by this person: a button that was pressed again."""
    return (
        present.version == expected_version + 1
        and present.status is wanted
        and present.approved_by == actor
    )
