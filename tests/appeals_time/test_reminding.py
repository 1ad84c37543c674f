"""Reminders: to the right people, each stage of each due date once, in office hours."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.dossier import read_dossier
from services.appeals.extending import extend_appeal
from services.appeals.history import read_history
from services.appeals.model import AppealEvent, AppealStatus
from services.appeals.queue import begin, take_next
from services.appeals.reminding import (
    NAMED,
    hold_back,
    remind,
    reminders_due,
    waits_out_of_hours,
)
from services.appeals.stages import Stage, in_office_hours, reached
from services.calendar.working_days import (
    Calendar,
    next_working_day,
    previous_working_day,
    working_days_between,
)
from services.clock import local_date
from services.people.duty import set_duty
from services.people.person import became_unreachable
from services.refusal import Refusal
from storage.appeal_changes import history
from storage.appeals import change_appeal
from storage.database import Database
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from storage.schema.people import roles
from tests.appeals_time.conftest import (
    ADMINISTRATOR,
    CENTRE,
    CITIZEN,
    COLLEAGUE,
    DISTRICT,
    DUE,
    FRIDAY,
    OPERATOR,
    REGION,
    ROADS,
    WATER,
    at,
    away,
    given,
    parts,
    register,
    row,
    settle,
    settled,
    told,
)

LAW = Calendar()
WHY = "Қысқа жауап жеткілікті"
THREE_BEFORE = date(2026, 3, 30)
ONE_BEFORE = date(2026, 4, 1)
ONE_AFTER = date(2026, 4, 3)
THREE_AFTER = date(2026, 4, 7)
SIX_AFTER = date(2026, 4, 10)
NINE_AFTER = date(2026, 4, 15)
MONTH = [FRIDAY + timedelta(hours=hour) for hour in range(24 * 40)]


def test_a_month_by_the_hour(connection: Connection) -> None:
    """Three days and one before, on the day, one, three, six, nine after: at nine, once each."""
    appeal = register(connection)
    for moment in MONTH:
        remind(connection, moment)

    days = [THREE_BEFORE, ONE_BEFORE, DUE, ONE_AFTER, THREE_AFTER, SIX_AFTER, NINE_AFTER]
    assert [
        (appeal, DUE, stage.value, at(day, 9)) for stage, day in zip(Stage, days, strict=False)
    ] == given(connection)


def test_who_is_told_on_the_way_up(connection: Connection) -> None:
    """The official, then the head of the region, who gets it; the head of the centre watches."""
    appeal = register(connection)
    for moment in MONTH:
        if local_date(moment) < SIX_AFTER:
            remind(connection, moment)

    assert [
        (WATER, "due"),
        (WATER, "due"),
        (WATER, "due"),
        (REGION, "late"),
        (REGION, "taken"),
        (CENTRE, "raised"),
        (WATER, "moved"),
    ] == parts(connection)
    assert ("region-61", "synamaev", 1, DUE) == tuple(
        row(connection, appeal)[name] for name in ("office", "official", "level", "due_on")
    )


def test_the_history_tells_both_steps(connection: Connection) -> None:
    """Telling the next level changes no version, so nobody's draft grows old; passing on does."""
    appeal = register(connection)
    remind(connection, at(ONE_AFTER))
    assert 1 == row(connection, appeal)["version"]
    remind(connection, at(THREE_AFTER))

    assert ["registered", "escalated"] == [event["kind"] for event in history(connection, appeal)]
    moments = read_history(connection, appeal, OPERATOR, THREE_AFTER)
    assert [
        (AppealEvent.REGISTERED, None),
        (AppealEvent.ESCALATED, "synamaev"),
        (AppealEvent.ESCALATED, "synamaev"),
    ] == [(each.event, each.details.get("official")) for each in moments if each.event]
    assert AppealStatus.REGISTERED == row(connection, appeal)["status"]


def test_who_is_told_may_look_and_act(connection: Connection) -> None:
    """The head of its office may answer at once, the heads above once it is late."""
    appeal = register(connection)
    words = "Құбыр 20.05 күні жөнделеді. Жауапты: су арнасы."
    assert not read_dossier(connection, appeal, DISTRICT, DUE).by_scope
    for person in (REGION, CENTRE):
        assert read_dossier(connection, appeal, person, DUE).by_scope
        with pytest.raises(Refusal):
            answer_appeal(connection, appeal, 1, person, words, at(DUE, 11), reason=WHY)
    remind(connection, at(ONE_AFTER))

    for person in (REGION, CENTRE):
        assert not read_dossier(connection, appeal, person, ONE_AFTER).by_scope
    done = answer_appeal(connection, appeal, 1, CENTRE, words, at(ONE_AFTER, 11), reason=WHY)
    assert 2 == done.version


