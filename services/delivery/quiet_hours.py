"""When mailings keep silent: from 21:00 to 09:00 in Asia/Almaty.

Never asked about an answer to one's own appeal: personal messages are sent at any hour.
"""

from datetime import datetime, time, timedelta

from services.clock import local

EVENING = time(21, 0)
MORNING = time(9, 0)


def is_quiet(moment: datetime) -> bool:
    """Tell whether a mailing has to wait now."""
    hour = local(moment).time()
    return hour >= EVENING or hour < MORNING


def next_morning(moment: datetime) -> datetime:
    """Return the moment at which the silence around this moment ends; aware."""
    here = local(moment)
    day = here.date() + timedelta(days=1) if here.time() >= EVENING else here.date()
    return datetime.combine(day, MORNING, here.tzinfo)
