"""Pictures of results, kept in CHARTS_DIR under a name made of what is on them."""

import asyncio
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from aiogram.utils.i18n import I18n

from bot.worker import worker
from handlers.views.poll_result import card
from services.language import Language
from services.polls.chart import DESIGN, Card, draw
from services.polls.disclosure import Disclosure, disclosure
from services.polls.results import Result


class WorkerCharts:
    """Draws in a worker process: in the bot's own, answers to taps would wait for it."""

    def __init__(self, directory: Path, i18n: I18n) -> None:
        self._directory = directory
        self._i18n = i18n
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, result: Result) -> dict[Language, Path]:
        """Return the picture in each language, drawn unless it is there.

        Empty where the result is not shown by option.
        """
        if disclosure(result.base, result.votes) is Disclosure.BASE:
            return {}
        cards = {language: self._card(result, language) for language in Language}
        paths = {language: self._path(written) for language, written in cards.items()}
        async with self._one_at_a_time:
            missing = {paths[language]: cards[language] for language in Language}
            missing = {path: drawn for path, drawn in missing.items() if not path.exists()}
            if missing:
                await self._make(missing)
        return paths

    def _card(self, result: Result, language: Language) -> Card:
        with self._i18n.context(), self._i18n.use_locale(language.value):
            return card(result)

    def _path(self, written: Card) -> Path:
        content = json.dumps([DESIGN, asdict(written)], ensure_ascii=False)
        name = hashlib.sha256(content.encode()).hexdigest()[:32]
        return self._directory / f"{name}.png"

    async def _make(self, missing: dict[Path, Card]) -> None:
        self._directory.mkdir(parents=True, exist_ok=True)
        # Matplotlib keeps its list of fonts there.
        cache = {"MPLCONFIGDIR": str((self._directory / ".matplotlib").absolute())}
        async with worker(cache) as run:
            for path, written in missing.items():
                passing = path.with_suffix(".part")
                passing.write_bytes(await run(draw, written))
                passing.rename(path)
