"""The numbers of a week, a month and a quarter are sums of counters of the scope and its days."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.composing import compose_digest
from services.digests.facts import Gap, TopicCount
from services.digests.model import Period
from services.digests.period_composing import compose_period
from services.digests.period_facts import Change, PeriodFacts, Week, from_payload, to_payload
from services.digests.period_queueing import queue_period_digests
from services.places.inhabitants import inhabitants
from storage.schema.organisation import party_texts
from tests.digests.conftest import file_appeal
from tests.digests.counted import ROAD_TOPIC, WATER_TOPIC, counted, said, took, waits
from tests.digests.sent import at

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
TURKISTAN, KENTAU, ARYS = "61", "612000", "611600"


def week(connection: Connection, official: str = "mysalbaev") -> PeriodFacts:
    """Return the weekly digest of that Monday."""
    return compose_period(connection, official, Period.WEEKLY, MONDAY)


@pytest.fixture(autouse=True)
def _counters(connection: Connection) -> None:
    """Count two weeks of water, and something that is none of a member's own sections."""
    last = MONDAY - 7 * DAY
    counted(
        connection, last, KENTAU, WATER_TOPIC, registered=40, answered=30, in_time=24, joined=4,
        confirmed=12, disputed=3, unconfirmed=5, extended=2, redirected=1, escalated=6,
        rated=12, rating_sum=42, badly_rated=3,
    )  # fmt: skip
    counted(connection, MONDAY - DAY, ARYS, WATER_TOPIC, registered=4)
    counted(connection, last - DAY, KENTAU, WATER_TOPIC, registered=25, answered=10)
    counted(connection, last, KENTAU, ROAD_TOPIC, registered=1000, answered=900)
    counted(connection, MONDAY, KENTAU, WATER_TOPIC, registered=500)
    for days, count in ((3, 14), (9, 12), (20, 3), (40, 1)):
        took(connection, last, KENTAU, WATER_TOPIC, days, count)
    waits(connection, MONDAY - DAY, KENTAU, WATER_TOPIC, 7)
    waits(connection, MONDAY, KENTAU, WATER_TOPIC, 8)
    waits(connection, MONDAY - DAY, KENTAU, ROAD_TOPIC, 100)


def test_a_member_of_the_bureau_reads_of_the_own_sections(connection: Connection) -> None:
    """New and answered of the seven days, open and overdue of the day on which it is read."""
    facts = week(connection)

    assert (MONDAY - 7 * DAY, MONDAY - DAY) == (facts.first, facts.last)
    assert (Change(44, 25), Change(30, 10)) == (facts.new, facts.answered)
    assert (Change(15), Change(7)) == (facts.open, facts.overdue)
    assert (2, 1, 6, 3, 4) == (
        facts.extended, facts.redirected, facts.escalated, facts.disputed, facts.joined
    )  # fmt: skip


def test_shares_have_their_bases(connection: Connection) -> None:
    """A closing by silence raises nothing; an answer in time is one of the answers."""
    facts = week(connection)

    assert 24 / 30 == facts.in_time
    assert (20, 12 / 20, 5 / 20) == (facts.ended, facts.confirmed, facts.closed)
    assert (12, 3.5, 3) == (facts.rated, facts.rating, facts.badly_rated)


def test_half_and_nine_tenths_of_the_answers(connection: Connection) -> None:
    """Of 30 answers the 15th took 9 working days, the 27th 20."""
    facts = week(connection)

    assert (9, 20) == (facts.median, facts.slowest)


def test_nobody_can_be_recognised(connection: Connection) -> None:
    """Four from a district are not told, nor can they be worked out from the total."""
    facts = week(connection)

    assert () == facts.places
    assert (TopicCount(WATER_TOPIC, "", "", 44, 4),) == facts.topics
    counted(connection, MONDAY - DAY, "613600", WATER_TOPIC, registered=11)
    more = week(connection)
    assert (TopicCount(WATER_TOPIC, TURKISTAN, KENTAU, 40),) == more.places


def test_one_table_does_not_betray_another(connection: Connection) -> None:
    """Neither a district by the total of its region nor a region by its districts."""
    for place, count in (("613600", 5), ("632000", 60), ("632200", 6), ("71", 12), ("75", 3)):
        counted(connection, MONDAY - DAY, place, WATER_TOPIC, registered=count)
    facts = week(connection)
    regions = {each.region: each.count for each in facts.regions if each.count}

    assert {TURKISTAN: 49, "63": 66} == regions
    assert () == facts.places


