"""Those who took part are told a story: each once, whatever ties, and nobody else."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.beginning import begin_planned
from services.stories import takers
from services.stories.model import Draft, Tie, TieKind
from services.stories.muting import hears_stories, mute_stories
from services.stories.publishing import put_out, withdraw_story
from services.stories.takers import being_listed, count_takers, list_page, next_takers
from storage.delivery import MailingStatus, find_by_key
from storage.schema.appeals import appeal_followers
from storage.schema.delivery import mailing_recipients
from storage.schema.polls import ballots, poll_named
from tests.digests.conftest import citizen
from tests.stories.conftest import (
    CLOSED,
    EDITOR,
    NAMED,
    NOW,
    POLL,
    PROPOSAL,
    TOPIC,
    add_person,
    add_poll,
    add_proposal,
    list_all,
    words,
    wrote,
)

OF_POLL = Tie(TieKind.POLL, str(POLL))
OF_NAMED = Tie(TieKind.POLL, str(NAMED))
OF_PROPOSAL = Tie(TieKind.PROPOSAL, str(PROPOSAL))
OF_TOPIC = Tie(TieKind.TOPIC, TOPIC)
MONTH = timedelta(days=30)


def told(connection: Connection, draft: Draft) -> list[int]:
    """Publish a story and return whom its mailing goes to."""
    return list_all(connection, put_out(connection, EDITOR, "draft", draft, NOW).id)


def test_a_topic_is_told_to_who_filed_or_joined_an_appeal_of_it_there(
    connection: Connection,
) -> None:
    """Not to those of another place or topic, nor of more than a year ago."""
    appeal = wrote(connection, 1, TOPIC, "615200", NOW - MONTH)
    wrote(connection, 2, TOPIC, "61", NOW - MONTH)
    wrote(connection, 3, "roads", "615200", NOW - MONTH)
    wrote(connection, 4, TOPIC, "615200", NOW - timedelta(days=366))
    joiner = add_person(connection, 900)
    row = {"appeal_id": appeal, "person_id": joiner, "joined_at": NOW - MONTH}
    connection.execute(sa.insert(appeal_followers).values(**row))
    assert told(connection, words()) == [joiner, citizen(1)]


def test_a_topic_of_the_whole_country_is_told_everywhere(connection: Connection) -> None:
    """A story without a place reaches who wrote about it from anywhere."""
    for number, place in ((1, "615200"), (2, "75")):
        wrote(connection, number, TOPIC, place, NOW - MONTH)
    draft = words(region=None, district=None)
    assert told(connection, draft) == [citizen(1), citizen(2)]


def test_a_proposal_is_told_to_its_author_and_its_supporters(connection: Connection) -> None:
    """Wherever they live."""
    author, first, second = (add_person(connection, number) for number in (801, 802, 803))
    add_proposal(connection, author, (first, second))
    assert told(connection, words(ties=(OF_PROPOSAL,))) == [author, first, second]


def test_a_secret_poll_is_told_to_whom_it_was_for(connection: Connection) -> None:
    """Not who wants no results, nor who joined after it had closed, nor who lives elsewhere."""
    there = add_person(connection, 801, "61")
    add_person(connection, 802, "75")
    add_person(connection, 803, "61", uninvited_since=NOW - MONTH)
    add_person(connection, 804, "61", joined=CLOSED + timedelta(days=1))
    add_poll(connection, POLL, target={"regions": ["61"]})
    assert told(connection, words(ties=(OF_POLL,))) == [there]


def test_who_answered_a_secret_poll_makes_no_difference(connection: Connection) -> None:
    """The same people are told with and without sealed ballots: nothing reads them."""
    add_poll(connection, POLL, target={"regions": ["61"]})
    people = [add_person(connection, number, "61") for number in (801, 802)]
    row = {"poll_id": POLL, "tag": b"t" * 32, "sealed": b"sealed"}
    connection.execute(sa.insert(ballots).values(**row))
    assert told(connection, words(ties=(OF_POLL,))) == people


def test_a_named_poll_is_told_to_who_answered_it(connection: Connection) -> None:
    """While that is kept; afterwards to whom it was for."""
    answered, other = (add_person(connection, number, "61") for number in (801, 802))
    add_poll(connection, NAMED, kind="named", target={"regions": ["61"]})
    row = {"poll_id": NAMED, "person_id": answered, "answers": {}}
    connection.execute(sa.insert(poll_named).values(**row))
    draft = words(ties=(OF_NAMED,))
    assert count_takers(connection, draft, NOW) == 1
    assert told(connection, draft) == [answered]
    connection.execute(sa.delete(poll_named))
    assert count_takers(connection, draft, NOW) == len([answered, other])


def test_each_person_is_told_once_whatever_ties(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the pages of the list are small: nobody is left out at their borders."""
    monkeypatch.setattr(takers, "PAGE", 2)
    people = [citizen(number) for number in range(1, 6)]
    for number in range(1, 6):
        wrote(connection, number, TOPIC, "615200", NOW - MONTH)
    add_proposal(connection, people[0], (people[1], people[4]))
    add_poll(connection, POLL, target={"regions": ["61"]})
    only_asked = add_person(connection, 2000, "61")
    draft = words(ties=(OF_TOPIC, OF_PROPOSAL, OF_POLL))
    assert count_takers(connection, draft, NOW) == len(people) + 1
    assert told(connection, draft) == [*people, only_asked]


