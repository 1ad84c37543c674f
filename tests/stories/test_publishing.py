"""A story is published in both languages or not at all, by who may, and by two if for many."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from services.campaigns.keeping import Plan, add_campaign
from services.campaigns.silence import silence_of
from services.delivery.letting_out import approve
from services.delivery.mailing import find_mailing
from services.delivery.policy import Policy
from services.people.model import Role
from services.refusal import Refusal
from services.stories.model import Draft, Story, StoryStatus, Tie, TieKind
from services.stories.publishing import (
    Sent,
    put_out,
    send_story,
    withdraw_draft,
    withdraw_story,
)
from services.stories.reading import (
    latest_stories,
    of_draft,
    read_story,
    stories_about,
    story_after,
    topics_told,
)
from storage.people import grant_role
from tests.digests.conftest import CITIZEN, JOINED, UTILITIES, WATER, file_appeal
from tests.stories.conftest import (
    EDITOR,
    NOW,
    POLL,
    SECOND,
    SECRETARY,
    TOPIC,
    add_person,
    add_poll,
    words,
)

POLICY = Policy(approval_above=10)
LATER = NOW + timedelta(days=3)


def send(
    connection: Connection, author: int, draft: Draft, people: int = 1, name: str = "draft"
) -> Sent:
    """Send a story of this author."""
    return send_story(connection, author, name, 1, draft, people, POLICY, NOW)


def out(connection: Connection, name: str = "draft", **changed: object) -> Story:
    """Publish a story."""
    return put_out(connection, EDITOR, name, words(**changed), NOW)


@pytest.mark.parametrize(
    "broken",
    [
        {"said_kk": ""},
        {"said_ru": " "},
        {"did_kk": ""},
        {"did_ru": ""},
        {"did_kk": "Қысқа"},
        {"said_ru": "я" * 601},
        {"did_ru": "я" * 1001},
        {"photo": "file", "did_ru": "я" * 640},
        {"ties": ()},
        {"ties": tuple(Tie(TieKind.TOPIC, TOPIC) for _ in range(11))},
        {"ties": (Tie(TieKind.TOPIC, "nothing"),)},
        {"ties": (Tie(TieKind.POLL, "99"),)},
        {"ties": (Tie(TieKind.PROPOSAL, "99"),)},
        {"region": "61", "district": "751110"},
    ],
    ids=str,
)
def test_an_unfit_story_is_refused(connection: Connection, broken: dict[str, object]) -> None:
    """Words in one language, too short or too long; ties and places that there are not."""
    with pytest.raises(Refusal):
        send(connection, SECOND, words(**broken))
    assert of_draft(connection, "draft") is None


def test_a_story_is_published_once(connection: Connection) -> None:
    """However often its draft is sent, with whatever words later."""
    first = send(connection, EDITOR, words()).story
    again = send(connection, EDITOR, words(did_kk="Басқа мәтін жазылды.")).story
    assert first is not None
    assert again == first
    assert first.status is StoryStatus.PUBLISHED


def test_a_story_for_many_waits_for_a_second_person(connection: Connection) -> None:
    """Not its author: somebody else lets out exactly what was shown."""
    approval = send(connection, EDITOR, words(), people=11).approval
    assert approval is not None
    assert of_draft(connection, "draft") is None
    with pytest.raises(Refusal):
        approve(connection, approval.id, approval.seen, EDITOR, NOW)
    approve(connection, approval.id, approval.seen, SECOND, NOW)
    story = of_draft(connection, "draft")
    assert story is not None
    assert (story.words, story.created_by) == (words(), EDITOR)


def test_a_dropped_draft_takes_its_request_back(connection: Connection) -> None:
    """Nobody can let it out afterwards."""
    approval = send(connection, EDITOR, words(), people=11).approval
    assert approval is not None
    assert withdraw_draft(connection, "draft", EDITOR, NOW) is True
    approve(connection, approval.id, approval.seen, SECOND, NOW)
    assert of_draft(connection, "draft") is None


def test_citizens_write_no_stories(connection: Connection) -> None:
    """Neither do roles that reach another place."""
    with pytest.raises(Refusal):
        send(connection, CITIZEN, words())
    local = add_person(connection, 710)
    grant_role(connection, local, Role.EDITOR.value, None, JOINED, area="75")
    with pytest.raises(Refusal):
        send(connection, local, words())
    near = add_person(connection, 711)
    grant_role(connection, near, Role.EDITOR.value, None, JOINED, area="61")
    assert send(connection, near, words()).story is not None


def test_an_official_tells_of_their_own_sections(connection: Connection) -> None:
    """The executive secretary of everything; what became of a poll, anybody of them."""
    assert send(connection, WATER, words(), name="own").story is not None
    with pytest.raises(Refusal):
        send(connection, UTILITIES, words())
    assert send(connection, SECRETARY, words(), name="all").story is not None
    add_poll(connection, POLL)
    polled = words(ties=(Tie(TieKind.POLL, str(POLL)),))
    assert send(connection, UTILITIES, polled, name="poll").story is not None


def test_a_withdrawn_story_is_shown_nowhere(connection: Connection) -> None:
    """Its card says so; a repetition changes nothing, an older version is refused."""
    story = out(connection)
    gone = withdraw_story(connection, EDITOR, story.id, story.version, NOW)
    assert gone == withdraw_story(connection, EDITOR, story.id, story.version, LATER)
    assert gone.status is StoryStatus.WITHDRAWN
    assert latest_stories(connection, NOW).stories == ()
    assert stories_about(connection, TieKind.TOPIC, TOPIC, NOW) == ()
    with pytest.raises(Refusal):
        read_story(connection, story.id)
    other = out(connection, "other")
    with pytest.raises(Refusal):
        withdraw_story(connection, EDITOR, other.id, other.version + 1, NOW)


def test_stories_are_found_by_topic_and_place(connection: Connection) -> None:
    """A region's list has those of the whole country, too."""
    here = out(connection, "here")
    everywhere = out(connection, "all", region=None, district=None)
    roads = (Tie(TieKind.TOPIC, "roads"),)
    elsewhere = out(connection, "there", region="75", district=None, ties=roads)
    assert latest_stories(connection, NOW).stories == (elsewhere, everywhere, here)
    assert latest_stories(connection, NOW, region="61").stories == (everywhere, here)
    assert latest_stories(connection, NOW, topic="roads").stories == (elsewhere,)
    assert topics_told(connection, NOW) == [(TOPIC, 2), ("roads", 1)]


