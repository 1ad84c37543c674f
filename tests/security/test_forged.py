"""An outsider who knows all data of all buttons, all commands and all prefixes of links."""

import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from handlers.deep_links import OPENERS
from handlers.menu import STAFF_COMMANDS
from storage.database import open_database
from tests.counts import Say
from tests.security.forgeries import forgeries, kinds
from tests.security.party_life import bring_party_life
from tests.transcripts.memory import remember
from tests.transcripts.player import player
from tests.transcripts.script import Script, Step, read
from tests.transcripts.stage import bot_in_this_process, set_up

VILLAGE = Path(__file__).parent / "village.yaml"
ATTACKER = "attacker"
SEED = 20261124
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_TOKEN = re.compile(r"#\d+")  # how many were seen before it in a play
# What the bot does by itself meanwhile, for the office and not for the attacker.
_BESIDE = {"facts", "outbox", "digests", "deliveries", "mailings", "audit", "audit_ends"}


def test_no_two_kinds_of_buttons_share_a_prefix() -> None:
    """A button opens what it says: its prefix belongs to one kind alone."""
    prefixes = [kind.__prefix__ for kind in kinds()]
    assert sorted(set(prefixes)) == prefixes


def _links() -> list[str]:
    """Return payloads of links as somebody guesses them."""
    chance = random.Random(SEED)  # noqa: S311 - guesses
    guesses = ["", "1", "0", "-1", "%00", "../../etc/passwd", "' OR 1=1 --", "ә" * 20]
    guesses += ["".join(chance.choices(_LETTERS, k=32)) for _ in range(8)]
    return [f"{prefix}{guess}" for prefix in OPENERS for guess in guesses]


def _commands() -> list[str]:
    names = {name for commands in STAFF_COMMANDS.values() for name, _ in commands}
    return sorted(f"/{name}" for name in names)


def _of_others(memory: Mapping[str, list[str]], attacker: int) -> dict[str, list[str]]:
    """Return what is kept of everybody but the attacker."""
    return {
        table: sorted(_TOKEN.sub("token", row) for row in rows if str(attacker) not in row)
        for table, rows in memory.items()
        if table not in _BESIDE
    }


async def _attacked(folder: Path, steps: list[Step]) -> tuple[Script, str, dict[str, list[str]]]:
    """Let the attacker go through these steps; return the log and how the tables differ."""
    script = read(VILLAGE)
    script.steps = [Step(ATTACKER, "send", "/menu"), *steps]
    attacker = script.people[ATTACKER]["id"]
    async with set_up(folder, script.people, script.start_at, {}) as stage:
        db = await open_database(stage.database_url)
        await db.write(bring_party_life, script.start_at)
        await db.close()
        async with player(stage, script) as actor, bot_in_this_process(stage):
            before = _of_others(remember(stage.database_url), attacker)
            await actor.play(compare=False)
            after = _of_others(remember(stage.database_url), attacker)
        changed = {
            table: sorted(set(before[table]) ^ set(after[table]))
            for table in before
            if before[table] != after[table]
        }
        return script, stage.logged, changed


@pytest.mark.parametrize("part", range(2))
async def test_forged_buttons_change_nothing_of_others(
    part: int, tmp_path: Path, say: Say
) -> None:
    """Whatever data an outsider presses: nothing of anybody else changes, and nothing breaks."""
    data = forgeries()[part::2]

    _, log, changed = await _attacked(tmp_path, [Step(ATTACKER, "forge", each) for each in data])

    say(f"{len(data)} forged buttons of {len(kinds())} kinds: {len(changed)} tables changed")
    assert {} == changed
    assert "handler failed" not in log


async def test_forged_links_and_commands_open_nothing(tmp_path: Path, say: Say) -> None:
    """Guessed links give no role, and commands of the staff do nothing for others."""
    steps = [Step(ATTACKER, "follow", payload) for payload in _links()]
    steps += [Step(ATTACKER, "send", command) for command in _commands()]

    _, log, changed = await _attacked(tmp_path, steps)

    say(f"{len(steps)} forged links and commands: {len(changed)} tables changed")
    assert {} == changed
    assert "handler failed" not in log
