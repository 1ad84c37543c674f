"""The leader's sign of life: when it last ticked while its sender was at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.delivery.letters import any_due
from services.delivery.mailing_run import running
from storage.facts import read_fact, write_fact

SILENCE = timedelta(minutes=3)  # two ticks may be late; a third is not
_NAME = "heartbeat"


@dataclass(frozen=True, slots=True)
class Pulse:
    """When the leader last gave a sign of life, None if never; whether messages wait now."""

    last: datetime | None
    waiting: bool

    def lost(self, now: datetime) -> bool:
        """Tell whether there was no sign of life for three minutes; clocks may be set back."""
        return self.last is None or abs(now - self.last) > SILENCE


def beat(connection: Connection, now: datetime) -> None:
    """Give a sign of life. Key: the fact's name."""
    write_fact(connection, _NAME, now.isoformat(), now)


def pulse(connection: Connection, now: datetime) -> Pulse:
    """Return the last sign of life and whether anybody waits for a message (a query)."""
    last = read_fact(connection, _NAME)
    waiting = any_due(connection, now) or bool(running(connection, now))
    return Pulse(datetime.fromisoformat(last) if last else None, waiting)
