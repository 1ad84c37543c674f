"""Which sentence a digest begins with: a rule, so that the same numbers always say the same.

1. A signal: a topic at three times its usual week.
2. The largest significant change against the usual (services.digests.comparing): of more overdue,
   more or fewer new, more or fewer answered, more open. The largest is the one of most standard
   deviations; of equals, the first in this order.
3. Where nothing has changed much, the most pressing thing there is: overdue, due soon, new,
   returned as not solved, passed on by name, not distributed, and at last what was answered.
"""

from collections.abc import Iterator

from services.digests.comparing import is_significant, weight
from services.digests.facts import DigestFacts, Headline


def headline(facts: DigestFacts) -> Headline:
    """Return what the first sentence says of these facts, whatever headline they bear."""
    if facts.signals:
        return Headline.SIGNAL
    changes = list(_changes(facts))
    if changes:
        return max(changes, key=lambda change: change[0])[1]
    return _most_pressing(facts)


def _changes(facts: DigestFacts) -> Iterator[tuple[float, Headline]]:
    """Yield the significant changes and their weights, in the order in which equals come."""
    usual = facts.usual
    if usual is None:
        return
    compared = (
        (facts.overdue, usual.overdue, Headline.MORE_OVERDUE, None),
        (facts.new, usual.new, Headline.MORE_NEW, Headline.FEWER_NEW),
        (facts.answered, usual.answered, Headline.MORE_ANSWERED, Headline.FEWER_ANSWERED),
        (facts.open, usual.open, Headline.MORE_OPEN, None),
    )
    for count, mean, more, fewer in compared:
        if mean is None or not is_significant(count, mean):
            continue
        said = more if count > mean else fewer
        if said is not None:
            yield weight(count, mean), said


def _most_pressing(facts: DigestFacts) -> Headline:
    ranked = (
        (facts.overdue, Headline.OVERDUE),
        (facts.due_soon, Headline.DUE_SOON),
        (facts.new, Headline.NEW),
        (facts.disputed, Headline.DISPUTED),
        (facts.named, Headline.NAMED),
        (facts.unrouted, Headline.UNROUTED),
    )
    return next((said for count, said in ranked if count), Headline.ANSWERED)
