"""What is said of indicators on screens and in messages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.i18n import Catalogues
from handlers.screen import Screen
from handlers.views.roadmap_board import PUBLIC, Board, board_screen
from handlers.views.roadmap_callbacks import EvidenceShown, Part, ReportSkipped
from handlers.views.roadmap_editing_callbacks import AssigneeChosen, PollTied
from handlers.views.roadmap_indicator import history_screen
from handlers.views.roadmap_notices import stale_notice
from handlers.views.roadmap_words import amount, sparkline
from handlers.views.table_faults import faults_text
from services.organisation.directory import Named, Official, Organisation, Section
from services.refusal import Refusal
from services.roadmap.board import Line
from services.roadmap.fact import Fact
from services.roadmap.indicator import State
from services.roadmap.table import FORMS, Sheet
from services.roadmap.telling import about
from services.tables.model import Fault
from services.text.length import utf16_length
from tests.roadmap.conftest import NOW, TODAY, WATER_NATION, WATER_SAIRAM

LONGEST_MESSAGE = 4096
OFFICIAL = Official("kenesova", "К" * 200, "К" * 200, "council", "Қ" * 200, "Ч" * 200)
PARTY = Organisation(
    Named("party", "Үлгі", "Пример"),
    sections={"water": Section("water", "Ауыз су", "Питьевая вода", "💧")},
    officials={"kenesova": OFFICIAL},
)
FACT = Fact(7, "water.nation", Decimal("95.5"), None, NOW, 501, "kenesova")


@pytest.fixture(autouse=True)
def _kazakh() -> Iterator[None]:
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("kk"):
        yield


def lines(count: int) -> tuple[Line, ...]:
    """Return so many indicators with names as long as they may be."""
    indicators = (
        replace(WATER_SAIRAM, code=f"i{number:02}", name_kk="<" * 300, unit_kk="&" * 40)
        for number in range(count)
    )
    return tuple(Line(each, FACT, 55, State.BEHIND, "kenesova") for each in indicators)


def pressed(screen: Screen) -> list[str]:
    """Return what the buttons carry, row by row."""
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    return [one.callback_data or "" for row in screen.keyboard.inline_keyboard for one in row]


@pytest.mark.parametrize("kind", [{}, {"kind": PUBLIC}])
def test_a_page_of_the_longest_names_fits_into_a_message(kind: Mapping[str, Any]) -> None:
    """Telegram counts what is shown, at most 4,096 characters."""
    board = Board(lines(20), TODAY, PARTY, **kind)
    text = board_screen(board, "water", answers="Қ" * 400).text
    shown = text.replace("&lt;", "<").replace("&amp;", "&").replace("<b>", "").replace("</b>", "")
    assert utf16_length(shown) <= LONGEST_MESSAGE


def test_pages_follow_each_other_by_key() -> None:
    """Every indicator stands on exactly one page, whatever follows the last one seen."""
    board = Board(lines(20), TODAY, PARTY)
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        buttons = pressed(board_screen(board, "water", after))
        seen += [data.removeprefix("rmi:") for data in buttons if data.startswith("rmi:")]
        onward = [data.removeprefix("rmb::") for data in buttons if data.startswith("rmb::")]
        after = next((code for code in onward if code), None)
    assert [line.indicator.code for line in board.lines] == seen


def test_a_page_of_history_fits_into_a_message() -> None:
    """Comments, questions and replies are cut to what a page can hold."""
    told = replace(FACT, comment="<" * 1000, question="&" * 1000, reply="<" * 1000)
    screen = history_screen(WATER_NATION, [told] * 10, PARTY, first=True)
    shown = screen.text.replace("&lt;", "<").replace("&amp;", "&")
    assert utf16_length(shown) <= LONGEST_MESSAGE


def test_twenty_mistakes_of_a_table_fit_into_a_message() -> None:
    """What a table says is cut, the rest is counted."""
    fault = Fault(Refusal("There is no section “{value}”.", value="<" * 500), Sheet.INDICATORS, 9)
    text = faults_text([replace(fault, column="section")] * 30, FORMS)
    assert utf16_length(text.replace("&lt;", "<")) <= LONGEST_MESSAGE
    assert text.endswith("10")


def test_the_bars_show_the_way_to_the_plan_also_where_less_is_better() -> None:
    """The lowest bar is the start or worse, the highest the plan or better."""
    falling = replace(WATER_NATION, start=Decimal(200), plan=Decimal(100))
    values = [Decimal(value) for value in (250, 200, 150, 100, 50)]
    assert "▁▁▄██" == sparkline(falling, values)


@pytest.mark.parametrize(
    ("value", "said"),
    [("1234567.5", "1 234 567,5"), ("-3", "-3"), ("0", "0"), ("0.125", "0,125")],
)
def test_amounts_are_written_as_here(value: str, said: str) -> None:
    """Digits are grouped by spaces that do not break, decimals follow a comma."""
    assert said.replace(" ", "\N{NO-BREAK SPACE}") == amount(Decimal(value))


@pytest.mark.parametrize(
    ("last", "said"),
    [
        ({"value": None, "day": None}, "жоспар: 100 %, есеп әлі берілмеген"),
        (
            {"value": "95.5", "day": "2026-01-20"},
            "Соңғы есеп: 95,5 %, 20.01.2026. Жоспар: 100 %",
        ),
    ],
)
def test_a_stale_indicator_is_asked_for_with_its_last_report(
    last: Mapping[str, Any], said: str
) -> None:
    """The message says what was reported last, for how long nothing was, and leads to a report."""
    payload = about(WATER_NATION) | {"official": "kenesova", "days": 42, **last}
    notice = stale_notice(payload, replace(PARTY, officials={}))
    assert said in notice.text
    assert "Есепсіз өткен күн: 42. Мерзімі: 31.12.2026" in notice.text
    assert notice.keyboard is not None
    assert "rmr:water.nation" == notice.keyboard.inline_keyboard[0][0].callback_data


@pytest.mark.parametrize(
    "data",
    [
        EvidenceShown(code="c" * 32, fact=2**31),
        ReportSkipped(code="c" * 32, words=2**31, part=Part.EVIDENCE),
        AssigneeChosen(tag="0" * 8, official="o" * 32),
        PollTied(code="c" * 32, poll=2**31, on=True),
    ],
)
def test_the_longest_codes_fit_on_a_button(data: CallbackData) -> None:
    """Telegram takes 64 bytes."""
    assert len(data.pack().encode()) <= 64
