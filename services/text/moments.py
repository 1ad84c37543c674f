"""Moments as people read them here, in both languages alike: 06.03.2026, 15:40."""

from datetime import datetime, timedelta

from services.clock import local

_MINUTE = timedelta(minutes=1)


def day_and_time(moment: datetime) -> str:
    """Return the day and the time in Asia/Almaty; a begun minute counts as the next one."""
    here = local(moment)
    if here.second or here.microsecond:
        here = here.replace(second=0, microsecond=0) + _MINUTE
    return f"{here:%d.%m.%Y, %H:%M}"
