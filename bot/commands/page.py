"""Help that reads like a manual page."""

import argparse
import textwrap
from collections.abc import Awaitable, Callable
from typing import Any

from bot.settings import Settings

Commands = Any  # argparse keeps the type of its subparsers private
Command = Callable[[Settings, argparse.Namespace], Awaitable[int]]


def add_command(
    commands: Commands, name: str, summary: str, text: str, command: Command
) -> argparse.ArgumentParser:
    """Add a subcommand; text is its manual page below the synopsis."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=summary,
        description=f"{summary}.",
        epilog=textwrap.dedent(text).strip("\n"),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=command)
    return parser
