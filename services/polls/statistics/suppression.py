"""Which groups of a breakdown are published, so that nobody's answer can be worked out.

A group under 10 is merged into «others» with the next smallest until it has 10, so that taking
what is published from the total leaves no fewer (complementary suppression: L. Willenborg and
T. de Waal (2001), "Elements of Statistical Disclosure Control", New York: Springer). Breakdowns
of the same people are checked against each other too: a macro-region less its published regions
must not leave the one that was merged, and no other sum and difference of published groups may.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from services.polls.statistics.cells import Cell, size
from services.polls.statistics.deduction import Deduction

SMALLEST = 10
TWO_WAY_FROM = 50  # respondents in every cell of a two-way table


@dataclass(frozen=True, slots=True)
class Cut:
    """A breakdown: the group of each cell."""

    name: str
    groups: Mapping[Cell, str]


@dataclass(frozen=True, slots=True)
class Group:
    """A published group: one, or several that were merged into «others»."""

    labels: tuple[str, ...]
    cells: frozenset[Cell]
    respondents: int

    @property
    def merged(self) -> bool:
        """Whether it is printed as «others»."""
        return len(self.labels) > 1


@dataclass(frozen=True, slots=True)
class Table:
    """What is published of a cut; no groups where only the total may be."""

    name: str
    groups: tuple[Group, ...]


def publish(cells: Mapping[Cell, int], cuts: Sequence[Cut]) -> list[Table]:
    """Return the tables that may be published together, in the order of the cuts.

    An earlier cut keeps its groups where a later one must give way. Of fewer than 10 respondents
    nothing is published.
    """
    everybody = Group(("",), frozenset(cells), size(cells))
    published, known = [Table("", (everybody,))], Deduction().publish([everybody.cells])
    whole = {cut.name: _groups(cells, cut) for cut in cuts}
    secrets = _secrets(cells, list(whole.values()))
    for cut in cuts:
        groups = _enlarge(whole[cut.name])
        while len(groups) > 1:
            table = Table(cut.name, tuple(groups))
            deduction = known.copy().publish(group.cells for group in groups)
            if not (any(map(deduction.tells, secrets)) or _reveals([*published, table], cells)):
                known = deduction
                break
            groups = _merge(groups)
        published.append(Table(cut.name, tuple(groups) if len(groups) > 1 else ()))
    return published[1:]


def two_way_allowed(respondents: Iterable[int]) -> bool:
    """Tell whether a two-way table with so many in each cell may be published."""
    return all(number >= TWO_WAY_FROM for number in respondents)


def _groups(cells: Mapping[Cell, int], cut: Cut) -> list[Group]:
    members: dict[str, set[Cell]] = {}
    for cell, group in cut.groups.items():
        if cell in cells:
            members.setdefault(group, set()).add(cell)
    return [
        Group((label,), frozenset(own), sum(cells[cell] for cell in own))
        for label, own in members.items()
    ]


def _secrets(cells: Mapping[Cell, int], cuts: Sequence[Sequence[Group]]) -> set[frozenset[Cell]]:
    """Return who must not be known: groups under 10, two of a cut, what two have in common."""
    alone = [group.cells for groups in cuts for group in groups]
    joined = [
        one.cells | other.cells
        for groups in cuts
        for one, other in combinations(groups, 2)
        if one.respondents + other.respondents < SMALLEST
    ]
    common = [one & other for one, other in combinations(alone, 2)]
    return {
        group
        for group in (*alone, *joined, *common)
        if 0 < sum(cells[cell] for cell in group) < SMALLEST
    }


def _enlarge(groups: list[Group]) -> list[Group]:
    """Merge the smallest until none is under 10; the merged group comes last."""
    while len(groups) > 1 and min(group.respondents for group in groups) < SMALLEST:
        groups = _merge(groups)
    return groups if all(group.respondents >= SMALLEST for group in groups) else []


def _merge(groups: list[Group]) -> list[Group]:
    """Merge the merged group, or else the smallest one, with the next smallest."""
    others = sorted(groups, key=lambda group: (not group.merged, group.respondents, group.labels))
    first, second = others[0], min(others[1:], key=lambda group: (group.respondents, group.labels))
    joined = Group(
        (*first.labels, *second.labels),
        first.cells | second.cells,
        first.respondents + second.respondents,
    )
    return [*(group for group in groups if group not in {first, second}), joined]


def _reveals(tables: Sequence[Table], cells: Mapping[Cell, int]) -> bool:
    """Tell whether a published group, less what a table shows within it, leaves too few."""
    new = tables[-1]
    for table in tables:
        for group in table.groups:
            if _remainder_is_small(group, new, cells):
                return True
    return any(
        _remainder_is_small(group, table, cells) for group in new.groups for table in tables[:-1]
    )


def _remainder_is_small(group: Group, table: Table, cells: Mapping[Cell, int]) -> bool:
    """Compare a group with the groups of a table inside of it, and with those that cover it."""
    inside = [each.cells for each in table.groups if each.cells <= group.cells]
    across = [each.cells for each in table.groups if each.cells & group.cells]
    within = group.cells.difference(*inside) if inside else frozenset()
    beyond = frozenset().union(*across) - group.cells
    return any(0 < sum(cells[cell] for cell in left) < SMALLEST for left in (within, beyond))
