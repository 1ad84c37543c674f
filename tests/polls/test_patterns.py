"""Unusual patterns are found, usual waves are not, and nothing smaller than ten is kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import Catalogues
from handlers.views.poll_patterns import pattern_lines
from handlers.views.poll_report import report_paper
from services.people.model import Person
from services.polls.patterns import (
    CHANCE,
    KEPT_FROM,
    MINUTE,
    SECOND,
    Announcement,
    Count,
    Flag,
    Kind,
    is_unusual,
    patterns,
    unusual,
)
from services.polls.pulse import Kept, Pulse
from services.polls.reporting import Reported
from tests.polls.results import plain_result, survey_result

BEGINS = datetime(2026, 11, 20, 5, tzinfo=UTC)
DAYS = 2
ENDS = BEGINS + timedelta(days=DAYS)
POLL = replace(plain_result((1, 1, 1)).poll, launched_at=BEGINS)


@pytest.fixture
def russian() -> Iterator[None]:
    """Speak Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


def series(rates: Iterable[float], random: Random) -> list[Count]:
    """Return the kept counts of minutes whose answers come by chance at these rates."""
    drawn = (
        (number, _poisson(rate, random) if rate < 50 else round(random.gauss(rate, rate**0.5)))
        for number, rate in enumerate(rates)
    )
    return [
        Count(Kind.MINUTE, BEGINS + number * MINUTE, count)
        for number, count in drawn
        if count >= KEPT_FROM
    ]


def _poisson(rate: float, random: Random) -> int:
    """Return how many answers come, by Knuth's way."""
    limit, count, product = exp(-rate), 0, random.random()
    while product > limit:
        count, product = count + 1, product * random.random()
    return count


def day(minute: int, most: float) -> float:
    """Return the rate of a minute of a day: nothing at night, most at its middle."""
    hour = minute % 1440 / 60
    return most * max(0.0, 1 - abs(hour - 7) / 8)


def ebbing(minute: int, first: float, half_life: float = 40) -> float:
    """Return the rate so long after an announcement."""
    return first * 0.5 ** (minute / half_life)


@pytest.mark.parametrize(
    ("most", "launch"), [(0.5, 0), (5, 30), (20, 200), (60, 0), (3, 600), (15, 1500)]
)
def test_usual_polls_are_not_flagged(most: float, launch: float) -> None:
    """Days and nights, a launch that ebbs away: of six simulated polls of each none is told."""
    flagged = 0
    for seed in range(6):
        random = Random(f"{most} {launch} {seed}")  # noqa: S311 - no secret
        rates = (day(each, most) + ebbing(each, launch) for each in range(DAYS * 1440))
        flagged += bool(patterns(series(rates, random), BEGINS, ENDS))
    assert 0 == flagged


def test_television_in_the_evening_is_no_pattern() -> None:
    """A wave that begins within one minute and ebbs away in an hour is what people do."""
    random = Random(7)  # noqa: S311 - no secret
    rates = [
        day(each, 4) + (ebbing(each - 800, 400) if each >= 800 else 0) for each in range(1440)
    ]
    assert () == patterns(series(rates, random), BEGINS, ENDS)


def test_a_burst_of_one_minute_is_found() -> None:
    """Two hundred answers in a minute of a quiet poll, once: told with its place and size."""
    at = BEGINS + timedelta(hours=30)
    usual = [Count(Kind.MINUTE, at + number * MINUTE, 11) for number in range(-20, 20) if number]
    (found,) = patterns([*usual, Count(Kind.MINUTE, at, 200)], BEGINS, ENDS)
    assert (Kind.MINUTE, 1, at, 200) == (
        found.kind,
        found.times,
        found.largest.at,
        found.largest.count,
    )
    assert KEPT_FROM - 1 <= found.largest.usual <= 11


def test_an_invitation_explains_its_echo() -> None:
    """The same burst while 200 invitations a minute go out, or an hour later, is no pattern."""
    at = BEGINS + timedelta(hours=30)
    counts = [Count(Kind.MINUTE, at, 200)]
    for begins in (at - MINUTE, at - timedelta(hours=1)):
        asked = Announcement(begins, begins + 2 * MINUTE, 200)
        assert () == patterns(counts, BEGINS, ENDS, [asked])
    long_ago = Announcement(at - timedelta(hours=9), at - timedelta(hours=8), 200)
    assert 1 == len(patterns(counts, BEGINS, ENDS, [long_ago]))


@pytest.mark.parametrize(("rest", "found"), [(0, True), (5, True), (600, False)])
def test_answers_of_one_second(rest: int, *, found: bool) -> None:
    """Twenty in one second are unusual in a quiet minute, and not in one of ten a second."""
    at = BEGINS + timedelta(hours=5, seconds=17)
    minute = Count(Kind.MINUTE, at.replace(second=0), 20 + rest)
    counts = [Count(Kind.SECOND, at, 20), minute]
    announced = [Announcement(BEGINS, ENDS, 600)]  # the minute itself is not in question here
    kinds = {flag.kind for flag in unusual(counts, BEGINS, ENDS, announced if rest > 5 else ())}
    assert found == (Kind.SECOND in kinds)


