"""What a digest is called: «Апталық дайджест: 23.11.2026»."""

from datetime import date

from handlers.text import N_, _
from handlers.views.calendar_days import full
from services.digests.model import Period

_NAMES = {
    Period.DAILY: N_("Digest: {date}"),
    Period.WEEKLY: N_("Weekly digest: {date}"),
    Period.MONTHLY: N_("Monthly digest: {date}"),
    Period.QUARTERLY: N_("Quarterly digest: {date}"),
}


def digest_name(period: Period, day: date) -> str:
    """Return the name of the digest that is read on this day; plain."""
    return _(_NAMES[period]).format(date=full(day))
