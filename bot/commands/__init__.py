"""The command line: `python -m bot COMMAND`."""

import argparse
import asyncio
import sys
from collections.abc import Sequence

import uvloop

from bot.commands import (
    audit,
    backup,
    campaign,
    doctor,
    importing,
    invite,
    keys,
    migrate,
    restore,
    retention,
    review,
    roadmap,
    roles,
    routing,
    run,
    sandbox,
    staff,
    table,
)
from bot.settings import BadSettings, Settings, load_settings
from bot.unlocking import refuse_without_keys, unlock

EXIT_BAD_SETTINGS = 2
# Nothing sealed is read by these.
_WITHOUT_KEYS = (backup.backup, restore.restore, keys.new, keys.check, doctor.doctor, roles.roles)
_COMMANDS = (
    run,
    sandbox,
    migrate,
    invite,
    staff,
    importing,
    roadmap,
    table,
    routing,
    review,
    campaign,
    backup,
    restore,
    keys,
    audit,
    roles,
    retention,
    doctor,
)

_DESCRIPTION = """\
Unqosu, a Telegram bot in Kazakh and Russian: citizens leave appeals, answer
polls and receive news; the people who answer for them get digests.

Settings come from the environment or from the file .env in this folder;
.env.example lists every one with a comment.
"""
_EPILOGUE = """\
EXIT STATUS
  0  all went well
  1  the command could not do its work; one line says why
  2  a setting or an argument is wrong; one line names it

EXAMPLES
  python -m bot run                 run on Telegram, or the sandbox without BOT_TOKEN
  python -m bot invite operator     print a one-time link for a new operator
  python -m bot doctor              tell what is in order and what to do
"""


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="COMMANDS", metavar="COMMAND", required=True)
    for command in _COMMANDS:
        command.add_to(commands)
    options = parser.parse_args(arguments)
    try:
        settings = load_settings()
        unlock(settings)
        if options.command not in _WITHOUT_KEYS and not _is_sandbox(settings, options):
            refuse_without_keys(settings)
        # asyncio.Runner and not uvloop.run: only the former turns Ctrl+C into KeyboardInterrupt.
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            status: int = runner.run(options.command(settings, options))
    except BadSettings as reason:
        print(reason, file=sys.stderr)
        return EXIT_BAD_SETTINGS
    except KeyboardInterrupt:
        return 0
    return status


def _is_sandbox(settings: Settings, options: argparse.Namespace) -> bool:
    """Tell whether what runs has a database and a key of its own."""
    told = options.command is sandbox.sandbox
    return told or (options.command is run.run and settings.bot_token is None)
