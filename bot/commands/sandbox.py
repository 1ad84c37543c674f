"""`sandbox`: Telegram on your desk."""

import argparse

from bot.commands.page import Commands, add_command
from bot.settings import Settings

_TEXT = """
DESCRIPTION
  Starts a small Telegram of its own on this computer: a Bot API server, a
  chat page for the browser, invented people with two months of history, and
  the bot that serves them. Nothing leaves the computer; both ports listen on
  the loopback address only. Every start begins anew in var/sandbox.

  On the page choose a person, or see citizen, operator and Bureau member
  side by side; the clock moves forward on a press, so that a digest arrives
  and a deadline passes in a minute.

SETTINGS
  SANDBOX_PORT       the chat page, 8080 by default
  SANDBOX_API_PORT   the Bot API server, 8081 by default

EXAMPLES
  python -m bot sandbox
  SANDBOX_PORT=9000 python -m bot sandbox
"""


def add_to(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "sandbox", "Run the bot without Telegram", _TEXT, sandbox)


async def sandbox(settings: Settings, _options: argparse.Namespace) -> int:
    """Serve the sandbox and the bot in it until told to stop."""
    from bot.logs import set_up_logs
    from bot.sandbox import serve

    set_up_logs(settings.log_level)
    return await serve(settings)
