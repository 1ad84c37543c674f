"""Readers choose the hour, the days off and the channel, and still get each digest once."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.calendar.working_days import Calendar
from services.digests.due import begins, due, falls_on
from services.digests.model import Channel, Period
from services.digests.queueing import queue_digests
from services.digests.readers import (
    Preferences,
    checked_email,
    preferences_of,
    set_channel,
    set_days_off,
    set_hour,
)
from services.people.person import became_unreachable
from services.refusal import Refusal
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.digests import digests
from storage.schema.organisation import absences
from tests.digests.conftest import CITIZEN, OPERATOR, UTILITIES, WATER, file_appeal, settled

# Thursday 12 March 2026, 08:30 in Asia/Almaty.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
TODAY = date(2026, 3, 12)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
SATURDAY = MORNING + timedelta(days=2)


def gone_out(connection: Connection, person: int) -> list[tuple[date, str]]:
    """Return day and channel of a reader's digests."""
    table = digests.c
    found = sa.select(table.day, table.channel).where(table.person_id == person)
    return [(row.day, row.channel) for row in connection.execute(found.order_by(table.day))]


def test_each_choice_leaves_the_others(connection: Connection) -> None:
    """What was not chosen is as usual; the address outlives the channel."""
    assert Preferences(510, days_off=False, channel=Channel.TELEGRAM) == preferences_of(
        connection, WATER
    )

    set_hour(connection, WATER, 7 * 60 + 45)
    set_days_off(connection, WATER, wanted=True)
    set_channel(connection, WATER, Channel.EMAIL, " Aibek@Example.KZ ")
    chosen = set_channel(connection, WATER, Channel.TELEGRAM)

    assert Preferences(465, days_off=True, email="Aibek@example.kz") == chosen
    assert time(7, 45) == chosen.hour
    assert Channel.EMAIL is set_channel(connection, WATER, Channel.EMAIL).channel
    assert Preferences() == preferences_of(connection, UTILITIES)


def test_only_officials_choose(connection: Connection) -> None:
    """Neither citizens nor operators, nor at night, nor by e-mail without an address."""
    for stranger in (CITIZEN, OPERATOR):
        with pytest.raises(Refusal):
            preferences_of(connection, stranger)
        with pytest.raises(Refusal):
            set_hour(connection, stranger, 510)
        with pytest.raises(Refusal):
            set_days_off(connection, stranger, wanted=True)
        with pytest.raises(Refusal):
            set_channel(connection, stranger, Channel.TELEGRAM)
    for minute in (-5, 0, 355, 511, 1235, 1440):
        with pytest.raises(Refusal, match="06:00"):
            set_hour(connection, WATER, minute)
    with pytest.raises(Refusal, match="e-mail"):
        set_channel(connection, WATER, Channel.EMAIL)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aibek",
        "@example.kz",
        "aibek@",
        "aibek@kz",
        "ai bek@example.kz",
        "a@b@example.kz",
        ".a@example.kz",
        "a..b@example.kz",
        "a@-example.kz",
        "a@example..kz",
        "a@example.kz\nBcc: all@example.kz",
        "a@example.kz, b@example.kz",
        "<a@example.kz>",
        "айбек@example.kz",
        "a@example.12",
        f"{'a' * 65}@example.kz",
        f"a@{'b.' * 125}example.kz",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    """Nothing that a mail server would not take, and no second line or reader."""
    with pytest.raises(Refusal, match="e-mail"):
        checked_email(text)


def test_addresses_are_written_as_servers_take_them() -> None:
    """Spaces around are dropped, the domain is in small letters and in their alphabet."""
    assert "a.b+c@mail.example.kz" == checked_email(" a.b+c@Mail.Example.KZ\n")
    assert "a@xn--80a1acny.xn--80ao21a" == checked_email("a@почта.қаз")


def test_another_hour_moves_what_has_not_come(connection: Connection) -> None:
    """A later hour before the digest moves it, and after the digest brings no second one."""
    set_hour(connection, WATER, 10 * 60)
    assert 1 == queue_digests(connection, MORNING)
    assert 0 == queue_digests(connection, MORNING + HOUR)
    assert 1 == queue_digests(connection, MORNING + 90 * MINUTE)

    for minute in (360, 510, 12 * 60):
        set_hour(connection, WATER, minute)
        assert 0 == queue_digests(connection, MORNING + 4 * HOUR)
    assert [(TODAY, "telegram")] == gone_out(connection, WATER)


def test_an_earlier_hour_brings_it_at_once(connection: Connection) -> None:
    """The hour may be before the usual one; who came after it begins on the next day."""
    set_hour(connection, WATER, 6 * 60)
    grant_role(connection, OPERATOR, "official", "ulgibaev", MORNING - 30 * MINUTE)
    set_hour(connection, OPERATOR, 7 * 60)

    assert 0 == queue_digests(connection, MORNING - 151 * MINUTE)
    assert 1 == queue_digests(connection, MORNING - 150 * MINUTE)
    assert 1 == queue_digests(connection, MORNING + HOUR)
    assert [] == gone_out(connection, OPERATOR)
    assert 3 == queue_digests(connection, MORNING + timedelta(days=1))


def test_days_off_are_for_who_asked(connection: Connection) -> None:
    """Saturday, Sunday and the Monday after: each digest tells of the day before alone."""
    set_days_off(connection, WATER, wanted=True)
    for number in range(4):
        at = MORNING + timedelta(days=number + 1, hours=1)
        file_appeal(connection, number, "water-supply", "10", at)
    for number in range(1, 5):
        queue_digests(connection, MORNING + timedelta(days=number))

    facts = sa.select(digests.c.facts).where(digests.c.person_id == WATER).order_by(digests.c.day)
    assert [0, 1, 1, 1] == [row["new"] for row in connection.execute(facts).scalars()]
    others = gone_out(connection, UTILITIES)
    assert [date(2026, 3, 13), date(2026, 3, 16)] == [day for day, _channel in others]


