from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.history import Speaker, read_history
from services.appeals.model import AppealEvent, EntryKind
from services.appeals.queue import assign, begin
from services.refusal import Refusal
from storage.appeal_entries import add_entry, entries_of, revise_entry
from storage.schema.organisation import section_assignments
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, NEIGHBOUR, OFFICIAL, OTHER_OFFICIAL
from tests.appeals_desk.conftest import AIDA, BERIK, NOW, file

TODAY = date(2026, 3, 12)
LATER = NOW + timedelta(hours=1)


def say(connection: Connection, appeal: int, key: str, kind: EntryKind, author: int) -> None:
    """Write an entry of an appeal."""
    values = {"appeal_id": appeal, "key": key, "kind": kind.value, "author": author}
    add_entry(connection, {**values, "text": f"{kind.value} {author}", "at": LATER})


def test_a_handler_sees_the_first_name_and_what_was_left_on_purpose(
    connection: Connection,
) -> None:
    """Name and phone of the citizen stand on the card, and who works on it."""
    appeal = file(connection, "a", contact_phone="+77010000000", due_on=TODAY)
    begin(connection, appeal, 1, BERIK, NOW)

    case = read_dossier(connection, appeal, AIDA, TODAY)

    assert ("Сынақ", "+77010000000", 0) == (case.author, case.phone, case.days_left)
    assert (BERIK, "Берік", False) == (case.assignee, case.assignee_name, case.mine)


@pytest.mark.parametrize("actor", [AIDA, OFFICIAL, ADMINISTRATOR])
def test_a_sealed_name_is_seen_by_nobody(connection: Connection, actor: int) -> None:
    """In confidence means that neither name nor phone comes before anybody of the staff."""
    appeal = file(
        connection,
        "a",
        confidential=True,
        contact_name="Айгүл",
        contact_phone="+77010000000",
    )

    case = read_dossier(connection, appeal, actor, TODAY)

    assert ("", None, True) == (case.author, case.phone, case.confidential)


def test_who_answered_before_may_still_read(connection: Connection) -> None:
    """After a hand-over the predecessor reads the case, and somebody to whom it is assigned."""
    appeal = file(connection, "a")
    table = section_assignments
    connection.execute(
        sa.update(table).where(table.c.section == "water").values(until=date(2026, 3, 12))
    )

    assert appeal == read_dossier(connection, appeal, OFFICIAL, TODAY).card.id
    with pytest.raises(Refusal):
        read_dossier(connection, appeal, OTHER_OFFICIAL, TODAY)
    assign(connection, appeal, 1, AIDA, OTHER_OFFICIAL, NOW)
    assert appeal == read_dossier(connection, appeal, OTHER_OFFICIAL, TODAY).card.id


def test_the_newest_words_of_the_citizen_stand_on_the_card(connection: Connection) -> None:
    """An addition or a reply is seen without opening the history; a note is not the citizen's."""
    appeal = file(connection, "a")
    say(connection, appeal, "101:8", EntryKind.ADDITION, CITIZEN)
    say(connection, appeal, "401:9", EntryKind.NOTE, AIDA)

    latest = read_dossier(connection, appeal, AIDA, TODAY).latest

    assert latest is not None
    assert (EntryKind.ADDITION, "addition 101") == (latest.kind, latest.text)


def test_the_history_holds_everything_in_its_order(connection: Connection) -> None:
    """Events with the words that made them, words alone, and the wordings before."""
    appeal = file(connection, "a")
    begin(connection, appeal, 1, AIDA, NOW + timedelta(minutes=1))
    assign(connection, appeal, 2, AIDA, BERIK, NOW + timedelta(minutes=2))
    say(connection, appeal, "v3", EntryKind.REASON, AIDA)
    say(connection, appeal, "102:5", EntryKind.JOIN, NEIGHBOUR)
    text = entries_of(connection, appeal)[0]
    revise_entry(connection, text, "Су келді", LATER)

    history = read_history(connection, appeal, BERIK, TODAY)

    assert [
        (AppealEvent.REGISTERED, Speaker.CITIZEN, ""),
        (None, Speaker.CITIZEN, ""),
        (AppealEvent.BEGUN, Speaker.STAFF, "Аида"),
        (AppealEvent.ASSIGNED, Speaker.STAFF, "Аида"),
        (None, Speaker.FOLLOWER, ""),
    ] == [(each.event, each.speaker, each.name) for each in history]
    assert "Берік" == history[3].whom
    assert ["reason 401"] == [said.text for said in history[3].said]
    (said,) = history[1].said
    assert ("Су келді", (("Су жоқ, a", LATER),)) == (said.text, said.earlier)