def test_nobody_is_above_the_last_level(connection: Connection) -> None:
    """At the centre the official of the section hears of it, then the administrators."""
    appeal = register(connection)
    values = {"office": "central", "official": "qiyalbaev"}
    assert change_appeal(connection, appeal, 1, values)
    remind(connection, at(ONE_AFTER))
    remind(connection, at(THREE_AFTER))

    assert [
        (WATER, "late"),
        (WATER, "taken"),
        (ADMINISTRATOR, "raised"),
        (CENTRE, "moved"),
    ] == parts(connection)
    connection.execute(sa.update(appeals).values(due_on=ONE_BEFORE))
    remind(connection, at(ONE_AFTER + timedelta(days=5)))
    assert [(ADMINISTRATOR, "top")] == parts(connection)[4:]
    assert 1 == row(connection, appeal)["level"]


def test_the_assignee_is_reminded(connection: Connection) -> None:
    """Whoever works on it, and no longer once they have left or cannot be reached."""
    appeal = register(connection)
    begin(connection, appeal, 1, OPERATOR, at(THREE_BEFORE, 8))
    remind(connection, at(THREE_BEFORE))
    assert [(OPERATOR, "due")] == parts(connection)

    became_unreachable(connection, OPERATOR, at(THREE_BEFORE))
    remind(connection, at(ONE_BEFORE))
    assert [(WATER, "due")] == parts(connection)[1:]


def test_a_loan_is_no_work(connection: Connection) -> None:
    """Who has only looked at an appeal is not the one to be reminded."""
    register(connection)
    take_next(connection, OPERATOR, at(THREE_BEFORE, 9, 59))
    remind(connection, at(THREE_BEFORE))

    assert [(WATER, "due")] == parts(connection)


def test_deputies_are_reminded(connection: Connection) -> None:
    """Of an absent official's cases the deputy; of an absent assignee's both; above likewise."""
    appeal = register(connection)
    away(connection, "mysalbaev", "ulgibaev", THREE_BEFORE, date(2026, 5, 1))
    away(connection, "synamaev", "ulgilenova", THREE_BEFORE, date(2026, 5, 1))
    remind(connection, at(THREE_BEFORE))
    begin(connection, appeal, 1, WATER, at(THREE_BEFORE, 11))
    remind(connection, at(ONE_BEFORE))
    remind(connection, at(ONE_AFTER))

    assert [(ROADS, "due"), (WATER, "due"), (ROADS, "due"), (DISTRICT, "late")] == (
        parts(connection)
    )


def test_without_an_account_the_desk_is_reminded(connection: Connection) -> None:
    """Operators on duty; where nobody is, the whole desk."""
    register(connection)
    over = sa.update(roles).values(until=FRIDAY)
    connection.execute(over.where(roles.c.official == "mysalbaev"))
    remind(connection, at(THREE_BEFORE))
    assert [OPERATOR, COLLEAGUE, ADMINISTRATOR] == [person for person, _ in parts(connection)]

    set_duty(connection, COLLEAGUE, at(THREE_BEFORE), on=True)
    remind(connection, at(ONE_BEFORE))
    assert [COLLEAGUE] == [person for person, _ in parts(connection)[3:]]


def test_many_cases_are_one_message(connection: Connection) -> None:
    """Forty cases of a day are one message that names eight and counts the others."""
    for number in range(40):
        register(connection, f"d{number}")
    assert 40 == remind(connection, at(DUE))
    assert 0 == remind(connection, at(DUE, 11))

    [(person, payload)] = told(connection)
    assert (WATER, 40, NAMED) == (person, payload["count"], len(payload["cases"]))
    assert [{"part": "due", "due_on": "2026-04-02", "left": 0, "count": 40}] == payload["groups"]


