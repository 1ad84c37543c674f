"""Pictures of results: what is on them, and how they are drawn and kept."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import WorkerCharts
from bot.i18n import Catalogues
from handlers.views.poll_cards import card
from services.language import Language
from services.places.atlas import atlas
from services.polls.chart import Bar, Card, Diverging, Grid, Lines, draw
from services.polls.chart_sheet import font_file
from services.polls.pages import Page, View, pictures_of
from services.polls.results import Result
from tests.polls.results import (
    CLOSED,
    SUPPRESSED,
    UNWEIGHTED,
    plain_poll,
    plain_result,
    survey_result,
)

LONG = "Ауыл мен аудан орталығының арасындағы жолды күрделі жөндеуден өткізу керек деп есептеймін"


@pytest.fixture(autouse=True, params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


def _bars(result: Result) -> list[Bar]:
    return [part for part in card(result, Page(0)).parts if isinstance(part, Bar)]


def _size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_percentages_wait_for_fifty() -> None:
    """Under 50 answers the picture has numbers and no percentage."""
    assert ["20", "15", "5"] == [bar.figure for bar in _bars(plain_result((20, 15, 5)))]


def test_a_blunted_bar_does_not_tell() -> None:
    """A bar of none looks like a bar of a few, and one of all like one of nearly all."""
    bars = _bars(plain_result((60, 0, 0)))
    assert [0.975, 0.025, 0.025] == [bar.length for bar in bars]
    assert [(None, None)] * 3 == [(bar.low, bar.high) for bar in bars]


def test_bars_have_their_intervals_and_difficult_is_grey() -> None:
    """The interval of each share is drawn around it; «difficult to answer» is grey and last."""
    bars = _bars(survey_result())
    assert all(bar.low is not None and bar.low < bar.length for bar in bars)
    assert [False] * 4 + [True] == [bar.grey for bar in bars]


def test_a_scale_parts_from_its_middle(language: Language) -> None:
    """Five points in one bar with both ends in words, and the mean below."""
    parts = card(survey_result(), Page(2)).parts
    scale = next(part for part in parts if isinstance(part, Diverging))
    assert ["1", "2", "3", "4", "5"] == [step.value for step in scale.steps]
    low = "Мүлде қанағаттанбаймын" if language is Language.KAZAKH else "Совсем не доволен"
    assert f"1 – {low}" == scale.low


def test_every_region_has_its_tile_and_suppressed_ones_are_dashed() -> None:
    """The grid has 20 tiles, no two at one place; too few answers leave a tile without a share."""
    parts = card(survey_result(), Page(0, View.REGIONS)).parts
    grid = next(part for part in parts if isinstance(part, Grid))
    assert len(atlas().regions) == len({(tile.column, tile.row) for tile in grid.tiles})
    dashed = [tile for tile in grid.tiles if tile.share is None]
    assert len(dashed) > len(SUPPRESSED)  # groups under 50 are dashed too
    assert {"–"} == {tile.figure for tile in dashed}


def test_an_option_goes_from_wave_to_wave() -> None:
    """A trend has a point for each wave and the days below."""
    last = survey_result()
    first = replace(last, ended_at=CLOSED.replace(month=5))
    parts = card(last, Page(0, View.TREND), (first, last)).parts
    lines = next(part for part in parts if isinstance(part, Lines))
    assert ("23.05.2026", "23.11.2026") == lines.days
    assert {(0, 1)} == {tuple(point.wave for point in line.points) for line in lines.lines}


def test_base_dates_and_method_are_on_every_picture(language: Language) -> None:
    """Every card says how many answered, when, and that it is no random sample."""
    result = survey_result(weighing=UNWEIGHTED, open_link=200)
    words = {
        Language.KAZAKH: ("Жауап бергендер: 1 240", "Өлшенбеген", "кездейсоқ іріктемесі емес"),
        Language.RUSSIAN: ("Ответили: 1 240", "Не взвешено", "не случайная выборка"),
    }[language]
    for page in pictures_of(result):
        drawn = card(result, page)
        facts = " ".join(drawn.facts).replace("\N{NO-BREAK SPACE}", " ")
        assert words[0] in facts
        assert words[1] in facts
        assert "16.11.2026 – 23.11.2026" in facts
        assert words[2] in drawn.method


def test_the_letters_come_with_matplotlib() -> None:
    """The file of DejaVu Sans is inside of matplotlib and has every letter of Kazakh."""
    from matplotlib.font_manager import get_font  # noqa: PLC0415  # the drawing's own import

    for bold in (False, True):
        known = get_font(str(font_file(bold=bold))).get_charmap()
        assert set("ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё–▲▼«»") <= {chr(code) for code in known}


@pytest.mark.parametrize(
    "page",
    [Page(0), Page(0, View.REGIONS), Page(0, View.GROUPS), Page(2), Page(3), Page(4)],
    ids=str,
)
def test_every_kind_is_1280_wide(page: Page, language: Language) -> None:
    """A picture of each kind can be drawn; one language is enough to see that."""
    if language is Language.KAZAKH:
        assert 1280 == _size(draw(card(survey_result(), page)))[0]


def test_a_picture_is_always_the_same_and_grows_with_its_words(language: Language) -> None:
    """The same words give the same bytes, longer ones a higher picture."""
    small = card(plain_result(), Page(0))
    long = plain_poll((LONG, LONG), (LONG[:80], LONG[:80]))
    large = card(plain_result(poll=long), Page(0))
    first = draw(small)
    if language is Language.RUSSIAN:
        assert first == draw(small)
        return
    assert _size(first)[1] < _size(draw(large))[1]


def test_a_card_is_opaque() -> None:
    """No pixel lets the chat behind shine through."""
    from io import BytesIO  # noqa: PLC0415

    from PIL import Image  # noqa: PLC0415

    picture = Image.open(BytesIO(draw(Card("", "?", (), (), ""))))
    assert (255, 255) == picture.convert("RGBA").getchannel("A").getextrema()


async def test_pictures_are_drawn_once_and_again_when_lost(
    tmp_path: Path, language: Language
) -> None:
    """A worker draws both languages; a picture that is there stays, a lost one comes back."""
    if language is Language.RUSSIAN:
        return  # both languages are drawn at once
    charts = WorkerCharts(tmp_path, Catalogues())
    counted = plain_result()
    drawn = await charts.draw(counted)
    assert set(Language) == set(drawn)
    before = {path: path.read_bytes() for paths in drawn.values() for path in paths}
    drawn[Language.KAZAKH][0].unlink()
    kept = drawn[Language.RUSSIAN][0].stat().st_mtime_ns
    assert drawn == await charts.draw(counted)
    assert before == {path: path.read_bytes() for path in before}
    assert kept == drawn[Language.RUSSIAN][0].stat().st_mtime_ns
    page = await charts.page(counted, Page(0), (), Language.KAZAKH)
    assert drawn[Language.KAZAKH][0] == page


async def test_nothing_is_drawn_of_a_small_base(tmp_path: Path) -> None:
    """A result that is not shown by option has no picture."""
    charts = WorkerCharts(tmp_path, Catalogues())
    counted = plain_result((5, 4, 0))
    assert {} == await charts.draw(counted)
    assert await charts.page(counted, Page(0), (), Language.KAZAKH) is None


def test_the_bot_never_loads_matplotlib(language: Language) -> None:
    """Putting the whole bot together imports no drawing: that is the worker's."""
    if language is Language.RUSSIAN:
        return
    program = "import sys, bot.wiring; print('matplotlib' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "False\n" == run.stdout
