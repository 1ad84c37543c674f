"""The news of a programme comes to who takes part and asked for it, and to nobody else."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.target import Target
from services.news.latest import latest
from services.news.model import ChannelText, Draft
from services.news.posts import put_out
from services.news.subscription import mute_all, mute_topic, muted_topics
from services.organisation.directory import load_organisation
from services.people.consent import ConsentKind
from services.people.consents import withdraw_consent
from services.programmes.model import programme_of
from services.programmes.topics import (
    NONE,
    OWN,
    Hearing,
    choose_topic,
    hear_programme,
    hearing_of,
    retire_topics,
    topics_outlived,
)
from services.refusal import ConsentNeeded, Refusal
from storage import audience, programmes
from storage.listeners import listeners, own_topic
from storage.news_rhythms import muted_among
from storage.organisation_writes import replace_news_topics
from storage.schema.delivery import mailings
from tests.programmes_school.conftest import CITIZEN, EDITOR, ELSEWHERE, NOW, School

WORDS = Draft(topic="", text_kk="Дүйсенбіде кездесеміз.", text_ru="Встречаемся в понедельник.")


def own(connection: Connection, school: School) -> str:
    """Give the school a topic of its own and return its code."""
    topic = choose_topic(connection, EDITOR, school.id, OWN, NOW).news_topic
    assert topic == own_topic(school.id)
    return topic


def reached(connection: Connection, topic: str) -> list[int]:
    """Return to whom news of this topic would go."""
    condition = Target(topic=topic, each=True).audience(NOW)
    return sorted(audience.page(connection, condition, 0, 100))


def test_only_who_said_yes(connection: Connection, school: School) -> None:
    """Nobody hears a new topic; who takes part and says yes does, until they say no."""
    topic = own(connection, school)
    assert [] == reached(connection, topic)
    for _ in range(2):
        heard = hear_programme(connection, 601, school.id, heard=True)
        assert Hearing.ON is heard.hearing
    hear_programme(connection, 602, school.id, heard=True)
    assert [601, 602] == reached(connection, topic)
    assert 2 == audience.count(connection, Target(topic=topic).audience(NOW))
    assert Hearing.OFF is hear_programme(connection, 602, school.id, heard=False).hearing
    assert [601] == reached(connection, topic)
    assert frozenset({(602, topic)}) == muted_among(connection, [601, 602])
    assert topic in muted_topics(connection, CITIZEN)
    assert topic not in muted_topics(connection, 601)


def test_nobody_from_outside(connection: Connection, school: School) -> None:
    """Who does not take part cannot ask for it, by whichever button."""
    topic = own(connection, school)
    with pytest.raises(Refusal, match="for those who take part"):
        hear_programme(connection, CITIZEN, school.id, heard=True)
    with pytest.raises(Refusal, match="for those who take part"):
        mute_topic(connection, CITIZEN, topic, muted=False)
    assert [] == reached(connection, topic)


def test_what_was_switched_off_stays_off(connection: Connection, school: School) -> None:
    """Without the consent to news, or with all news off, nothing comes."""
    topic = own(connection, school)
    hear_programme(connection, 601, school.id, heard=True)
    mute_all(connection, 601, NOW, muted=True)
    assert [] == reached(connection, topic)
    with pytest.raises(Refusal, match="switched off all news"):
        hear_programme(connection, 601, school.id, heard=True)
    mute_all(connection, 601, NOW, muted=False)
    assert [601] == reached(connection, topic)
    withdraw_consent(connection, 601, ConsentKind.NEWS, NOW)
    assert [] == listeners(connection, topic)
    with pytest.raises(ConsentNeeded):
        hear_programme(connection, 601, school.id, heard=True)


def test_posts_are_in_no_list(connection: Connection, school: School) -> None:
    """A post of a programme is mailed to its own people, is not in /news and in no channel."""
    topic = own(connection, school)
    hear_programme(connection, 601, school.id, heard=True)
    draft = Draft(topic=topic, text_kk=WORDS.text_kk, text_ru=WORDS.text_ru)
    published = put_out(connection, EDITOR, "d1", draft, NOW)
    row = connection.execute(sa.select(mailings).where(mailings.c.id == published.mailing_id))
    target = Target.of_json(row.mappings().one()["audience"])
    assert [601] == audience.page(connection, target.audience(NOW), 0, 100)
    assert () == tuple(latest(connection, "kk").posts)
    aloud = Draft(topic=topic, text_kk="а", text_ru="б", channel=ChannelText.BOTH)
    with pytest.raises(Refusal, match="not to the channel"):
        put_out(connection, EDITOR, "d2", aloud, NOW)


def test_a_topic_of_the_party(connection: Connection, school: School) -> None:
    """With a topic of the party everybody hears it, and yes only takes back one's no."""
    topic = next(iter(load_organisation(connection).news_topics))
    programme = choose_topic(connection, EDITOR, school.id, topic, NOW)
    assert Hearing.ON is hearing_of(connection, 601, programme)
    mute_topic(connection, 601, topic, muted=True)
    assert Hearing.OFF is hearing_of(connection, 601, programme)
    hear_programme(connection, 601, school.id, heard=True)
    assert CITIZEN in reached(connection, topic)
    assert 601 in reached(connection, topic)


def test_choosing(connection: Connection, school: School) -> None:
    """Twice is once; another choice retires the own topic; unknown ones are refused."""
    topic = own(connection, school)
    version = programmes.find_programme(connection, school.id)
    own(connection, school)
    assert version == programmes.find_programme(connection, school.id)
    hear_programme(connection, 601, school.id, heard=True)
    assert choose_topic(connection, EDITOR, school.id, NONE, NOW).news_topic is None
    assert load_organisation(connection).news_topics[topic].retired
    assert [] == listeners(connection, topic)
    with pytest.raises(Refusal, match="no news of its own"):
        hear_programme(connection, 601, school.id, heard=True)
    own(connection, school)
    assert not load_organisation(connection).news_topics[topic].retired
    replace_news_topics(connection, [])  # as a file of the party does that has none of its own
    assert not load_organisation(connection).news_topics[topic].retired
    for choice in ("dragons", own_topic(99)):
        with pytest.raises(Refusal):
            choose_topic(connection, EDITOR, school.id, choice, NOW)
    with pytest.raises(Refusal):
        choose_topic(connection, ELSEWHERE, school.id, OWN, NOW)


def test_retired_with_the_programme(connection: Connection, school: School) -> None:
    """A month after the last day, or once it is called off, nobody hears it any more."""
    topic = own(connection, school)
    hear_programme(connection, 601, school.id, heard=True)
    assert not topics_outlived(connection, NOW)
    later = NOW + timedelta(days=24)
    assert topics_outlived(connection, later)
    assert 1 == retire_topics(connection, later)
    assert 0 == retire_topics(connection, later)
    assert load_organisation(connection).news_topics[topic].retired
    row = programmes.find_programme(connection, school.id)
    assert row is not None
    assert Hearing.NOTHING is hearing_of(connection, 601, programme_of(row))
    assert date(2026, 2, 23) == row["ends_on"]
