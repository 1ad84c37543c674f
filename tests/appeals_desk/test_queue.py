from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.changing import Change, change
from services.appeals.dossier import Dossier, read_dossier
from services.appeals.history import read_history
from services.appeals.model import AppealEvent, AppealStatus
from services.appeals.queue import (
    LEASE,
    assign,
    begin,
    keep_lent,
    release,
    return_expired_leases,
    take_next,
)
from services.refusal import Refusal
from storage.appeals import find_appeal
from storage.schema.appeals import appeal_events
from storage.schema.delivery import outbox
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, OFFICIAL, OTHER_OFFICIAL
from tests.appeals_desk.conftest import AIDA, BERIK, DINARA, NOW, file

TODAY = date(2026, 3, 12)
MINUTE = timedelta(minutes=1)


def seen(connection: Connection, appeal: int, actor: int = AIDA) -> Dossier:
    """Return the appeal as the actor sees it."""
    return read_dossier(connection, appeal, actor, TODAY)


def test_the_most_urgent_comes_first(connection: Connection) -> None:
    """Urgent ones, then the earliest due, then the oldest; each to one operator only."""
    late = file(connection, "late", due_on=date(2026, 3, 2))
    soon = file(connection, "soon", due_on=date(2026, 3, 20))
    also_soon = file(connection, "also soon", due_on=date(2026, 3, 20))
    urgent = file(connection, "urgent", due_on=date(2026, 4, 1), urgent=True)

    taken = [take_next(connection, actor, NOW) for actor in (AIDA, BERIK, DINARA, ADMINISTRATOR)]

    assert [urgent, late, soon, also_soon] == taken


def test_again_is_the_same(connection: Connection) -> None:
    """Who has one lent gets that one again, however often the button is pressed."""
    first, _second = file(connection, "a"), file(connection, "b")

    assert [first] * 3 == [take_next(connection, AIDA, NOW) for _ in range(3)]


def test_the_next_one_is_another(connection: Connection) -> None:
    """From a card the next one is lent and the one that was only looked at goes back."""
    first, second = file(connection, "a"), file(connection, "b")
    take_next(connection, AIDA, NOW)

    assert [second] * 2 == [take_next(connection, AIDA, NOW, first) for _ in range(2)]
    assert first == take_next(connection, BERIK, NOW)


def test_an_urgent_one_is_not_missed_while_leafing_through(connection: Connection) -> None:
    """What became urgent meanwhile comes before what stands behind the one that was seen."""
    first = file(connection, "a")
    file(connection, "b")
    take_next(connection, AIDA, NOW)
    urgent = file(connection, "urgent", due_on=date(2026, 5, 1), urgent=True)

    assert urgent == take_next(connection, AIDA, NOW, first)


def test_the_last_one_stays(connection: Connection) -> None:
    """Where nothing is behind it, the appeal stays lent, pressed once or twice."""
    only = file(connection, "a")
    take_next(connection, AIDA, NOW)

    assert [None, None] == [take_next(connection, AIDA, NOW, only) for _ in range(2)]
    assert AIDA == seen(connection, only).assignee


def test_an_untouched_one_returns_after_half_an_hour(connection: Connection) -> None:
    """By the clock, and also at once where somebody asks for the next one."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)

    assert take_next(connection, BERIK, NOW + LEASE - MINUTE) is None
    assert 0 == return_expired_leases(connection, NOW + LEASE - MINUTE)
    assert 1 == return_expired_leases(connection, NOW + LEASE)
    assert seen(connection, appeal).assignee is None
    take_next(connection, AIDA, NOW + LEASE)
    assert appeal == take_next(connection, BERIK, NOW + 2 * LEASE)


def test_who_writes_an_answer_keeps_it(connection: Connection) -> None:
    """Writing to an appeal prolongs its loan; it takes nothing from anybody else."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)
    for minutes, end in ((5, LEASE), (25, 25 * MINUTE + LEASE)):
        keep_lent(connection, appeal, AIDA, NOW + minutes * MINUTE)
        keep_lent(connection, appeal, BERIK, NOW + minutes * MINUTE)
        assert NOW + end == seen(connection, appeal).leased_until
    assert take_next(connection, BERIK, NOW + LEASE) is None


