"""The picture and the documents of a longer digest: what is in them, and what never is."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from aiogram.types import InlineKeyboardMarkup
from pypdf import PdfReader

from bot.i18n import Catalogues
from handlers.views.digest_marks import Plain, Rich
from handlers.views.period_digest import LIMIT, period_keyboard, period_text
from handlers.views.period_paper import period_paper
from handlers.views.period_picture import poster
from services.digests.facts import Gap, Quote, TopicCount
from services.digests.model import Period
from services.digests.period_facts import (
    Change,
    IndicatorLine,
    OfficialLine,
    PeriodFacts,
    RegionRate,
    Week,
)
from services.digests.picture import draw
from services.language import Language
from services.organisation.directory import Named, Official, Organisation, Section, Topic
from services.places.atlas import atlas
from services.reports.paper import Change as Difference
from services.reports.paper import Column, Paper, Share, Table
from services.reports.paper_book import write_book
from services.reports.paper_drawing import draw_paper
from services.roadmap.scope import Area
from services.text.length import utf16_length

NOW = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
LONG = "Ауыл тұрғындарын орталықтандырылған ауыз сумен қамтамасыз ету жөніндегі шаралар " * 2
ORGANISATION = Organisation(
    party=Named("party", "«Үлгі» партиясы", "Партия «Үлгі»"),
    sections={"water": Section("water", "Ауыз су", "Питьевая вода", "💧")},
    topics={"supply": Topic("supply", LONG, LONG, "🚰", "water", retired=False)},
    officials={
        "mysalbaev": Official(
            "mysalbaev", "Айбек Мысалбаев", "Айбек Мысалбаев", "bureau", "мүше", "член"
        )
    },
)
EMPTY = PeriodFacts(
    period=Period.WEEKLY,
    official="mysalbaev",
    day=date(2026, 11, 23),
    first=date(2026, 11, 16),
    last=date(2026, 11, 22),
    areas=(Area(),),
    sections=(),
    everything=True,
    new=Change(0),
    answered=Change(0),
    open=Change(0),
    overdue=Change(0),
    in_time=None,
    target=0.9,
    median=None,
    slowest=None,
    confirmed=None,
    closed=None,
    disputed=0,
    extended=0,
    redirected=0,
    escalated=0,
    unrouted=0,
    rated=0,
    rating=None,
    badly_rated=0,
    weeks=tuple(Week(date(2026, 9, 28) + timedelta(weeks=n), 0, 0) for n in range(8)),
    topics=(),
    regions=tuple(RegionRate(code, None, None) for code in atlas().regions),
    behind=(),
    officials=(),
    decisions=0,
)
FULL = replace(
    EMPTY,
    new=Change(12_426, 12_298),
    answered=Change(1190, 1254),
    open=Change(2315, 2201),
    overdue=Change(141, 163),
    in_time=0.873,
    median=9,
    slowest=17,
    confirmed=0.61,
    closed=0.27,
    ended=640,
    disputed=88,
    extended=34,
    redirected=21,
    escalated=12,
    unrouted=5,
    rated=210,
    rating=3.94,
    badly_rated=31,
    weeks=tuple(replace(week, registered=40, answered=38) for week in EMPTY.weeks),
    topics=(TopicCount("supply", "", "", 312, 140),),
    places=(TopicCount("supply", "61", "612000", 44),),
    regions=tuple(RegionRate(code, 44, 0.3 + n) for n, code in enumerate(atlas().regions)),
    behind=(
        IndicatorLine("pipes", 34, 71, None, LONG, LONG, date(2026, 12, 31), member="mysalbaev"),
    ),
    officials=(OfficialLine("mysalbaev", 30, 4, 25, 0.88, None, 4.1, 12),),
    decisions=4,
    quote=Quote("Екі аптадан бері су жоқ. " * 11, "kk", "supply", "61"),
    gaps=((Gap.NO_DISTRICT, 41), (Gap.UNROUTED, 5)),
)


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


@pytest.fixture
def _russian() -> Iterator[None]:
    """Speak Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


def sheets(paper: Paper) -> Any:
    """Return the spreadsheet as a reader opens it."""
    return openpyxl.load_workbook(BytesIO(write_book(paper)))


def pages(paper: Paper) -> str:
    """Return the words of the PDF, with one space between them."""
    reader = PdfReader(BytesIO(draw_paper(paper)))
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("facts", [FULL, EMPTY], ids=["full", "empty"])
def test_a_picture_for_a_phone(language: Language, facts: PeriodFacts) -> None:
    """1080 pixels wide, also of a week in which nothing happened."""
    drawn = poster(facts, ORGANISATION)
    png = draw(drawn)

    assert 1080 == struct.unpack_from(">I", png, 16)[0]
    assert ("«Үлгі» партиясы" if language is Language.KAZAKH else "Партия «Үлгі»") in drawn.over


