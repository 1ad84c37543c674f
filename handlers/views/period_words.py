"""Words about a week, a month or a quarter that its message, its picture and its files share."""

from handlers.text import _, current_language
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full
from handlers.views.poll_result import number
from services.digests.facts import Gap, TopicCount
from services.digests.model import Period
from services.digests.period_facts import Change, PeriodFacts
from services.organisation.directory import Organisation
from services.reports.paper import NOTHING, changed, per_cent
from services.reports.paper import Change as Difference
from services.roadmap.scope import Area

# Names of sections and places that are said; the others are counted.
_NAMED = 3


def period_title(facts: PeriodFacts) -> str:
    """Return which digest this is."""
    match facts.period:
        case Period.MONTHLY:
            return _("Digest of the month")
        case Period.QUARTERLY:
            return _("Digest of the quarter")
        case _:
            return _("Digest of the week")


def days_words(facts: PeriodFacts) -> str:
    """Return «16.11.2026–22.11.2026»."""
    return f"{full(facts.first)}–{full(facts.last)}"


def scope_words(facts: PeriodFacts, organisation: Organisation, most: int = _NAMED) -> str:
    """Return what is counted: the whole country, or at most so many sections and places."""
    if facts.everything:
        return _("All of Kazakhstan, all sections")
    names = list(
        dict.fromkeys(name for area in facts.areas for name in _area_names(area, organisation))
    )
    words = ", ".join(names[:most])
    if len(names) > most:
        more = _("and {count} more").format(count=len(names) - most)
        return f"{words} {more}"
    return words


def _area_names(area: Area, organisation: Organisation) -> list[str]:
    """Return a place, sections, or each section with the place."""
    place = place_line(area.region, area.district) if area.region else ""
    if area.sections is None:
        return [place] if place else [_("All of Kazakhstan, all sections")]
    names = [section_name(code, organisation) for code in area.sections]
    return [f"{name} ({place})" for name in names] if place else names


def section_name(code: str, organisation: Organisation) -> str:
    """Return the name of a section; its code where there is no such section."""
    section = organisation.sections.get(code)
    return section.name(current_language()) if section else code


def topic_name(code: str, organisation: Organisation) -> str:
    """Return the name of a topic; its code where there is no such topic."""
    topic = organisation.topics.get(code)
    return topic.name(current_language()) if topic else code


def official_name(code: str | None, organisation: Organisation) -> str:
    """Return the name of an official; a dash where nobody answers."""
    if code is None:
        return NOTHING
    official = organisation.officials.get(code)
    return official.name(current_language()) if official else code


def place_name(counted: TopicCount) -> str:
    """Return the district with its region, or the region where no district was named."""
    return place_line(counted.region, counted.district or None)


def before_words(facts: PeriodFacts, change: Change) -> str:
    """Return «▲ 12, the week before: 118», or that there is nothing to compare with."""
    if change.before is None:
        return _("nothing to compare with yet")
    return f"{arrow(change)} · {_before(facts.period).format(count=number(change.before))}"


def arrow(change: Change) -> str:
    """Return «▲ 12» or «▼ 3», «=» where nothing changed, nothing where nothing is known."""
    if change.before is None:
        return ""
    return "=" if change.now == change.before else changed(Difference(change.now - change.before))


def _before(period: Period) -> str:
    match period:
        case Period.MONTHLY:
            return _("the month before: {count}")
        case Period.QUARTERLY:
            return _("the quarter before: {count}")
        case _:
            return _("the week before: {count}")


def share_words(share: float | None) -> str:
    """Return «87 %», or a dash."""
    return NOTHING if share is None else per_cent(share)


def gaps_words(facts: PeriodFacts) -> list[str]:
    """Return what the numbers do not tell, a line each."""
    return [_gap_words(gap, count, len(facts.weeks)) for gap, count in facts.gaps]


def _gap_words(gap: Gap, count: int, weeks: int) -> str:
    match gap:
        case Gap.YOUNG:
            return _("Weeks with data: {count} of {all}").format(count=count, all=weeks)
        case Gap.NO_DISTRICT:
            return _("Appeals without a district: {count}").format(count=number(count))
        case Gap.UNROUTED:
            return _("Open and not distributed: {count}").format(count=number(count))
