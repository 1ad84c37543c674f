"""Copying in a process of its own: `python -m tests.appeals_files.child DATABASE API FOLDER`."""

import asyncio
import sys
from pathlib import Path

from bot.attachments import AttachmentCopies
from bot.nursery import Nursery
from bot.settings import Settings
from bot.telegram import make_bot
from sandbox.server.listen import DEFAULT_TOKEN
from storage.database import open_database
from tests.delivery.stage import ManualClock


async def main(url: str, bot_api: str, folder: Path) -> None:
    """Copy everything, unless killed."""
    db = await open_database(url)
    facts = {"bot_token": DEFAULT_TOKEN, "telegram_api": bot_api}
    async with make_bot(Settings(_env_file=None, **facts)) as bot, Nursery() as nursery:
        copies = AttachmentCopies(folder, bot=bot, db=db, clock=ManualClock(), nursery=nursery)
        await copies.copy_now()
    await db.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
