"""A second bot on the same SQLite file."""

import signal
from collections.abc import Awaitable, Callable
from typing import Any

from tests.processes import StartProgram


async def test_a_second_process_refuses_with_one_sentence(
    sandbox_factory: Callable[..., Awaitable[Any]],
    sqlite_url: str,
    environment: Any,
    program: StartProgram,
) -> None:
    """It says who uses the database, ends with 1, and leaves the first one at work."""
    settings = environment(await sandbox_factory(), sqlite_url)
    async with program(settings) as first:
        await first.says("this process leads")
        async with program(settings) as second:
            status = await second.end()
        assert not first.ended.is_set()
        stopped = await first.send(signal.SIGTERM)
    path = sqlite_url.removeprefix("sqlite:///")
    assert 1 == status
    assert (
        f"The database {path} is in use by another process (number {first.pid}). "
        "Stop that process first, or give this one a database of its own.\n"
    ) == second.words
    assert 0 == stopped


async def test_invitations_are_made_beside_a_running_bot(
    sandbox_factory: Callable[..., Awaitable[Any]],
    sqlite_url: str,
    environment: Any,
    program: StartProgram,
) -> None:
    """`invite` and `import` work on the file that a bot uses."""
    settings = environment(await sandbox_factory(), sqlite_url)
    async with program(settings) as bot:
        await bot.says("this process leads")
        async with program(settings, "invite", "operator") as invite:
            status = await invite.end()
        async with program(settings, "import", settings["ORGANISATION_FILE"]) as imported:
            again = await imported.end()
        await bot.send(signal.SIGTERM)
    assert (0, 0) == (status, again)
    assert invite.words.startswith("https://t.me/")
