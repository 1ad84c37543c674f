"""Topics of news that only those hear who asked for it: the news of one programme.

They are told from the party's own topics by their code, which no file of the party can have.
"""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.schema.news import topic_listeners
from storage.schema.organisation import news_topics
from storage.schema.programmes import programmes, signups
from storage.upsert import upsert

_OWN = "programme~"


def own_topic(programme_id: int) -> str:
    """Return the code of the topic that a programme has for itself."""
    return f"{_OWN}{programme_id}"


def is_own(topic: str) -> bool:
    """Tell whether only those hear this topic who asked for it."""
    return topic.startswith(_OWN)


def is_own_column(column: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    """Return the same as a condition on a column of codes."""
    return column.startswith(_OWN, autoescape=True)


def listen(connection: Connection, person_id: int, topic: str) -> None:
    """Let a person hear a topic."""
    values = {"topic": topic, "person_id": person_id}
    upsert(connection, topic_listeners, list(values), values, update=())


def stop_listening(connection: Connection, person_id: int, topic: str) -> None:
    """Let a person hear a topic no more."""
    table = topic_listeners.c
    own = sa.and_(table.topic == topic, table.person_id == person_id)
    connection.execute(sa.delete(topic_listeners).where(own))


def stop_listening_to_all(connection: Connection, person_id: int) -> None:
    """Let a person hear none of these topics."""
    own = topic_listeners.c.person_id == person_id
    connection.execute(sa.delete(topic_listeners).where(own))


def listens(connection: Connection, person_id: int, topic: str) -> bool:
    """Tell whether a person asked to hear a topic."""
    table = topic_listeners.c
    own = sa.and_(table.topic == topic, table.person_id == person_id)
    return connection.execute(sa.select(table.topic).where(own)).first() is not None


def unheard(connection: Connection, ids: Collection[int]) -> frozenset[tuple[int, str]]:
    """Return (person, topic) of such topics that these people did not ask to hear."""
    statement = sa.select(news_topics.c.code).where(is_own_column(news_topics.c.code))
    topics = connection.execute(statement).scalars().all()
    if not topics:
        return frozenset()
    table = topic_listeners.c
    asked = sa.select(table.person_id, table.topic).where(table.person_id.in_(ids))
    heard = {(row.person_id, row.topic) for row in connection.execute(asked)}
    return frozenset((one, topic) for one in ids for topic in topics) - heard


def takes_part(
    connection: Connection, person_id: int, topic: str, statuses: Collection[str]
) -> bool:
    """Tell whether a person stands so to a programme that has this topic."""
    statement = (
        sa.select(signups.c.id)
        .join(programmes, programmes.c.id == signups.c.programme_id)
        .where(
            signups.c.person_id == person_id,
            signups.c.status.in_(statuses),
            programmes.c.news_topic == topic,
        )
    )
    return connection.execute(statement.limit(1)).first() is not None


def listeners(connection: Connection, topic: str) -> Sequence[int]:
    """Return who asked to hear a topic; for tests and counts of small programmes."""
    table = topic_listeners.c
    statement = sa.select(table.person_id).where(table.topic == topic).order_by(table.person_id)
    return connection.execute(statement).scalars().all()
