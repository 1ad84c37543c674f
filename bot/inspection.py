"""Looking into a citizen's file before others see it, and painting pictures anew."""

import asyncio
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from aiogram import Bot

from bot.attachments import TROUBLE
from bot.fetching import NotThere, TooBig, fetch
from bot.kept_files import read_copy
from bot.worker import worker
from handlers.inspection import Look, Verdict
from services.appeals.cleaning import PICTURES, NotCleaned, clean_film, clean_picture, is_bare
from services.appeals.content import Content, agrees, recognise
from services.appeals.files import KeptFile


class WorkerInspection:
    """Fetches a file, or reads the copy of it, and paints pictures in a worker process.

    One at a time: twenty megabytes of a file and a large picture are in memory meanwhile.
    """

    def __init__(self, bot: Bot, attachments: Path | None) -> None:
        self._bot = bot
        self._attachments = attachments
        self._one_at_a_time = asyncio.Lock()

    async def look(self, file: KeptFile) -> Look:
        """Return what may be shown of the file."""
        async with self._one_at_a_time:
            try:
                data = await self._read(file)
            except TooBig:
                return Look(Verdict.TOO_BIG)
            except NotThere:
                return Look(Verdict.GONE)
            except TROUBLE:
                return Look(Verdict.LATER)
            return await _judge(data, file)

    async def _read(self, file: KeptFile) -> bytes:
        if self._attachments is not None and file.path is not None:
            copy = self._attachments / file.path
            if copy.is_file():
                return await asyncio.to_thread(read_copy, copy)
        return await fetch(self._bot, file.file.file_id)


async def _judge(data: bytes, file: KeptFile) -> Look:
    content = recognise(data)
    honest = content is not None and agrees(content, file.file.file_name)
    if content in PICTURES and not (honest and is_bare(data, content)):
        return await _painted(data, content)
    if content is Content.HEIC:
        return Look(Verdict.NOT_CLEANED)
    if content is None or not honest:
        return Look(Verdict.UNKNOWN)
    if content is Content.MP4:
        cleaned = await asyncio.to_thread(clean_film, data)
        if cleaned != data:
            return Look(Verdict.CLEANED, cleaned, content.value.extension)
    return Look(Verdict.AS_IT_IS, data, content.value.extension)


async def _painted(data: bytes, content: Content) -> Look:
    try:
        async with worker() as run:
            painted, extension = await run(clean_picture, data, content)
    except (NotCleaned, BrokenProcessPool):
        return Look(Verdict.NOT_CLEANED)
    return Look(Verdict.CLEANED, painted, extension)
