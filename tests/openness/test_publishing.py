"""A month comes out once, with the numbers of the Bureau, and does not change afterwards."""

import random
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.model import Period
from services.digests.notes import NoteItem, NoteKind
from services.digests.period_composing import compose_period
from services.openness.figures import COUNTRY, Cell, Share, month_after, per_cent
from services.openness.publishing import due_month, publish_month
from services.openness.reading import OpenMonth, months_out, read_line, read_month
from storage.database import Database
from storage.schema.appeals import answer_spans, appeal_days
from storage.schema.openness import openness_figures, openness_months
from tests.digests.counted import ROAD_TOPIC, WATER_TOPIC, counted, took

OCTOBER = date(2026, 10, 1)
DAY = date(2026, 10, 12)
# The 5th of November is a Thursday: out on Friday, 9:00 in Asia/Almaty.
OUT = datetime(2026, 11, 6, 4, tzinfo=UTC)
TURKISTAN, KOSTANAY, ABAI = "61", "39", "10"


@pytest.fixture(autouse=True)
def _counters(connection: Connection) -> None:
    """Count an October: a large region, a smaller one, and one with four appeals."""
    counted(
        connection, DAY, TURKISTAN, WATER_TOPIC, registered=80, answered=60, in_time=50,
        disputed_in_time=4, confirmed=30, disputed=12, unconfirmed=8, rated=40, rating_sum=165,
    )  # fmt: skip
    counted(
        connection, DAY, KOSTANAY, ROAD_TOPIC, registered=40, answered=40, in_time=28,
        confirmed=12, disputed=3, unconfirmed=12, rated=12, rating_sum=42,
    )  # fmt: skip
    counted(connection, DAY, ABAI, ROAD_TOPIC, registered=4)
    for place, topic, days, count in (
        (TURKISTAN, WATER_TOPIC, 3, 30),
        (TURKISTAN, WATER_TOPIC, 9, 30),
        (KOSTANAY, ROAD_TOPIC, 5, 36),
        (KOSTANAY, ROAD_TOPIC, 21, 4),
    ):
        took(connection, DAY, place, topic, days, count)


def october(connection: Connection) -> OpenMonth:
    """Return the October that is out."""
    found = read_month(connection, OCTOBER)
    assert found is not None
    return found


def test_the_numbers_are_those_of_the_bureau(connection: Connection) -> None:
    """Whatever is told of the country equals the Bureau's digest of the month, percentiles too."""
    facts = compose_period(connection, "mysalbaev", Period.MONTHLY, date(2026, 11, 2))
    publish_month(connection, OCTOBER, OUT)
    told = october(connection).told(COUNTRY)

    assert (facts.new.now, facts.answered.now) == (told.registered, told.answered)
    assert (facts.median, facts.slowest) == (told.median_days, told.p90_days) == (5, 9)
    assert (facts.ended, facts.rated, facts.rating) == (told.judged, told.rated, told.rating)
    assert facts.in_time is not None
    assert facts.confirmed is not None
    assert Share(round(facts.in_time * 100)) == told.in_time == Share(74)
    assert Share(per_cent(42, 77)) == told.confirmed
    assert round(facts.confirmed * 100) == per_cent(42, 77)


def test_what_the_bureau_does_not_read_of_regions_is_not_open(connection: Connection) -> None:
    """Of the same regions the same counts: from both together nothing hidden follows."""
    facts = compose_period(connection, "mysalbaev", Period.MONTHLY, date(2026, 11, 2))
    publish_month(connection, OCTOBER, OUT)
    month = october(connection)

    assert {each.region: each.count for each in facts.regions} == {
        each.region: month.told(Cell(each.region)).registered for each in facts.regions
    }
    assert month.told(Cell(ABAI)).registered is None
    assert month.told(Cell(KOSTANAY)).registered is None


def test_regions_and_topics_have_their_own(connection: Connection) -> None:
    """Days to the answer, shares and ratings are told of a region and of a topic."""
    publish_month(connection, OCTOBER, OUT)
    month = october(connection)
    region, topic = month.told(Cell(TURKISTAN)), month.told(Cell("", ROAD_TOPIC))

    assert (60, 3, 9, Share(77)) == (
        region.answered, region.median_days, region.p90_days, region.in_time
    )  # fmt: skip
    assert (44, 5, 5, Share(70)) == (
        topic.registered, topic.median_days, topic.p90_days, topic.in_time
    )  # fmt: skip
    assert 3.5 == topic.rating