def test_a_page_that_is_listed_already_changes_nothing(connection: Connection) -> None:
    """A repetition after a kill lists nobody twice."""
    wrote(connection, 1, TOPIC, "615200", NOW - MONTH)
    story = put_out(connection, EDITOR, "draft", words(), NOW)
    people = next_takers(connection, story, 0)
    for _ in range(2):
        assert list_page(connection, story, 0, people, NOW) is False
    listed = connection.execute(sa.select(mailing_recipients.c.person_id)).scalars().all()
    assert listed == [citizen(1)]
    assert being_listed(connection) == []


def test_the_mailing_begins_when_everybody_is_listed(connection: Connection) -> None:
    """Until then it stands: it would end before its last people are there."""
    story = put_out(connection, EDITOR, "draft", words(), NOW)
    before = find_by_key(connection, f"story:{story.id}")
    assert before is not None
    assert before["status"] == MailingStatus.PLANNED
    assert begin_planned(connection, NOW + MONTH) == 0
    list_all(connection, story.id)
    after = find_by_key(connection, f"story:{story.id}")
    assert after is not None
    assert (after["status"], after["forget_recipients"]) == (MailingStatus.RUNNING, True)


def test_who_muted_stories_is_told_none(connection: Connection) -> None:
    """Muted stories do not touch anything else, and can be heard again."""
    wrote(connection, 1, TOPIC, "615200", NOW - MONTH)
    mute_stories(connection, citizen(1), NOW, muted=True)
    assert hears_stories(connection, citizen(1)) is False
    assert count_takers(connection, words(), NOW) == 0
    assert told(connection, words()) == []
    mute_stories(connection, citizen(1), NOW, muted=False)
    assert count_takers(connection, words(), NOW) == 1


def test_a_withdrawn_story_is_told_to_nobody_more(connection: Connection) -> None:
    """Its mailing is cancelled, even while people are still being listed."""
    wrote(connection, 1, TOPIC, "615200", NOW - MONTH)
    story = put_out(connection, EDITOR, "draft", words(), NOW)
    people = next_takers(connection, story, 0)
    withdraw_story(connection, EDITOR, story.id, story.version, NOW)
    assert list_page(connection, story, 0, people, NOW) is False
    row = find_by_key(connection, f"story:{story.id}")
    assert row is not None
    assert row["status"] == MailingStatus.CANCELLED
