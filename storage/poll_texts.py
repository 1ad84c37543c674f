"""Answers in words of counted polls, their themes, and who reads which of them now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.polls import poll_questions, poll_results, poll_texts, poll_themes, polls
from storage.upsert import upsert

_OF = sa.and_(
    poll_texts.c.poll_id == sa.bindparam("of_poll"),
    poll_texts.c.question == sa.bindparam("of_question"),
)


def questions_with_texts(connection: Connection, limit: int) -> Sequence[RowMapping]:
    """Return (poll_id, question) of what has texts, the newest polls first."""
    asked = poll_questions.c
    texts = sa.exists().where(
        poll_texts.c.poll_id == asked.poll_id, poll_texts.c.question == asked.position
    )
    statement = (
        sa.select(asked.poll_id, asked.position.label("question"))
        .join(polls, polls.c.id == asked.poll_id)
        .where(polls.c.base.is_not(None), texts)
        .order_by(polls.c.frozen_at.desc(), asked.poll_id.desc(), asked.position)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def unread(connection: Connection, poll_id: int, question: int, most: int) -> int:
    """Return how many texts have no theme yet, counted to `most` and no further."""
    found = sa.select(poll_texts.c.number).where(_OF, poll_texts.c.code.is_(None)).limit(most)
    statement = sa.select(sa.func.count()).select_from(found.subquery())
    return connection.execute(statement, _of(poll_id, question)).scalar_one()


def free_text(
    connection: Connection, poll_id: int, question: int, by: int, after: int, now: datetime
) -> RowMapping | None:
    """Return the next text without a theme that nobody else reads; after the last, the first."""
    for bound in (poll_texts.c.number > after, poll_texts.c.number <= after):
        statement = (
            sa.select(poll_texts)
            .where(_OF, bound, poll_texts.c.code.is_(None), _free(by, now))
            .order_by(poll_texts.c.number)
            .limit(1)
        )
        found = connection.execute(statement, _of(poll_id, question)).mappings().first()
        if found is not None:
            return found
    return None


def take_text(  # a key of three, who, when, until when
    connection: Connection,
    poll_id: int,
    question: int,
    number: int,
    by: int,
    now: datetime,
    until: datetime,
) -> bool:
    """Let this moderator read a text alone; False where a colleague was quicker."""
    statement = (
        sa.update(poll_texts)
        .where(_OF, poll_texts.c.number == number, poll_texts.c.code.is_(None), _free(by, now))
        .values(taken_by=by, taken_until=until)
    )
    return connection.execute(statement, _of(poll_id, question)).rowcount == 1


def put_code(  # as above
    connection: Connection,
    poll_id: int,
    question: int,
    number: int,
    by: int,
    now: datetime,
    code: str,
) -> bool:
    """Give a text its theme; False where it has one, or a colleague reads it."""
    statement = (
        sa.update(poll_texts)
        .where(_OF, poll_texts.c.number == number, poll_texts.c.code.is_(None), _free(by, now))
        .values(code=code, taken_by=by, taken_until=None)
    )
    return connection.execute(statement, _of(poll_id, question)).rowcount == 1


def let_go(connection: Connection, poll_id: int, question: int, number: int, by: int) -> None:
    """Leave a text to whoever comes."""
    statement = (
        sa.update(poll_texts)
        .where(_OF, poll_texts.c.number == number, poll_texts.c.code.is_(None))
        .where(poll_texts.c.taken_by == by)
        .values(taken_by=None, taken_until=None)
    )
    connection.execute(statement, _of(poll_id, question))


def take_back(
    connection: Connection, poll_id: int, question: int, number: int, by: int, until: datetime
) -> None:
    """Take the theme away that this moderator gave, and let them read the text again."""
    statement = (
        sa.update(poll_texts)
        .where(_OF, poll_texts.c.number == number, poll_texts.c.taken_by == by)
        .where(poll_texts.c.code.is_not(None))
        .values(code=None, taken_until=until)
    )
    connection.execute(statement, _of(poll_id, question))


def find_text(
    connection: Connection, poll_id: int, question: int, number: int
) -> RowMapping | None:
    """Return one text."""
    statement = sa.select(poll_texts).where(_OF, poll_texts.c.number == number)
    return connection.execute(statement, _of(poll_id, question)).mappings().first()


def codes(connection: Connection, poll_id: int) -> Sequence[tuple[int, str | None, int]]:
    """Return (question, code, number of texts) of a poll; walks through all its texts."""
    column = poll_texts.c
    statement = (
        sa.select(column.question, column.code, sa.func.count())
        .where(column.poll_id == poll_id)
        .group_by(column.question, column.code)
        .order_by(column.question, column.code)
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(statement)]


def all_texts(connection: Connection, poll_id: int) -> Sequence[RowMapping]:
    """Return question, text and code of every answer in words of a poll."""
    column = poll_texts.c
    statement = (
        sa.select(column.question, column.text, column.code)
        .where(column.poll_id == poll_id)
        .order_by(column.question, column.number)
    )
    return connection.execute(statement).mappings().all()


def themes_of(connection: Connection, poll_id: int) -> Sequence[RowMapping]:
    """Return the themes of a poll by question and number."""
    statement = (
        sa.select(poll_themes)
        .where(poll_themes.c.poll_id == poll_id)
        .order_by(poll_themes.c.question, poll_themes.c.number)
    )
    return connection.execute(statement).mappings().all()


def lock_poll(connection: Connection, poll_id: int) -> bool:
    """Let nobody else add a theme to this poll until the commit; False where there is none."""
    statement = sa.select(polls.c.id).where(polls.c.id == poll_id).with_for_update()
    return connection.execute(statement).first() is not None


def add_theme(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a theme."""
    connection.execute(sa.insert(poll_themes).values(**values))


