"""A result in words and as a picture's card: with its base, its dates and its method."""

from html import escape

from handlers.text import _, current_language, pick
from handlers.views.calendar_days import full
from services.clock import local_date
from services.places.atlas import atlas
from services.polls.chart import Bar, Card
from services.polls.disclosure import (
    BLUNT_UNDER,
    PERCENT_FROM,
    SMALLEST,
    Disclosure,
    disclosure,
    figure,
)
from services.polls.model import Poll
from services.polls.results import Result
from services.text.length import shortened, utf16_length

CAPTION_LENGTH = 1024
# What a share of none or all is drawn as where it is printed blunted.
_BLUNT = 0.025


def caption(result: Result) -> str:
    """Return the result in words, the numbers of the picture included, at most 1,024 long."""
    text = ""
    for room in (100, 60, 40, 24):
        text = _caption(result, room)
        if utf16_length(text) <= CAPTION_LENGTH:
            break
    return text


def card(result: Result) -> Card:
    """Return what is written on the picture; only where votes by option may be shown."""
    shown = disclosure(result.base, result.votes)
    language = current_language()
    bars = (
        Bar(
            label=option.text(language),
            figure=figure(votes, result.base, shown),
            length=_length(votes, result.base),
            grey=option.difficult,
        )
        for option, votes in zip(result.poll.options, result.votes or (), strict=True)
    )
    return Card(
        heading=_("Poll result"),
        question=result.poll.title(language),
        bars=tuple(bars),
        facts=tuple(_facts(result, shown)),
        method=method(),
    )


def method() -> str:
    """Return the sentence that stands under every number."""
    return _(
        "A poll among subscribers of the bot who agreed to take part; it is not a random sample "
        "of the population, and no sampling error is calculated. The data are not weighted."
    )


def audience(poll: Poll) -> str:
    """Return whom the poll asked: a region or the whole country."""
    place = atlas().find(poll.target.regions[0] if poll.target.regions else None)
    if place is None:
        return _("All of Kazakhstan")
    return pick(place.region.name_kk, place.region.name_ru)


def number(value: int) -> str:
    """Return the number with its thousands apart: «12 345»."""
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


def _caption(result: Result, room: int) -> str:
    shown = disclosure(result.base, result.votes)
    question = escape(result.poll.title(current_language()))
    facts = "\n".join(escape(fact) for fact in _facts(result, shown))
    heading = _("Poll result")
    brief = _("A poll of the bot’s subscribers, not a random sample; not weighted.")
    blocks = [
        f"📊 {heading}\n<b>{question}</b>",
        _numbers(result, shown, room),
        facts,
        f"<i>{brief}</i>",
    ]
    return "\n\n".join(blocks)


def _numbers(result: Result, shown: Disclosure, room: int) -> str:
    if shown is Disclosure.BASE and result.base < SMALLEST:
        return _(
            "There are too few answers to show them by option: fewer than {smallest}. This keeps "
            "everybody’s answer secret. Thank you to all who took part."
        ).format(smallest=SMALLEST)
    if shown is Disclosure.BASE:
        return _(
            "The answers are not shown by option: there are few of them, and the numbers would "
            "tell how each person answered. Thank you to all who took part."
        )
    language = current_language()
    return "\n".join(
        f"• {escape(shortened(option.text(language), room))} – "
        f"<b>{escape(figure(votes, result.base, shown))}</b>"
        for option, votes in zip(result.poll.options, result.votes or (), strict=True)
    )


def _facts(result: Result, shown: Disclosure) -> list[str]:
    first, last = (full(local_date(at)) for at in (result.poll.launched_at, result.ended_at))
    base = _("Answered: {number}").format(number=number(result.base))
    if shown is Disclosure.LOW_BASE:
        base = _("{base} (low base)").format(base=base)
    facts = [base]
    if shown is Disclosure.COUNTS:
        facts.append(
            _("Fewer than {least} answers: numbers of answers, no percentages.").format(
                least=PERCENT_FROM
            )
        )
    facts.append(f"{audience(result.poll)}, {first if first == last else f'{first} – {last}'}")
    if result.closed_early:
        facts.append(_("The poll was closed before the announced time."))
    return facts


def _length(votes: int, base: int) -> float:
    if base < PERCENT_FROM or base >= BLUNT_UNDER:
        return votes / base
    return min(max(votes / base, _BLUNT), 1 - _BLUNT)
