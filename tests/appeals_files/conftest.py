"""An appeal with files that lie in a sandbox's Telegram."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiogram import Bot
from sqlalchemy import Connection, RowMapping

from bot import telegram
from bot.attachments import AttachmentCopies
from bot.nursery import Nursery
from bot.settings import Settings
from sandbox.server import Sandbox
from sandbox.server.files import FileKind, Upload
from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.appeals.model import Attachment, AttachmentKind
from storage.database import Database
from storage.schema.appeals import attachments
from tests.appeals.conftest import CITIZEN, seed
from tests.delivery.stage import MORNING, ManualClock

File = tuple[AttachmentKind, str | None, bytes]


def make_bot(sandbox: Sandbox) -> Bot:
    """Return the product's own bot, before the sandbox."""
    facts = {"bot_token": sandbox.token, "telegram_api": sandbox.bot_api}
    return telegram.make_bot(Settings(_env_file=None, **facts))


def upload(sandbox: Sandbox, kind: AttachmentKind, name: str | None, data: bytes) -> Attachment:
    """Let Telegram hold a file, and return it as an appeal keeps it."""
    files, sent = sandbox.telegram.files, Upload(name or "x", data)
    if kind is AttachmentKind.PHOTO:
        stored = files.add_photo(sent)[-1]
    else:
        stored = files.add(FileKind(kind.value), sent)
    return Attachment(kind, stored.file_id, stored.unique_id, name, None, len(data))


def file_with(connection: Connection, files: Sequence[Attachment], *, sealed: bool = False) -> int:
    """File an appeal with these files, which came in the messages 10, 11, 12 and so on."""
    seed(connection)
    draft = Draft("files", topic="water-supply", region="19", confidential=sealed)
    draft = draft.with_text(5, "Су жоқ, құбырдың суреті қоса берілді.")
    for message_id, each in enumerate(files, 10):
        draft = draft.with_file(message_id, each)
    number: int = file_appeal(connection, draft, Filing(CITIZEN), MORNING)["id"]
    return number


def rows(connection: Connection) -> Sequence[RowMapping]:
    """Return the files in their order."""
    statement = sa.select(attachments).order_by(attachments.c.message_id)
    return connection.execute(statement).mappings().all()


@dataclass
class Desk:
    """A bot with copies under a folder, before a sandbox."""

    sandbox: Sandbox
    db: Database
    bot: Bot
    folder: Path
    clock: ManualClock
    nursery: Nursery

    @property
    def copies(self) -> AttachmentCopies:
        """What copies, as after a start."""
        facts = {"bot": self.bot, "db": self.db, "clock": self.clock, "nursery": self.nursery}
        return AttachmentCopies(self.folder, **facts)

    async def file(self, *files: File, sealed: bool = False) -> int:
        """File an appeal with these files, which Telegram holds."""
        kept = [upload(self.sandbox, *file) for file in files]
        return await self.db.write(file_with, kept, sealed=sealed)

    async def rows(self) -> Sequence[RowMapping]:
        """Return the files as the database has them."""
        return await self.db.read(rows)

    def later(self, **more: float) -> None:
        """Move the clock."""
        self.clock.moment += timedelta(**more)


@pytest.fixture
async def desk(
    sandbox_factory: Callable[..., Awaitable[Any]], database: Database, tmp_path: Path
) -> Any:
    """Yield a bot before a sandbox without limits."""
    sandbox = await sandbox_factory()
    async with make_bot(sandbox) as bot, Nursery() as nursery:
        yield Desk(sandbox, database, bot, tmp_path / "files", ManualClock(), nursery)
