"""What wants a story: the rule as a table, and who is told of it."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.model import Period
from services.digests.notes import NoteKind
from services.digests.party import Reader
from services.refusal import Refusal
from services.roadmap.scope import scope_of
from services.stories.model import Tie, TieKind
from services.stories.noted import list_wanted, story_notes, what_wants
from services.stories.publishing import put_out
from services.stories.wanting import ClosedPoll, Voices, polls_wanting, topics_wanting
from storage.schema.appeals import appeal_days
from tests.digests.conftest import CITIZEN
from tests.stories.conftest import EDITOR, NOW, POLL, TOPIC, add_poll, words

TODAY = date(2026, 11, 23)
SECRETARYS_CODE = "elestetov"


@pytest.mark.parametrize(
    ("days", "told", "wants"),
    [
        (29, False, False),
        (30, False, True),
        (31, True, False),
        (200, False, True),
        (365, False, True),
        (366, False, False),
        (0, False, False),
    ],
)
def test_a_closed_poll_wants_a_story(days: int, *, told: bool, wants: bool) -> None:
    """From thirty days after its closing to a year, unless people were told."""
    poll = ClosedPoll(1, "Су", "Вода", TODAY - timedelta(days=days), told)
    assert (polls_wanting([poll], TODAY) == (poll,)) is wants


def test_the_longest_closed_poll_comes_first() -> None:
    """Whatever the order of the tables."""
    polls = [
        ClosedPoll(number, "Су", "Вода", TODAY - timedelta(days=days), told=False)
        for number, days in ((1, 40), (2, 90), (3, 40))
    ]
    assert [poll.poll for poll in polls_wanting(polls, TODAY)] == [2, 1, 3]


@pytest.mark.parametrize(
    ("voices", "wanting"),
    [
        ([("water", 10, False)], ["water"]),
        ([("water", 9, False)], []),
        ([("water", 50, True)], []),
        ([("a", 10, False), ("b", 30, False), ("c", 10, False)], ["b", "a", "c"]),
        # Ten topics are louder.
        ([*((f"t{n}", 100, True) for n in range(10)), ("water", 99, False)], []),
        ([*((f"t{n}", 100, True) for n in range(9)), ("water", 99, False)], ["water"]),
        ([], []),
    ],
)
def test_a_topic_of_many_wants_a_story(
    voices: list[tuple[str, int, bool]], wanting: list[str]
) -> None:
    """One of the ten loudest of the quarter, with ten people at least, of which none was told."""
    found = topics_wanting(Voices(*one) for one in voices)
    assert [one.topic for one in found] == wanting


def voices(connection: Connection, topic: str, people: int, days: int) -> None:
    """Let so many people write about a topic, so long ago."""
    row = {
        "section": "water",
        "day": TODAY - timedelta(days=days),
        "topic": topic,
        "region": "61",
        "district": "",
        "registered": people - 1,
        "joined": 1,
    }
    connection.execute(sa.insert(appeal_days).values(**row))


def test_what_was_done_told_with_a_poll_is_its_story(connection: Connection) -> None:
    """It went to everybody whom the poll was for, and so does a story tied to the poll."""
    for number in (POLL, POLL + 1, POLL + 2):
        add_poll(connection, number, done_at=NOW if number == POLL else None)
    tie = Tie(TieKind.POLL, str(POLL + 1))
    put_out(connection, EDITOR, "draft", words(ties=(tie,)), NOW)
    assert [one.poll for one in what_wants(connection, TODAY).polls] == [POLL + 2]


def test_a_story_counts_for_its_topic_for_a_quarter(connection: Connection) -> None:
    """After ninety days people who go on writing want another one."""
    put_out(connection, EDITOR, "draft", words(), NOW - timedelta(days=60))
    voices(connection, TOPIC, 12, 50)
    assert what_wants(connection, TODAY).topics == ()
    later = TODAY + timedelta(days=31)
    assert what_wants(connection, later).topics == (Voices(TOPIC, 12, told=False),)


def test_only_staff_are_told_what_wants_a_story(connection: Connection) -> None:
    """Citizens are not."""
    assert list_wanted(connection, EDITOR, NOW).count == 0
    with pytest.raises(Refusal):
        list_wanted(connection, CITIZEN, NOW)


def reader(connection: Connection, official: str, day: date, period: Period) -> Reader:
    """Return a reader of a digest of the week before a day."""
    since = day - timedelta(days=7)
    return Reader(official, scope_of(connection, official, day), period, day, since, day)


@pytest.mark.parametrize(
    ("official", "day", "period", "told"),
    [
        (SECRETARYS_CODE, TODAY, Period.DAILY, True),
        (SECRETARYS_CODE, TODAY + timedelta(days=1), Period.DAILY, False),
        (SECRETARYS_CODE, TODAY + timedelta(days=1), Period.WEEKLY, True),
        ("mysalbaev", TODAY, Period.DAILY, False),
        ("ulgibaev", TODAY, Period.WEEKLY, False),
    ],
)
def test_the_executive_secretary_reads_what_wants_a_story(
    connection: Connection, official: str, day: date, period: Period, *, told: bool
) -> None:
    """On Mondays and for longer periods; members of the Bureau do not."""
    add_poll(connection, POLL)
    voices(connection, TOPIC, 12, 20)
    notes = list(story_notes(connection, reader(connection, official, day, period)))
    assert [note.kind for note in notes] == ([NoteKind.STORIES_WANTED] if told else [])


def test_a_note_names_polls_and_topics(connection: Connection) -> None:
    """A topic with how many wrote, a poll by its title."""
    add_poll(connection, POLL)
    voices(connection, TOPIC, 12, 20)
    read = reader(connection, SECRETARYS_CODE, TODAY, Period.DAILY)
    (note,) = story_notes(connection, read)
    assert note.count == 2
    assert [(item.ref, item.ru, item.count) for item in note.items] == [
        (f"poll:{POLL}", "Есть ли в селе питьевая вода?", 0),
        (f"topic:{TOPIC}", "Нет питьевой воды", 12),
    ]
