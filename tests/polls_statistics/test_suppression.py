"""What is published of breakdowns, and what can be worked out from it."""

from collections.abc import Mapping
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from services.polls.statistics.cells import Cell
from services.polls.statistics.suppression import Cut, Table, publish, two_way_allowed

REGIONS = {"10": "east", "63": "east", "35": "centre", "62": "centre", "71": "centre"}
SIZES = (0, 0, 0, 0, 1, 2, 4, 9, 12, 30)  # respondents in a cell; most are small or empty
CELLS: list[Cell] = list(product(REGIONS, ("men", "women"), ("young", "old", None)))


def test_margins_do_not_betray_a_cell() -> None:
    """What sums and differences of several groups would tell is not published either."""
    cells: dict[Cell, int] = {
        ("men", "young"): 40,
        ("men", "old"): 4,
        ("women", "young"): 50,
        ("women", "old"): 30,
    }
    cuts = [
        Cut("sex", {cell: str(cell[0]) for cell in cells}),
        Cut("age", {cell: str(cell[1]) for cell in cells}),
        Cut("sex and age", {cell: f"{cell[0]} {cell[1]}" for cell in cells}),
    ]

    sex, age, both = publish(cells, cuts)

    assert {("men",): 44, ("women",): 80} == shown(sex)
    assert {("old",): 34, ("young",): 90} == shown(age)
    assert {} == shown(both)


def cuts_of(cells: Mapping[Cell, int]) -> list[Cut]:
    """Return breakdowns of which some are inside of others."""
    return [
        Cut("region", {cell: str(cell[0]) for cell in cells}),
        Cut("macro-region", {cell: REGIONS[str(cell[0])] for cell in cells}),
        Cut("sex", {cell: str(cell[1]) for cell in cells}),
        Cut("age", {cell: str(cell[2]) for cell in cells}),
        Cut("sex and age", {cell: f"{cell[1]} {cell[2]}" for cell in cells}),
    ]


def shown(table: Table) -> dict[tuple[str, ...], int]:
    """Return the groups of a table with their sizes."""
    return {tuple(sorted(group.labels)): group.respondents for group in table.groups}


def one_cut(sizes: dict[str, int]) -> Table:
    """Return what is published of one breakdown into groups of these sizes."""
    cells: dict[Cell, int] = {(name,): size for name, size in sizes.items()}
    (table,) = publish(cells, [Cut("only", {(name,): name for name in sizes})])
    return table


def test_large_groups_are_published() -> None:
    """Groups of 10 and more stand as they are."""
    assert {("a",): 10, ("b",): 40} == shown(one_cut({"a": 10, "b": 40}))


def test_a_small_group_takes_the_next_smallest_with_it() -> None:
    """One group under 10 is not merged alone, or the total less the others would be it."""
    table = one_cut({"a": 9, "b": 30, "c": 12, "d": 70})

    assert {("a", "c"): 21, ("b",): 30, ("d",): 70} == shown(table)
    assert ("a", "c") == table.groups[-1].labels
    assert table.groups[-1].merged


def test_others_grow_until_they_are_ten() -> None:
    """Several small groups are merged, and only as many as it needs."""
    assert {("a", "b", "c"): 10, ("d",): 50} == shown(one_cut({"a": 2, "b": 3, "c": 5, "d": 50}))


def test_where_only_the_total_is_left_there_is_no_table() -> None:
    """Two groups of which one is small are no breakdown, nor are ten people."""
    assert {} == shown(one_cut({"a": 9, "b": 300}))
    assert {} == shown(one_cut({"a": 4, "b": 5}))


def test_a_macro_region_does_not_betray_a_region() -> None:
    """A region merged into others cannot be worked out from its macro-region."""
    cells: dict[Cell, int] = {("10",): 80, ("63",): 12, ("35",): 60, ("62",): 4, ("71",): 50}
    cuts = [
        Cut("region", {(name,): name for name in REGIONS}),
        Cut("macro-region", {(name,): macro for name, macro in REGIONS.items()}),
    ]

    regions, macro_regions = publish(cells, cuts)

    assert {("10",): 80, ("35",): 60, ("71",): 50, ("62", "63"): 16} == shown(regions)
    assert {} == shown(macro_regions)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SIZES), min_size=len(CELLS), max_size=len(CELLS)))
def test_no_subtraction_reveals_a_small_group(numbers: list[int]) -> None:
    """No published group or total, less another or all of a table inside it, leaves 1 to 9."""
    cells = {cell: number for cell, number in zip(CELLS, numbers, strict=True) if number}
    tables = publish(cells, cuts_of(cells))
    total = [frozenset(cells)] if sum(numbers) >= 10 else []
    groups = [*total, *(group.cells for table in tables for group in table.groups)]
    inside = [
        group.difference(*within)
        for group in groups
        for table in tables
        if (within := [each.cells for each in table.groups if each.cells < group])
    ]
    pairs = [one - other for one, other in product(groups, groups) if other < one]
    overlaps = [one & other for one, other in product(groups, groups) if one | other == total[0]]

    assert all(group.respondents >= 10 for table in tables for group in table.groups)
    for left in (*pairs, *inside, *overlaps):
        people = sum(cells[cell] for cell in left)
        assert people == 0 or people >= 10


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1))
def test_a_table_is_the_whole_of_its_cut(sizes: dict[str, int]) -> None:
    """Where a table is published, every label stands in it once and its groups are the total."""
    table = one_cut(sizes)

    if table.groups:
        assert sum(sizes.values()) == sum(group.respondents for group in table.groups)
        assert sorted(sizes) == sorted(label for group in table.groups for label in group.labels)


def test_two_way() -> None:
    """A two-way table needs 50 respondents in every cell."""
    assert two_way_allowed([50, 70])
    assert not two_way_allowed([49, 700])
