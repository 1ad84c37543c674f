"""What wants a story: people were asked or wrote, and nobody has told them what became of it.

- A poll with a result, from 30 days to a year after its closing, about which neither «what was
  done» nor a story was told. (What was done, told with the poll, is its story: it went to
  everybody whom the poll was for.)
- A topic that is one of the ten about which the most people wrote or joined in the last 90 days,
  ten of them at least, and about which no story came out in these days.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

# After a closing something can have been done by then; after a year nobody remembers.
PATIENCE, FORGOTTEN = timedelta(days=30), timedelta(days=365)
QUARTER = timedelta(days=90)
MOST_TOPICS = 10
# Fewer people are never told of.
LEAST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class ClosedPoll:
    """A poll with a result; told: «what was done», or a story, has been."""

    poll: int
    title_kk: str
    title_ru: str
    closed_on: date
    told: bool


@dataclass(frozen=True, slots=True)
class Voices:
    """How many people wrote about a topic in the last 90 days; told: a story came out in them."""

    topic: str
    people: int
    told: bool


def polls_wanting(polls: Iterable[ClosedPoll], today: date) -> tuple[ClosedPoll, ...]:
    """Return the polls that want a story on this day, the longest closed first."""
    found = (
        poll
        for poll in polls
        if not poll.told and today - FORGOTTEN <= poll.closed_on <= today - PATIENCE
    )
    return tuple(sorted(found, key=lambda poll: (poll.closed_on, poll.poll)))


def topics_wanting(voices: Iterable[Voices]) -> tuple[Voices, ...]:
    """Return the topics that want a story, those with the most people first."""
    loud = sorted(
        (one for one in voices if one.people >= LEAST_PEOPLE),
        key=lambda one: (-one.people, one.topic),
    )
    return tuple(one for one in loud[:MOST_TOPICS] if not one.told)
