"""Pictures and files of digests, kept in a folder under CHARTS_DIR named by what is in them.

Digests of weeks, months and quarters are composed in the database first, drawn here, and told
last. The files of a digest follow from what it says, so that drawing again gives them the same
names: what a kill interrupted is drawn anew, and two readers of the same share one.
"""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, TypeAlias

import structlog
from aiogram.utils.i18n import I18n

from bot.nursery import Nursery
from bot.worker import Run, worker
from handlers.views.period_paper import period_paper
from handlers.views.period_picture import poster
from services.clock import ALMATY, Clock
from services.digests.channel import Attachment, Undelivered
from services.digests.model import Period
from services.digests.period_facts import PeriodFacts, from_payload
from services.digests.period_queueing import (
    BATCH,
    Untold,
    queue_period_digests,
    tell_period_digest,
    untold,
)
from services.digests.picture import DESIGN, Poster, draw
from services.language import Language
from services.organisation.directory import Organisations
from services.reports.paper import Paper
from services.reports.paper_book import write_book
from services.reports.paper_drawing import draw_paper
from storage.database import Database

log = structlog.get_logger(__name__)

_FOLDER = "digests"
_PNG, _PDF = "image/png", "application/pdf"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Drawn:
    """The files of one digest in one language."""

    picture: Path
    paper: Path
    book: Path

    def payload(self) -> dict[str, Any]:
        """Return the paths as the message of the digest carries them."""
        return {"picture": str(self.picture), "documents": [str(self.paper), str(self.book)]}


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is to be drawn: the picture and the document of one digest in one language."""

    poster: Poster
    paper: Paper
    drawn: Drawn


DrawOne: TypeAlias = Callable[[PeriodFacts, Language], Awaitable[Drawn]]


class DigestFiles:
    """Draws in a worker process: in the bot's own, answers to taps would wait for it."""

    def __init__(self, directory: Path, i18n: I18n, organisations: Organisations) -> None:
        self._directory = directory
        self._i18n = i18n
        self._organisations = organisations
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, facts: PeriodFacts, language: Language) -> Drawn:
        """Return the files of a digest, drawn unless they are there."""
        async with self.drawing() as draw_one:
            return await draw_one(facts, language)

    @asynccontextmanager
    async def drawing(self) -> AsyncIterator[DrawOne]:
        """Give what draws many, in one process that starts where something is to be drawn."""
        # Matplotlib keeps its list of fonts there.
        cache = {"MPLCONFIGDIR": str((self._directory / ".matplotlib").absolute())}
        async with self._one_at_a_time, worker(cache) as run:

            async def draw_one(facts: PeriodFacts, language: Language) -> Drawn:
                sheets = self._sheets(facts, language)
                if not await asyncio.to_thread(_is_there, sheets.drawn):
                    await _write(run, sheets)
                return sheets.drawn

            yield draw_one

    async def attachments(self, digest: Undelivered) -> tuple[Attachment, ...]:
        """Return the files of a digest that goes by e-mail; one of a day has none."""
        if digest.period is Period.DAILY:
            return ()
        facts = from_payload(digest.facts)
        if facts.quiet:
            return ()
        return await asyncio.to_thread(_read, await self.draw(facts, digest.language))

    def _sheets(self, facts: PeriodFacts, language: Language) -> Sheets:
        # The same for all who read it on this day, whenever it is drawn.
        made_at = datetime.combine(facts.day, time(), ALMATY)
        organisation = self._organisations.current
        with self._i18n.context(), self._i18n.use_locale(language.value):
            picture = poster(facts, organisation)
            paper = period_paper(facts, organisation, made_at)
        folder = self._directory / _FOLDER / _name_of(picture, paper)
        name = f"{facts.period.value}-{facts.first}-{language.value}"
        files = (folder / f"{name}.{kind}" for kind in ("png", "pdf", "xlsx"))
        return Sheets(picture, paper, Drawn(*files))


class PeriodDigests:
    """Composes, draws and tells digests of longer periods; the tick does not wait for drawing."""

    def __init__(
        self, files: DigestFiles, *, db: Database, clock: Clock, nursery: Nursery
    ) -> None:
        self._files = files
        self._db = db
        self._clock = clock
        self._nursery = nursery
        self._drawing: asyncio.Task[None] | None = None

    async def look(self) -> None:
        """Compose what is due, and begin to draw where something waits for its files."""
        while await self._db.write(queue_period_digests, self._clock.now(), BATCH) == BATCH:
            pass
        if self._drawing is not None and not self._drawing.done():
            return
        if await self._db.read(untold, self._clock.now()):
            self._drawing = self._nursery.spawn(self.tell(), "files of digests", endless=True)

    async def tell(self) -> None:
        """Draw the files of what is not told yet, and tell each as soon as they are there."""
        async with self._files.drawing() as draw_one:
            for each in await self._db.read(untold, self._clock.now()):
                try:
                    files = {} if each.facts.quiet else await _drawn(draw_one, each)
                except Exception:
                    # One digest that cannot be drawn must not stop all the others.
                    log.exception("the files of a digest are not drawn", digest=each.id)
                    continue
                await self._db.write(tell_period_digest, each, files, self._clock.now())


async def _drawn(draw_one: DrawOne, each: Untold) -> Mapping[str, Any]:
    return (await draw_one(each.facts, each.language)).payload()


async def _write(run: Run, sheets: Sheets) -> None:
    drawn = sheets.drawn
    drawn.picture.parent.mkdir(parents=True, exist_ok=True)
    parts: Iterable[tuple[Path, Any, Any]] = (
        (drawn.picture, draw, sheets.poster),
        (drawn.paper, draw_paper, sheets.paper),
        (drawn.book, write_book, sheets.paper),
    )
    for path, function, matter in parts:
        passing = path.with_suffix(".part")
        passing.write_bytes(await run(function, matter))
        passing.rename(path)


def _read(drawn: Drawn) -> tuple[Attachment, ...]:
    kinds = {drawn.picture: _PNG, drawn.paper: _PDF, drawn.book: _XLSX}
    return tuple(Attachment(path.name, kind, path.read_bytes()) for path, kind in kinds.items())


def _is_there(drawn: Drawn) -> bool:
    return all(path.exists() for path in (drawn.picture, drawn.paper, drawn.book))


def _name_of(picture: Poster, paper: Paper) -> str:
    """Return a name made of everything that is drawn."""
    matter = [DESIGN, asdict(picture), asdict(paper)]
    content = json.dumps(matter, ensure_ascii=False, default=str)
    return hashlib.sha256(content.encode()).hexdigest()[:32]
