"""The rules of composing: what a question, its answers and its closing time may be."""

import re
import unicodedata
from datetime import datetime, time, timedelta

from services.clock import ALMATY, local
from services.polls.model import Option, OptionRole
from services.refusal import N_, Refusal

QUESTION_LENGTH = 300
OPTION_LENGTH = 100
FEWEST_OPTIONS = 2
MOST_PLAIN = 10
CLOSING_DAYS = (1, 3, 7, 14)
LONGEST = timedelta(days=90)
SHORTEST = timedelta(minutes=10)
# The last option where it is offered: the legal wording of official opinion polls.
DIFFICULT_KK = "Жауап беру қиын"
DIFFICULT_RU = "Затрудняюсь ответить"

_CLOSING_HOUR = time(18, 0)
_BULLET = re.compile(r"^(?:[-–—•*]|\d{1,2}[.)])\s+")
_MOMENT = re.compile(
    r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?(?:[,\s]+(\d{1,2})[:.](\d{2}))?"
)
_CENTURY = 2000
_ENDS = 2
_BOUNDS = re.compile(r"(-?\d{1,12})[\s,;–—]+(-?\d{1,12})")
# What joins emoji is kept; other invisible characters could turn the text around.
_JOINERS = ("\N{ZERO WIDTH JOINER}", "\N{VARIATION SELECTOR-16}")


def difficult(position: int) -> Option:
    """Return «difficult to answer» at this position."""
    return Option(position, DIFFICULT_KK, DIFFICULT_RU, OptionRole.DIFFICULT)


def clean(text: str) -> str:
    """Return one line of a text: composed letters, single spaces, no invisible characters."""
    composed = unicodedata.normalize("NFC", text)
    visible = (
        letter if letter in _JOINERS or unicodedata.category(letter)[0] != "C" else " "
        for letter in composed
    )
    return " ".join("".join(visible).split())


def check_question(text: str) -> str:
    """Return the question as it will be asked; raises Refusal."""
    question = clean(text)
    if not any(letter.isalpha() for letter in question):
        raise Refusal(N_("Please write the question in words."))
    if len(question) > QUESTION_LENGTH:
        raise Refusal(
            N_("The question is too long: {length} characters, at most {limit}."),
            length=len(question),
            limit=QUESTION_LENGTH,
        )
    return question


def check_options(text: str, most: int = MOST_PLAIN) -> tuple[str, ...]:
    """Return the options out of a message with one on each line; raises Refusal."""
    lines = (_BULLET.sub("", clean(line)) for line in text.splitlines())
    options = tuple(line for line in lines if line)
    if not FEWEST_OPTIONS <= len(options) <= most:
        raise Refusal(
            N_("From {fewest} to {most} answers are needed, one on each line. You sent: {number}"),
            fewest=FEWEST_OPTIONS,
            most=most,
            number=len(options),
        )
    for position, option in enumerate(options, start=1):
        if len(option) > OPTION_LENGTH:
            raise Refusal(
                N_("Answer {position} is too long: {length} characters, at most {limit}."),
                position=position,
                length=len(option),
                limit=OPTION_LENGTH,
            )
    if len({option.casefold() for option in options}) < len(options):
        raise Refusal(N_("Two answers are the same. Please make each one different."))
    return options


def check_translation(options: tuple[str, ...], others: tuple[str, ...]) -> None:
    """Raise Refusal unless both languages have as many options."""
    if len(options) != len(others):
        raise Refusal(
            N_(
                "There are {wanted} answers in Kazakh and {number} in Russian. Please send as "
                "many lines, in the same order."
            ),
            wanted=len(options),
            number=len(others),
        )


def check_ends(text: str) -> tuple[str, str]:
    """Return what the low and the high end of a scale mean, a line each; raises Refusal."""
    lines = [line for line in (clean(line) for line in text.splitlines()) if line]
    if len(lines) != _ENDS:
        raise Refusal(N_("Two lines are needed: first the low end, then the high end."))
    for line in lines:
        if len(line) > OPTION_LENGTH:
            raise Refusal(
                N_("The words at an end of the scale are longer than {limit} characters."),
                limit=OPTION_LENGTH,
            )
    return lines[0], lines[1]


def check_bounds(text: str) -> tuple[int, int]:
    """Return the smallest and the largest number out of «0 120»; raises Refusal."""
    match = _BOUNDS.fullmatch(clean(text))
    least, most = (int(number) for number in match.groups()) if match else (0, 0)
    if least >= most:
        raise Refusal(N_("Two whole numbers are needed, the smaller one first, like this: 0 120"))
    return least, most


def closing_after(days: int, now: datetime) -> datetime:
    """Return 18:00 in Asia/Almaty so many days from today."""
    day = local(now).date() + timedelta(days=days)
    return datetime.combine(day, _CLOSING_HOUR, ALMATY)


def parse_closing(text: str, now: datetime) -> datetime:
    """Return the moment that «25.11 18:00» means, in Asia/Almaty; raises Refusal.

    The year may be named; without it a day of January that is said in December is the next
    year's. Without an hour it is 18:00.
    """
    match = _MOMENT.fullmatch(clean(text))
    if match is None:
        raise Refusal(N_("Please write the date and the time like this: 25.11 18:00"))
    day, month, year, hour, minute = match.groups()
    clock = time(18, 0) if hour is None else None
    try:
        clock = clock or time(int(hour), int(minute))
        here = local(now)
        named = None if year is None else int(year) + (_CENTURY if len(year) == 2 else 0)  # noqa: PLR2004
        moment = datetime(
            named or here.year, int(month), int(day), clock.hour, clock.minute, tzinfo=ALMATY
        )
        next_year = moment.replace(year=here.year + 1)
        if named is None and moment < here and next_year <= here + LONGEST:
            moment = next_year
    except ValueError:
        raise Refusal(N_("There is no such date or time. Please check it.")) from None
    check_closing(moment, now)
    return moment


def check_closing(moment: datetime, now: datetime) -> None:
    """Raise Refusal unless a poll that starts now may close at this moment."""
    if moment < now + SHORTEST:
        raise Refusal(N_("This time is too close or already past. Please choose a later one."))
    if moment > now + LONGEST:
        raise Refusal(
            N_("A poll runs for at most {days} days. Please choose an earlier time."),
            days=LONGEST.days,
        )
