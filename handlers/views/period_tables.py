"""The tables of a digest of a longer period and of the review of a quarter."""

from collections.abc import Iterator

from handlers.text import _, pick
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full
from handlers.views.period_words import (
    official_name,
    place_name,
    share_words,
    topic_name,
)
from services.digests.hiding import SMALLEST
from services.digests.period_facts import Change, IndicatorLine, PeriodFacts
from services.digests.topic_counts import topic_counts
from services.organisation.directory import Organisation
from services.performance.rates import CASES, RATINGS
from services.reports.paper import Change as Difference
from services.reports.paper import Column, Share, Table, Value

Row = tuple[Value, ...]


def numbers_table(facts: PeriodFacts) -> Table:
    """Return the numbers of the stretch, with those before where they are known."""
    return Table(
        name=_("Numbers"),
        title=_("Numbers"),
        columns=(
            Column(_("What is counted"), 64, words=True),
            Column(_("These days"), 25),
            Column(_("The stretch before"), 27),
            Column(_("Change"), 26),
            Column(_("Of what"), 56, words=True),
        ),
        rows=(*_happened(facts), *_quality(facts), *_moved(facts)),
        note=_("The stretch before is one of equal kind: a week, a month or a quarter."),
    )


def _happened(facts: PeriodFacts) -> Iterator[Row]:
    day = full(facts.day)
    yield _compared(_("New appeals"), facts.new, "")
    yield (_("Joined another’s appeal"), facts.joined, None, None, "")
    yield _compared(_("Answers given"), facts.answered, "")
    yield _compared(_("Now under consideration"), facts.open, _("on {date}").format(date=day))
    yield _compared(_("Now overdue"), facts.overdue, _("on {date}").format(date=day))


def _compared(label: str, change: Change, of: str) -> Row:
    if change.before is None:
        return (label, change.now, None, None, of)
    return (label, change.now, change.before, Difference(change.now - change.before), of)


def _quality(facts: PeriodFacts) -> Iterator[Row]:
    target = _("of the answers; target: {share}").format(share=share_words(facts.target))
    judged = _("of those confirmed, disputed or closed by silence: {count}").format(
        count=facts.ended
    )
    yield (_("Answered in time"), _share(facts.in_time), None, None, target)
    yield (_("Half of the answers took at most"), facts.median, None, None, _("working days"))
    slow = _("Nine answers of ten took at most")
    yield (slow, facts.slowest, None, None, _("working days"))
    yield (_("Solved by the citizen’s own word"), _share(facts.confirmed), None, None, judged)
    yield (_("Closed by silence"), _share(facts.closed), None, None, judged)
    yield (_("Said to be not solved"), facts.disputed, None, None, "")
    if facts.rated >= RATINGS:
        of = _("from 1 to 5; ratings: {count}").format(count=facts.rated)
        yield (_("Mean rating"), facts.rating, None, None, of)
        yield (_("Ratings of 1 and 2"), facts.badly_rated, None, None, "")


def _moved(facts: PeriodFacts) -> Iterator[Row]:
    yield (_("Due date extended"), facts.extended, None, None, "")
    yield (_("Redirected to others"), facts.redirected, None, None, "")
    yield (_("Passed to the next level"), facts.escalated, None, None, "")
    if facts.everything:
        of = _("on {date}").format(date=full(facts.day))
        yield (_("Distributed to nobody"), facts.unrouted, None, None, of)


def _share(share: float | None) -> Share | None:
    return None if share is None else Share(share)


def topics_table(facts: PeriodFacts, organisation: Organisation) -> Table:
    """Return the topics, the most frequent first."""
    return Table(
        name=_("Topics"),
        title=_("What people write about"),
        columns=(
            Column(_("Topic of appeals"), 110, words=True),
            Column(_("New appeals"), 30),
            Column(_("People who joined"), 30),
        ),
        rows=tuple(
            (topic_name(topic, organisation), *counts)
            for topic, counts in topic_counts(facts).items()
        ),
        nothing=_("There were no appeals."),
        note=_small() if facts.narrow else "",
    )


def _small() -> str:
    return _(
        "Numbers under {number} are not told, nor those from which they could be worked out."
    ).format(number=SMALLEST)


def places_table(facts: PeriodFacts, organisation: Organisation) -> Table:
    """Return topics by district, without what could point to a person."""
    return Table(
        name=_("Districts"),
        title=_("Topics by district"),
        columns=(
            Column(_("Topic of appeals"), 70, words=True),
            Column(_("District"), 80, words=True),
            Column(_("New appeals"), 28),
        ),
        rows=tuple(
            (topic_name(each.topic, organisation), place_name(each), each.count)
            for each in facts.places
        ),
        nothing=_("No topic has {number} appeals from one district.").format(number=SMALLEST),
        note=_small(),
    )


def regions_table(facts: PeriodFacts) -> Table:
    """Return appeals by region and for 10,000 inhabitants."""
    return Table(
        name=_("Regions"),
        title=_("Appeals per 10,000 inhabitants"),
        columns=(
            Column(_("Region"), 90, words=True),
            Column(_("New appeals"), 40),
            Column(_("Per 10,000 inhabitants"), 40),
        ),
        rows=tuple(
            (place_line(each.region, None), each.count, each.per_10k) for each in facts.regions
        ),
        note=_small(),
    )


def officials_table(facts: PeriodFacts, organisation: Organisation) -> Table:
    """Return what the answers of each official came to; shares from 20 cases on."""
    return Table(
        name=_("Officials"),
        title=_("How officials answer"),
        columns=(
            Column(_("Official"), 46, words=True),
            Column(_("Now under consideration"), 27),
            Column(_("Now overdue"), 25),
            Column(_("Answers given"), 22),
            Column(_("In time"), 21),
            Column(_("Confirmed by citizens"), 28),
            Column(_("Mean rating"), 21),
        ),
        rows=tuple(
            (
                official_name(each.official, organisation),
                each.open,
                each.overdue,
                each.answered,
                _share(each.in_time),
                _share(each.confirmed),
                each.rating,
            )
            for each in facts.officials
        ),
        nothing=_("Nobody has answered or has anything under consideration."),
        note=_(
            "Shares from {cases} cases on, the rating from {ratings} ratings on. An answer that "
            "was disputed is not in time; one closed by silence is not confirmed."
        ).format(cases=CASES, ratings=RATINGS),
    )


def behind_table(facts: PeriodFacts, organisation: Organisation) -> Table:
    """Return the indicators behind plan and who answers for them."""
    return Table(
        name=_("Indicators"),
        title=_("Indicators behind plan"),
        columns=(
            Column(_("Indicator"), 44, words=True),
            Column(_("Reached, %"), 27),
            Column(_("By plan, %"), 22),
            Column(_("Due date"), 26, words=True),
            Column(_("Responsible for the indicator"), 36, words=True),
            Column(_("Responsible for the section"), 36, words=True),
        ),
        rows=tuple(_behind(each, organisation) for each in facts.behind),
        nothing=_("No indicator is behind plan."),
        note=_("By plan: what an even pace would have brought by {date}.").format(
            date=full(facts.day)
        ),
    )


def _behind(line: IndicatorLine, organisation: Organisation) -> Row:
    return (
        pick(line.name_kk, line.name_ru),
        line.reached,
        line.expected,
        full(line.due_on) if line.due_on else None,
        official_name(line.official, organisation),
        official_name(line.member, organisation),
    )
