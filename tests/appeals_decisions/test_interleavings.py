"""Two members of staff who saw the same version: one decides, the other learns of it."""

import itertools
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.draft import Draft
from services.appeals.extending import extend_appeal
from services.appeals.merging import merge_appeal
from services.appeals.model import OPEN, AppealStatus, AppealType
from services.appeals.redirecting import redirect_appeal
from services.appeals.registration import register_appeal
from services.appeals.sorting import Sorting, sort_appeal
from services.appeals.withdrawing import withdraw_appeal
from services.refusal import Refusal
from storage.schema import metadata
from storage.schema.appeals import appeals, open_appeals
from tests.appeals_decisions.conftest import (
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    row,
)

Registered = Callable[..., int]
Decision = Callable[[Connection, int, int, int], object]
LATER = FRIDAY + timedelta(hours=1)
TARGET = 1

DECISIONS: dict[str, Decision] = {
    "sort": lambda c, appeal, version, actor: sort_appeal(
        c, appeal, version, actor, Sorting(type=AppealType.COMPLAINT), LATER
    ),
    "move": lambda c, appeal, version, actor: sort_appeal(
        c, appeal, version, actor, Sorting(topic="roads-supply"), LATER
    ),
    "extend": lambda c, appeal, version, actor: extend_appeal(
        c, appeal, version, actor, date(2026, 4, 16), "Сараптама жүруде", LATER
    ),
    "redirect": lambda c, appeal, version, actor: redirect_appeal(
        c, appeal, version, actor, "Қала әкімдігі", "", LATER
    ),
    "decline": lambda c, appeal, version, actor: decline_appeal(
        c, appeal, version, actor, DeclineReason.COURT, "", LATER
    ),
    "merge": lambda c, appeal, version, actor: merge_appeal(
        c, appeal, version, actor, TARGET, LATER
    ),
    "withdraw": lambda c, appeal, version, _: withdraw_appeal(c, appeal, version, CITIZEN, LATER),
}
names = st.sampled_from(sorted(DECISIONS))


def everything(connection: Connection) -> dict[str, list[Any]]:
    """Return every row of every table."""
    return {
        name: sorted(map(tuple, connection.execute(sa.select(table))), key=repr)
        for name, table in metadata.tables.items()
    }


@pytest.mark.parametrize(("first", "second"), [*itertools.permutations(DECISIONS, 2)])
def test_one_of_two_decides(
    connection: Connection, registered: Registered, first: str, second: str
) -> None:
    """Whatever two decide at once, the first decision stands alone, with its one message."""
    assert registered(NEIGHBOUR) == TARGET
    appeal = registered(CITIZEN)
    DECISIONS[first](connection, appeal, 1, OPERATOR)
    alone = everything(connection)

    with pytest.raises(Refusal):
        DECISIONS[second](connection, appeal, 1, COLLEAGUE)
    assert alone == everything(connection)


@settings(max_examples=60)
@given(tries=st.lists(st.tuples(names, st.integers(1, 6), st.booleans()), max_size=8))
def test_any_order_keeps_versions_and_counters(
    engine: sa.Engine, tries: list[tuple[str, int, bool]]
) -> None:
    """However decisions of two people follow each other, each version is made once.

    The counters of open appeals are those of the appeals that are open, by section and due date.
    """
    with engine.connect() as connection:
        appeal = _two_appeals(connection)
        done = 0
        for name, version, colleague in tries:
            before = row(connection, appeal)["version"]
            with suppress(Refusal):
                DECISIONS[name](connection, appeal, version, COLLEAGUE if colleague else OPERATOR)
            after = row(connection, appeal)["version"]
            assert after == before or (before, after) == (version, version + 1)
            done += after - before
        assert done + 1 == row(connection, appeal)["version"]
        assert _open_now(connection) == _counted(connection)
        connection.rollback()


def _two_appeals(connection: Connection) -> int:
    ids = []
    for name, person in (("target", NEIGHBOUR), ("own", CITIZEN)):
        draft = Draft(name, topic="water-supply", region="19", texts={1: "Су жоқ."})
        ids.append(register_appeal(connection, draft, person, FRIDAY).id)
    assert ids[0] == TARGET
    return ids[1]


def _open_now(connection: Connection) -> dict[tuple[str, date, str, str], int]:
    place = (appeals.c.region, sa.func.coalesce(appeals.c.district, ""))
    statement = (
        sa.select(appeals.c.section, appeals.c.due_on, *place, sa.func.count())
        .where(appeals.c.status.in_([AppealStatus(status).value for status in OPEN]))
        .group_by(appeals.c.section, appeals.c.due_on, *place)
    )
    return {tuple(row[:4]): row[4] for row in connection.execute(statement)}


def _counted(connection: Connection) -> dict[tuple[str, date, str, str], int]:
    rows = connection.execute(sa.select(open_appeals).where(open_appeals.c["count"] != 0))
    return {tuple(row[:4]): row[4] for row in rows}
