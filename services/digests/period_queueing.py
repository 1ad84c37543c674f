"""Digests of a week, a month and a quarter: composed first, let out once their files are there.

A digest is kept under its natural key with what it says. Its picture and files are drawn from
that, as often as need be, and only then is it told: a kill between any two steps is made good by
the next look, and nothing is told twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from services.clock import local
from services.digests.channel import digest_key
from services.digests.due import NIGHT, Due, due, midnight
from services.digests.model import Channel, Period
from services.digests.period_composing import as_asked, asked_by, compose_asked
from services.digests.period_facts import PeriodFacts, from_payload, to_payload
from services.language import Language
from services.roadmap.scope import Area
from storage import digests as daily
from storage import period_digests as rows
from storage.digests_due import add_digest
from storage.outbox import tell

KIND = "digest_period"
PERIODS = (Period.WEEKLY, Period.MONTHLY, Period.QUARTERLY)
# Composed in one transaction; others wait for its end.
BATCH = 20

# Which digests say the same but for what is asked of their reader.
_Same: TypeAlias = tuple[Period, tuple[Area, ...]]


@dataclass(frozen=True, slots=True)
class Untold:
    """A digest of today that waits for its files, or whose message waits for its turn."""

    id: int
    key: str
    person_id: int
    language: Language
    facts: PeriodFacts


def queue_period_digests(connection: Connection, now: datetime, limit: int = BATCH) -> int:
    """Keep the digests that are due, at most `limit`, and drop what was not sent on its day.

    Returns how many are new. Those by e-mail wait for the mail, which draws their files itself.

    Key: (official, period, day, reader).
    """
    daily.drop_stale(connection, KIND, midnight(now), now)
    known: dict[_Same, PeriodFacts] = {}
    queued = 0
    for each in (one for period in PERIODS for one in due(connection, now, period)):
        if queued >= limit:
            break
        facts = _composed(connection, each, known)
        if facts.areas:
            queued += _keep(connection, each, facts, now)
    return queued


def untold(connection: Connection, now: datetime) -> tuple[Untold, ...]:
    """Return today's digests in Telegram that are not on their way yet; none at night."""
    here = local(now)
    if here.time() >= NIGHT:
        return ()
    return tuple(
        Untold(
            row["id"],
            digest_key(row["official"], Period(row["period"]), row["day"], row["person_id"]),
            row["person_id"],
            Language(row["language"] or Language.KAZAKH),
            from_payload(row["facts"]),
        )
        for row in rows.undelivered(connection, here.date(), PERIODS, Channel.TELEGRAM.value)
    )


def tell_period_digest(
    connection: Connection, each: Untold, files: Mapping[str, Any], now: datetime
) -> None:
    """Queue a digest whose files are there; files are paths by what they are.

    Key: (official, period, day, reader).
    """
    payload = {"digest": each.id, **to_payload(each.facts), **files}
    tell(connection, each.person_id, KIND, each.key, payload, now)


def _composed(connection: Connection, each: Due, known: dict[_Same, PeriodFacts]) -> PeriodFacts:
    """Compose a digest, or take the numbers of another reader of the same scope."""
    asked = asked_by(connection, each.official, each.period, each.day)
    facts = known.get((each.period, asked.scope.areas))
    if facts is None:
        facts = compose_asked(connection, asked)
        known[each.period, facts.areas] = facts
        return facts
    return as_asked(connection, facts, asked)


def _keep(connection: Connection, each: Due, facts: PeriodFacts, now: datetime) -> bool:
    """Keep a digest; tell whether it is new."""
    values = {
        "official": each.official,
        "period": each.period.value,
        "day": each.day,
        "person_id": each.person_id,
        "channel": each.channel.value,
        "composed_at": now,
        "facts": to_payload(facts),
    }
    return add_digest(connection, values) is not None