def test_batches_are_bounded(connection: Connection) -> None:
    """A run gives at most so many, the most pressing first; the next one goes on."""
    for number in range(5):
        register(connection, f"d{number}", at=FRIDAY - timedelta(days=number % 2 * 7))
    assert [3, 2, 0] == [remind(connection, at(DUE), limit=3) for _ in range(3)]

    stages = [stage for _appeal, _due, stage, _at in given(connection)]
    assert sorted(stages, reverse=True) == stages


def test_a_missed_stage_is_followed_by_the_newest_only(connection: Connection) -> None:
    """A bot that was down for a week tells where the case stands now."""
    register(connection)
    remind(connection, at(THREE_AFTER + timedelta(days=2)))

    assert [3] == [stage for _appeal, _due, stage, _at in given(connection)]


def test_a_clock_set_back_repeats_nothing(connection: Connection) -> None:
    """Not even the stage that was skipped."""
    register(connection)
    remind(connection, at(ONE_BEFORE))
    remind(connection, at(THREE_BEFORE))
    remind(connection, at(ONE_BEFORE, 11))

    assert [-1] == [stage for _appeal, _due, stage, _at in given(connection)]


def test_a_new_due_date_has_its_own_stages(connection: Connection) -> None:
    """An extension begins the ladder anew."""
    appeal = register(connection)
    remind(connection, at(DUE))
    until = date(2026, 4, 10)
    extend_appeal(connection, appeal, 1, WATER, until, "Құбыр күтілуде", at(DUE, 12))
    for day in range(2, 15):
        remind(connection, at(date(2026, 4, day), 13))

    assert [(DUE, 0), (until, -3), (until, -1), (until, 0), (until, 1)] == [
        (due, stage) for _appeal, due, stage, _at in given(connection)
    ]


@pytest.mark.parametrize(
    "moment",
    [
        at(DUE, 8, 59),
        at(DUE, 18),
        at(date(2026, 4, 4), 12),  # Saturday
        at(date(2026, 3, 23), 12),  # Nauryz
    ],
)
def test_only_in_office_hours(connection: Connection, moment: datetime) -> None:
    """Nothing is given before nine, from six on, on days off."""
    register(connection)
    register(connection, "late", at=FRIDAY - timedelta(days=30))

    assert not reminders_due(connection, moment)
    assert 0 == remind(connection, moment)
    assert [] == told(connection)


def test_what_was_not_sent_waits_for_the_morning(connection: Connection) -> None:
    """A message that was queued at a minute to six and not sent is not sent at night."""
    register(connection)
    remind(connection, at(ONE_AFTER, 17, 59))
    night = at(ONE_AFTER, 22)
    assert not waits_out_of_hours(connection, at(ONE_AFTER, 17, 59))
    assert waits_out_of_hours(connection, night)
    assert 1 == hold_back(connection, night)

    # Friday evening: Monday morning.
    moment = connection.execute(sa.select(outbox.c.not_before).where(outbox.c.kind == "reminder"))
    assert at(date(2026, 4, 6), 9) == moment.scalar_one()
    assert not waits_out_of_hours(connection, night)


def test_closed_cases_are_left_alone(connection: Connection) -> None:
    """Nobody is reminded of what is answered."""
    appeal = register(connection)
    words = "Құбыр 20.04 күні жөнделеді. Жауапты: су арнасы."
    answer_appeal(connection, appeal, 1, WATER, words, at(date(2026, 3, 10)), reason=WHY)

    assert not reminders_due(connection, at(DUE))
    assert CITIZEN not in {person for person, _payload in told(connection)}


def test_reminders_read_by_index(connection: Connection) -> None:
    """No statement walks through appeals."""
    statements: list[tuple[str, object]] = []

    @sa.event.listens_for(connection, "before_cursor_execute")
    def note(*event: object) -> None:
        statements.append((str(event[2]), event[3]))

    reminders_due(connection, at(DUE))
    sa.event.remove(connection, "before_cursor_execute", note)

    asked = [pair for pair in statements if "FROM appeals" in pair[0]]
    assert len(Stage) == len(asked)
    for statement, parameters in asked:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        assert [] == [step[3] for step in plan if "SCAN" in step[3]]


@examples(st.dates(date(2026, 1, 5), date(2027, 12, 31)))
def test_every_due_date_is_on_one_stage_at_most(today: date) -> None:
    """The stages divide the days around today as counting working days does."""
    found = list(reached(today, LAW))

    for due_on in (today + timedelta(days=ahead) for ahead in range(-40, 20)):
        stages = [each.stage for each in found if each.first <= due_on <= each.last]
        late = -working_days_between(today, due_on, LAW)
        expected = max((stage for stage in Stage if stage <= late), default=None)
        assert ([] if expected is None else [expected]) == stages or not LAW.is_working(today)


MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(1, 60 * 30)),  # minutes
        st.tuples(st.just("jump"), st.sampled_from([-1, 1])),  # days
        st.tuples(st.just("down"), st.integers(1, 6)),  # days
        st.tuples(st.just("extend"), st.integers(0, 2)),
        st.tuples(st.just("answer"), st.integers(0, 2)),
    ),
    min_size=20,
    max_size=60,
)


@settings(max_examples=12, deadline=None)
@examples(MOVES)
def test_whatever_happens_each_stage_comes_once(moves: list[tuple[str, int]]) -> None:
    """Over restarts, jumps and new due dates the reminders are those of an independent count."""
    with settled() as connection:
        ids = [register(connection, f"d{number}", at=FRIDAY) for number in range(3)]
        expected: dict[tuple[int, date], dict[int, date]] = {}
        now = at(date(2026, 3, 27), 8)
        for verb, value in moves:
            now = _moved(now, verb, value)
            if verb in {"extend", "answer"}:
                _change(connection, ids[value], verb, now)
            _expect(connection, expected, now)
            remind(connection, now)
            remind(connection, now)
        found: dict[tuple[int, date], list[int]] = {}
        for appeal, due_on, stage, moment in given(connection):
            assert in_office_hours(moment, LAW)
            found.setdefault((appeal, due_on), []).append(stage)
        assert {key: sorted(stages) for key, stages in found.items()} == {
            key: sorted(stages) for key, stages in expected.items()
        }
        lines = [
            (person, case["appeal"], case["due_on"], case["part"], case["left"])
            for person, payload in told(connection)
            for case in payload["cases"]
        ]
        assert len(set(lines)) == len(lines)


def _moved(now: datetime, verb: str, value: int) -> datetime:
    if verb == "wait":
        return now + timedelta(minutes=value)
    return now + timedelta(days=value) if verb in {"jump", "down"} else now


def _change(connection: Connection, appeal: int, verb: str, now: datetime) -> None:
    seen = row(connection, appeal)
    if AppealStatus(seen["status"]) is AppealStatus.ANSWERED:
        return
    if verb == "answer":
        words = "Құбыр 20.05 күні жөнделеді. Жауапты: су арнасы."
        answer_appeal(connection, appeal, seen["version"], ADMINISTRATOR, words, now, reason=WHY)
        return
    until = max(seen["due_on"], local_date(now)) + timedelta(days=5)
    try:
        extend_appeal(connection, appeal, seen["version"], ADMINISTRATOR, until, "Күтеміз", now)
    except Refusal:
        return


def _expect(
    connection: Connection, expected: dict[tuple[int, date], dict[int, date]], now: datetime
) -> None:
    """Count by hand which stage is new now: a level has three working days, then the next one."""
    today = local_date(now)
    if not in_office_hours(now, LAW):
        return
    for appeal in connection.execute(sa.select(appeals)).mappings():
        if appeal["status"] == "answered":
            continue
        stage = max((s.value for s in Stage if s <= _late(today, appeal["due_on"])), default=None)
        before = expected.get((appeal["id"], appeal["due_on"]), {})
        rested = all(_late(today, day) >= 3 for given, day in before.items() if given >= 3)
        if stage is not None and rested and all(stage > earlier for earlier in before):
            expected[appeal["id"], appeal["due_on"]] = {**before, stage: today}


def _late(today: date, due_on: date) -> int:
    """Walk from day to day."""
    steps = 0
    while due_on < today:
        due_on, steps = next_working_day(due_on, LAW), steps + 1
    while due_on > today:
        due_on, steps = previous_working_day(due_on, LAW), steps - 1
    return steps


async def test_on_both_databases(database: Database) -> None:
    """Twice at once is once, on SQLite and on PostgreSQL."""
    await database.write(settle)
    appeal = await database.write(register)

    assert await database.read(reminders_due, at(THREE_AFTER))
    assert [1, 0] == [await database.write(remind, at(THREE_AFTER)) for _ in range(2)]
    assert "synamaev" == (await database.read(row, appeal))["official"]
