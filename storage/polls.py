"""Queries and writes about polls and their sealed ballots."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping
from sqlalchemy.dialects import postgresql, sqlite

from storage.prepared import Prepared
from storage.schema.delivery import mailings
from storage.schema.people import people
from storage.schema.polls import (
    ballots,
    poll_drafts,
    poll_invitations,
    poll_margins,
    poll_options,
    poll_questions,
    poll_results,
    poll_texts,
    polls,
)


def _put_ballot(dialect: Any) -> Any:
    source = (
        sa.select(
            polls.c.id,
            sa.bindparam("of_tag", type_=ballots.c.tag.type),
            sa.bindparam("of_sealed", type_=ballots.c.sealed.type),
        )
        .where(
            polls.c.id == sa.bindparam("of_poll"),
            polls.c.status == "open",
            polls.c.closes_at > sa.bindparam("of_now"),
        )
        .with_for_update(read=True)
    )
    insert = dialect.insert(ballots).from_select(["poll_id", "tag", "sealed"], source)
    return insert.on_conflict_do_update(
        index_elements=["poll_id", "tag"], set_={"sealed": insert.excluded.sealed}
    )


# Made once: building it anew would cost each vote more than running it.
_PUT_BALLOT = Prepared(sqlite=_put_ballot(sqlite), postgresql=_put_ballot(postgresql))


def add_poll(
    connection: Connection,
    values: Mapping[str, Any],
    questions: Sequence[Mapping[str, Any]],
    options: Sequence[Mapping[str, Any]],
) -> int | None:
    """Write a poll with its questions and return its id; None where its draft already is one."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    insert: Any = dialect.insert(polls)
    statement = insert.values(**values).on_conflict_do_nothing(index_elements=["draft_id"])
    poll_id: int | None = connection.execute(statement.returning(polls.c.id)).scalar()
    if poll_id is not None:
        for table, rows in ((poll_questions, questions), (poll_options, options)):
            if rows:
                connection.execute(sa.insert(table), [{"poll_id": poll_id, **row} for row in rows])
    return poll_id


def find_poll(connection: Connection, poll_id: int) -> RowMapping | None:
    """Return the row of this poll."""
    statement = sa.select(polls).where(polls.c.id == poll_id)
    return connection.execute(statement).mappings().one_or_none()


def find_by_draft(connection: Connection, draft_id: str) -> int | None:
    """Return the id of the poll that this draft became."""
    statement = sa.select(polls.c.id).where(polls.c.draft_id == draft_id)
    return connection.execute(statement).scalar()


