"""The review of a quarter as a document in the current language."""

from collections.abc import Iterator
from datetime import datetime

from handlers.text import _, current_language
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import moment
from handlers.views.period_paper import about, method_words, voice
from handlers.views.period_tables import (
    behind_table,
    numbers_table,
    officials_table,
    places_table,
    regions_table,
    topics_table,
)
from services.organisation.directory import Organisation
from services.reports.execution import Review
from services.reports.paper import Column, Paper, Table
from services.reports.quarter import Quarter
from services.roadmap.indicator import State

_NUMBERS = ("I", "II", "III", "IV")


def execution_paper(review: Review, organisation: Organisation, now: datetime) -> Paper:
    """Return the document of a review."""
    facts = review.facts
    where = _("All of Kazakhstan") if review.region is None else place_line(review.region, None)
    return Paper(
        language=current_language().value,
        over=f"{organisation.party.name(current_language())} · {where}",
        title=_("How the Road Map is carried out: {quarter}").format(
            quarter=quarter_words(review.quarter)
        ),
        facts=tuple(about(facts, organisation, moment(now))),
        tables=(
            numbers_table(facts),
            _states_table(review),
            behind_table(facts, organisation),
            officials_table(facts, organisation),
            topics_table(facts, organisation),
            *((regions_table(facts),) if review.region is None else ()),
            places_table(facts, organisation),
        ),
        method=tuple(method_words()),
        facts_name=_("About this report"),
        method_name=_("How it was counted"),
        page=_("Page {page} of {pages}"),
        made_at=now,
        voices_name=_("Words of citizens"),
        voices=tuple(voice(quote, organisation) for quote in review.quotes),
        no_voices=_("No words of citizens were let out for these days."),
    )


def quarter_words(quarter: Quarter) -> str:
    """Return «quarter III of 2026»."""
    number = _NUMBERS[quarter.number - 1]
    return _("quarter {number} of {year}").format(number=number, year=quarter.year)


def _states_table(review: Review) -> Table:
    return Table(
        name=_("Road Map"),
        title=_("Indicators of the Road Map"),
        columns=(
            Column(_("How they stand"), 120, words=True),
            Column(_("Indicators counted"), 50),
        ),
        rows=tuple((words, count) for words, count in _states(review)),
        nothing=_("No indicators are set for this place."),
    )


def _states(review: Review) -> Iterator[tuple[str, int]]:
    words = {
        State.OVERDUE: _("The due date has passed"),
        State.BEHIND: _("Behind plan"),
        State.SILENT: _("No report for 30 days"),
        State.ON_TRACK: _("On plan"),
        State.REACHED: _("Reached"),
    }
    return ((words[state], count) for state, count in review.states)
