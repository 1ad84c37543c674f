"""Statements about single proposals: their rows, states, evidence and words to be found by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.proposals import (
    proposal_evidence,
    proposal_states,
    proposal_stems,
    proposals,
)
from storage.upsert import upsert

_MOST_FOUND = 200


def find(connection: Connection, proposal_id: int, *, lock: bool = False) -> RowMapping | None:
    """Return the row of a proposal; lock: nobody else changes it until the transaction ends."""
    statement = sa.select(proposals).where(proposals.c.id == proposal_id)
    statement = statement.with_for_update() if lock else statement
    return connection.execute(statement).mappings().one_or_none()


def find_by_draft(connection: Connection, draft_id: str) -> RowMapping | None:
    """Return the row of what a draft has become."""
    statement = sa.select(proposals).where(proposals.c.draft_id == draft_id)
    return connection.execute(statement).mappings().one_or_none()


def find_by_number(connection: Connection, number: str) -> RowMapping | None:
    """Return the row of a number."""
    statement = sa.select(proposals).where(proposals.c.number == number)
    return connection.execute(statement).mappings().one_or_none()


def by_drafts(connection: Connection, drafts: Collection[str]) -> dict[str, RowMapping]:
    """Return the rows of these drafts, by draft."""
    statement = sa.select(proposals).where(proposals.c.draft_id.in_(drafts))
    return {row["draft_id"]: row for row in connection.execute(statement).mappings()}


def add(connection: Connection, values: Mapping[str, Any]) -> RowMapping | None:
    """Write a proposal and return its row; None where its draft has become one before."""
    if not upsert(connection, proposals, ["draft_id"], values, update=()).rowcount:
        return None
    return find_by_draft(connection, values["draft_id"])


def change(
    connection: Connection, proposal_id: int, version: int, values: Mapping[str, Any]
) -> bool:
    """Change columns of a proposal in this version and raise it; False where it has moved on."""
    statement = (
        sa.update(proposals)
        .where(proposals.c.id == proposal_id, proposals.c.version == version)
        .values(version=version + 1, **values)
    )
    return connection.execute(statement).rowcount == 1


def add_state(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a state into the public history; the same version once."""
    upsert(connection, proposal_states, ["proposal_id", "version"], values, update=())


def states(connection: Connection, proposal_id: int) -> Sequence[RowMapping]:
    """Return the public history, the oldest first."""
    table = proposal_states.c
    statement = sa.select(proposal_states).where(table.proposal_id == proposal_id)
    return connection.execute(statement.order_by(table.version)).mappings().all()


def state_at(connection: Connection, proposal_id: int, version: int) -> RowMapping | None:
    """Return what made this version."""
    table = proposal_states.c
    this = (table.proposal_id == proposal_id, table.version == version)
    return connection.execute(sa.select(proposal_states).where(*this)).mappings().one_or_none()


def add_evidence(connection: Connection, files: Iterable[Mapping[str, Any]]) -> None:
    """Write files that show that it is done; a message brings its file once."""
    for values in files:
        upsert(connection, proposal_evidence, ["proposal_id", "message_id"], values, update=())


def evidence(connection: Connection, proposal_id: int) -> Sequence[RowMapping]:
    """Return the files, in the order in which they were brought."""
    table = proposal_evidence.c
    statement = sa.select(proposal_evidence).where(table.proposal_id == proposal_id)
    return connection.execute(statement.order_by(table.message_id)).mappings().all()


def keep_stems(connection: Connection, proposal_id: int, stems: Iterable[str]) -> None:
    """Let a proposal be found by exactly these stems."""
    forget_stems(connection, proposal_id)
    rows = [{"stem": stem, "proposal_id": proposal_id} for stem in sorted(set(stems))]
    if rows:
        connection.execute(sa.insert(proposal_stems), rows)


def forget_stems(connection: Connection, proposal_id: int) -> None:
    """Let a proposal be found by nothing."""
    own = proposal_stems.c.proposal_id == proposal_id
    connection.execute(sa.delete(proposal_stems).where(own))


def sharing(
    connection: Connection, stems: Collection[str], statuses: Collection[str], limit: int
) -> Sequence[RowMapping]:
    """Return proposals in these states that have stems of these, with `shared` and `size`.

    Those that share the most come first; size is how many stems each has.
    """
    shared = sa.func.count().label("shared")
    found = (
        sa.select(proposal_stems.c.proposal_id, shared)
        .where(proposal_stems.c.stem.in_(stems))
        .group_by(proposal_stems.c.proposal_id)
        .order_by(shared.desc(), proposal_stems.c.proposal_id.desc())
        .limit(_MOST_FOUND)
        .subquery()
    )
    own = proposal_stems.alias("own")
    size = (
        sa.select(sa.func.count())
        .where(own.c.proposal_id == proposals.c.id)
        .correlate(proposals)
        .scalar_subquery()
        .label("size")
    )
    statement = (
        sa.select(proposals, found.c.shared, size)
        .join(found, found.c.proposal_id == proposals.c.id)
        .where(proposals.c.status.in_(statuses))
        .order_by(found.c.shared.desc(), proposals.c.supports.desc(), proposals.c.id.desc())
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def sent_by(
    connection: Connection, person_id: int, since: datetime, limit: int
) -> Sequence[datetime]:
    """Return when a person sent their newest proposals since then, the newest first."""
    table = proposals.c
    statement = (
        sa.select(table.at)
        .where(table.person_id == person_id, table.at > since)
        .order_by(table.at.desc())
        .limit(limit)
    )
    return connection.execute(statement).scalars().all()