def questions_of(connection: Connection, poll_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Return the questions of these polls, by poll and position."""
    statement = (
        sa.select(poll_questions)
        .where(poll_questions.c.poll_id.in_(poll_ids))
        .order_by(poll_questions.c.poll_id, poll_questions.c.position)
    )
    return connection.execute(statement).mappings().all()


def results_of(connection: Connection, poll_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Return the rows of these polls' results, by poll and key."""
    statement = (
        sa.select(poll_results)
        .where(poll_results.c.poll_id.in_(poll_ids))
        .order_by(poll_results.c.poll_id, poll_results.c.key)
    )
    return connection.execute(statement).mappings().all()


def options_of(connection: Connection, poll_ids: Sequence[int]) -> Sequence[RowMapping]:
    """Return the options of these polls, by poll, question and position."""
    statement = (
        sa.select(poll_options)
        .where(poll_options.c.poll_id.in_(poll_ids))
        .order_by(poll_options.c.poll_id, poll_options.c.question, poll_options.c.position)
    )
    return connection.execute(statement).mappings().all()


def open_polls(connection: Connection, now: datetime, limit: int) -> Sequence[RowMapping]:
    """Return polls that take answers at this moment, those that end first first."""
    statement = sa.select(polls).where(polls.c.status == "open", polls.c.closes_at > now)
    statement = statement.order_by(polls.c.closes_at, polls.c.id).limit(limit)
    return connection.execute(statement).mappings().all()


def counted_polls(
    connection: Connection, limit: int, *, before: tuple[datetime, int] | None = None
) -> Sequence[RowMapping]:
    """Return counted polls, the newest end first, from a (frozen_at, id) key on."""
    key = sa.tuple_(polls.c.frozen_at, polls.c.id)
    statement = sa.select(polls).where(polls.c.base.is_not(None))
    if before is not None:
        bounds = (sa.literal(before[0], polls.c.frozen_at.type), sa.literal(before[1]))
        statement = statement.where(key < sa.tuple_(*bounds))
    statement = statement.order_by(polls.c.frozen_at.desc(), polls.c.id.desc()).limit(limit)
    return connection.execute(statement).mappings().all()


def polls_with_wording(
    connection: Connection, wording_hash: str, limit: int
) -> Sequence[RowMapping]:
    """Return counted polls with this wording, the newest first."""
    statement = (
        sa.select(polls)
        .where(polls.c.wording_hash == wording_hash, polls.c.base.is_not(None))
        .order_by(polls.c.frozen_at.desc(), polls.c.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def unfinished_polls(connection: Connection, now: datetime) -> Sequence[RowMapping]:
    """Return polls that are due or whose closing was interrupted, the oldest first."""
    due = sa.and_(polls.c.status == "open", polls.c.closes_at <= now)
    begun = polls.c.status.in_(("closing", "counted"))
    statement = sa.select(polls).where(sa.or_(due, begun)).order_by(polls.c.id)
    return connection.execute(statement).mappings().all()


def put_ballot(
    connection: Connection, poll_id: int, tag: bytes, sealed: bytes, now: datetime
) -> bool:
    """Keep the ballot in place of an earlier one; False where the poll takes no answers now.

    One statement: whether the poll is open and the write cannot drift apart. On PostgreSQL the
    poll's row is locked against a freeze until the commit.
    """
    row = {"of_poll": poll_id, "of_tag": tag, "of_sealed": sealed, "of_now": now}
    return bool(_PUT_BALLOT.run(connection, row).rowcount)


def has_ballot(connection: Connection, poll_id: int, tag: bytes) -> bool:
    """Tell whether a ballot is kept under this tag."""
    statement = sa.select(ballots.c.poll_id).where(
        ballots.c.poll_id == poll_id, ballots.c.tag == tag
    )
    return connection.execute(statement).first() is not None


def ballots_after(
    connection: Connection, poll_id: int, tag: bytes, limit: int
) -> list[tuple[bytes, bytes]]:
    """Return (tag, sealed) of the ballots after this tag, in the order of tags."""
    statement = (
        sa.select(ballots.c.tag, ballots.c.sealed)
        .where(ballots.c.poll_id == poll_id, ballots.c.tag > tag)
        .order_by(ballots.c.tag)
        .limit(limit)
    )
    return [(row.tag, row.sealed) for row in connection.execute(statement)]


def people_after(connection: Connection, person_id: int, limit: int) -> Sequence[int]:
    """Return the ids of people after this one, in their order."""
    statement = (
        sa.select(people.c.id).where(people.c.id > person_id).order_by(people.c.id).limit(limit)
    )
    return connection.execute(statement).scalars().all()


def change_status(
    connection: Connection, poll_id: int, before: str, after: str, **values: Any
) -> bool:
    """Move a poll from one status to another; False where it is not in the first."""
    statement = (
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.status == before)
        .values(status=after, **values)
    )
    return connection.execute(statement).rowcount == 1


def put_results(connection: Connection, poll_id: int, results: Mapping[str, Any]) -> None:
    """Write what may be told of a counted poll, in the order of the keys."""
    rows = [
        {"poll_id": poll_id, "key": key, "value": value} for key, value in sorted(results.items())
    ]
    connection.execute(sa.insert(poll_results), rows)


def delete_ballots(connection: Connection, poll_id: int) -> None:
    """Delete every ballot of a poll, every answer under way, and who was invited."""
    for table in (ballots, poll_drafts, poll_invitations):
        connection.execute(sa.delete(table).where(table.c.poll_id == poll_id))


def put_texts(connection: Connection, poll_id: int, texts: Mapping[int, Sequence[str]]) -> None:
    """Write what was said in words to each question, numbered in the given order."""
    for question, words in sorted(texts.items()):
        found = [
            {"poll_id": poll_id, "question": question, "number": number, "text": text}
            for number, text in enumerate(words)
        ]
        if found:
            connection.execute(sa.insert(poll_texts), found)


def tags_kept(connection: Connection, poll_id: int, tags: Sequence[bytes]) -> set[bytes]:
    """Return those of these tags under which a ballot is kept; at most 5,000 at a time."""
    statement = sa.select(ballots.c.tag).where(
        ballots.c.poll_id == poll_id, ballots.c.tag.in_(tags)
    )
    return set(connection.execute(statement).scalars())


def mailings_of(connection: Connection, poll_id: int) -> Sequence[int]:
    """Return the mailings that asked people to answer a poll: `poll:5`, and `poll:5:…`."""
    key = f"poll:{poll_id}"
    statement = sa.select(mailings.c.id).where(
        sa.or_(mailings.c.key == key, mailings.c.key.startswith(f"{key}:"))
    )
    return connection.execute(statement).scalars().all()


def invited(connection: Connection, poll_id: int) -> int | None:
    """Return how many people were invited to a poll; None where nobody was counted."""
    return connection.execute(sa.select(polls.c.invited).where(polls.c.id == poll_id)).scalar()


def newest_margins(connection: Connection) -> RowMapping | None:
    """Return the official margins that were uploaded last."""
    statement = sa.select(poll_margins).order_by(poll_margins.c.id.desc()).limit(1)
    return connection.execute(statement).mappings().first()


def count_ballots(connection: Connection, poll_id: int) -> int:
    """Return the number of ballots of a poll; walks through all of them."""
    statement = sa.select(sa.func.count()).where(ballots.c.poll_id == poll_id)
    return connection.execute(statement).scalar_one()


def put_participation(connection: Connection, poll_id: int, participation: int) -> None:
    """Write the participation of an open poll. Key: poll; the last count stands."""
    connection.execute(
        sa.update(polls)
        .where(polls.c.id == poll_id, polls.c.status == "open")
        .values(participation=participation)
    )
