"""A sealed name is nobody's to see, until an administrator says why."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.evidence import read_evidence
from services.appeals.history import read_history
from services.appeals.model import AppealEvent
from services.appeals.opening import SealedName, open_name, opened_name, require_sealed
from services.appeals.search import find_appeals, parse_query
from services.clock import local_date
from services.refusal import Refusal
from storage.schema.appeals import appeal_openings, appeals
from storage.schema.delivery import outbox
from storage.schema.people import people
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, OFFICIAL
from tests.appeals_desk.conftest import AIDA, BERIK, NOW, file

# The connection's fixture stands in the other folder.
from tests.appeals_desk.conftest import connection as connection  # noqa: PLC0414

NAME, PHONE = "Зейнеп Құпиябаева", "+77011234567"
REASON = "Тұрғынның мекенжайын бригадаға нақтылау керек."
TODAY = local_date(NOW)


@pytest.fixture
def sealed(connection: Connection) -> int:
    """Return a confidential appeal of somebody with a name and a phone."""
    connection.execute(sa.update(people).where(people.c.id == CITIZEN).values(name=NAME))
    return file(connection, "sealed", confidential=True, contact_phone=PHONE)


def told(connection: Connection) -> list[tuple[int, Any]]:
    """Return who was told of an opening, and what."""
    found = sa.select(outbox.c.person_id, outbox.c.payload).where(outbox.c.kind == "name_opened")
    return [(row.person_id, row.payload) for row in connection.execute(found)]


@pytest.mark.parametrize("reader", [AIDA, OFFICIAL, ADMINISTRATOR])
def test_sealed_from_everyone(connection: Connection, sealed: int, reader: int) -> None:
    """Neither card, history nor document hold the name or the phone, whoever reads."""
    read = (
        read_dossier(connection, sealed, reader, TODAY),
        read_history(connection, sealed, reader, TODAY),
        read_evidence(connection, sealed, reader, NOW),
    )
    assert "Зейнеп" not in str(read)
    assert "Құпиябаева" not in str(read)
    assert PHONE not in str(read)


def test_not_found_by_phone(connection: Connection, sealed: int) -> None:
    """A search by the phone does not find a confidential appeal, and does find an open one."""
    assert [] == list(find_appeals(connection, parse_query(PHONE)))
    unsealed = sa.update(appeals).where(appeals.c.id == sealed).values(confidential=False)
    connection.execute(unsealed)
    assert [sealed] == list(find_appeals(connection, parse_query(PHONE)))


def test_nothing_of_it_in_messages(connection: Connection, sealed: int) -> None:
    """No message to anybody holds the name or the phone of a confidential appeal."""
    open_name(connection, sealed, ADMINISTRATOR, 7, REASON, NOW)
    everything = str(connection.execute(sa.select(outbox.c.payload)).all())
    assert "Зейнеп" not in everything
    assert PHONE not in everything


def test_opened(connection: Connection, sealed: int) -> None:
    """An administrator with a reason sees the name; the history and the citizen know of it."""
    open_name(connection, sealed, ADMINISTRATOR, 7, REASON, NOW)

    assert SealedName(NAME, PHONE) == opened_name(connection, sealed, ADMINISTRATOR, 7)
    moment = read_history(connection, sealed, AIDA, TODAY)[-1]
    assert (AppealEvent.NAME_OPENED, REASON) == (moment.event, moment.said[0].text)
    person, payload = told(connection)[0]
    assert (CITIZEN, REASON) == (person, payload["reason"])


def test_sealed_again(connection: Connection, sealed: int) -> None:
    """The card stays sealed after an opening, and another look needs another reason."""
    open_name(connection, sealed, ADMINISTRATOR, 7, REASON, NOW)

    dossier = read_dossier(connection, sealed, ADMINISTRATOR, TODAY)
    assert ("", None) == (dossier.author, dossier.phone)
    with pytest.raises(Refusal):
        opened_name(connection, sealed, ADMINISTRATOR, 8)


def test_once(connection: Connection, sealed: int) -> None:
    """The same message again records nothing more and tells nobody again."""
    for minute in range(2):
        later = NOW + timedelta(minutes=minute)
        open_name(connection, sealed, ADMINISTRATOR, 7, REASON, later)

    openings = sa.select(sa.func.count()).select_from(appeal_openings)
    assert 1 == connection.scalar(openings)
    assert 1 == len(told(connection))


@pytest.mark.parametrize("actor", [AIDA, BERIK, OFFICIAL, CITIZEN])
def test_administrators_only(connection: Connection, sealed: int, actor: int) -> None:
    """Nobody but an administrator opens a name, forged buttons or not."""
    with pytest.raises(Refusal):
        require_sealed(connection, sealed, actor)
    with pytest.raises(Refusal):
        open_name(connection, sealed, actor, 7, REASON, NOW)
    with pytest.raises(Refusal):
        opened_name(connection, sealed, actor, 7)
    assert [] == told(connection)


@pytest.mark.parametrize("reason", ["", "...", "12", "я" * 1001])
def test_reason(connection: Connection, sealed: int, reason: str) -> None:
    """A reason is said in words."""
    with pytest.raises(Refusal):
        open_name(connection, sealed, ADMINISTRATOR, 7, reason, NOW)
    assert [] == told(connection)


def test_nothing_sealed(connection: Connection) -> None:
    """Where the name is not sealed there is nothing to open."""
    with pytest.raises(Refusal):
        open_name(connection, file(connection, "open"), ADMINISTRATOR, 7, REASON, NOW)
