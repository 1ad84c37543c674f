"""Joining an open appeal of somebody else, and leaving it."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.following import count_followed, followed_card, list_followed
from services.appeals.history import Speaker, read_history
from services.appeals.joining import find_joined, join_appeal, leave_appeal, similar_to
from services.appeals.model import Attachment, AttachmentKind, EntryKind
from services.appeals.withdrawing import withdraw_appeal
from services.refusal import Refusal
from storage.appeal_entries import entries_of
from storage.schema.appeals import appeal_days, appeals, attachments
from tests.appeals_intake.conftest import (
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    draft,
    row,
    told,
)

LATER = FRIDAY + timedelta(hours=1)
SAME = draft("second", 5, "Біздің ауылда да су жоқ")


def test_who_joins_follows(connection: Connection, appeal_id: int) -> None:
    """Once, however often it is pressed: a join, the words as an entry, a receipt, the news."""
    written = SAME.with_file(6, Attachment(AttachmentKind.PHOTO, "file", "unique"))
    for _ in range(2):
        join_appeal(connection, appeal_id, NEIGHBOUR, written, LATER)

    appeal = row(connection, appeal_id)
    assert 1 == appeal.joins
    assert [NEIGHBOUR] == told(connection, "appeal_joined")
    joined = [e for e in entries_of(connection, appeal_id) if e["kind"] == EntryKind.JOIN.value]
    assert [(NEIGHBOUR, "Біздің ауылда да су жоқ")] == [(e["author"], e["text"]) for e in joined]
    assert 1 == connection.scalar(sa.select(sa.func.count()).select_from(attachments))
    assert 1 == connection.scalar(sa.select(appeal_days.c.joined))
    withdraw_appeal(connection, appeal_id, 1, CITIZEN, LATER)
    assert [CITIZEN, NEIGHBOUR] == told(connection, "appeal_changed")


def test_staff_who_join_are_not_named(connection: Connection, appeal_id: int) -> None:
    """Colleagues read what was said, and that somebody who joined has said it."""
    join_appeal(connection, appeal_id, OPERATOR, SAME, LATER)

    last = read_history(connection, appeal_id, COLLEAGUE, LATER.date())[-1]
    assert (Speaker.FOLLOWER, "", None) == (last.speaker, last.name, last.staff)
    assert ["Біздің ауылда да су жоқ"] == [said.text for said in last.said]


def test_files_of_both_chats_are_kept(connection: Connection, appeal_id: int) -> None:
    """Messages are numbered in each chat anew: the same number is not the same file."""
    connection.execute(
        sa.insert(attachments).values(
            appeal_id=appeal_id, message_id=6, kind="photo", file_id="a", file_unique_id="a"
        )
    )
    written = SAME.with_file(6, Attachment(AttachmentKind.PHOTO, "b", "b"))
    join_appeal(connection, appeal_id, NEIGHBOUR, written, LATER)

    order = sa.select(attachments.c.file_id).order_by(attachments.c.message_id)
    assert ["a", "b"] == list(connection.execute(order).scalars())


def test_what_cannot_be_joined(connection: Connection, appeal_id: int) -> None:
    """The own appeal, a confidential one, and one that is over."""
    with pytest.raises(Refusal):
        join_appeal(connection, appeal_id, CITIZEN, SAME, LATER)
    connection.execute(sa.update(appeals).values(confidential=True))
    with pytest.raises(Refusal):
        join_appeal(connection, appeal_id, NEIGHBOUR, SAME, LATER)
    connection.execute(sa.update(appeals).values(confidential=False))
    withdraw_appeal(connection, appeal_id, 1, CITIZEN, LATER)
    with pytest.raises(Refusal), connection.begin_nested():
        join_appeal(connection, appeal_id, NEIGHBOUR, SAME, LATER)
    assert find_joined(connection, appeal_id, NEIGHBOUR) is None


def test_leaving(connection: Connection, appeal_id: int) -> None:
    """The join is not counted any more and the appeal is gone from the list; words stay."""
    join_appeal(connection, appeal_id, NEIGHBOUR, SAME, LATER)
    today = LATER.date()
    assert [appeal_id] == [
        line.id for line in list_followed(connection, NEIGHBOUR, None, 9, today)
    ]
    assert 1 == followed_card(connection, appeal_id, NEIGHBOUR, today).joins
    for _ in range(2):
        leave_appeal(connection, appeal_id, NEIGHBOUR)

    assert 0 == row(connection, appeal_id).joins
    assert 0 == count_followed(connection, NEIGHBOUR)
    with pytest.raises(Refusal):
        followed_card(connection, appeal_id, NEIGHBOUR, today)
    assert 2 == len(entries_of(connection, appeal_id))


def test_what_is_offered(connection: Connection, appeal_id: int) -> None:
    """Open appeals of others in the same place about the same, unless one has joined already."""
    assert [appeal_id] == [each.id for each in similar_to(connection, SAME, NEIGHBOUR, LATER)]
    assert [] == similar_to(connection, SAME, CITIZEN, LATER)
    assert [] == similar_to(connection, replace(SAME, district=None), NEIGHBOUR, LATER)
    join_appeal(connection, appeal_id, NEIGHBOUR, SAME, LATER)
    assert [] == similar_to(connection, SAME, NEIGHBOUR, LATER)
