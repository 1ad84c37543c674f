"""From what an editor writes in one message to what is kept: both languages, days, sessions."""

from datetime import date, datetime

from services.programmes.model import Field, FieldKind, Option, Session
from services.refusal import N_, Refusal
from services.tables.cells import a_moment
from services.text.dates import find_dates

_TWO = 2


def both(words: str) -> tuple[str, str]:
    """Return the Kazakh and the Russian text of «қазақша / русский», or of two lines."""
    lines = [" ".join(line.split()) for line in words.replace("\x00", "").splitlines()]
    parts = [line for line in lines if line]
    if len(parts) == 1:
        parts = [part.strip() for part in parts[0].split(" / ")]
    if len(parts) != _TWO or not all(parts):
        raise Refusal(
            N_("Both languages, please: first Kazakh, then “ / ” or a new line, then Russian.")
        )
    return parts[0], parts[1]


def days(words: str, today: date) -> tuple[date, date]:
    """Return the first and the last day of «01.12.2026 – 20.12.2026»; one day is both."""
    found = sorted(find_dates(words, today).days)
    if not 1 <= len(found) <= _TWO:
        raise Refusal(N_("Please write the days like this: 01.12.2026 – 20.12.2026"))
    return found[0], found[-1]


def day(words: str, today: date) -> date:
    """Return the one day that is named."""
    found = find_dates(words, today).days
    if len(found) != 1:
        raise Refusal(N_("This is no day. Please write it like this: 31.12.2026"))
    return found[0]


def whole(words: str, low: int, high: int) -> int:
    """Return a whole number within these bounds."""
    plain = words.replace(" ", "")
    number = int(plain) if plain.isascii() and plain.isdigit() else None
    if number is None or not low <= number <= high:
        raise Refusal(N_("I need a whole number from {low} to {high}."), low=low, high=high)
    return number


def new_field(kind: FieldKind, words: str) -> Field:
    """Return a question: its text in the first line, the answers of a choice in the others."""
    lines = [line for line in words.splitlines() if line.strip()]
    if kind is not FieldKind.CHOICE:
        return Field("", 0, kind, *both(words))
    if len(lines) < _TWO:
        message = N_("Write the question in the first line, and each answer in a line of its own.")
        raise Refusal(message)
    answers = [both(line) for line in lines[1:]]
    options = tuple(Option(f"o{place}", *each) for place, each in enumerate(answers, start=1))
    return Field("", 0, kind, *both(lines[0]), options)


def new_session(number: int, words: str) -> Session:
    """Return a session: day and hour, then what it is about, then where; the last two may lack."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    starts_at: datetime = a_moment(lines[0] if lines else "")
    title = both(lines[1]) if len(lines) > 1 else ("", "")
    place = both(lines[2]) if len(lines) > _TWO else ("", "")
    return Session(number, starts_at, *title, *place)
