"""The number reachable, the number left out for want of a word, and what a press chooses."""

from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from handlers.operator.audience.callbacks import Part
from handlers.operator.audience.choosing import band_code, chosen
from services.delivery.reach import Reach, reach
from services.delivery.target import EVERYBODY, Target
from services.language import Language
from services.people.birth import BirthBand, birth_bands
from services.people.model import Sex
from storage.database import Database
from storage.schema.news import muted_topics
from storage.schema.people import consents, people
from tests.news.conftest import OPERATOR

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
YOUNG = BirthBand(1997, 2008)
BANDS = birth_bands(NOW.date())
TOLD: tuple[dict[str, Any], ...] = (
    {"region": "11", "district": "113400", "born_from": 1997, "born_to": 2008, "sex": "male"},
    {"region": "11", "born_from": 1997, "born_to": 2008, "sex": "female"},
    {"region": "75", "sex": "male"},
    {},
)


@pytest.fixture
async def told(db: Database) -> Database:
    """Return a database with four more people who told more or less; the last one muted roads."""

    def settle(connection: sa.Connection) -> None:
        for number, profile in enumerate(TOLD, 10):
            person = {"id": number, "name": "Адам", "language": "ru", "joined_at": NOW}
            connection.execute(sa.insert(people).values(**person, **profile))
            agreed = {"person_id": number, "kind": "news", "version": "2026-11.3"}
            given = {"language": "ru", "given_at": NOW}
            connection.execute(sa.insert(consents).values(**agreed, **given))
        quiet = sa.update(people).where(people.c.id == OPERATOR)
        connection.execute(quiet.values(uninvited_since=NOW))
        off = {"person_id": 13, "topic": "roads"}
        connection.execute(sa.insert(muted_topics).values(off))

    await db.write(settle)
    return db


async def test_who_is_reached_and_who_is_left_out(told: Database) -> None:
    """Left out is counted who would be reached, had they said what they left unsaid."""
    expected = {
        Target(): Reach(5, 0),
        Target(topic="roads"): Reach(4, 0),
        Target(language=Language.RUSSIAN): Reach(4, 0),
        Target(regions=("11",)): Reach(2, 2),
        Target(districts=("113400",)): Reach(1, 3),
        Target(regions=("11",), ages=(YOUNG,), sex=Sex.MALE): Reach(1, 2),
        Target(regions=("11", "75"), sex=Sex.MALE, language=Language.RUSSIAN): Reach(2, 1),
    }
    assert expected == {target: await told.read(reach, target, NOW) for target in expected}


def test_a_press_twice_is_a_press_once() -> None:
    """Every press sets a value; a region takes its districts, a district narrows its region."""
    target = EVERYBODY
    for part, value, on, expected in (
        (Part.REGION, "75", True, Target(regions=("75",))),
        (Part.DISTRICT, "113400", True, Target(regions=("75",), districts=("113400",))),
        (Part.REGION, "11", True, Target(regions=("11", "75"))),
        (Part.DISTRICT, "113400", True, Target(regions=("75",), districts=("113400",))),
        (Part.REGION, "75", False, Target(districts=("113400",))),
        (Part.AGE, band_code(YOUNG), True, Target(districts=("113400",), ages=(YOUNG,))),
        (Part.REGION, "", True, Target(ages=(YOUNG,))),
        (Part.AGE, "1-2", True, Target(ages=(YOUNG,))),
        (Part.AGE, "", True, Target()),
        (Part.SEX, "male", True, Target(sex=Sex.MALE)),
        (Part.SEX, "nobody", True, Target()),
        (Part.DISTRICT, "999999", True, Target()),
    ):
        target = chosen(target, part, value, BANDS, on=on)
        assert expected == target == chosen(target, part, value, BANDS, on=on)
