"""What citizens get: the file by its schema, screens with base, dates and method, the picture."""

import json
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.openness_chart import openness_card
from handlers.views.openness_file import file_words
from handlers.views.openness_screens import (
    corrections_screen,
    month_screen,
    regions_screen,
    topics_screen,
)
from services.language import Language
from services.openness import correcting
from services.openness.correcting import Reasons
from services.openness.figures import COUNTRY, Cell, Figures, Told
from services.openness.file import as_json
from services.openness.publishing import bring_month
from services.openness.reading import OpenMonth, Point, read_line, read_month, read_months
from services.organisation.directory import Organisation, load_organisation
from services.people.model import Role
from services.polls.chart import Lines, draw
from services.text.length import utf16_length
from storage.people import grant_role
from tests.digests.conftest import JOINED, OPERATOR, WATER
from tests.openness.schema import faults, schema
from tests.openness.test_correcting import FIGURES, MENDED

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
NOW = datetime(2026, 7, 20, 5, tzinfo=UTC)
TOPICS = {
    Cell("", "water-supply"): Figures(80, 70, 55, 40, 30, 20, 80, 5, 12),
    Cell("", "roads"): Figures(38, 28, 23, 18, 8, 10, 40, 4, 9),
    Cell("", "schools"): Figures(2, 2, 2, 2, 2, 0, 0, 1, 1),
}


@pytest.fixture(autouse=True)
def _months(connection: Connection) -> None:
    """Let a March be out that was corrected, and an April."""
    for person in (OPERATOR, WATER):
        grant_role(connection, person, Role.ADMINISTRATOR.value, None, JOINED)
    for month in (MARCH, APRIL):
        bring_month(connection, month, FIGURES | TOPICS, None, NOW)
    asked = correcting.ask_correction(
        connection, OPERATOR, MARCH, MENDED | TOPICS, Reasons("Кеш келді", "Пришло поздно"), 7, NOW
    )
    correcting.decide_correction(connection, WATER, asked.id, NOW, through=True)


@pytest.fixture(params=list(Language))
def spoken(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak one language after the other."""
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale(request.param.value):
        yield request.param


@pytest.fixture
def organisation(connection: Connection) -> Organisation:
    """Return the demonstration's party."""
    return load_organisation(connection)


def month_of(connection: Connection, month: date = MARCH) -> OpenMonth:
    """Return a month that is out."""
    found = read_month(connection, month)
    assert found is not None
    return found


def file_of(connection: Connection, organisation: Organisation) -> dict[str, Any]:
    """Return the file of all months."""
    words = file_words(Catalogues())
    found: dict[str, Any] = json.loads(
        as_json(read_months(connection, 9), organisation, words, NOW)
    )
    return found


def test_the_file_is_as_its_schema_says(
    connection: Connection, organisation: Organisation
) -> None:
    """The schema stands in docs/openness-format.md; a wrong file would be noticed."""
    content = file_of(connection, organisation)

    assert [] == faults(content, schema(), schema())
    content["months"][0]["cells"][1]["registered"] = 7
    assert 1 == len(faults(content, schema(), schema()))


def test_the_file_says_base_dates_and_method(
    connection: Connection, organisation: Organisation
) -> None:
    """Labels are in both languages; what is hidden is null; corrections have both values."""
    content = file_of(connection, organisation)
    march, april = content["months"]
    regions = {cell["region"]: cell for cell in march["cells"] if cell["region"]}

    assert ("2026-03", "2026-03-01", "2026-03-31") == tuple(
        march[name] for name in ("month", "from", "to")
    )
    assert (march["corrected_at"] is None, april["corrected_at"] is None) == (False, True)
    assert 20 == len(regions)
    assert (regions["15"]["registered"], regions["15"]["in_time"]) == (None, None)
    assert {"schools"}.isdisjoint(cell["topic"] for cell in march["cells"])
    assert content["figures"]["p90_days"]["method"]["kk"]
    assert set(Told.__slots__) == set(content["figures"])
    (made,) = march["corrections"]
    assert {"kk": "Кеш келді", "ru": "Пришло поздно"} == made["reason"]
    assert (120, 135) == (made["changes"][0]["before"], made["changes"][0]["after"])


@pytest.mark.usefixtures("spoken")
def test_every_screen_says_base_dates_and_method(
    connection: Connection, organisation: Organisation
) -> None:
    """And is read on a small phone: lines of figures are short, buttons not cut much."""
    month = month_of(connection)
    screens = [
        month_screen(month, COUNTRY, organisation),
        month_screen(month, Cell("10"), organisation),
        month_screen(month, Cell("", "roads"), organisation),
        regions_screen(month),
        topics_screen(month, 0, organisation),
    ]
    for screen in screens:
        assert "01.03.2026–31.03.2026" in screen.text
        assert "20.07.2026" in screen.text
        assert "<blockquote expandable>" in screen.text
        assert utf16_length(screen.text) < 1500
        assert "{" not in screen.text
    figures = screens[0].text.split("\n")[3:9]
    assert all(len(line) <= 80 for line in figures)


@pytest.mark.usefixtures("spoken")
def test_a_correction_shows_both_values(
    connection: Connection, organisation: Organisation
) -> None:
    """The former one is crossed out, the reason stands in the reader's language."""
    text = corrections_screen(month_of(connection), organisation).text

    assert "<s>120</s> → 135" in text
    assert ("Кеш келді" in text) != ("Пришло поздно" in text)


@pytest.mark.usefixtures("spoken")
def test_the_picture_has_a_line_of_months(
    connection: Connection, organisation: Organisation
) -> None:
    """Its points are the exact shares; a month that is hidden has none; it is drawn as PNG."""
    month = month_of(connection, APRIL)
    line = (Point(date(2026, 2, 1), Told()), *read_line(connection, COUNTRY, APRIL))
    card = openness_card(month, line, COUNTRY, organisation)

    (lines,) = [part for part in card.parts if isinstance(part, Lines)]
    assert ("02.26", "03.26", "04.26") == lines.days
    assert [(1, 0.78), (2, 0.8)] == [(dot.wave, dot.share) for dot in lines.lines[0].points]
    picture = draw(card)
    assert (b"\x89PNG", 1280) == (picture[:4], struct.unpack(">I", picture[16:20])[0])


def test_nothing_small_is_drawn(connection: Connection, organisation: Organisation) -> None:
    """A region with seven appeals has neither points nor bars."""
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale("ru"):
        line = read_line(connection, Cell("15"), APRIL)
        card = openness_card(month_of(connection, APRIL), line, Cell("15"), organisation)
    assert [] == [part for part in card.parts if isinstance(part, Lines)]