def test_what_was_begun_stays(connection: Connection) -> None:
    """Whoever has begun keeps the appeal, and the citizen is told once."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)

    assert [2, 2] == [begin(connection, appeal, 1, AIDA, NOW) for _ in range(2)]
    assert 0 == return_expired_leases(connection, NOW + 2 * LEASE)
    case = seen(connection, appeal)
    assert (AppealStatus.IN_WORK, AIDA, None) == (case.status, case.assignee, case.leased_until)
    told = sa.select(outbox.c.person_id).where(outbox.c.kind == "appeal_changed")
    assert [CITIZEN] == connection.execute(told).scalars().all()


def test_a_second_one_hears_who_was_first(connection: Connection) -> None:
    """Two who press at once make one change; the other is told politely by whom."""
    appeal = file(connection, "a")
    begin(connection, appeal, 1, AIDA, NOW)

    with pytest.raises(Refusal, match="Already working") as told:
        begin(connection, appeal, 1, BERIK, NOW)
    assert {"name": "Аида"} == told.value.parameters
    with pytest.raises(Refusal, match="Already done by"):
        release(connection, appeal, 1, BERIK, NOW)
    assert 2 == connection.scalar(sa.select(sa.func.count()).select_from(appeal_events))


def test_one_that_is_lent_is_not_taken_away(connection: Connection) -> None:
    """While somebody looks at an appeal a colleague is told who; later it is free again."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)

    with pytest.raises(Refusal, match="Already working"):
        begin(connection, appeal, 1, BERIK, NOW)
    assert 2 == begin(connection, appeal, 1, BERIK, NOW + LEASE)


def test_what_is_given_back_waits_again(connection: Connection) -> None:
    """Both what was only lent and what was begun; twice is once."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)
    assert [1, 1] == [release(connection, appeal, 1, AIDA, NOW) for _ in range(2)]
    assert appeal == take_next(connection, BERIK, NOW)

    begin(connection, appeal, 1, BERIK, NOW)
    assert [3, 3] == [release(connection, appeal, 2, BERIK, NOW) for _ in range(2)]
    assert appeal == take_next(connection, AIDA, NOW)


def test_a_colleague_gets_it_and_is_told(connection: Connection) -> None:
    """An appeal is handed on with one message, also pressed twice."""
    appeal = file(connection, "a")

    assert [2, 2] == [assign(connection, appeal, 1, AIDA, OFFICIAL, NOW) for _ in range(2)]
    assert "Сынақ" == seen(connection, appeal).assignee_name
    told = sa.select(outbox.c.person_id).where(outbox.c.kind == "appeal_assigned")
    assert [OFFICIAL] == connection.execute(told).scalars().all()


def test_only_staff_can_be_given_an_appeal(connection: Connection) -> None:
    """A citizen cannot, nor somebody whose answer the citizen did not accept."""
    appeal = file(connection, "a", barred=BERIK)

    for unfit in (CITIZEN, BERIK):
        with pytest.raises(Refusal):
            assign(connection, appeal, 1, AIDA, unfit, NOW)
    with pytest.raises(Refusal, match="did not accept your answer"):
        begin(connection, appeal, 1, BERIK, NOW)
    assert take_next(connection, BERIK, NOW) is None
    assert appeal == take_next(connection, AIDA, NOW)


def test_a_change_by_somebody_else_ends_the_loan(connection: Connection) -> None:
    """What an official does to an appeal that an operator only looks at makes it nobody's."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)
    row = find_appeal(connection, appeal)
    assert row is not None

    change(connection, row, 1, OFFICIAL, Change(AppealEvent.ASKED), NOW)

    case = seen(connection, appeal)
    assert (None, None) == (case.assignee, case.leased_until)


def test_an_own_change_makes_it_ones_own(connection: Connection) -> None:
    """Whatever its borrower does to an appeal keeps it with them."""
    appeal = file(connection, "a")
    take_next(connection, AIDA, NOW)
    row = find_appeal(connection, appeal)
    assert row is not None

    change(connection, row, 1, AIDA, Change(AppealEvent.ASKED), NOW)

    case = seen(connection, appeal)
    assert (AIDA, None) == (case.assignee, case.leased_until)


@pytest.mark.parametrize("actor", [CITIZEN, OTHER_OFFICIAL])
def test_others_may_not(connection: Connection, actor: int) -> None:
    """Neither a citizen nor the official of another section works at the desk."""
    appeal = file(connection, "a")

    with pytest.raises(Refusal):
        take_next(connection, actor, NOW)
    for command in (begin, release):
        with pytest.raises(Refusal):
            command(connection, appeal, 1, actor, NOW)
    with pytest.raises(Refusal):
        assign(connection, appeal, 1, actor, AIDA, NOW)
    with pytest.raises(Refusal):
        read_dossier(connection, appeal, actor, TODAY)
    with pytest.raises(Refusal):
        read_history(connection, appeal, actor, TODAY)


def test_the_official_may_begin(connection: Connection) -> None:
    """Who answers for the section takes an appeal of theirs as an operator does."""
    appeal = file(connection, "a")

    assert 2 == begin(connection, appeal, 1, OFFICIAL, NOW)
    assert AppealStatus.IN_WORK is seen(connection, appeal).status
