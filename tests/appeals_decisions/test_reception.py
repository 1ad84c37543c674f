from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.draft import Draft, Visitor
from services.appeals.extending import extend_appeal
from services.appeals.reception import file_for_visitor, find_filed
from services.appeals.registration import find_registered, register_appeal
from services.language import Language
from services.refusal import Refusal
from storage.appeal_changes import event_at
from storage.schema.delivery import outbox
from tests.appeals_decisions.conftest import CITIZEN, COLLEAGUE, FRIDAY, OPERATOR, row

DRAFT = Draft(
    "visit",
    Language.RUSSIAN,
    topic="water-supply",
    region="19",
    texts={7: "Воды нет третий день."},
    phone="+77011234567",
    visitor=Visitor("Сергей Ким", "2026-11"),
)


def test_a_visitors_appeal(connection: Connection) -> None:
    """Filed twice it is one appeal in the same queue, with channel, filer, name and phone."""
    filed = [file_for_visitor(connection, DRAFT, OPERATOR, FRIDAY) for _ in range(2)]

    assert filed[0] == filed[1] == find_filed(connection, "visit", OPERATOR)
    assert (date(2026, 3, 6), date(2026, 4, 2)) == (filed[0].registered_on, filed[0].due_on)
    now_is = row(connection, filed[0].id)
    names = ("person_id", "channel", "filed_by", "contact_name", "contact_phone", "language")
    expected = (None, "desk", OPERATOR, "Сергей Ким", "+77011234567", "ru")
    assert expected == tuple(now_is[name] for name in names)


def test_the_consent_is_recorded(connection: Connection) -> None:
    """The history keeps who filed and the version of the text to which the visitor agreed."""
    filed = file_for_visitor(connection, DRAFT, OPERATOR, FRIDAY)

    event = event_at(connection, filed.id, 1)
    assert event is not None
    assert (OPERATOR, {"channel": "desk", "consent": "2026-11"}) == (
        event["actor"],
        event["details"],
    )


def test_nobody_is_written_to(connection: Connection) -> None:
    """Without a chat there is no receipt, and no message about what happens later."""
    filed = file_for_visitor(connection, DRAFT, OPERATOR, FRIDAY)
    later = FRIDAY + timedelta(hours=2)
    extend_appeal(connection, filed.id, 1, OPERATOR, date(2026, 4, 9), "Сараптама жүруде", later)

    assert [] == connection.execute(sa.select(outbox.c.kind)).all()


def test_handlers_see_whom_to_call(connection: Connection) -> None:
    """Name and phone stand on the card for those who handle the appeal."""
    filed = file_for_visitor(connection, DRAFT, OPERATOR, FRIDAY)

    dossier = read_dossier(connection, filed.id, COLLEAGUE, date(2026, 3, 6))
    assert ("Сергей Ким", "+77011234567") == (dossier.author, dossier.phone)


@pytest.mark.parametrize(
    ("draft", "actor"),
    [
        (DRAFT, CITIZEN),
        (replace(DRAFT, visitor=None), OPERATOR),
        (replace(DRAFT, visitor=Visitor("Сергей Ким", "")), OPERATOR),
        (replace(DRAFT, visitor=Visitor("7", "2026-11")), OPERATOR),
        (replace(DRAFT, visitor=Visitor("К" * 201, "2026-11")), OPERATOR),
        (replace(DRAFT, texts={}), OPERATOR),
    ],
)
def test_what_is_not_filed(connection: Connection, draft: Draft, actor: int) -> None:
    """Nothing without consent, a name, or words; and citizens file for themselves only."""
    with pytest.raises(Refusal):
        file_for_visitor(connection, draft, actor, FRIDAY)


def test_visitors_are_no_flood(connection: Connection) -> None:
    """A reception desk files as many appeals as visitors come, and its operator still own ones."""
    for number in range(12):
        file_for_visitor(connection, replace(DRAFT, id=f"visit-{number}"), OPERATOR, FRIDAY)

    own = register_appeal(connection, replace(DRAFT, id="own", visitor=None), OPERATOR, FRIDAY)
    assert own == find_registered(connection, "own", OPERATOR)


def test_a_draft_stays_with_its_operator(connection: Connection) -> None:
    """Nobody else, and no citizen, finds what was filed by its draft."""
    file_for_visitor(connection, DRAFT, OPERATOR, FRIDAY)

    assert find_filed(connection, "visit", COLLEAGUE) is None
    assert find_registered(connection, "visit", OPERATOR) is None
