"""Which news a person hears: every topic, until they switch one off or all of them.

Every command sets an absolute value: its natural key is the person and the topic.
"""

from datetime import datetime

from sqlalchemy import Connection

from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.people.model import Person
from services.people.person import find_person
from services.programmes.model import ACTIVE
from services.refusal import N_, Refusal
from storage import listeners, people
from storage import news as rows


def muted_topics(connection: Connection, person_id: int) -> frozenset[str]:
    """Return the codes of the topics that this person does not hear (a query).

    What they switched off, and news of programmes that they did not ask for.
    """
    unheard = listeners.unheard(connection, [person_id])
    return frozenset({*rows.muted_by(connection, person_id), *(topic for _one, topic in unheard)})


def mute_topic(connection: Connection, person_id: int, topic: str, *, muted: bool) -> None:
    """Switch one topic off or on; raises Refusal where there is no such topic.

    News of a programme is switched on only by who takes part in it, or waits for a place.

    Key: (person, topic); the button says which, not the other.
    """
    if not rows.topic_exists(connection, topic):
        raise Refusal(N_("This topic of news no longer exists. Please choose another."))
    if listeners.is_own(topic):
        _mute_own(connection, person_id, topic, muted=muted)
    elif muted:
        rows.mute(connection, person_id, topic)
    else:
        rows.unmute(connection, person_id, topic)


def mute_all(
    connection: Connection, person_id: int, now: datetime, *, muted: bool
) -> Person | None:
    """Switch all news off or on again and return the person; switched-off topics stay off.

    Raises ConsentNeeded where news is to come to somebody who does not agree to it.

    Key: person; the button says which, not the other.
    """
    if not muted:
        require_consent(connection, person_id, ConsentKind.NEWS)
    person = find_person(connection, person_id)
    if person is None or person.muted is muted:
        return person
    people.change_person(connection, person_id, {"muted_since": now if muted else None})
    return find_person(connection, person_id)


def _mute_own(connection: Connection, person_id: int, topic: str, *, muted: bool) -> None:
    if muted:
        listeners.stop_listening(connection, person_id, topic)
    elif listeners.takes_part(connection, person_id, topic, ACTIVE):
        listeners.listen(connection, person_id, topic)
    else:
        raise Refusal(N_("This news is for those who take part in the programme."))
