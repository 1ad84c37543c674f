"""The words and numbers on the picture of a week, a month or a quarter."""

from collections.abc import Iterator

from handlers.text import _, current_language
from handlers.views.calendar_days import full, short
from handlers.views.period_words import (
    before_words,
    days_words,
    gaps_words,
    period_title,
    scope_words,
    share_words,
    topic_name,
)
from handlers.views.poll_result import number, short_region_name
from services.digests.hiding import SMALLEST
from services.digests.model import Period
from services.digests.period_facts import Change, PeriodFacts, RegionRate
from services.digests.picture import Figure, Measure, Mood, Poster, Ranked, Series, Trend
from services.digests.topic_counts import Counts, topic_counts
from services.organisation.directory import Organisation
from services.places.atlas import rows
from services.places.inhabitants import COUNTED_ON
from services.polls.chart import Grid, Tile
from services.reports.paper import NOTHING, decimal, fixed
from services.text.length import shortened

_TOPICS = 5
_NAME = 60  # UTF-16 code units of a topic
# A grid of fewer regions says less than a line.
_GRID_FROM = 3


def poster(facts: PeriodFacts, organisation: Organisation) -> Poster:
    """Return the picture of a digest in the current language."""
    grid = _grid(facts.regions)
    return Poster(
        over=f"{organisation.party.name(current_language())} · {period_title(facts)}",
        title=days_words(facts),
        scope=scope_words(facts, organisation),
        figures=tuple(_figures(facts)),
        measures=tuple(_measures(facts)),
        trend=_trend(facts),
        topics_title=_("What people write about most"),
        topics=tuple(_topics(facts, organisation)),
        nothing=_("There were no appeals."),
        regions_title=_("Appeals per 10,000 inhabitants"),
        regions=grid,
        no_regions=_no_grid(facts.regions),
        facts=tuple(_facts(facts)),
    )


def _figures(facts: PeriodFacts) -> Iterator[Figure]:
    yield _figure(facts, _("New appeals"), facts.new, Mood.NEITHER, Mood.NEITHER)
    yield _figure(facts, _("Answers given"), facts.answered, Mood.GOOD, Mood.NEITHER)
    open_now = _("Under consideration on {date}").format(date=short(facts.day))
    yield _figure(facts, open_now, facts.open, Mood.NEITHER, Mood.GOOD)
    overdue = _("Overdue on {date}").format(date=short(facts.day))
    yield _figure(facts, overdue, facts.overdue, Mood.BAD, Mood.GOOD)


def _figure(facts: PeriodFacts, label: str, change: Change, more: Mood, less: Mood) -> Figure:
    mood = Mood.NEITHER
    if change.before is not None and change.now != change.before:
        mood = more if change.now > change.before else less
    return Figure(label, number(change.now), before_words(facts, change), mood)


def _measures(facts: PeriodFacts) -> Iterator[Measure]:
    in_time = _("Answered in time (target: {share})").format(share=share_words(facts.target))
    yield _measure(in_time, facts.in_time, facts.answered.now, facts.target)
    yield _measure(_("Solved by the citizen’s own word"), facts.confirmed, facts.ended)
    yield _measure(_("Closed by silence"), facts.closed, facts.ended)


def _measure(label: str, share: float | None, base: int, target: float | None = None) -> Measure:
    return Measure(f"{label}, n = {number(base)}", share_words(share), share, target)


def _trend(facts: PeriodFacts) -> Trend | None:
    if not any(week.registered or week.answered for week in facts.weeks):
        return None
    return Trend(
        title=_("By week, from Monday"),
        weeks=tuple(short(week.monday) for week in facts.weeks),
        series=(
            _series(_("New appeals"), tuple(week.registered for week in facts.weeks)),
            _series(_("Answers given"), tuple(week.answered for week in facts.weeks)),
        ),
    )


def _series(label: str, values: tuple[int, ...]) -> Series:
    return Series(label, values, number(values[-1]))


def _topics(facts: PeriodFacts, organisation: Organisation) -> Iterator[Ranked]:
    shown, told = facts.topics[:_TOPICS], topic_counts(facts)
    most = max((topic.count + topic.joined for topic in shown), default=1)
    for topic in shown:
        yield _topic(topic.topic, told[topic.topic], most, organisation)


def _topic(code: str, counts: Counts, most: int, organisation: Organisation) -> Ranked:
    """Return a bar of who wrote and who joined; where one of both is not told, of the other."""
    count, joined = counts
    label = shortened(topic_name(code, organisation), _NAME)
    if count is None:
        return Ranked(label, NOTHING, 0.0)
    if joined:
        words = _("joined: {count}").format(count=number(joined))
        label = f"{label} · {words}"
    people = count + (joined or 0)
    return Ranked(label, number(people), people / most)


def _grid(regions: tuple[RegionRate, ...]) -> Grid | None:
    rates = {each.region: each.per_10k for each in regions}
    told = [rate for rate in rates.values() if rate is not None]
    if len(regions) < _GRID_FROM or not told:
        return None
    places = 1 if min(told) >= 1 else 2
    return Grid(
        tuple(_tile(row, rates, places) for row in rows("regions") if row["kato"] in rates),
        fixed(min(told), places),
        fixed(max(told), places),
        _("fewer than {number} appeals, or hidden beside them").format(number=SMALLEST),
    )


def _tile(row: dict[str, str], rates: dict[str, float | None], places: int) -> Tile:
    rate = rates[row["kato"]]
    figure = NOTHING if rate is None else fixed(rate, places)
    column, line = int(row["tile_col"]), int(row["tile_row"])
    return Tile(short_region_name(row["kato"]), figure, column, line, rate)


def _no_grid(regions: tuple[RegionRate, ...]) -> str:
    """Return the rate of the few regions in words, or that there is none to tell."""
    told = [each for each in regions if each.per_10k is not None]
    if not told:
        return _(
            "Where a region has fewer than {number} appeals, their number is not told."
        ).format(number=SMALLEST)
    return ", ".join(
        f"{short_region_name(each.region)}: {decimal(each.per_10k or 0)}" for each in told
    )


def _facts(facts: PeriodFacts) -> Iterator[str]:
    yield _("Answers: {answers}. Confirmed, disputed or closed by silence: {ended}.").format(
        answers=number(facts.answered.now), ended=number(facts.ended)
    )
    if facts.period is Period.WEEKLY:
        yield _("Week: Monday to Sunday. Compared with the week before.")
    yield from gaps_words(facts)
    yield _(
        "Source: counters of the bot, {date}. Inhabitants: Bureau of National Statistics, {day}."
    ).format(date=full(facts.day), day=full(COUNTED_ON))