def polls_with_texts(connection: Connection, closed_by: datetime) -> Sequence[int]:
    """Return the polls closed by then of which texts are still kept."""
    kept = sa.exists().where(poll_texts.c.poll_id == polls.c.id)
    statement = sa.select(polls.c.id).where(
        polls.c.frozen_at <= closed_by, polls.c.base.is_not(None), kept
    )
    return connection.execute(statement.order_by(polls.c.id)).scalars().all()


def keep_themes(connection: Connection, poll_id: int, key: str, value: Any) -> None:
    """Write the counts by theme beside the results, unless they are there."""
    row = {"poll_id": poll_id, "key": key, "value": value}
    upsert(connection, poll_results, ("poll_id", "key"), row, update=())


def find_kept(connection: Connection, poll_id: int, key: str) -> Any:
    """Return what `keep_themes` wrote, or None."""
    statement = sa.select(poll_results.c.value).where(
        poll_results.c.poll_id == poll_id, poll_results.c.key == key
    )
    return connection.execute(statement).scalar()


def delete_texts(connection: Connection, poll_id: int, most: int) -> int:
    """Delete so many texts of a poll, and its themes with the last; return how many."""
    column = poll_texts.c
    page = (
        sa.select(column.question, column.number)
        .where(column.poll_id == poll_id)
        .order_by(column.question, column.number)
        .limit(most)
    )
    last = connection.execute(page).all()
    if last:
        key = sa.tuple_(column.question, column.number)
        end = sa.tuple_(sa.literal(last[-1][0]), sa.literal(last[-1][1]))
        connection.execute(sa.delete(poll_texts).where(column.poll_id == poll_id, key <= end))
    if len(last) < most:
        connection.execute(sa.delete(poll_themes).where(poll_themes.c.poll_id == poll_id))
    return len(last)


def _free(by: int, now: datetime) -> sa.ColumnElement[bool]:
    column = poll_texts.c
    return sa.or_(column.taken_until.is_(None), column.taken_until <= now, column.taken_by == by)


def _of(poll_id: int, question: int) -> dict[str, int]:
    return {"of_poll": poll_id, "of_question": question}
