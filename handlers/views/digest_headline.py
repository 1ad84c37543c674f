"""The one sentence that a digest begins with."""

from collections.abc import Callable

from handlers.text import N_, _
from handlers.views.digest_numbers import number, usual_number
from handlers.views.digest_scope import place_words, topic_words
from services.digests.facts import DigestFacts, Headline, Usual
from services.organisation.directory import Organisation

_CHANGES: dict[Headline, tuple[str, str]] = {
    Headline.MORE_OVERDUE: (
        "overdue",
        N_("More appeals are overdue: {count} (usually {usual}). Please begin with these."),
    ),
    Headline.MORE_NEW: ("new", N_("More new appeals than usual: {count} (usually {usual}).")),
    Headline.FEWER_NEW: ("new", N_("Fewer new appeals than usual: {count} (usually {usual}).")),
    Headline.MORE_ANSWERED: (
        "answered",
        N_("More answers than usual: {count} (usually {usual})."),
    ),
    Headline.FEWER_ANSWERED: (
        "answered",
        N_("Fewer answers than usual: {count} (usually {usual})."),
    ),
    Headline.MORE_OPEN: (
        "open",
        N_("More appeals under consideration than usual: {count} (usually {usual})."),
    ),
}
_PRESSING: dict[Headline, tuple[str, str]] = {
    Headline.OVERDUE: ("overdue", N_("Overdue: {count}. Please begin with these.")),
    Headline.DUE_SOON: ("due_soon", N_("Due within 3 days: {count}. Nothing is late.")),
    Headline.NEW: ("new", N_("New appeals: {count}. Nothing is late.")),
    Headline.DISPUTED: ("disputed", N_("Returned as not solved: {count}. Nothing is late.")),
    Headline.NAMED: ("named", N_("⬆️ Passed on to you by name: {count}")),
    Headline.UNROUTED: ("unrouted", N_("❓ Not distributed: {count}")),
    Headline.ANSWERED: ("answered", N_("Answered: {count}. Nothing is late.")),
}
# On a day without appeals that press.
_ELSE = (
    ("late_errands", N_("⏰ Errands that are late: {count}")),
    ("behind", N_("📉 Indicators behind plan: {count}")),
    ("escalated", N_("⏫ Passed on to the next level: {count}")),
    ("badly_rated", N_("👎 Rated 1 or 2: {count}")),
)
_CALM = N_("Nothing new and nothing late. Under consideration: {count}")


def headline(facts: DigestFacts, organisation: Organisation) -> str:
    """Return the sentence that the facts chose, with its numbers and what is usual; plain."""
    if facts.headline is Headline.SIGNAL and facts.signals:
        return _signal(facts, organisation)
    change = _CHANGES.get(facts.headline)
    if change is not None and facts.usual is not None:
        name, words = change
        usual = _USUAL[name](facts.usual)
        count = number(getattr(facts, name))
        return _(words).format(count=count, usual=usual_number(usual or 0))
    name, words = _PRESSING.get(facts.headline, _PRESSING[Headline.ANSWERED])
    count = getattr(facts, name)
    if not count:
        name, words = next((pair for pair in _ELSE if getattr(facts, pair[0])), ("open", _CALM))
        count = getattr(facts, name)
    return _(words).format(count=number(count))


def _signal(facts: DigestFacts, organisation: Organisation) -> str:
    signal = facts.signals[0]
    words = _("Sharp rise: {topic}, {place}. In 7 days: {count}, usually in a week: {usual}.")
    return words.format(
        topic=topic_words(signal.topic, organisation),
        place=place_words(signal.region, signal.district),
        count=number(signal.count),
        usual=usual_number(signal.mean),
    )


_USUAL: dict[str, Callable[[Usual], float | None]] = {
    "new": lambda usual: usual.new,
    "answered": lambda usual: usual.answered,
    "open": lambda usual: usual.open,
    "overdue": lambda usual: usual.overdue,
}
