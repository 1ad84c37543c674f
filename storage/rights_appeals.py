"""Erasing what is personal of appeals; numbers, days, topics, districts and ratings stay."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.rights_letters import delete_letters
from storage.schema.appeal_search import appeal_words
from storage.schema.appeals import (
    TO_ANONYMISE,
    TO_UNLINK,
    appeal_entries,
    appeal_events,
    appeal_followers,
    appeal_openings,
    appeal_revisions,
    appeals,
    attachments,
    quotes,
)
from storage.schema.delivery import approvals

# In the place of a citizen in the history of an appeal from which everything personal is erased.
ERASED = 0
# What a message of somebody else than the appeal's citizen brought is numbered from here on.
FOREIGN = 1 << 60
_WORDS = "words"  # in the details of an event: a mark of the words that came with it
_REPLY = "reply"

_A = attachments.c
_GONE: dict[str, Any] = {
    "file_id": "",
    "file_unique_id": "",
    **dict.fromkeys(("file_name", "mime_type", "size", "sha256", "shown_file_id", "copy_after")),
    "copy_state": sa.func.coalesce(_A.copy_state, "gone"),
}


def anonymise(
    connection: Connection, ids: Sequence[int], now: datetime, *, followers: bool
) -> None:
    """Erase everything personal of these appeals; with `followers`, also who had joined them."""
    _forget_words(connection, ids, now)
    _forget_author(connection, ids)
    connection.execute(
        sa.delete(approvals).where(approvals.c.subject.in_([f"opening:{each}" for each in ids]))
    )
    erase_files(connection, appeals_files(ids), now)
    if followers:
        connection.execute(
            sa.delete(appeal_followers).where(appeal_followers.c.appeal_id.in_(ids))
        )
    personal = (
        "person_id",
        "contact_name",
        "contact_phone",
        "contact_phone_blind",
        "particulars",
        "latitude",
        "longitude",
        "answer",
        "recheck_on",
    )
    # A draft's id is made of the chat and the message that began it.
    draft = sa.literal("erased:") + sa.cast(appeals.c.id, sa.String)
    values = {"text": "", "draft_id": draft, "anonymised_at": now, **dict.fromkeys(personal)}
    connection.execute(sa.update(appeals).where(appeals.c.id.in_(ids)).values(values))


def appeals_files(ids: Sequence[int]) -> sa.ColumnElement[bool]:
    """Return the condition of the files of these appeals that are not erased yet."""
    return sa.and_(_A.appeal_id.in_(ids), _A.erased_at.is_(None))


def erase_files(connection: Connection, which: sa.ColumnElement[bool], now: datetime) -> int:
    """Erase what these files are; copies stay named until they are gone from the disk; how many.

    What somebody else brought to an appeal leaves no row, for its number is made of their own.
    """
    foreign = (which, _A.message_id >= FOREIGN, _A.path.is_(None))
    gone = connection.execute(sa.delete(attachments).where(*foreign))
    erased = connection.execute(sa.update(attachments).where(which).values(erased_at=now, **_GONE))
    return gone.rowcount + erased.rowcount


def old_files(before: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of files of appeals that ended before then."""
    of_file = appeals.alias("of_file")
    over = sa.exists().where(of_file.c.id == _A.appeal_id, of_file.c.ended_at < before)
    return sa.and_(_A.erased_at.is_(None), over)


def find_files(
    connection: Connection, which: sa.ColumnElement[bool], limit: int
) -> Sequence[tuple[int, int]]:
    """Return (appeal, message) of such files, those of the oldest appeals first."""
    statement = sa.select(_A.appeal_id, _A.message_id).where(which)
    statement = statement.order_by(_A.appeal_id, _A.message_id).limit(limit)
    return [(row.appeal_id, row.message_id) for row in connection.execute(statement)]


def count_files(
    connection: Connection, which: sa.ColumnElement[bool]
) -> tuple[int, datetime | None]:
    """Return how many such files there are, and when the first appeal of them ended."""
    joined = attachments.join(appeals, appeals.c.id == _A.appeal_id)
    statement = sa.select(sa.func.count(), sa.func.min(appeals.c.ended_at)).select_from(joined)
    number, oldest = connection.execute(statement.where(which)).one()
    return number, oldest


def these_files(files: Sequence[tuple[int, int]]) -> sa.ColumnElement[bool]:
    """Return the condition of these files, where they are not erased yet."""
    key = sa.tuple_(_A.appeal_id, _A.message_id)
    return sa.and_(key.in_(list(files)), _A.erased_at.is_(None))


