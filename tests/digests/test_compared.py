"""What a digest compares with, warns of and quotes."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests.composing import compose_digest
from services.digests.facts import DigestFacts, Gap, Headline, Quote, Signal, Usual
from services.digests.queueing import queue_digests
from storage.schema.digests import digests, errands
from storage.schema.organisation import absences
from tests.digests.conftest import CITIZEN, WATER, file_appeal, give_indicator
from tests.digests.counted import counted, said

# Thursday 12 March 2026, 08:30 in Asia/Almaty.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
TODAY = date(2026, 3, 12)
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
YESTERDAY = TODAY - DAY
SAIRAM, SAURAN = "615200", "615500"


def digest(connection: Connection, official: str = "mysalbaev") -> DigestFacts:
    """Return the digest of this morning."""
    return compose_digest(connection, official, MORNING)


def quiet_weeks(connection: Connection, each: int = 2) -> None:
    """Count so many appeals on each Wednesday of the five weeks before this one."""
    for week in range(1, 6):
        counted(connection, YESTERDAY - week * WEEK, SAIRAM, "water-supply", registered=each)


def test_a_topic_at_three_times_its_usual_is_a_signal(connection: Connection) -> None:
    """With those who joined; and the digest begins with it."""
    quiet_weeks(connection)
    counted(connection, YESTERDAY, SAIRAM, "water-supply", registered=5, joined=6)
    counted(connection, YESTERDAY, SAURAN, "water-quality", registered=9)

    facts = digest(connection)

    assert (Signal("water-supply", "61", SAIRAM, 11, 2.0),) == facts.signals
    assert Headline.SIGNAL is facts.headline
    assert [(5, 6, 2.0), (9, 0, 0.0)] == [
        (topic.count, topic.joined, topic.before) for topic in facts.topics
    ]
    assert () == digest(connection, "nobaeva").signals
    assert facts.signals == digest(connection, "ulgilenova").signals


def test_a_young_bot_knows_no_usual_week(connection: Connection) -> None:
    """Without four weeks to look back on nothing is a signal, and the digest says so."""
    counted(connection, YESTERDAY - WEEK, SAIRAM, "water-supply", registered=1)
    counted(connection, YESTERDAY, SAIRAM, "water-supply", registered=50)

    facts = digest(connection)

    assert ((), None) == (facts.signals, facts.topics[0].before)
    assert Usual(1, 1, 0) == facts.usual
    assert ((Gap.YOUNG, 1),) == facts.gaps
    assert Headline.MORE_NEW is facts.headline


def test_open_and_overdue_are_compared_with_earlier_digests(connection: Connection) -> None:
    """Those of the same weekday and of the same scope only."""
    quiet_weeks(connection)
    for week, (still, overdue) in enumerate(((10, 4), (20, 6)), start=1):
        moment = MORNING - week * WEEK
        queue_digests(connection, moment)
        change = sa.update(digests).where(digests.c.day == moment.date())
        kept = compose_digest(connection, "mysalbaev", moment)
        row = sa.select(digests.c.facts).where(
            digests.c.official == kept.official, digests.c.day == kept.day
        )
        facts: dict[str, Any] = connection.execute(row).scalar_one()
        connection.execute(change.values(facts={**facts, "open": still, "overdue": overdue}))

    assert Usual(4, 2, 0, 15, 5) == digest(connection).usual
    connection.execute(
        sa.insert(absences).values(
            official="nobaeva", deputy="mysalbaev", since=YESTERDAY, until=TODAY + WEEK
        )
    )
    widened = digest(connection)
    assert ("water", "utilities") == widened.sections
    assert widened.usual == Usual(4, 2, 0)


def test_what_was_not_heard_is_said(connection: Connection) -> None:
    """Appeals without a district, and what nobody answers for, in the own scope."""
    quiet_weeks(connection)
    counted(connection, YESTERDAY, "61", "water-supply", registered=2)
    counted(connection, YESTERDAY, SAIRAM, "water-supply", registered=17)
    file_appeal(connection, 1, "heating", "10", MORNING)
    connection.execute(sa.text("UPDATE appeals SET office = NULL"))

    assert ((Gap.NO_DISTRICT, 2),) == digest(connection).gaps
    assert ((Gap.UNROUTED, 1),) == digest(connection, "nobaeva").gaps
    secretary = digest(connection, "elestetov")
    assert (1, ()) == (secretary.unrouted, secretary.gaps[1:])


def test_the_newest_released_words_are_quoted(connection: Connection) -> None:
    """Of the last seven days and the own scope."""
    for number, (age, place, text) in enumerate(
        ((8, SAIRAM, "Ескі"), (3, SAIRAM, "Су жоқ"), (2, SAURAN, "Су бар"))
    ):
        appeal = file_appeal(connection, number, "water-supply", place, MORNING - age * DAY)
        said(connection, appeal, text, TODAY - age * DAY, district=place)

    assert Quote("Су бар", "kk", "water-supply", "61") == digest(connection).quote
    assert Quote("Су жоқ", "kk", "water-supply", "61") == digest(connection, "ulgilenova").quote
    assert digest(connection, "nobaeva").quote is None


def test_ratings_and_escalations_of_the_days(connection: Connection) -> None:
    """They count for the days since the last digest, and are no quiet day."""
    quiet_weeks(connection)
    counted(connection, YESTERDAY, SAIRAM, "water-supply", badly_rated=2, escalated=3)

    facts = digest(connection)

    assert (2, 3) == (facts.badly_rated, facts.escalated)
    assert not facts.quiet


def test_indicators_and_errands_that_are_late(connection: Connection) -> None:
    """Of the own sections, and of whoever holds the account."""
    give_indicator(connection, "wells", "water", "61", SAIRAM, "ulgilenova")
    common = {"kind": "delegated", "official": "mysalbaev", "text": "?", "created_at": MORNING}
    for number, (by, person, due_on) in enumerate(
        ((WATER, CITIZEN, YESTERDAY), (CITIZEN, WATER, YESTERDAY), (WATER, CITIZEN, TODAY))
    ):
        row = {"key": f"e{number}", "by": by, "person_id": person, "due_on": due_on, **common}
        connection.execute(sa.insert(errands).values(row))

    facts = digest(connection)

    assert (1, 1, 2) == (facts.behind, facts.silent, facts.late_errands)
    assert (0, 0) == (digest(connection, "nobaeva").behind, digest(connection, "nobaeva").silent)


def test_the_secretary_hears_of_unread_ones(connection: Connection) -> None:
    """Two working days after they came, by official and day; nobody else does."""
    for days in (3, 2, 1):
        queue_digests(connection, MORNING - days * DAY)
    connection.execute(sa.update(digests).values(delivered_at=digests.c.composed_at))

    unread = digest(connection, "elestetov").unread
    assert {"mysalbaev", "nobaeva"} == {each.official for each in unread}
    assert () == digest(connection).unread
