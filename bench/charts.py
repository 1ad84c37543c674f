"""How long a worker process takes to draw one picture of a result.

The median of every kind of picture in a survey, in one process that has drawn before: bars, a
diverging bar, a ranking, the regions as tiles, groups.
"""

import time

from bench.figure import RUNS, Figure, middle
from bot.i18n import Catalogues
from bot.worker import worker
from handlers.views.poll_cards import card
from services.language import Language
from services.polls.chart import Card, draw
from services.polls.pages import pictures_of
from tests.polls.results import survey_result

FIGURES = ("chart_s",)
TARGET = 0.5


async def measure(only: str | None = None) -> list[Figure]:
    """Draw every page several times; `only` can name no other figure."""
    cards = _cards()
    took: list[float] = []
    async with worker() as run:
        await run(draw, cards[0])
        for _ in range(RUNS):
            for one in cards:
                began = time.perf_counter()
                await run(draw, one)
                took.append(time.perf_counter() - began)
    figure = middle("chart_s", took, "s", TARGET)
    return [figure] if only in {None, figure.name} else []


def _cards() -> list[Card]:
    result = survey_result(open_link=200)
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(Language.KAZAKH.value):
        return [card(result, page) for page in pictures_of(result)]
