"""Declining: only for a reason that the citizen reads and may dispute."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.appeals.changing import Change, change, fingerprint
from services.appeals.model import AppealEvent
from services.appeals.reasons import checked_reason, keep_reason
from services.appeals.rights import appeal_to_change, require_not_barred
from services.clock import local_date
from services.people.deeds import Deed
from services.refusal import N_, Refusal
from storage.quotes import withdraw_quote

# As long as an answer waits for the citizen's word.
SILENCE = timedelta(days=7)


class DeclineReason(StrEnum):
    """Why an appeal is not looked into; OTHER needs the handler's own words."""

    # The same matter of the same person has been answered, and nothing is new.
    REPEATED = "repeated"
    # It cannot be understood what is asked, also after a question to the citizen.
    UNCLEAR = "unclear"
    # Insults or threats, and no matter that could be looked into.
    INSULT = "insult"
    ADVERTISING = "advert"
    # A court or an investigation decides.
    COURT = "court"
    OTHER = "other"


def decline_appeal(
    connection: Connection,
    appeal_id: int,
    expected_version: int,
    actor: int,
    reason: DeclineReason,
    words: str,
    now: datetime,
) -> int:
    """Decline an appeal as its handler and tell the citizen why; return the version.

    The citizen may dispute it for seven days. Raises Refusal where the reason is OTHER and there
    are no words, and for whose answer the citizen did not accept.

    Key: (appeal, expected version).
    """
    appeal = appeal_to_change(connection, Deed.DECLINE, appeal_id, expected_version, actor, now)
    if appeal["version"] == expected_version:
        require_not_barred(appeal, actor)
    if reason is DeclineReason.OTHER and not words.strip():
        raise Refusal(N_("Please write the reason in words."))
    words = checked_reason(words) if words.strip() else ""
    version = change(
        connection,
        appeal,
        expected_version,
        actor,
        Change(
            AppealEvent.DECLINED,
            {
                "ended_at": now,
                "closes_on": local_date(now) + SILENCE,
                # What becomes of it counts for who declined, and no earlier rating stands.
                "closer": appeal["official"],
                **dict.fromkeys(("in_time", "rating", "rated_at")),
            },
            {"reason": reason.value, "words": fingerprint(words)},
            {"reason": reason.value, "words": words},
        ),
        now,
    )
    keep_reason(connection, appeal_id, version, actor, words, now)
    if appeal["version"] == expected_version:
        withdraw_quote(connection, appeal_id, now)
    return version
