"""The demonstration has open figures of several months."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection

from bot.demonstration.openness import play_openness
from bot.demonstration.seed import read_seed
from services.openness.figures import COUNTRY, Cell
from services.openness.publishing import due_month
from services.openness.reading import read_months
from services.people.model import Role
from storage.people import grant_role
from tests.digests.conftest import JOINED, OPERATOR, WATER

SEED = Path(__file__).resolve().parents[2] / "sandbox/demonstration.yaml"
START = datetime(2026, 11, 23, 5, tzinfo=UTC)


def test_six_months_are_out_and_one_was_corrected(connection: Connection) -> None:
    """By region and by topic, the smallest hidden; nothing is left for the clock to publish."""
    for person in (OPERATOR, WATER):
        grant_role(connection, person, Role.ADMINISTRATOR.value, None, JOINED)
    seed = read_seed(SEED).openness
    assert seed is not None
    play_openness(connection, seed, OPERATOR, WATER, START)
    months = read_months(connection, 9)

    assert [10, 9, 8, 7, 6, 5] == [month.month.month for month in months]
    assert [0, 1, 0, 0, 0, 0] == [len(month.corrections) for month in months]
    for month in months:
        assert month.told(COUNTRY).anything
        assert month.told(Cell("75")).in_time is not None
        assert month.told(Cell("", "gas")).registered is None
    assert due_month(connection, START) is None
