"""The sandbox alone: `python -m sandbox --seed FILE`."""

import argparse
import asyncio
import contextlib
import signal
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sandbox.seed import Seed, SeedError, load_seed
from sandbox.server import Limits, Sandbox
from sandbox.server.listen import DEFAULT_TOKEN

MANUAL = """\
NAME
    python -m sandbox - Telegram on your desk

SYNOPSIS
    python -m sandbox [--seed FILE] [--port N] [--bot-api-port N] [--token T]
                      [--start-at ISO] [--no-limits]

DESCRIPTION
    Runs a local Bot API server and a chat page, both on loopback only. A bot that
    takes its server from TELEGRAM_API reaches it exactly as it reaches Telegram, by
    long polling or by webhook. Nothing is kept: when it stops, everything is gone.
"""
EPILOGUE = """\
FILES
    The seed is YAML with two keys, others are ignored:
        bot:    {username: demo_bot, name_kk: ..., name_ru: ...}
        people: [{first_name: ..., last_name: ..., username: ..., language_code: kk,
                  label: citizen, about_kk: ..., about_ru: ..., id: 100001}]

EXIT STATUS
    0 after an interrupt; 2 when the seed, the token or a port cannot be used.

EXAMPLES
    python -m sandbox --seed demo.yaml
    curl -d '{"text": "/start"}' http://127.0.0.1:8080/api/chats/100001/messages

SEE ALSO
    sandbox/README.md: methods, limits, faults, and the control API.
"""


def parser() -> argparse.ArgumentParser:
    """Return the command line, whose help reads like a manual page."""
    found = argparse.ArgumentParser(
        prog="python -m sandbox",
        usage=argparse.SUPPRESS,
        description=MANUAL,
        epilog=EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        add_help=False,
    )
    options = found.add_argument_group("OPTIONS")
    options.add_argument("--help", action="help", help="show this manual and exit")
    options.add_argument("--seed", type=Path, metavar="FILE", help="who is on the desk")
    options.add_argument(
        "--port", type=int, default=8080, metavar="N", help="page and control API (8080)"
    )
    options.add_argument(
        "--bot-api-port", type=int, default=8081, metavar="N", help="Bot API (8081)"
    )
    options.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="a loopback address (127.0.0.1)"
    )
    options.add_argument(
        "--token", default=DEFAULT_TOKEN, metavar="T", help="the bot's token on this desk"
    )
    options.add_argument(
        "--start-at",
        type=datetime.fromisoformat,
        metavar="ISO",
        help="the desk's time at the start, with a zone: 2026-03-06T10:00+05:00",
    )
    options.add_argument(
        "--no-limits", action="store_true", help="never answer 429 for sending too fast"
    )
    return found


async def serve(sandbox: Sandbox) -> None:
    """Run until interrupted."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    async with sandbox:
        sys.stdout.write(
            f"The sandbox listens on loopback only. Chat page: {sandbox.page}/  "
            f"Bot API: {sandbox.bot_api}  Token: {sandbox.token}\n"
        )
        sys.stdout.flush()
        await stopped.wait()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status."""
    options = parser().parse_args(arguments)
    try:
        sandbox = Sandbox(
            load_seed(options.seed) if options.seed else Seed(),
            bot_api_port=options.bot_api_port,
            page_port=options.port,
            host=options.host,
            token=options.token,
            limits=Limits.off() if options.no_limits else Limits(),
            start_at=options.start_at,
        )
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve(sandbox))
    except (SeedError, ValueError, OSError) as error:
        sys.stderr.write(f"sandbox: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
