"""Editing indicators and who answers for them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection

from services.refusal import Refusal
from services.roadmap.editing import (
    add_indicator,
    assign_indicator,
    assign_section,
    change_indicator,
    retire_indicator,
    tie_poll,
    untie_poll,
)
from services.roadmap.indicators import the_indicator
from services.roadmap.responsibility import responsible_official
from storage.roadmap import assignments, responsible_on
from tests.digests.conftest import OPERATOR, WATER
from tests.roadmap.conftest import ADMINISTRATOR, COUNCIL, NOW, TODAY, WATER_NATION

MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


def test_an_edit_names_the_version_that_it_saw(connection: Connection) -> None:
    """Two administrators do not overwrite each other; the same edit twice is one."""
    seen = the_indicator(connection, "water.nation")
    changed = replace(seen, plan=Decimal(99), topics=("water-supply", "water-quality"))
    after = change_indicator(connection, ADMINISTRATOR, changed, seen.version, NOW)
    assert (2, Decimal(99)) == (after.version, after.plan)
    assert ("water-quality", "water-supply") == after.topics
    assert after == change_indicator(connection, ADMINISTRATOR, changed, seen.version, NOW)
    late = replace(seen, plan=Decimal(98))
    with pytest.raises(Refusal):
        change_indicator(connection, ADMINISTRATOR, late, seen.version, NOW)


@pytest.mark.parametrize(
    "changed",
    [
        {"plan": WATER_NATION.start},
        {"plan": Decimal("1.2345")},
        {"due_on": WATER_NATION.begins_on},
        {"name_kk": ""},
        {"section": "space"},
        {"region": "61"},
        {"topics": ("roads",)},
    ],
)
def test_what_is_not_sound_is_refused(connection: Connection, changed: dict[str, Any]) -> None:
    """Neither a new indicator nor a changed one is kept with a mistake in it."""
    wrong = replace(WATER_NATION, **changed)
    with pytest.raises(Refusal):
        change_indicator(connection, ADMINISTRATOR, wrong, 1, NOW)
    with pytest.raises(Refusal):
        add_indicator(connection, ADMINISTRATOR, replace(wrong, code="new"), NOW)


def test_a_code_is_taken_once(connection: Connection) -> None:
    """Another indicator of the same code is refused, the same one is there already."""
    assert WATER_NATION == add_indicator(connection, ADMINISTRATOR, WATER_NATION, NOW)
    with pytest.raises(Refusal):
        add_indicator(connection, ADMINISTRATOR, replace(WATER_NATION, plan=Decimal(95)), NOW)


def test_who_answers_is_dated(connection: Connection) -> None:
    """A new one begins on their day; who answered before stays written."""
    assign_indicator(connection, ADMINISTRATOR, "water.nation", "kenesov", MAY, NOW)
    assert {"water.nation": "kenesova"} == responsible_on(connection, ["water.nation"], TODAY)
    assert {"water.nation": "kenesov"} == responsible_on(connection, ["water.nation"], MAY)
    assign_indicator(connection, ADMINISTRATOR, "water.nation", "mysalbaev", JUNE, NOW)
    assert [
        ("kenesova", date(2026, 1, 5), MAY),
        ("kenesov", MAY, JUNE),
        ("mysalbaev", JUNE, None),
    ] == [
        (row["official"], row["since"], row["until"])
        for row in assignments(connection, ["water.nation"])
    ]


def test_a_section_is_handed_on(connection: Connection) -> None:
    """Another Bureau member answers for a section from a day on."""
    assign_section(connection, ADMINISTRATOR, "water", "nobaeva", MAY, NOW)
    assert "mysalbaev" == responsible_official(connection, "water", TODAY)
    assert "nobaeva" == responsible_official(connection, "water", MAY)


COMMANDS: list[Callable[[Connection, int], object]] = [
    lambda c, by: add_indicator(c, by, replace(WATER_NATION, code="new"), NOW),
    lambda c, by: change_indicator(c, by, replace(WATER_NATION, plan=Decimal(95)), 1, NOW),
    lambda c, by: retire_indicator(c, by, "water.nation", 1, NOW),
    lambda c, by: assign_indicator(c, by, "water.nation", "kenesov", MAY, NOW),
    lambda c, by: assign_section(c, by, "water", "kenesov", MAY, NOW),
    lambda c, by: tie_poll(c, by, "water.nation", 1, NOW),
    lambda c, by: untie_poll(c, by, "water.nation", 1, NOW),
]


@pytest.mark.parametrize("number", range(len(COMMANDS)))
@pytest.mark.parametrize("person", [COUNCIL, WATER, OPERATOR])
def test_only_administrators_edit(connection: Connection, person: int, number: int) -> None:
    """Not even who answers for an indicator edits it."""
    with pytest.raises(Refusal, match="staff only"):
        COMMANDS[number](connection, person)


def test_what_is_not_there(connection: Connection) -> None:
    """Nothing is assigned to nobody, and nobody to nothing."""
    for code, official in (("nothing", "kenesov"), ("water.nation", "nobody")):
        with pytest.raises(Refusal):
            assign_indicator(connection, ADMINISTRATOR, code, official, MAY, NOW)
    for section, official in (("nothing", "kenesov"), ("water", "nobody")):
        with pytest.raises(Refusal):
            assign_section(connection, ADMINISTRATOR, section, official, MAY, NOW)
    with pytest.raises(Refusal):
        tie_poll(connection, ADMINISTRATOR, "water.nation", 99, NOW)