@pytest.mark.usefixtures("_russian")
def test_what_stands_on_the_picture() -> None:
    """Four big numbers with their change, the shares with the target, the source."""
    drawn = poster(FULL, ORGANISATION)
    nbsp = "\N{NO-BREAK SPACE}"

    assert [f"12{nbsp}426", f"1{nbsp}190", f"2{nbsp}315", "141"] == [
        figure.value for figure in drawn.figures
    ]
    assert f"▼{nbsp}22 · неделей ранее: 163" == drawn.figures[3].change
    assert [f"87{nbsp}%", f"61{nbsp}%", f"27{nbsp}%"] == [each.figure for each in drawn.measures]
    assert drawn.regions is not None
    assert 20 == len(drawn.regions.tiles)
    assert "Бюро национальной статистики" in drawn.facts[-1]


@pytest.mark.usefixtures("_russian")
def test_few_regions_are_told_in_words() -> None:
    """A grid of one tile says nothing."""
    facts = replace(FULL, everything=False, areas=(Area(None, "61"),))
    drawn = poster(replace(facts, regions=(RegionRate("61", 44, 0.21),)), ORGANISATION)

    assert drawn.regions is None
    assert "Туркестан: 0,21" == drawn.no_regions


@pytest.mark.usefixtures("_russian")
def test_a_district_has_no_small_topics() -> None:
    """Nor what a total betrays: beside one small topic the next one is not told either."""
    counts = (("supply", 60, 12), ("b", 44, 3), ("c", 4, 30), ("d", 2, 0))
    topics = tuple(TopicCount(code, "", "", count, joined) for code, count, joined in counts)
    facts = replace(
        FULL,
        everything=False,
        areas=(Area(None, "61", "612000"),),
        topics=topics,
        new=Change(110, 100),
        joined=45,
    )
    drawn = poster(facts, ORGANISATION)
    rows = sheets(period_paper(facts, ORGANISATION, NOW))["Темы"]

    assert ["60", "–", "–", "–"] == [one.figure for one in drawn.topics]
    told = [(60, None), (None, None), (None, 30), (None, None)]
    assert told == [row[1:] for row in rows.iter_rows(4, values_only=True)]


@pytest.mark.parametrize("marks", [Rich(), Plain()])
@pytest.mark.usefixtures("language")
def test_the_words_fit_under_a_picture(marks: Rich | Plain) -> None:
    """However long the names: 1,024 units; the numbers are never left out."""
    text = period_text(FULL, ORGANISATION, marks)

    assert utf16_length(text) <= LIMIT
    assert "12\N{NO-BREAK SPACE}426" in text


@pytest.mark.usefixtures("_russian")
def test_a_week_of_nothing_is_one_line() -> None:
    """No picture is drawn for it either."""
    text = period_text(EMPTY, ORGANISATION, Plain())

    assert EMPTY.quiet
    assert not FULL.quiet
    assert 2 == len(text.splitlines())


@pytest.mark.usefixtures("_russian")
def test_what_to_press() -> None:
    """The proof of reading, the overdue list and what may be done about it."""
    pressed = period_keyboard(FULL, 17)

    assert isinstance(pressed, InlineKeyboardMarkup)
    words = [row[0].text for row in pressed.inline_keyboard]
    assert "🔴 Просрочено: 141" == words[1]
    assert "dgread:17" == pressed.inline_keyboard[0][0].callback_data


@pytest.mark.usefixtures("_russian")
def test_numbers_are_numbers_in_the_spreadsheet() -> None:
    """Shares are fractions, changes have their sign, what is not told is empty."""
    book = sheets(period_paper(FULL, ORGANISATION, NOW))
    numbers = {row[0]: row[1:4] for row in book["Показатели"].iter_rows(4, values_only=True)}

    assert (12_426, 12_298, 128) == numbers["Новые обращения"]
    assert (0.873, None, None) == numbers["Отвечено в срок"]
    assert ("Айбек Мысалбаев", 30, 4, 25, 0.88, None, 4.1) == tuple(
        cell.value for cell in book["Ответственные"][4]
    )
    expected = {"О дайджесте", "Показатели", "Темы", "Районы", "Регионы", "Индикаторы"}
    assert expected <= set(book.sheetnames)


def test_no_formula_is_run() -> None:
    """What looks like one stays words; a name that no sheet may have is made one."""
    table = Table(
        name="A/B: [x]",
        title="=1+1",
        columns=(Column("=2", 1, words=True), Column("n", 1), Column("p", 1)),
        rows=(("=cmd()", Share(0.5), Difference(-0.031, points=True)),),
    )
    paper = Paper("ru", "", "=HYPERLINK(1)", (), (table,), (), "f", "m", "", NOW)
    book = sheets(paper)
    sheet = book["A B   x"]

    assert ["s", "s", "n", "n"] == [sheet[cell].data_type for cell in ("A1", "A4", "B4", "C4")]
    assert ("=cmd()", 0.5, pytest.approx(-3.1)) == tuple(cell.value for cell in sheet[4])
    assert "s" == book["f"]["A1"].data_type


def test_all_of_it_stands_in_the_document(language: Language) -> None:
    """Who answers, behind plan, the quote and the method, in both languages."""
    text = pages(period_paper(FULL, ORGANISATION, NOW))

    assert "Айбек Мысалбаев" in text
    assert "Екі аптадан бері су жоқ." in text
    method = {Language.KAZAKH: "Қалай саналды", Language.RUSSIAN: "Как посчитано"}
    assert method[language] in text
