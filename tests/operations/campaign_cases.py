"""Commands of campaigns, of the silence before a vote, and against abuse, each run twice."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import banning, surge
from services.campaigns import keeping, silence
from services.polls.patterns import Count, Kind
from services.polls.pulse import Kept, keep_counts
from storage import people
from storage.schema.appeals import appeals
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NOW, OPERATOR, Seeded

_DAYS = (NOW.date() - timedelta(days=20), NOW.date() + timedelta(days=2))
PLAN = keeping.Plan("Сайлау", "Выборы", *_DAYS)
_CHANGED = keeping.Plan("Сайлау", "Выборы депутатов", *_DAYS, "61")
_REASON = "Су тасқыны туралы ескерту."


def add(connection: Connection, now: datetime) -> keeping.Kept:
    """Keep a campaign in whose silence the tests play."""
    return keeping.add_campaign(connection, "203:77", PLAN, ADMINISTRATOR, now)


def _change(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    campaign = add(connection, now).campaign.id
    keeping.change_campaign(connection, campaign, 1, _CHANGED, ADMINISTRATOR, now)


def _call_off(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    campaign = add(connection, now).campaign.id
    keeping.call_off_campaign(connection, campaign, 1, ADMINISTRATOR, now)


def _let_out(connection: Connection, seeded: Seeded, now: datetime) -> None:
    add(connection, now)
    silence.let_out(connection, seeded.running, _REASON, ADMINISTRATOR, now)


def _tell(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    add(connection, now)
    silence.tell_authors(connection, now)


def _uphold(connection: Connection, seeded: Seeded, now: datetime) -> None:
    until = datetime(2026, 12, 1, tzinfo=UTC)
    appeal = seeded.open_appeal
    banning.ban_author(connection, appeal, OPERATOR, until, "Балағат сөздер.", now)
    banning.object_to_ban(connection, CITIZEN, 1, "Мен балағаттаған жоқпын.", now)
    banning.uphold_ban(connection, appeal, 1, ADMINISTRATOR, now)


def _surge(connection: Connection, seeded: Seeded, now: datetime) -> None:
    """Let a newcomer's appeals be as many as the limit."""
    people.change_person(connection, CITIZEN, {"joined_at": NOW})
    row = (
        connection.execute(sa.select(appeals).where(appeals.c.id == seeded.open_appeal))
        .mappings()
        .one()
    )
    for number in range(surge.MOST):
        name = f"surge{number}"
        if connection.execute(sa.select(appeals.c.id).where(appeals.c.draft_id == name)).first():
            continue
        values = dict(row) | {"draft_id": name, "number": name, "registered_at": NOW}
        del values["id"]
        connection.execute(sa.insert(appeals).values(**values))
    surge.watch_surge(connection, CITIZEN, now)


def _keep_counts(connection: Connection, seeded: Seeded, _now: datetime) -> None:
    kept = Kept(seeded.open_poll, Count(Kind.MINUTE, NOW, 12))
    keep_counts(connection, "process", [kept])


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.appeals.banning.uphold_ban": _uphold,
    "services.appeals.surge.watch_surge": _surge,
    "services.campaigns.keeping.add_campaign": lambda c, _, now: add(c, now),
    "services.campaigns.keeping.call_off_campaign": _call_off,
    "services.campaigns.keeping.change_campaign": _change,
    "services.campaigns.silence.let_out": _let_out,
    "services.campaigns.silence.tell_authors": _tell,
    "services.polls.pulse.keep_counts": _keep_counts,
}