def test_after_an_appeal_its_author_is_led_to_what_was_done(connection: Connection) -> None:
    """Of its own topic and place first, then of the whole country, and not after a year."""
    appeal = file_appeal(connection, 1, TOPIC, "615200", NOW)
    assert story_after(connection, appeal, NOW) is None
    everywhere = out(connection, "all", region=None, district=None)
    assert story_after(connection, appeal, NOW) == everywhere
    here = out(connection, "here")
    out(connection, "there", region="75", district=None)
    assert story_after(connection, appeal, NOW) == here
    assert story_after(connection, appeal, NOW + timedelta(days=366)) is None


def test_a_story_waits_for_the_end_of_the_silence_before_a_vote(connection: Connection) -> None:
    """In lists and in chats, at the campaign's place; elsewhere it goes out."""
    days = (NOW.date() - timedelta(days=20), NOW.date() + timedelta(days=2))
    plan = Plan("Сайлау", "Выборы", *days, "61")
    add_campaign(connection, "702:1", plan, SECOND, NOW)
    held, free = out(connection, "held"), out(connection, "free", region="75", district=None)
    assert latest_stories(connection, NOW).stories == (free,)
    assert set(latest_stories(connection, LATER).stories) == {held, free}
    waits = {}
    for story in (held, free):
        mailing = find_mailing(connection, story.mailing_id or 0)
        assert mailing is not None
        waits[story.id] = silence_of(connection, mailing, NOW) is not None
    assert waits == {held.id: True, free.id: False}


def test_a_draft_reads_what_it_wrote() -> None:
    """Whatever it has."""
    draft = replace(words(), photo="file", ties=(Tie(TieKind.POLL, "5"),))
    assert Draft.of_json(draft.as_json()) == draft
