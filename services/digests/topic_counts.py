"""Which counts of topics are told: all of a wide scope, of one district none that is small."""

from collections.abc import Mapping
from typing import TypeAlias

from services.digests.hiding import told
from services.digests.period_facts import PeriodFacts

# Who wrote and who joined, None where it is not told.
Counts: TypeAlias = tuple[int | None, int | None]


def topic_counts(facts: PeriodFacts) -> Mapping[str, Counts]:
    """Return by topic who wrote and who joined.

    Where all of it lies in districts, nothing under 10, and nothing from which that could be
    worked out by the totals.
    """
    if not facts.narrow:
        return {each.topic: (each.count, each.joined) for each in facts.topics}
    wrote = told([(each.topic, each.count) for each in facts.topics], facts.new.now)
    joined = told([(each.topic, each.joined) for each in facts.topics], facts.joined)
    return {each.topic: (wrote.get(each.topic), joined.get(each.topic)) for each in facts.topics}
