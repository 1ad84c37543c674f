"""Pictures of results, kept in CHARTS_DIR under a name made of what is on them."""

import asyncio
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from aiogram.utils.i18n import I18n

from bot.worker import worker
from handlers.views.poll_cards import card
from services.language import Language
from services.polls.chart import DESIGN, Card, draw
from services.polls.pages import Page, View, is_drawn, pictures_of, views
from services.polls.results import Result


class WorkerCharts:
    """Draws in a worker process: in the bot's own, answers to taps would wait for it."""

    def __init__(self, directory: Path, i18n: I18n) -> None:
        self._directory = directory
        self._i18n = i18n
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, result: Result) -> dict[Language, list[Path]]:
        """Return the pictures of answers in each language, drawn unless they are there.

        Those of regions, groups and trends are drawn when somebody asks for them. Empty where
        the result is not shown by option.
        """
        pages = [page for page in pictures_of(result) if page.view is View.ANSWERS]
        if not pages:
            return {}
        cards = {
            language: [self._card(result, page, (), language) for page in pages]
            for language in Language
        }
        await self._draw(one for written in cards.values() for one in written)
        return {language: [*map(self._path, written)] for language, written in cards.items()}

    async def page(
        self, result: Result, page: Page, waves: Sequence[Result], language: Language
    ) -> Path | None:
        """Return the picture of one page, drawn unless it is there; None where it has none."""
        if not is_drawn(result, page.question):
            return None
        if page.view not in {View.ANSWERS, *views(result, page.question, waves)}:
            return None
        written = self._card(result, page, waves, language)
        await self._draw([written])
        return self._path(written)

    async def regions(self, result: Result, language: Language) -> dict[int, Path]:
        """Return the pictures of regions by the position of the question, where there are any."""
        cards = {
            page.question: self._card(result, page, (), language)
            for page in pictures_of(result)
            if page.view is View.REGIONS
        }
        await self._draw(cards.values())
        return {question: self._path(written) for question, written in cards.items()}

    async def picture(self, written: Card) -> Path:
        """Return the picture of a card that was written already, drawn unless it is there."""
        await self._draw([written])
        return self._path(written)

    def _card(
        self, result: Result, page: Page, waves: Sequence[Result], language: Language
    ) -> Card:
        with self._i18n.context(), self._i18n.use_locale(language.value):
            return card(result, page, waves)

    def _path(self, written: Card) -> Path:
        parts = [[type(part).__name__, asdict(part)] for part in written.parts]
        content = json.dumps([DESIGN, asdict(written), parts], ensure_ascii=False)
        name = hashlib.sha256(content.encode()).hexdigest()[:32]
        return self._directory / f"{name}.png"

    async def _draw(self, cards: Iterable[Card]) -> None:
        wanted = {self._path(written): written for written in cards}
        async with self._one_at_a_time:
            missing = {path: written for path, written in wanted.items() if not path.exists()}
            if missing:
                await self._make(missing)

    async def _make(self, missing: dict[Path, Card]) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        # Matplotlib keeps its list of fonts there.
        cache = {"MPLCONFIGDIR": str((self._directory / ".matplotlib").absolute())}
        async with worker(cache) as run:
            for path, written in missing.items():
                passing = path.with_suffix(".part")
                passing.write_bytes(await run(draw, written))
                passing.rename(path)
