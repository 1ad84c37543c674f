"""The sandbox as a newcomer starts it: `python -m bot sandbox`, in a folder of its own."""

import asyncio
import os
import re
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PARTS = ("bot", "handlers", "services", "storage", "locales", "sandbox")
_READY = re.compile(r"open (http://\S+) in a browser")
_PATIENCE = 240  # seconds for the demonstration of two months to be played


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[str]:
    """Run it on free ports and return the page's address; what it keeps stays in the folder.

    The folder holds links to the program's parts, so neither this clone's `var` nor its `.env`
    has a say.
    """
    for part in _PARTS:
        (folder / part).symlink_to(ROOT / part)
    quiet = {"SANDBOX_PORT": "0", "SANDBOX_API_PORT": "0", "LOG_LEVEL": "warning"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "sandbox",
        cwd=folder,
        env=os.environ | quiet,
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield await asyncio.wait_for(_address(process), _PATIENCE)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _address(process: asyncio.subprocess.Process) -> str:
    if process.stdout is None:
        raise ValueError("the process must be started with a pipe")
    async for line in process.stdout:
        ready = _READY.search(line.decode())
        if ready:
            return ready[1]
    raise AssertionError("the sandbox ended before it was ready")