def test_a_rating_that_was_changed_later_takes_nothing_below_none(connection: Connection) -> None:
    """The days of the change alone count neither fewer than none nor a mean beyond 5."""
    day = date(2026, 12, 7)
    changed = {"rated": 10, "rating_sum": 54, "badly_rated": -2}
    counted(connection, day - DAY, KENTAU, WATER_TOPIC, **changed)
    facts = compose_period(connection, "mysalbaev", Period.WEEKLY, day)
    daily = compose_digest(connection, "mysalbaev", at(30) + 7 * DAY)

    assert (0, 5.0) == (facts.badly_rated, facts.rating)
    assert 0 == daily.badly_rated


def test_regions_by_their_inhabitants(connection: Connection) -> None:
    """A region of 10 appeals and more has a rate, one of fewer nothing at all."""
    counted(connection, MONDAY - DAY, "75", WATER_TOPIC, registered=9)
    counted(connection, MONDAY - DAY, "71", WATER_TOPIC, registered=2)
    facts = week(connection)
    rates = {each.region: each for each in facts.regions}

    assert 20 == len(rates)
    assert 44 == rates[TURKISTAN].count
    assert 440_000 / inhabitants()[TURKISTAN] == pytest.approx(rates[TURKISTAN].per_10k)
    assert {None} == {each.count for code, each in rates.items() if code != TURKISTAN}


def test_the_eight_weeks_before(connection: Connection) -> None:
    """Each week has its Monday, the empty ones too; how few there are is said."""
    facts = week(connection)

    assert 8 == len(facts.weeks)
    assert Week(MONDAY - 14 * DAY, 25, 10) == facts.weeks[-2]
    assert Week(MONDAY - 7 * DAY, 44, 30) == facts.weeks[-1]
    assert (Gap.YOUNG, 2) in facts.gaps


def test_months_and_quarters_are_of_the_whole(connection: Connection) -> None:
    """A member of the Bureau reads all sections there, of the last whole month or quarter."""
    month = compose_period(connection, "mysalbaev", Period.MONTHLY, date(2026, 12, 1))
    quarter = compose_period(connection, "mysalbaev", Period.QUARTERLY, date(2027, 1, 5))

    assert (True, 1569) == (month.everything, month.new.now)
    assert (date(2026, 10, 1), 1569) == (quarter.first, quarter.new.now)
    assert 14 == len(quarter.weeks)
    assert {WATER_TOPIC, ROAD_TOPIC} == {topic.topic for topic in month.topics}


def test_compared_with_the_digest_of_the_week_before(connection: Connection) -> None:
    """Open and overdue of last Monday are those of last Monday's digest of the same scope."""
    queue_period_digests(connection, at(16))
    waits(connection, MONDAY + DAY, ARYS, WATER_TOPIC, 5)
    facts = week(connection)

    assert (Change(20, 15), Change(7, 0)) == (facts.open, facts.overdue)


def test_the_newest_words_of_citizens(connection: Connection) -> None:
    """Only of the own sections and of these days, and none that were taken back."""
    appeals = [file_appeal(connection, n, WATER_TOPIC, KENTAU, at(1)) for n in range(3)]
    said(connection, appeals[0], "Су жоқ", MONDAY - 3 * DAY)
    said(connection, appeals[1], "Қайтарылған", MONDAY - DAY, withdrawn_at=at(22))
    said(connection, appeals[2], "Жол жаман", MONDAY - DAY, section="roads", topic=ROAD_TOPIC)
    facts = week(connection)

    assert facts.quote is not None
    assert "Су жоқ" == facts.quote.text


def test_the_target_is_data(connection: Connection) -> None:
    """A text of the organisation sets it."""
    values = {"key": "target_in_time", "kk": "85 %", "ru": "85 %"}
    connection.execute(sa.insert(party_texts).values(**values))

    assert 0.85 == week(connection).target


def test_facts_survive_as_json(connection: Connection) -> None:
    """What the tables keep is what was composed."""
    facts = week(connection)

    assert facts == from_payload(to_payload(facts))


def test_what_is_nobodys_in_the_own_scope(connection: Connection) -> None:
    """Without an office or an official; each reader counts the own sections and places."""
    for number, (topic, place) in enumerate(
        ((WATER_TOPIC, KENTAU), (WATER_TOPIC, "10"), (ROAD_TOPIC, KENTAU))
    ):
        file_appeal(connection, number, topic, place, at(20))
    connection.execute(sa.text("UPDATE appeals SET office = NULL"))

    officials = ("mysalbaev", "synamaev", "elestetov", "nobaeva")
    counted_by = [week(connection, official) for official in officials]
    assert [2, 2, 3, 0] == [facts.unrouted for facts in counted_by]
    assert (Gap.UNROUTED, 2) in counted_by[0].gaps
