from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.admission import require_admitted, waiting_ahead
from services.appeals.banning import (
    BANNED,
    LIFTED,
    OBJECTION,
    author_ban,
    ban_author,
    bans_in_force,
    lift_ban,
    object_to_ban,
)
from services.appeals.flood import DAY, HOUR, LIMITS, next_possible
from services.refusal import Refusal
from storage.schema.appeals import appeals
from tests.appeals_decisions.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    told,
)

Registered = Callable[..., int]
LATER = FRIDAY + timedelta(minutes=5)
UNTIL = LATER + timedelta(days=7)
REASON = "Бір хабарлама қайта-қайта жіберілді."
NUMBER = 1


def test_a_ban_is_told_and_ends_by_itself(connection: Connection, registered: Registered) -> None:
    """The person reads reason and end; until then no appeal, afterwards again."""
    appeal = registered()
    for _ in range(2):
        ban_author(connection, appeal, OPERATOR, UNTIL, REASON, LATER)

    [(person, payload)] = told(connection, BANNED)
    assert (CITIZEN, REASON, UNTIL.isoformat()) == (person, payload["reason"], payload["until"])
    with pytest.raises(Refusal) as refused:
        require_admitted(connection, CITIZEN, LATER)
    assert {"time": "13.03.2026, 11:05", "reason": REASON} == refused.value.parameters
    assert waiting_ahead(connection, NEIGHBOUR, LATER) is None
    assert waiting_ahead(connection, CITIZEN, UNTIL) is None


def test_a_ban_in_force_stays(connection: Connection, registered: Registered) -> None:
    """Of two who ban at once one does, and the other reads until when it is."""
    appeal = registered()
    ban_author(connection, appeal, OPERATOR, UNTIL, REASON, LATER)

    with pytest.raises(Refusal):
        ban_author(connection, appeal, COLLEAGUE, UNTIL, REASON, LATER)
    [ban] = bans_in_force(connection, COLLEAGUE, LATER, 10)
    assert (appeal, NUMBER, REASON) == (ban.appeal, ban.number, ban.reason)


def test_lifting(connection: Connection, registered: Registered) -> None:
    """A ban is lifted once, by any operator, and the person is told."""
    appeal = registered()
    ban_author(connection, appeal, OPERATOR, UNTIL, REASON, LATER)
    for _ in range(2):
        lift_ban(connection, appeal, NUMBER, COLLEAGUE, LATER)

    assert [CITIZEN] == [person for person, _ in told(connection, LIFTED)]
    assert waiting_ahead(connection, CITIZEN, LATER) is None
    assert author_ban(connection, appeal, OPERATOR, LATER) is None
    with pytest.raises(Refusal):
        lift_ban(connection, appeal, NUMBER + 1, COLLEAGUE, LATER)


def test_objecting(connection: Connection, registered: Registered) -> None:
    """What the person says against a ban reaches every administrator, once."""
    appeal = registered()
    ban_author(connection, appeal, OPERATOR, UNTIL, REASON, LATER)
    for _ in range(2):
        object_to_ban(connection, CITIZEN, NUMBER, "Мен емес едім.", LATER)
    with pytest.raises(Refusal):
        object_to_ban(connection, CITIZEN, NUMBER, "Тағы бір сөз.", LATER)
    with pytest.raises(Refusal):
        object_to_ban(connection, NEIGHBOUR, NUMBER, "Мен емес едім.", LATER)

    [(person, payload)] = told(connection, OBJECTION)
    assert (ADMINISTRATOR, "Мен емес едім.", appeal) == (
        person,
        payload["words"],
        payload["appeal"],
    )


@pytest.mark.parametrize(
    ("actor", "until", "reason"),
    [
        (OPERATOR, LATER, REASON),
        (OPERATOR, LATER + timedelta(days=366), REASON),
        (OPERATOR, UNTIL, ""),
        (CITIZEN, UNTIL, REASON),
    ],
)
def test_what_is_no_ban(
    connection: Connection, registered: Registered, actor: int, until: datetime, reason: str
) -> None:
    """No ban without an end, without a reason, for more than a year, or by anybody else."""
    with pytest.raises(Refusal):
        ban_author(connection, registered(), actor, until, reason, LATER)


def test_who_cannot_be_banned(connection: Connection, registered: Registered) -> None:
    """Neither staff nor a visitor without a chat."""
    staff, visitor = registered(COLLEAGUE), registered(NEIGHBOUR)
    connection.execute(sa.update(appeals).where(appeals.c.id == visitor).values(person_id=None))
    for appeal in (staff, visitor):
        with pytest.raises(Refusal):
            ban_author(connection, appeal, OPERATOR, UNTIL, REASON, LATER)
    assert author_ban(connection, visitor, OPERATOR, LATER) is None


def test_a_fourth_appeal_waits_an_hour(connection: Connection, registered: Registered) -> None:
    """After three appeals in an hour the next one is possible an hour after the first of them."""
    for minute in range(3):
        assert waiting_ahead(connection, CITIZEN, FRIDAY + timedelta(minutes=minute)) is None
        registered(now=FRIDAY + timedelta(minutes=minute, seconds=30))

    refused = waiting_ahead(connection, CITIZEN, LATER)
    assert refused is not None
    assert {"time": "06.03.2026, 12:01"} == refused.parameters
    assert waiting_ahead(connection, NEIGHBOUR, LATER) is None
    assert waiting_ahead(connection, CITIZEN, FRIDAY + timedelta(minutes=61)) is None


gaps = st.lists(st.timedeltas(timedelta(0), timedelta(hours=30)), max_size=30)


@given(gaps=gaps)
def test_limits_hold_and_never_block_a_first_appeal(gaps: list[timedelta]) -> None:
    """Whoever writes whenever it is possible stays within the limits; waiting always helps."""
    assert next_possible([], FRIDAY) is None
    sent: list[datetime] = []
    now = FRIDAY
    for gap in gaps:
        now += gap
        possible = next_possible(sent[::-1], now)
        if possible is None:
            sent.append(now)
            continue
        assert now < possible <= now + DAY
        assert next_possible(sent[::-1], possible) is None
    for count, span in LIMITS:
        for first, last in zip(sent, sent[count:], strict=False):
            assert last - first >= span
    assert HOUR < DAY


@pytest.mark.parametrize("sealed", [0, 1])
def test_a_ban_does_not_open_a_seal(
    connection: Connection, registered: Registered, sealed: int
) -> None:
    """Nobody learns by a ban that a sealed appeal and another one have the same author."""
    both = registered(), registered()
    statement = sa.update(appeals).where(appeals.c.id == both[sealed])
    connection.execute(statement.values(confidential=True))
    ban_author(connection, both[0], OPERATOR, UNTIL, REASON, LATER)

    for ask in (
        lambda: author_ban(connection, both[1], OPERATOR, LATER),
        lambda: ban_author(connection, both[1], COLLEAGUE, UNTIL, REASON, LATER),
    ):
        with pytest.raises(Refusal) as refused:
            ask()
        assert {} == refused.value.parameters
    own = author_ban(connection, both[0], OPERATOR, LATER)
    assert own is not None
    assert both[0] == own.appeal
