from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.changing import NOTICE
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.merging import merge_appeal, merge_target, mergeable
from services.refusal import Refusal
from storage.appeal_changes import followers
from storage.appeal_merges import add_joins, follow
from storage.schema.appeals import appeals
from tests.appeals_decisions.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    COLLEAGUE,
    FRIDAY,
    NEIGHBOUR,
    OPERATOR,
    row,
    told,
)

Registered = Callable[..., int]
LATER = FRIDAY + timedelta(hours=1)
OPEN = {"registered", "in_work", "disputed"}


def test_the_citizen_follows_the_other_appeal(
    connection: Connection, registered: Registered
) -> None:
    """Joined once: one more join, one more follower, and a word of where the matter goes on."""
    kept, joined = registered(CITIZEN), registered(NEIGHBOUR)
    for _ in range(2):
        assert 2 == merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)

    now_is = row(connection, joined)
    assert ("joined", kept) == (now_is["status"], now_is["joined_to"])
    assert (1, [NEIGHBOUR]) == (row(connection, kept)["joins"], followers(connection, kept))
    [(person, payload)] = told(connection, NOTICE)
    number = row(connection, kept)["number"]
    assert (NEIGHBOUR, kept, number) == (person, payload["target"], payload["target_number"])


def test_followers_move(connection: Connection, registered: Registered) -> None:
    """Who had joined the joined one follows the other; nobody is counted twice."""
    kept, joined = registered(CITIZEN), registered(NEIGHBOUR)
    follow(connection, joined, [COLLEAGUE, ADMINISTRATOR, CITIZEN], FRIDAY)
    add_joins(connection, joined, 3, OPEN)
    follow(connection, kept, [COLLEAGUE], FRIDAY)
    add_joins(connection, kept, 1, OPEN)

    merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)

    everybody = [NEIGHBOUR, ADMINISTRATOR, COLLEAGUE]
    assert (3, everybody) == (row(connection, kept)["joins"], followers(connection, kept))
    assert [] == followers(connection, joined)


def test_two_of_one_citizen(connection: Connection, registered: Registered) -> None:
    """Somebody who wrote twice does not follow themselves and is no join."""
    kept, joined = registered(CITIZEN), registered(CITIZEN)
    merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)

    assert (0, []) == (row(connection, kept)["joins"], followers(connection, kept))
    assert [True] == [payload["same_author"] for _, payload in told(connection, NOTICE)]


def test_a_visitor_is_one_more(connection: Connection, registered: Registered) -> None:
    """The appeal of a visitor without a chat counts as a join and follows nothing."""
    kept, joined = registered(CITIZEN), registered(NEIGHBOUR)
    connection.execute(sa.update(appeals).where(appeals.c.id == joined).values(person_id=None))
    merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)

    assert (1, []) == (row(connection, kept)["joins"], followers(connection, kept))
    assert [] == told(connection, NOTICE)


def test_visitors_move_too(connection: Connection, registered: Registered) -> None:
    """A visitor whose appeal was joined to the joined one is counted by the other."""
    visitors, joined, kept = registered(CITIZEN), registered(NEIGHBOUR), registered(CITIZEN)
    connection.execute(sa.update(appeals).where(appeals.c.id == visitors).values(person_id=None))
    merge_appeal(connection, visitors, 1, OPERATOR, joined, LATER)
    merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)

    assert (2, [NEIGHBOUR]) == (row(connection, kept)["joins"], followers(connection, kept))


def test_each_other_at_once(connection: Connection, registered: Registered) -> None:
    """Of two who join two appeals to each other one does; the other is refused."""
    first, second = registered(CITIZEN), registered(NEIGHBOUR)
    merge_appeal(connection, first, 1, OPERATOR, second, LATER)

    with pytest.raises(Refusal):
        merge_appeal(connection, second, 1, COLLEAGUE, first, LATER)
    assert "registered" == row(connection, second)["status"]


def test_only_to_an_open_one(connection: Connection, registered: Registered) -> None:
    """Neither to itself nor to one that ended, whose news nobody would get."""
    kept, joined = registered(CITIZEN), registered(NEIGHBOUR)
    with pytest.raises(Refusal):
        merge_appeal(connection, kept, 1, OPERATOR, kept, LATER)
    decline_appeal(connection, kept, 1, OPERATOR, DeclineReason.COURT, "", LATER)
    with pytest.raises(Refusal):
        merge_appeal(connection, joined, 1, OPERATOR, kept, LATER)


def test_finding_the_other_one(connection: Connection, registered: Registered) -> None:
    """Similar ones are offered without the appeal itself; a number leads to any other."""
    words = "Ауылда үш күннен бері ауызсу жоқ, насос бұзылған."
    kept, joined = registered(CITIZEN, text=words), registered(NEIGHBOUR, text=words)

    assert [kept] == [found.id for found in mergeable(connection, joined, OPERATOR, LATER)]
    number = row(connection, kept)["number"].replace("-", " ")
    assert kept == merge_target(connection, joined, OPERATOR, f"№ {number}", LATER)["id"]
    for wrong in ("26-000001-0", "су", row(connection, joined)["number"]):
        with pytest.raises(Refusal):
            merge_target(connection, joined, OPERATOR, wrong, LATER)
