"""The small organisation of tests.appeals with operators and a level above each office."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from services.appeals.answering import answer_appeal
from services.appeals.draft import Draft
from services.appeals.registration import register_appeal
from services.language import Language
from storage.appeals import find_appeal
from storage.schema import metadata
from storage.schema.appeals import appeal_entries, appeal_followers, appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import answer_templates, offices, officials
from storage.schema.people import people, roles
from tests.agreed import agree
from tests.appeals.conftest import CITIZEN, JOINED, NEIGHBOUR, OFFICIAL, seed

OPERATOR, OTHER_OPERATOR, HEAD = 401, 402, 501
NOW = datetime(2026, 3, 6, 5, tzinfo=UTC)  # Friday, 10:00 in Asia/Almaty
LATER = datetime(2026, 3, 12, 5, tzinfo=UTC)
ANSWER = "Құбыр тексерілді, 20 наурызда ауыстырылады."
TEMPLATE_KK = "Құрметті азамат! Мәселеңіз тексерілді: «…». Жұмыс мына күнге дейін бітеді: «…»"
TEMPLATE_RU = "Уважаемый житель! Мы проверили Ваш вопрос: «…». Работы закончат до: «…»"

_drafts = count(1)


@pytest.fixture
def connection() -> Iterator[Connection]:
    """Open a database of the test's own: the official of water, a head above, two operators."""
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    with engine.begin() as opened:
        seed(opened)
        level_above(opened)
        yield opened
    engine.dispose()


def level_above(connection: Connection) -> None:
    """Add the head of the central office, operators and a template."""
    connection.execute(
        sa.insert(officials).values(
            code="head",
            body="bureau",
            name_kk="head",
            name_ru="head",
            position_kk="Бюро мүшесі",
            position_ru="член Бюро",
        )
    )
    connection.execute(sa.update(offices).where(offices.c.code == "central").values(head="head"))
    connection.execute(
        sa.update(offices).where(offices.c.code == "region-19").values(parent="central")
    )
    connection.execute(
        sa.insert(answer_templates).values(
            code="planned",
            title_kk="Жоспар",
            title_ru="План",
            text_kk=TEMPLATE_KK,
            text_ru=TEMPLATE_RU,
            position=1,
        )
    )
    staff = ((OPERATOR, "operator", None), (OTHER_OPERATOR, "operator", None))
    for person, role, official in (*staff, (HEAD, "official", "head")):
        connection.execute(sa.insert(people).values(id=person, name="Үлгі", joined_at=JOINED))
        agree(connection, person)
        connection.execute(
            sa.insert(roles).values(person_id=person, role=role, official=official, since=JOINED)
        )


def register(connection: Connection, language: Language = Language.KAZAKH) -> int:
    """Register an appeal of the citizen about water; the neighbour has joined it."""
    name = f"draft-{next(_drafts)}"
    # Nobody leaves many in an hour: the earlier ones came long ago.
    connection.execute(sa.update(appeals).values(registered_at=NOW - timedelta(days=30)))
    draft = Draft(name, language, topic="water-supply", region="19").with_text(5, "Су жоқ")
    appeal = register_appeal(connection, draft, CITIZEN, NOW).id
    connection.execute(
        sa.insert(appeal_followers).values(appeal_id=appeal, person_id=NEIGHBOUR, joined_at=NOW)
    )
    return appeal


def answered(connection: Connection, **more: Any) -> tuple[int, int]:
    """Register an appeal and answer it later; return it and the version of the answer."""
    appeal = register(connection)
    sent = answer_appeal(connection, appeal, 1, OFFICIAL, ANSWER, LATER, **more)
    return appeal, sent.version


@pytest.fixture
def appeal(connection: Connection) -> int:
    """Register an appeal."""
    return register(connection)


def row(connection: Connection, appeal: int) -> RowMapping:
    """Return the row of an appeal."""
    found = find_appeal(connection, appeal)
    assert found is not None
    return found


def told(connection: Connection, person: int) -> list[tuple[str, str | None]]:
    """Return what a person has been told so far: kind and event."""
    statement = sa.select(outbox.c.kind, outbox.c.payload).where(outbox.c.person_id == person)
    rows = connection.execute(statement.order_by(outbox.c.id))
    return [(kind, payload.get("event")) for kind, payload in rows]


def entries(connection: Connection, appeal: int) -> list[tuple[str, str]]:
    """Return what has been said of an appeal after its text: kind and words."""
    table = appeal_entries.c
    statement = sa.select(table.kind, table.text).where(
        table.appeal_id == appeal, table.kind != "text"
    )
    return [(kind, text) for kind, text in connection.execute(statement.order_by(table.id))]


def contents(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    return {
        table.name: sorted(
            (tuple(each) for each in connection.execute(sa.select(table))), key=repr
        )
        for table in metadata.sorted_tables
    }
