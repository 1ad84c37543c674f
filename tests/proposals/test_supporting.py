"""One voice a person, and a number that is exact whatever happens."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.people.consent import ConsentKind
from services.people.consents import withdraw_consent
from services.people.model import Role
from services.people.person import join
from services.proposals.leaving import withdraw
from services.proposals.moderating import merge
from services.proposals.supporting import support
from services.refusal import ConsentNeeded, Refusal
from storage.database import Database
from storage.people import grant_role
from storage.proposal_supports import is_there
from tests.agreed import agree
from tests.appeals_time.conftest import JOINED, settle
from tests.proposals.conftest import (
    CITIZEN,
    MODERATOR,
    NEIGHBOUR,
    NOW,
    THIRD,
    counted,
    published,
)

VOICES = (NEIGHBOUR, THIRD, 301, 302)


def test_once_a_person(connection: Connection) -> None:
    """The same press twice is one voice; taken back twice it is none."""
    proposal = published(connection)
    for _again in range(2):
        assert 1 == support(connection, proposal, NEIGHBOUR, NOW, wanted=True).supports
    assert (1, 1, 1) == counted(connection, proposal)
    for _again in range(2):
        assert 0 == support(connection, proposal, NEIGHBOUR, NOW, wanted=False).supports
    assert (0, 0, 0) == counted(connection, proposal)


def test_a_voice_leaves_the_day_it_came(connection: Connection) -> None:
    """Taken back a week later, it is missing on its own day, not on that one."""
    proposal = published(connection)
    support(connection, proposal, NEIGHBOUR, NOW, wanted=True)
    support(connection, proposal, NEIGHBOUR, NOW + timedelta(days=7), wanted=False)
    assert (0, 0, 0) == counted(connection, proposal)


def test_not_ones_own(connection: Connection) -> None:
    """An author does not support the own proposal."""
    proposal = published(connection)
    with pytest.raises(Refusal, match="your own proposal"):
        support(connection, proposal, CITIZEN, NOW, wanted=True)
    assert (0, 0, 0) == counted(connection, proposal)


def test_with_consent_only(connection: Connection) -> None:
    """Without consent nothing is kept; taking it back takes every voice back."""
    proposal = published(connection)
    support(connection, proposal, THIRD, NOW, wanted=True)
    withdraw_consent(connection, THIRD, ConsentKind.PROPOSALS, NOW)
    assert (0, 0, 0) == counted(connection, proposal)
    with pytest.raises(ConsentNeeded):
        support(connection, proposal, THIRD, NOW, wanted=True)


def test_what_left_the_board_takes_no_voice(connection: Connection) -> None:
    """A proposal that was taken back is supported by nobody."""
    proposal = published(connection)
    support(connection, proposal, NEIGHBOUR, NOW, wanted=True)
    withdraw(connection, proposal, 2, CITIZEN, NOW)
    assert (0, 0, 0) == counted(connection, proposal)
    with pytest.raises(Refusal, match="no longer on the board"):
        support(connection, proposal, THIRD, NOW, wanted=True)


def test_joined_ones_count_once(connection: Connection) -> None:
    """Joining unites the voices: who supported both counts once, and the author counts too."""
    source, target = published(connection), published(connection, "other", THIRD)
    support(connection, source, NEIGHBOUR, NOW, wanted=True)
    support(connection, target, NEIGHBOUR, NOW, wanted=True)
    support(connection, source, THIRD, NOW, wanted=True)
    merge(connection, MODERATOR, source, 2, target, NOW)
    # The neighbour and the author of the one; the author of the other does not count.
    assert (2, 2, 2) == counted(connection, target)
    assert (0, 0, 0) == counted(connection, source)
    assert is_there(connection, target, CITIZEN)
    # An old button of the one counts for the other.
    assert target == support(connection, source, 301, NOW, wanted=True).id
    assert (3, 3, 3) == counted(connection, target)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from(VOICES), st.booleans(), st.integers(0, 3))))
def test_any_presses(connection: Connection, presses: Sequence[tuple[int, bool, int]]) -> None:
    """Whoever presses what, how often and on which day, the three counts agree."""
    nested = connection.begin_nested()
    proposal = published(connection)
    standing: set[int] = set()
    for person, wanted, day in presses:
        support(connection, proposal, person, NOW + timedelta(days=day), wanted=wanted)
        standing = standing | {person} if wanted else standing - {person}
    assert (len(standing),) * 3 == counted(connection, proposal)
    nested.rollback()


def _crowd(connection: Connection) -> int:
    settle(connection)
    for person in (MODERATOR, *range(1000, 1100)):
        join(connection, person, "Сынақ", JOINED)
        agree(connection, person)
    grant_role(connection, MODERATOR, Role.MODERATOR.value, None, JOINED)
    return published(connection)


async def test_a_hundred_at_once(database: Database) -> None:
    """A hundred people press at once, each twice; half of them take it back: fifty are left."""
    proposal = await database.write(_crowd)
    people = range(1000, 1100)
    presses = [
        database.write(support, proposal, person, NOW, wanted=True)
        for person in (*people, *people)
    ]
    await asyncio.gather(*presses)
    assert (100,) * 3 == await database.read(counted, proposal)
    await asyncio.gather(
        *(
            database.write(support, proposal, person, NOW, wanted=False)
            for person in (*people[::2], *people[::2])
        )
    )
    assert (50,) * 3 == await database.read(counted, proposal)
