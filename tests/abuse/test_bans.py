"""A ban is never secret: reason, end and the way to object are told, and another one decides."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.admission import require_admitted, waiting_ahead
from services.appeals.banning import (
    ban_author,
    lift_ban,
    object_to_ban,
    own_ban,
    require_objectable,
    uphold_ban,
)
from services.people.sessions import keep_hours
from services.refusal import Refusal
from storage.schema.delivery import outbox
from tests.abuse.conftest import NOW, OPERATOR, SECOND_ADMINISTRATOR, employ, file
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN

WEEK = timedelta(days=7)
WHY, AGAINST = "Бір мәтін <көп> рет жіберілген.", "Мен әртүрлі мәселе туралы жаздым."


def ban(connection: Connection, by: int = OPERATOR) -> int:
    """Let the citizen be banned for a week; return the appeal that it came from."""
    appeal = file(connection, CITIZEN, "one")
    ban_author(connection, appeal, by, NOW + WEEK, WHY, NOW)
    return appeal


def told(connection: Connection, kind: str) -> list[int]:
    """Return who is told something of this kind."""
    wanted = sa.select(outbox.c.person_id).where(outbox.c.kind == kind)
    return sorted(connection.execute(wanted).scalars())


def test_every_refusal_says_why_until_when_and_what_to_do(connection: Connection) -> None:
    """Beginning an appeal and sending one are refused alike, in the words of the ban."""
    ban(connection)
    for ask in (waiting_ahead, require_admitted):
        with pytest.raises(Refusal) as refused:
            ask(connection, CITIZEN, NOW)
        said = refused.value.message.format(**refused.value.parameters)
        assert "19.03.2026" in said
        assert "Бір мәтін &lt;көп&gt; рет жіберілген." in said
        assert "/objection" in said
    assert [CITIZEN] == told(connection, "banned")


def test_who_banned_does_not_judge(connection: Connection) -> None:
    """An objection goes to the other administrators, and only they let the ban stand."""
    employ(connection, SECOND_ADMINISTRATOR, "administrator")
    appeal = ban(connection, by=ADMINISTRATOR)
    object_to_ban(connection, CITIZEN, 1, AGAINST, NOW)
    assert [SECOND_ADMINISTRATOR] == told(connection, "ban_objection")
    with pytest.raises(Refusal, match="another administrator"):
        uphold_ban(connection, appeal, 1, ADMINISTRATOR, NOW)
    uphold_ban(connection, appeal, 1, SECOND_ADMINISTRATOR, NOW)
    uphold_ban(connection, appeal, 1, SECOND_ADMINISTRATOR, NOW)
    assert [CITIZEN] == told(connection, "ban_upheld")


def test_no_words_for_an_ended_session(connection: Connection) -> None:
    """Who has to type their PIN first is told of an objection, not what it says."""
    ban(connection, by=ADMINISTRATOR)
    keep_hours(connection, 12, NOW)
    object_to_ban(connection, CITIZEN, 1, AGAINST, NOW)
    payload = connection.execute(
        sa.select(outbox.c.payload).where(outbox.c.kind == "ban_objection")
    ).scalar_one()
    assert "words" not in payload


def test_who_is_alone_decides(connection: Connection) -> None:
    """Where there is no other administrator, who banned reads the objection and says so."""
    appeal = ban(connection, by=ADMINISTRATOR)
    object_to_ban(connection, CITIZEN, 1, AGAINST, NOW)
    assert [ADMINISTRATOR] == told(connection, "ban_objection")
    uphold_ban(connection, appeal, 1, ADMINISTRATOR, NOW)
    payload = connection.execute(
        sa.select(outbox.c.payload).where(outbox.c.kind == "ban_upheld")
    ).scalar_one()
    assert payload["another"] is False


def test_what_cannot_be_upheld(connection: Connection) -> None:
    """Nothing without an objection, by an operator, after the end, or once it was lifted."""
    appeal = ban(connection)
    with pytest.raises(Refusal):
        uphold_ban(connection, appeal, 1, ADMINISTRATOR, NOW)
    object_to_ban(connection, CITIZEN, 1, AGAINST, NOW)
    with pytest.raises(Refusal):
        uphold_ban(connection, appeal, 1, OPERATOR, NOW)
    with pytest.raises(Refusal):
        uphold_ban(connection, appeal, 1, ADMINISTRATOR, NOW + 2 * WEEK)
    lift_ban(connection, appeal, 1, OPERATOR, NOW)
    with pytest.raises(Refusal):
        uphold_ban(connection, appeal, 1, ADMINISTRATOR, NOW)
    assert [] == told(connection, "ban_upheld")


def test_the_command_finds_the_ban(connection: Connection) -> None:
    """/objection is about the ban in force; without one it says that nothing is forbidden."""
    with pytest.raises(Refusal, match="/appeal"):
        own_ban(connection, CITIZEN, NOW)
    ban(connection)
    assert 1 == own_ban(connection, CITIZEN, NOW)
    object_to_ban(connection, CITIZEN, 1, AGAINST, NOW)
    with pytest.raises(Refusal, match="already"):
        require_objectable(connection, CITIZEN, 1, NOW)
