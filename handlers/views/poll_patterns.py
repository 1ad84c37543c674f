"""What was unusual in when the answers to a poll came, in words that accuse nobody."""

from collections.abc import Iterable

from handlers.text import N_, _
from handlers.views.calendar_days import moment
from handlers.views.poll_result import number
from services.clock import local
from services.polls.patterns import KEPT_FROM, Kind, Pattern

_FOUND = {
    Kind.MINUTE: N_(
        "Minutes with far more answers than around them: {times}. The largest: {count} answers in "
        "the minute of {moment}; around it a minute had at most: {usual}."
    ),
    Kind.SECOND: N_(
        "Seconds with far more answers than the rest of their minute: {times}. The largest: "
        "{count} answers in one second, {moment}."
    ),
    Kind.NEWCOMERS: N_(
        "Minutes with far more answers of newcomers than around them: {times}. The largest: "
        "{count} in the minute of {moment}. Newcomers are people who came to the bot after the "
        "poll had begun, or within the hour before they answered."
    ),
}


def pattern_lines(patterns: Iterable[Pattern]) -> list[str]:
    """Return a paragraph each, as plain text; nothing where nothing was unusual."""
    found = [_line(pattern) for pattern in patterns]
    if not found:
        return []
    head = _(
        "⚠️ When the answers came was unusual in places. This is statistics: it says nothing of "
        "any person, and all answers are counted."
    )
    tail = _(
        "There may be a simple reason: a meeting or a class that answered together, a link in a "
        "large group, a connection that was down for a while. Only counts of {least} and more "
        "are kept, without names and answers. Unusual is a count at least three times as large "
        "as around it that chance explains with less than 1 in 1,000 (Chernoff’s bound for a "
        "Poisson variable)."
    )
    return [head, *found, tail.format(least=KEPT_FROM)]


def _line(pattern: Pattern) -> str:
    flag = pattern.largest
    usual = max(round(flag.usual), KEPT_FROM)
    at = moment(flag.at)
    if pattern.kind is Kind.SECOND:
        at = f"{local(flag.at):%d.%m.%Y, %H:%M:%S}"
    return _(_FOUND[pattern.kind]).format(
        times=pattern.times, count=number(flag.count), moment=at, usual=number(usual)
    )
