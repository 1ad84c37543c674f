"""Days as people read them here: 06.03.2026."""

from datetime import date, datetime

from services.clock import local


def full(day: date) -> str:
    """Return the day with its year."""
    return f"{day:%d.%m.%Y}"


def short(day: date) -> str:
    """Return the day without its year."""
    return f"{day:%d.%m}"


def period(first: date, last: date) -> str:
    """Return «20.11–22.11», or one day where both are the same."""
    return short(first) if first == last else f"{short(first)}–{short(last)}"


def moment(at: datetime) -> str:
    """Return day and time of day in Asia/Almaty."""
    return f"{local(at):%d.%m.%Y, %H:%M}"


def hour(at: datetime) -> str:
    """Return the time of day in Asia/Almaty."""
    return f"{local(at):%H:%M}"
