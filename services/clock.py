"""What time it is, and where.

Times are UTC inside and are shown in Asia/Almaty. All of Kazakhstan keeps UTC+5 since
1 March 2024 (Government Resolution No. 21 of 19 January 2024); the zone is fixed here because
an old time-zone database on the machine would still say UTC+6.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

ALMATY = timezone(timedelta(hours=5), "Asia/Almaty")


class Clock(Protocol):
    """Tells the time; injected everywhere, so that tests and the sandbox can move it."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Return the same moment in Asia/Almaty."""
    return moment.astimezone(ALMATY)


def local_date(moment: datetime) -> date:
    """Return the calendar day of this moment in Asia/Almaty."""
    return moment.astimezone(ALMATY).date()
