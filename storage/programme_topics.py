"""The topics of news that programmes have for themselves."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.listeners import is_own_column, own_topic
from storage.schema.news import topic_listeners
from storage.schema.organisation import news_topics
from storage.schema.programmes import programmes
from storage.upsert import upsert

# Behind all topics that the party's file has.
_BEHIND = 1000
_EMOJI = "🎓"
_POSITIONS = 30_000


def put_own_topic(connection: Connection, programme_id: int, name_kk: str, name_ru: str) -> str:
    """Make the topic of a programme, or offer it again; return its code."""
    values = {
        "code": own_topic(programme_id),
        "position": _BEHIND + programme_id % _POSITIONS,
        "emoji": _EMOJI,
        "name_kk": name_kk,
        "name_ru": name_ru,
        "retired": False,
    }
    update = ("name_kk", "name_ru", "retired")
    upsert(connection, news_topics, ["code"], values, update=update)
    return str(values["code"])


def retire(connection: Connection, topics: Collection[str]) -> None:
    """Offer these topics no more; nobody hears them from now on."""
    these = news_topics.c.code.in_(topics)
    connection.execute(sa.update(news_topics).where(these).values(retired=True))
    heard = topic_listeners.c.topic.in_(topics)
    connection.execute(sa.delete(topic_listeners).where(heard))


def outlived(connection: Connection, called_off: str, ended_before: date) -> Sequence[str]:
    """Return own topics of programmes that were called off or ended before this day."""
    table = programmes.c
    ended = sa.or_(table.status == called_off, table.ends_on < ended_before)
    statement = (
        sa.select(news_topics.c.code)
        .join(programmes, table.news_topic == news_topics.c.code)
        .where(is_own_column(news_topics.c.code), news_topics.c.retired.is_(False), ended)
        .order_by(news_topics.c.code)
    )
    return connection.execute(statement).scalars().all()