def test_by_e_mail_telegram_tells_nothing(connection: Connection) -> None:
    """The digest waits for the mail, also of who blocked the bot; no message holds it."""
    set_channel(connection, WATER, Channel.EMAIL, "aibek@example.kz")
    became_unreachable(connection, WATER, MORNING - MINUTE)
    queue_digests(connection, MORNING)
    queue_digests(connection, MORNING + HOUR)

    assert [(TODAY, "email")] == gone_out(connection, WATER)
    letters = sa.select(outbox.c.kind).where(outbox.c.person_id == WATER)
    assert [] == connection.execute(letters).scalars().all()


def test_the_message_knows_its_digest(connection: Connection) -> None:
    """In Telegram the payload is what was kept, and its id for the buttons."""
    queue_digests(connection, MORNING)

    kept = connection.execute(sa.select(digests).where(digests.c.person_id == WATER)).one()
    payload = connection.execute(
        sa.select(outbox.c.payload).where(outbox.c.person_id == WATER)
    ).scalar_one()
    assert {"digest": kept.id, **kept.facts} == payload


@pytest.mark.parametrize(
    ("period", "day"),
    [
        (Period.DAILY, date(2026, 3, 12)),
        # The week of Monday 9 March, a day off for Women's Day.
        (Period.WEEKLY, date(2026, 3, 10)),
        (Period.WEEKLY, date(2026, 3, 16)),
        # Nauryz takes Monday to Wednesday.
        (Period.WEEKLY, date(2026, 3, 26)),
        # 1 March is a Sunday; 1 April a Wednesday; 1 to 3 January are days off.
        (Period.MONTHLY, date(2026, 3, 2)),
        (Period.MONTHLY, date(2026, 4, 1)),
        (Period.QUARTERLY, date(2026, 4, 1)),
        (Period.QUARTERLY, date(2026, 1, 5)),
    ],
)
def test_periods_fall_on_their_first_working_day(period: Period, day: date) -> None:
    """And on no other day of theirs."""
    calendar = Calendar()
    first = begins(period, day)
    others = [first + timedelta(days=gone) for gone in range(5)]

    assert falls_on(period, day, calendar)
    assert [day] == [each for each in others if falls_on(period, each, calendar)][:1]


def test_months_are_for_the_bureau_and_the_secretary(connection: Connection) -> None:
    """Weekly ones are for everybody; the head of an office gets no monthly one."""
    grant_role(connection, OPERATOR, "official", "synamaev", MORNING - timedelta(days=90))
    grant_role(connection, CITIZEN, "official", "elestetov", MORNING - timedelta(days=90))
    first = datetime(2026, 4, 1, 3, 30, tzinfo=UTC)
    everybody = {WATER, UTILITIES, OPERATOR, CITIZEN}

    def readers(period: Period, moment: datetime) -> set[int]:
        return {each.person_id for each in due(connection, moment, period)}

    assert everybody == readers(Period.DAILY, first)
    assert everybody - {OPERATOR} == readers(Period.MONTHLY, first)
    assert everybody - {OPERATOR} == readers(Period.QUARTERLY, first)
    assert set() == readers(Period.WEEKLY, first)
    assert everybody == readers(Period.WEEKLY, datetime(2026, 4, 6, 3, 30, tzinfo=UTC))


def test_who_is_away_is_left_in_peace(connection: Connection) -> None:
    """The deputy's digest tells of both, from the first day to the last, of every period."""
    away = {"since": TODAY, "until": date(2026, 4, 2)}
    connection.execute(sa.insert(absences).values(official="mysalbaev", deputy="nobaeva", **away))
    first = datetime(2026, 4, 1, 3, 30, tzinfo=UTC)

    def readers(period: Period, moment: datetime) -> set[int]:
        return {each.person_id for each in due(connection, moment, period)}

    assert {WATER, UTILITIES} == readers(Period.DAILY, MORNING - 24 * HOUR)
    assert {UTILITIES} == readers(Period.DAILY, MORNING)
    assert {UTILITIES} == readers(Period.QUARTERLY, first)
    assert {WATER, UTILITIES} == readers(Period.DAILY, first + 24 * HOUR)
    set_days_off(connection, WATER, wanted=True)
    assert {WATER, UTILITIES} == readers(Period.DAILY, MORNING)


CHANGES = st.tuples(
    st.integers(0, 60 * 24 * 6), st.sampled_from([360, 480, 510, 615, 780, 1230]), st.booleans()
)


@settings(max_examples=10, deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=15))
def test_whatever_is_chosen_each_day_has_one_at_most(changes: list[tuple[int, int, bool]]) -> None:
    """Hours and days off change between ticks in any order; none comes before its hour."""
    with settled() as connection:
        for minutes, hour, days_off in changes:
            moment = MORNING + minutes * MINUTE
            set_hour(connection, WATER, hour)
            set_days_off(connection, WATER, wanted=days_off)
            queued = len(gone_out(connection, WATER))
            queue_digests(connection, moment)
            here = moment + 5 * HOUR
            came = len(gone_out(connection, WATER)) > queued
            open_day = days_off or here.day in {12, 13, 16, 17, 18}
            in_time = hour <= here.hour * 60 + here.minute < 21 * 60
            assert not came or (open_day and in_time)
            days = [day for day, _channel in gone_out(connection, WATER)]
            assert not (open_day and in_time) or here.date() in days
            assert len(set(days)) == len(days)
