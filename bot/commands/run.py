"""`run`: serve people."""

import argparse
import asyncio
import sys

from bot.commands import sandbox
from bot.commands.page import Commands, add_command
from bot.late_models import quick_imports
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Brings the database up to date and serves people until SIGTERM or Ctrl+C;
  then finishes what was begun, within 20 seconds. With BOT_TOKEN it runs on
  Telegram: by webhook where WEBHOOK_URL is set, by long polling otherwise.
  Without BOT_TOKEN it starts the sandbox.

  An update is confirmed to Telegram only after its work is stored, so the
  process may be killed at any moment and loses nothing.

EXAMPLES
  python -m bot run
  BOT_TOKEN=123456:ABC-DEF python -m bot run
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "run", "Run the bot, or its sandbox without a token", _TEXT, run)


async def run(settings: Settings, options: argparse.Namespace) -> int:
    """Serve until told to stop."""
    if settings.bot_token is None:
        return await sandbox.sandbox(settings, options)

    with quick_imports():
        from bot.logs import set_up_logs
        from bot.program import run as serve
        from bot.program import stop_on_signals
        from bot.runner.token import TokenRefused
        from storage.database import DatabaseInUse

    set_up_logs(settings.log_level)
    stop = asyncio.Event()
    try:
        with stop_on_signals(stop):
            await serve(settings, stop)
    except (DatabaseInUse, TokenRefused) as reason:
        print(reason, file=sys.stderr)
        return 1
    return 0
