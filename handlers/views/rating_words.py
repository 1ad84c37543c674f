"""How a round, its method, places and scores are said; no number stands without its round."""

from decimal import Decimal
from html import escape

from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.roadmap_words import amount
from services.ratings.model import Deputy, Indicator, Maslikhat, Round
from services.text.length import shortened

METHOD_ROOM = 300  # characters of the method that stand beside every number


def title_of(each: Round) -> str:
    """Return what a round is called; HTML."""
    return escape(each.terms.title(current_language()))


def footing(each: Round) -> str:
    """Return the days of a round, when it was counted, and how; HTML."""
    terms = each.terms
    days = _("📅 For {first} – {last}, counted on {day}").format(
        first=full(terms.begins_on), last=full(terms.ends_on), day=full(terms.as_of)
    )
    method = shortened(terms.method(current_language()), METHOD_ROOM)
    how = _("📐 Method: {method}").format(method=escape(method))
    return f"{days}\n{how}"


def is_cut(each: Round) -> bool:
    """Tell whether the method is longer than what stands beside the numbers."""
    return len(each.terms.method(current_language())) > METHOD_ROOM


def moved(place: int, before: int | None) -> str:
    """Return how a place has changed: ▲2, ▼1, =, or that it is new."""
    if before is None:
        return _("new")
    if before == place:
        return "="
    return f"▲{before - place}" if before > place else f"▼{place - before}"


def risen(difference: Decimal) -> str:
    """Return a difference of scores with its sign."""
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    return f"{sign}{amount(abs(difference))}"


def with_unit(value: Decimal, indicator: Indicator) -> str:
    """Return a value of an indicator with its unit; HTML."""
    return f"{amount(value)} {escape(indicator.unit(current_language()))}".rstrip()


def seat_of(deputy: Deputy, maslikhat: Maslikhat) -> str:
    """Return the maslikhat of a deputy with the constituency; HTML."""
    language = current_language()
    parts = (maslikhat.name(language), deputy.constituency(language))
    return escape(" · ".join(part for part in parts if part))
