"""`doctor`: what is in order, and what to do about what is not."""

import argparse

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Looks at the token and the bot's rights at Telegram, the clock, the disks,
  the database and whether it can be written, who holds its lock, whether the
  sender lives while messages wait, the keys and the catalogues. Each line
  says ok, or what to do. Changes nothing, and may run beside the bot.

EXIT STATUS
  0  everything is ok
  1  at least one line says what to do

EXAMPLES
  python -m bot doctor
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "doctor", "Tell what is in order and what to do", _TEXT, doctor)


async def doctor(settings: Settings, _options: argparse.Namespace) -> int:
    """Print one line for each check."""
    from bot.doctor import examine

    healthy = True
    async for finding in examine(settings):
        print(f"{'ok  ' if finding.ok else 'FIX '}{finding.subject}: {finding.words}")
        healthy = healthy and finding.ok
    return 0 if healthy else 1
