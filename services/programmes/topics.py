"""The news of a programme: a topic of its own, heard only by who takes part and asked for it.

A programme may instead use one of the party's topics, which everybody hears who has not switched
it off. Its own topic is in nobody's list of topics but theirs, its posts are not in /news and go
to no channel, and it is retired with the programme.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.news.subscription import mute_topic, muted_topics
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.people.deeds import Deed
from services.people.person import find_person
from services.people.rights import authorise
from services.programmes.model import Programme, ProgrammeStatus
from services.programmes.place import launched, place_of
from services.refusal import N_, Refusal
from storage import listeners, news, programmes
from storage import programme_topics as rows

# After the last day there may be news of certificates.
AFTERWARDS = timedelta(days=30)
OWN, NONE = "own", "none"  # choices besides the codes of the party's topics


class Hearing(StrEnum):
    """How somebody stands to the news of a programme."""

    # It has none, or none any more.
    NOTHING = "nothing"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Heard:
    """A programme and whether a person hears its news."""

    programme: Programme
    hearing: Hearing


def hearing_of(connection: Connection, person_id: int, programme: Programme) -> Hearing:
    """Tell how a person stands to the news of a programme (a query)."""
    topic = programme.news_topic
    if topic is None or not news.topic_exists(connection, topic):
        return Hearing.NOTHING
    person = find_person(connection, person_id)
    if person is None or person.muted or topic in muted_topics(connection, person_id):
        return Hearing.OFF
    return Hearing.ON


def hear_programme(
    connection: Connection, person_id: int, programme_id: int, *, heard: bool
) -> Heard:
    """Let a person hear the news of a programme, or no more; return how they stand now.

    Raises ConsentNeeded where they do not agree to get news, and Refusal where the programme has
    none, where they switched all news off, and for who takes no part.

    Key: (person, topic); the button says which, not the other.
    """
    programme = launched(connection, programme_id)
    if programme.news_topic is None:
        raise Refusal(N_("This programme has no news of its own."))
    if heard:
        require_consent(connection, person_id, ConsentKind.NEWS)
        person = find_person(connection, person_id)
        if person is not None and person.muted:
            message = N_("You have switched off all news. Please switch it on first: /news")
            raise Refusal(message)
    mute_topic(connection, person_id, programme.news_topic, muted=not heard)
    return Heard(programme, hearing_of(connection, person_id, programme))


def choose_topic(
    connection: Connection, actor: int, programme_id: int, choice: str, now: datetime
) -> Programme:
    """Give a programme a topic of its own, one of the party's, or none; return the programme.

    Key: (programme, choice); what is so already stays.
    """
    programme = launched(connection, programme_id)
    authorise(connection, actor, Deed.CHOOSE_PROGRAMME_TOPIC, place_of(programme))
    topic = _chosen(connection, programme, choice)
    if topic == programme.news_topic:
        return programme
    former = programme.news_topic
    if former is not None and listeners.is_own(former):
        rows.retire(connection, [former])
    values = {"news_topic": topic}
    if not programmes.change_programme(connection, programme_id, programme.version, values):
        raise Refusal(N_("This has changed meanwhile. Please look again."))
    on, key = f"programme:{programme_id}", f"topic:{programme.version}"
    record(connection, who=actor, what=Deed.CHOOSE_PROGRAMME_TOPIC, on=on, now=now, key=key)
    return launched(connection, programme_id)


def topics_outlived(connection: Connection, now: datetime) -> bool:
    """Tell whether a topic is to be retired with its programme (a query)."""
    return bool(_outlived(connection, now))


def retire_topics(connection: Connection, now: datetime) -> int:
    """Retire the topics of programmes that were called off or ended a month ago; how many.

    Key: topic.
    """
    found = _outlived(connection, now)
    rows.retire(connection, found)
    return len(found)


def _outlived(connection: Connection, now: datetime) -> list[str]:
    before = local_date(now) - AFTERWARDS
    return list(rows.outlived(connection, ProgrammeStatus.CALLED_OFF, before))


def _chosen(connection: Connection, programme: Programme, choice: str) -> str | None:
    if choice == NONE:
        return None
    if choice == OWN:
        return rows.put_own_topic(connection, programme.id, programme.title_kk, programme.title_ru)
    if listeners.is_own(choice) or not news.topic_exists(connection, choice):
        raise Refusal(N_("This topic of news no longer exists. Please choose another."))
    return choice
