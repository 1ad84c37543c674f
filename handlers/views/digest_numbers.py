"""Numbers of digests: with what is usual, and hidden where a person could be recognised."""

from handlers.text import _
from services.digests.hiding import SMALLEST

_LONG = 10_000


def number(count: int) -> str:
    """Return the number, from five digits on in groups of three."""
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}") if count >= _LONG else str(count)


def usual_number(usual: float) -> str:
    """Return what is usual as a whole number."""
    return number(_whole(usual))


def change(count: int, usual: float | None) -> str:
    """Return «▲5», «▼2», «=»; nothing where nothing is usual yet."""
    if usual is None:
        return ""
    more = count - _whole(usual)
    if not more:
        return "="
    return f"▲{number(more)}" if more > 0 else f"▼{number(-more)}"


def compared(count: int, usual: float | None) -> str:
    """Return «12 (▲5, әдетте 7)», or the number alone where nothing is usual yet."""
    if usual is None:
        return number(count)
    words = _("{count} ({change}, usually {usual})")
    return words.format(
        count=number(count), change=change(count, usual), usual=usual_number(usual)
    )


def hidden(count: int) -> str:
    """Return the number, or that it is under 10."""
    return number(count) if count >= SMALLEST else _("under 10")


def _whole(usual: float) -> int:
    return int(usual + 0.5)
