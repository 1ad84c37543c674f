"""A digest of a longer period as a document: everything that its picture and message shorten."""

from collections.abc import Iterator
from datetime import datetime

from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.period_tables import (
    behind_table,
    numbers_table,
    officials_table,
    places_table,
    regions_table,
    topics_table,
)
from handlers.views.period_words import (
    days_words,
    gaps_words,
    period_title,
    scope_words,
    topic_name,
)
from handlers.views.poll_result import short_region_name
from services.clock import local_date
from services.digests.facts import Quote
from services.digests.period_facts import PeriodFacts
from services.organisation.directory import Organisation
from services.places.inhabitants import COUNTED_ON
from services.reports.paper import Paper, Voice

_ALL = 1000  # a document has room for every name

Pair = tuple[str, str]


def period_paper(facts: PeriodFacts, organisation: Organisation, now: datetime) -> Paper:
    """Return the document of a digest in the current language."""
    return Paper(
        language=current_language().value,
        over=organisation.party.name(current_language()),
        title=f"{period_title(facts)}, {days_words(facts)}",
        facts=tuple(about(facts, organisation, full(local_date(now)))),
        tables=(
            numbers_table(facts),
            topics_table(facts, organisation),
            places_table(facts, organisation),
            regions_table(facts),
            behind_table(facts, organisation),
            officials_table(facts, organisation),
        ),
        method=tuple(method_words()),
        facts_name=_("About this digest"),
        method_name=_("How it was counted"),
        page=_("Page {page} of {pages}"),
        made_at=now,
        voices_name=_("Words of citizens"),
        voices=tuple(voice(quote, organisation) for quote in (facts.quote,) if quote),
        no_voices=_("No words of citizens were let out for these days."),
    )


def about(facts: PeriodFacts, organisation: Organisation, made: str) -> Iterator[Pair]:
    """Return what the document is about: scope, days, gaps, when it was made."""
    yield _("Scope"), scope_words(facts, organisation, _ALL)
    yield _("Days counted"), days_words(facts)
    yield _("State of open appeals and indicators"), full(facts.day)
    yield _("Made"), made
    if facts.gaps:
        yield _("What the numbers do not tell"), "\n".join(gaps_words(facts))


def voice(quote: Quote, organisation: Organisation) -> Voice:
    """Return words of a citizen with their topic and region."""
    region = short_region_name(quote.region)
    return Voice(quote.text, f"{topic_name(quote.topic, organisation)} · {region}")


def method_words() -> Iterator[Pair]:
    """Return what each number means."""
    yield (
        _("New appeals and answers"),
        _(
            "Counted on the day on which they were registered or given, by the section of the "
            "Road Map and the place of the appeal."
        ),
    )
    yield (
        _("In time"),
        _(
            "Answers given by the due date, of all answers. Of an official, an answer that the "
            "citizen disputed is taken out of those in time."
        ),
    )
    yield (
        _("Half and nine tenths of the answers"),
        _(
            "The median and the 90th percentile by the nearest-rank rule: working days from the "
            "registration to the answer, counted as due dates are."
        ),
    )
    yield (
        _("Solved by the citizen’s own word, closed by silence"),
        _(
            "Of the appeals that were confirmed, disputed or closed by silence on these days. An "
            "appeal is closed by silence when its author has said nothing for the days that the "
            "rules set; that never counts as solved."
        ),
    )
    yield (
        _("Behind plan"),
        _(
            "An indicator that is more than 10 points under what an even pace would have brought "
            "by now, or whose due date has passed."
        ),
    )
    yield (
        _("Small numbers"),
        _(
            "Under 10 by district or region a person could be recognised: such numbers are not "
            "told, nor those from which they could be worked out. Words of citizens are shown "
            "without names, after a moderator has read them."
        ),
    )
    yield (
        _("Sources"),
        _("Counters of the bot. Inhabitants: Bureau of National Statistics, {day}.").format(
            day=full(COUNTED_ON)
        ),
    )