def test_days_of_topics_begin_where_topics_are_told_apart(connection: Connection) -> None:
    """Where answers of a month were counted without their topic, its days are not told."""
    nameless = sa.update(answer_spans).where(answer_spans.c.topic == ROAD_TOPIC)
    connection.execute(nameless.values(topic=""))
    publish_month(connection, OCTOBER, OUT)
    month = october(connection)

    assert month.told(Cell("", ROAD_TOPIC)).median_days is None
    assert (5, 3) == (
        month.told(COUNTRY).median_days, month.told(Cell("", WATER_TOPIC)).median_days
    )  # fmt: skip


def test_a_month_comes_out_on_the_first_working_day_after_the_fifth(
    connection: Connection,
) -> None:
    """Not before 9:00 of that day; whoever was down does it later; then nothing is due."""
    assert due_month(connection, OUT - timedelta(minutes=1)) is None
    assert due_month(connection, OUT - timedelta(days=1)) is None
    assert OCTOBER == due_month(connection, OUT)
    assert OCTOBER == due_month(connection, OUT + timedelta(days=19))
    publish_month(connection, OCTOBER, OUT)
    assert due_month(connection, OUT + timedelta(days=19)) is None


def test_missed_months_come_out_in_their_order(connection: Connection) -> None:
    """A bot that was down for a quarter publishes each month, empty ones too."""
    now = OUT + timedelta(days=95)
    came = []
    while (month := due_month(connection, now)) is not None:
        publish_month(connection, month, now)
        came.append(month)

    assert [OCTOBER, month_after(OCTOBER), date(2026, 12, 1), date(2027, 1, 1)] == came
    assert came == [month for month, _corrected in months_out(connection, 9)][::-1]
    points = read_line(connection, COUNTRY, date(2027, 1, 1))
    assert [124, None, None, None] == [point.told.registered for point in points]


def test_a_month_comes_out_once(connection: Connection) -> None:
    """A second time changes nothing, whatever the counters say meanwhile."""
    publish_month(connection, OCTOBER, OUT)
    before = connection.execute(sa.select(openness_figures)).all()
    counted(connection, DAY, "75", WATER_TOPIC, registered=500)

    assert not publish_month(connection, OCTOBER, OUT + timedelta(days=1))
    assert before == connection.execute(sa.select(openness_figures)).all()
    assert [DAY] == connection.scalars(sa.select(openness_months.c.since)).all()


def test_the_digest_of_the_month_says_from_when_they_are_open(connection: Connection) -> None:
    """The Bureau's digest of October names the day on which everybody reads its numbers."""
    facts = compose_period(connection, "mysalbaev", Period.MONTHLY, date(2026, 11, 2))

    (note,) = [note for note in facts.party if note.kind is NoteKind.OPENNESS_OUT]
    assert (NoteItem("2026-10-01"), NoteItem("2026-11-06")) == note.items


async def test_both_databases_count_alike(database: Database) -> None:
    """SQLite and PostgreSQL publish and read a month by the same statements."""

    def play(connection: Connection) -> OpenMonth | None:
        publish_month(connection, OCTOBER, OUT)
        return read_month(connection)

    month = await database.write(play)
    assert month is not None
    assert month.told(COUNTRY).registered is None


@pytest.mark.parametrize("seed", range(6))
def test_nothing_hidden_follows_from_the_digest_and_the_open_figures(
    connection: Connection, seed: int
) -> None:
    """Whoever reads both subtracts in vain: regions, topics, and topics by district."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    connection.execute(sa.delete(appeal_days))
    for place in ("611600", "612000", "613600", "615500", "391000", "101000", "351000"):
        for topic in (WATER_TOPIC, ROAD_TOPIC, "schools"):
            number = chance.choice((0, 1, 4, 9, 10, 12, 40, 40))
            counted(connection, DAY, place, topic, registered=number)
    facts = compose_period(connection, "mysalbaev", Period.MONTHLY, date(2026, 11, 2))
    publish_month(connection, OCTOBER, OUT)
    month = october(connection)

    regions = {each.region: each.count for each in facts.regions}
    assert regions == {code: month.told(Cell(code)).registered for code in regions}
    for total, own in (
        *(
            (count, [one for one in facts.places if one.region == code])
            for code, count in regions.items()
        ),
        *(
            (one.count, [each for each in facts.places if each.topic == one.topic])
            for one in facts.topics
        ),
    ):
        if total is not None and own:
            assert not 0 < total - sum(each.count for each in own) < 10
