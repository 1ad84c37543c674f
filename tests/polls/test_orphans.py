"""Keys that no poll needs are destroyed after a day."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services.delivery.policy import Policy
from services.people.model import Role
from services.polls.approving import send_poll, withdraw_draft
from services.polls.keys import PollKeys
from services.polls.orphans import sweep_keys
from storage.people import grant_role
from tests.polls.stage import DRAFT, NOON, OPERATOR, Stage

LATER = datetime.now(UTC) + timedelta(days=2)  # the files bear the machine's time


def names(folder: Path) -> list[str]:
    """Return what is in the folder of keys."""
    return sorted(path.name for path in (folder / "keys").iterdir())


async def test_a_failed_launch_leaves_no_key(stage: Stage, tmp_path: Path) -> None:
    """A key without a poll goes after a day, that of an open poll stays."""
    await stage.launch()
    stage.keys.create("failed")
    assert 0 == await sweep_keys(stage.db, stage.keys, LATER - timedelta(days=2))
    assert 1 == await sweep_keys(stage.db, stage.keys, LATER)
    assert ["d1.key"] == names(tmp_path)


async def test_a_key_that_is_asked_for_again_stays(
    sqlite_stage: Stage, keys: PollKeys, tmp_path: Path
) -> None:
    """A launch that is repeated much later finds its key, and nobody sweeps it up meanwhile."""
    keys.create("d7")
    old = LATER.timestamp() - timedelta(days=9).total_seconds()
    os.utime(tmp_path / "keys" / "d7.key", (old, old))
    keys.create("d7")
    assert 0 == await sweep_keys(sqlite_stage.db, keys, datetime.now(UTC))


async def test_a_key_that_waits_for_an_approval_stays(sqlite_stage: Stage) -> None:
    """What somebody else has yet to look at may take longer than a day to open."""
    stage = sqlite_stage
    await stage.db.write(grant_role, stage.people[0], Role.OPERATOR.value, None, NOON)
    few = Policy(approval_above=2)
    await send_poll(stage.db, stage.keys, DRAFT, policy=few, created_by=OPERATOR, now=NOON)
    assert 0 == await sweep_keys(stage.db, stage.keys, LATER)
    await stage.db.write(withdraw_draft, DRAFT.id, OPERATOR, NOON)
    assert 1 == await sweep_keys(stage.db, stage.keys, LATER)


async def test_halves_of_writing_are_swept(
    sqlite_stage: Stage, keys: PollKeys, tmp_path: Path
) -> None:
    """What a killed process left beside the keys goes, and the key it is a name of stays whole."""
    key = keys.create("d1")
    poll = await sqlite_stage.launch()
    folder = tmp_path / "keys"
    (folder / ".d8.0123abcd").write_bytes(b"half a key")
    os.link(folder / "d1.key", folder / ".d1.0123abcd")
    await sweep_keys(sqlite_stage.db, keys, LATER)
    assert (1, ["d1.key"], key) == (poll, names(tmp_path), keys.create("d1"))
