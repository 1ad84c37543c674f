"""Margins that an administrator sends: taken whole, or refused with the line that is wrong."""

import pytest

from services.people.model import Role
from services.polls.uploading import keep_margins, read_table, table_in_force
from services.polls.weights import DEFAULT_AS_OF, official
from services.refusal import Refusal
from storage.people import grant_role
from tests.polls.stage import NOON, OPERATOR, Stage

ADMINISTRATOR = 1000


async def in_force(stage: Stage) -> str:
    """Return the table that comes along, as a file."""
    await stage.db.write(grant_role, ADMINISTRATOR, Role.ADMINISTRATOR.value, None, NOON)
    table, as_of = await stage.db.read(table_in_force)
    assert as_of == DEFAULT_AS_OF
    return table


async def test_the_table_in_force_can_be_sent_back(stage: Stage) -> None:
    """What is fetched as a file fits when it is sent back, and counts from then on."""
    table = await in_force(stage)
    kept = await stage.db.write(keep_margins, table.encode(), "01.01.2026", ADMINISTRATOR, NOON)
    assert kept.as_of == "01.01.2026"
    assert [name for name, _people in kept.totals] == ["region", "sex_settlement", "age"]
    found = await stage.db.read(official)
    assert (found.as_of, len(found.margins)) == ("01.01.2026", 3)
    again = await stage.db.write(keep_margins, table.encode(), "01.01.2026", ADMINISTRATOR, NOON)
    assert again == kept
    assert len(await stage.rows("poll_margins")) == 1


@pytest.mark.parametrize(
    ("before", "after", "parameters"),
    [
        ("region,11,", "region,99,", {"line": 3, "level": "99", "margin": "region"}),
        ("region,11,", "region,11,x", {"line": 3}),
        ("region,11,", "region,10,", {"line": 3}),
        ("age,60+,", "age,60+,9", {"margin": "age"}),
        ("margin,level", "name,level", {"line": 1}),
    ],
)
async def test_what_is_wrong_is_named(
    sqlite_stage: Stage, before: str, after: str, parameters: dict[str, object]
) -> None:
    """An unreadable line, an unknown level and a total that differs are each named."""
    table = (await in_force(sqlite_stage)).replace(before, after, 1)
    with pytest.raises(Refusal) as refused:
        read_table(table.encode())
    assert refused.value.parameters == parameters


async def test_a_missing_level_is_named(sqlite_stage: Stage) -> None:
    """A margin without one of its levels would leave people without a weight."""
    lines = (await in_force(sqlite_stage)).splitlines()
    neighbour = lines.pop(2).split(",")
    first = lines[1].split(",")
    lines[1] = ",".join([*first[:2], str(int(first[2]) + int(neighbour[2])), first[3]])
    with pytest.raises(Refusal) as refused:
        read_table("\n".join(lines).encode())
    assert refused.value.parameters == {"margin": "region", "level": "11"}


@pytest.mark.parametrize(("by", "as_of"), [(OPERATOR, "01.01.2026"), (ADMINISTRATOR, " ")])
async def test_only_an_administrator_with_a_date(sqlite_stage: Stage, by: int, as_of: str) -> None:
    """An operator cannot change the weights, and a table without its date is not taken."""
    table = await in_force(sqlite_stage)
    with pytest.raises(Refusal):
        await sqlite_stage.db.write(keep_margins, table.encode(), as_of, by, NOON)
    assert await sqlite_stage.rows("poll_margins") == []


@pytest.mark.parametrize("file", [b"\xff\xfe", b"x" * 100_001, b""])
def test_other_files_are_refused(file: bytes) -> None:
    """A picture, a huge file or an empty one is no table."""
    with pytest.raises(Refusal):
        read_table(file)