def count_ended(connection: Connection, before: datetime) -> tuple[int, datetime | None]:
    """Return how many appeals to anonymise ended before then, and when the first of them did."""
    statement = sa.select(sa.func.count(), sa.func.min(appeals.c.ended_at)).where(ended(before))
    number, oldest = connection.execute(statement).one()
    return number, oldest


def to_unlink(connection: Connection, limit: int) -> Sequence[tuple[int, int, str]]:
    """Return (appeal, message, path) of erased files whose copies still lie on the disk."""
    statement = (
        sa.select(_A.appeal_id, _A.message_id, _A.path)
        .where(sa.text(TO_UNLINK))
        .order_by(_A.appeal_id, _A.message_id)
        .limit(limit)
    )
    return [(row.appeal_id, row.message_id, row.path) for row in connection.execute(statement)]


def is_erased(connection: Connection, file: tuple[int, int]) -> bool:
    """Tell whether a file is erased, or not there at all."""
    appeal, message = file
    this = (_A.appeal_id == appeal, _A.message_id == message, _A.erased_at.is_(None))
    return connection.execute(sa.select(_A.kind).where(*this)).first() is None


def unlinked(connection: Connection, file: tuple[int, int]) -> None:
    """Forget where the copy of an erased file lay."""
    appeal, message = file
    this = (_A.appeal_id == appeal, _A.message_id == message, _A.erased_at.is_not(None))
    if message >= FOREIGN:
        connection.execute(sa.delete(attachments).where(*this))
    else:
        connection.execute(sa.update(attachments).where(*this).values(path=None))


def ended_before(connection: Connection, before: datetime, limit: int) -> Sequence[int]:
    """Return appeals to anonymise that ended before then, the oldest first."""
    statement = sa.select(appeals.c.id).where(ended(before))
    statement = statement.order_by(appeals.c.ended_at, appeals.c.id).limit(limit)
    return connection.execute(statement).scalars().all()


def ended(before: datetime) -> sa.ColumnElement[bool]:
    """Return the condition of appeals that ended before then and still hold personal data."""
    return sa.and_(sa.text(TO_ANONYMISE), appeals.c.ended_at < before)


def _forget_words(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    entries = sa.select(appeal_entries.c.id).where(appeal_entries.c.appeal_id.in_(ids))
    replies = connection.execute(entries.where(appeal_entries.c.kind == _REPLY)).scalars().all()
    delete_letters(connection, [f"reply:{number}" for number in replies])
    delete_entries(connection, connection.execute(entries).scalars().all())
    connection.execute(sa.delete(appeal_words).where(appeal_words.c.appeal_id.in_(ids)))
    withdrawn = {"text": "", "withdrawn_at": sa.func.coalesce(quotes.c.withdrawn_at, now)}
    connection.execute(sa.update(quotes).where(quotes.c.appeal_id.in_(ids)).values(withdrawn))
    reasons = appeal_openings.c.appeal_id.in_(ids)
    connection.execute(sa.update(appeal_openings).where(reasons).values(reason=""))


def delete_entries(connection: Connection, ids: Sequence[int]) -> None:
    """Delete entries with their earlier wordings."""
    for part in parts(ids):
        connection.execute(
            sa.delete(appeal_revisions).where(appeal_revisions.c.entry_id.in_(part))
        )
        connection.execute(sa.delete(appeal_entries).where(appeal_entries.c.id.in_(part)))


def _forget_author(connection: Connection, ids: Sequence[int]) -> None:
    """Let the history name no citizen, and hold no mark of anybody's words."""
    table = appeal_events.c
    statement = (
        sa.select(table.appeal_id, table.version, table.actor, table.details, appeals.c.person_id)
        .join(appeals, appeals.c.id == table.appeal_id)
        .where(table.appeal_id.in_(ids))
    )
    for row in connection.execute(statement).mappings().all():
        own = row["person_id"] is not None and row["actor"] == row["person_id"]
        actor = ERASED if own else row["actor"]
        details: Mapping[str, Any] = row["details"]
        kept = {name: value for name, value in details.items() if name != _WORDS}
        if own or kept != details:
            this = (table.appeal_id == row["appeal_id"], table.version == row["version"])
            connection.execute(
                sa.update(appeal_events).where(*this).values(actor=actor, details=kept)
            )


def parts(ids: Sequence[int], size: int = 500) -> Iterable[Sequence[int]]:
    """Yield the ids in parts that a statement can name."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