def test_newcomers_have_a_series_of_their_own() -> None:
    """Many newcomers in a busy minute are unusual though the minute is not."""
    at = BEGINS + timedelta(hours=20)
    busy = [Count(Kind.MINUTE, at + number * MINUTE, 300) for number in range(-30, 31)]
    (found,) = patterns([*busy, Count(Kind.NEWCOMERS, at, 120)], BEGINS, ENDS)
    assert (Kind.NEWCOMERS, 120) == (found.kind, found.largest.count)


@given(st.integers(0, 5000), st.floats(0.1, 2000), st.integers(1, 2_000_000))
def test_the_bound_only_grows(count: int, usual: float, cells: int) -> None:
    """More answers are never less unusual; a busier time or a longer poll never makes them so."""
    if is_unusual(count, usual, cells):
        assert is_unusual(count + 1, usual, cells)
        assert is_unusual(count, usual / 2, cells)
        assert is_unusual(count, usual, max(1, cells // 2))
    else:
        assert not is_unusual(count, usual * 2, cells)
        assert not is_unusual(count, usual, cells * 2)


@given(st.floats(0.2, 40), st.integers(10, 400))
def test_the_bound_holds_the_chance(usual: float, count: int) -> None:
    """What is called unusual in one cell has a Poisson tail below the chance that is promised."""
    if not is_unusual(count, usual, 1):
        return
    term = tail = 0.0
    for number in range(count + 200):
        term = exp(-usual) if number == 0 else term * usual / number
        tail += term if number >= count else 0.0
    assert tail < CHANCE


def beats(pulse: Pulse, times: Sequence[datetime], *, joined: datetime = BEGINS) -> list[Kept]:
    """Let a different person answer at each of these moments, and take the counts an hour on."""
    pulse.beat(POLL, Person(0, ""), b"first", BEGINS - timedelta(hours=1))  # long after the start
    for number, at in enumerate(times):
        pulse.beat(POLL, Person(number, "", joined_at=joined), b"%d" % number, at)
    return pulse.take(times[-1] + timedelta(hours=1))


def test_only_ten_and_more_are_kept() -> None:
    """Nine answers in a minute leave no trace; ten leave their number and nothing else."""
    spread = [BEGINS + timedelta(days=1, seconds=5 * number) for number in range(12)]
    old = BEGINS - timedelta(days=9)
    assert [] == beats(Pulse(), spread[:9], joined=old)
    kept = beats(Pulse(), spread, joined=old)
    assert [Kept(POLL.id, Count(Kind.MINUTE, BEGINS + timedelta(days=1), 12))] == kept


def test_a_changed_answer_is_no_second_one() -> None:
    """One person who changes an answer fifty times within a minute is one."""
    pulse = Pulse()
    pulse.beat(POLL, Person(1, ""), b"tag", BEGINS - timedelta(hours=1))
    for _ in range(50):
        pulse.beat(POLL, Person(1, ""), b"tag", BEGINS + timedelta(seconds=3))
    assert [] == pulse.take(BEGINS + timedelta(hours=1))


def test_newcomers_and_seconds() -> None:
    """Who joined after the launch, or within the hour before, is a newcomer."""
    at = BEGINS + timedelta(hours=2)
    later, just_now, before = BEGINS + MINUTE, at - MINUTE, BEGINS - timedelta(days=3)
    second = [at + SECOND] * 10
    for joined, kinds in (
        (later, {Kind.MINUTE, Kind.NEWCOMERS, Kind.SECOND}),
        (just_now, {Kind.MINUTE, Kind.NEWCOMERS, Kind.SECOND}),
        (before, {Kind.MINUTE, Kind.SECOND}),
    ):
        assert kinds == {one.count.kind for one in beats(Pulse(), second, joined=joined)}


def test_what_waited_for_the_start_says_nothing() -> None:
    """The answers of the first two minutes of a process, which all come at once, do not count."""
    pulse = Pulse()
    for number in range(100):
        pulse.beat(POLL, Person(number, ""), b"%d" % number, BEGINS + timedelta(seconds=30))
    assert [] == pulse.take(BEGINS + timedelta(hours=1))


@pytest.mark.usefixtures("russian")
def test_the_words_accuse_nobody() -> None:
    """Numbers of ten and more, no percentages of guilt, and that every answer counts."""
    flag = Flag(Kind.MINUTE, BEGINS, 200, 9.0)
    lines = "\n".join(
        pattern_lines(patterns([Count(flag.kind, BEGINS + 40 * MINUTE, 200)], BEGINS, ENDS))
    )
    assert "учтены все ответы" in lines
    assert "не больше: 10" in lines
    for word in ("накрут", "мошен", "поддел", "фальш"):
        assert word not in lines.lower()
    assert [] == pattern_lines(())


@pytest.mark.usefixtures("russian")
def test_the_report_carries_them() -> None:
    """What is told of patterns stands among the remarks of the report, in PDF and XLSX alike."""
    found = patterns([Count(Kind.MINUTE, BEGINS + 40 * MINUTE, 200)], BEGINS, ENDS)
    paper = report_paper(Reported(survey_result(), {}, None, patterns=found), ENDS)
    assert set(pattern_lines(found)) <= set(paper.warnings)
