"""The board of the Road Map: sections, and the indicators of one, in pages by key.

One layout serves those who answer (`own`) and everybody (`public`); only what the buttons open
differs.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.roadmap_callbacks import (
    BoardShown,
    IndicatorShown,
    PublicBoard,
    PublicIndicator,
)
from handlers.views.roadmap_words import (
    MARKS,
    is_silent,
    line_bars,
    marks,
    official_line,
    place_name,
    section_title,
    with_unit,
)
from services.organisation.directory import Organisation
from services.roadmap.board import Line
from services.roadmap.indicator import Level, State
from services.text.length import shortened

# As many as fit on one screen whatever their names are.
PAGE = 8
_NAME = 110
_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """What the buttons of a board open."""

    board: Callable[..., CallbackData]
    indicator: Callable[..., CallbackData]


OWN = Kind(BoardShown, IndicatorShown)
PUBLIC = Kind(PublicBoard, PublicIndicator)


@dataclass(frozen=True, slots=True)
class Board:
    """A board at hand: its lines in the order of display, the day, whose it is.

    last: the rows of buttons below it.
    """

    lines: Sequence[Line]
    day: date
    organisation: Organisation
    kind: Kind = OWN
    last: tuple[list[InlineKeyboardButton], ...] = ()

    @property
    def sections(self) -> tuple[str, ...]:
        """The codes of the sections that have indicators, in the order of display."""
        return tuple(dict.fromkeys(line.indicator.section for line in self.lines))

    def section_of(self, section: str, after: str) -> str:
        """Return the section that is shown: the named one, that of an indicator, the only one.

        Empty where several are shown.
        """
        found = next((one for one in self.lines if one.indicator.code == after), None)
        if found is not None:
            return found.indicator.section
        if section in self.sections:
            return section
        return self.sections[0] if len(self.sections) == 1 else ""

    def of(self, section: str) -> list[Line]:
        """Return the indicators of one section."""
        return [line for line in self.lines if line.indicator.section == section]


def board_screen(board: Board, section: str = "", after: str = "", answers: str = "") -> Screen:
    """Return a page of the indicators of a section, or all sections without one.

    after: the code of the last indicator that was seen; answers: who answers for the section, as
    HTML. A few indicators are shown at once, whatever their sections are.
    """
    if section:
        return _section_screen(board, section, after, answers)
    if board.lines and len(board.lines) <= PAGE:
        return _page_screen(board, board.lines, title=_title(board))
    return _sections_screen(board)


def summary(lines: Sequence[Line], day: date) -> str:
    """Return how many indicators stand how: «🔴 1 · 🟡 2 · ⚪ 2», states without any left out.

    Silent ones are counted beside, whether they are behind plan or not.
    """
    counts = Counter(line.state for line in lines)
    counts[State.SILENT] = sum(is_silent(line, day) for line in lines)
    return " · ".join(f"{MARKS[state]} {counts[state]}" for state in State if counts[state])


def legend() -> str:
    """Return what the marks mean."""
    return _("🔴 due date past · 🟡 behind plan · ⚪ no report · 🟢 on plan · ✅ reached")


def _sections_screen(board: Board) -> Screen:
    text = [_title(board), ""]
    if not board.lines:
        text.append(_("There are no indicators here yet."))
    for section in board.sections:
        lines = board.of(section)
        text.append(
            f"{escape(section_title(section, board.organisation))}: {summary(lines, board.day)}"
        )
    if board.lines:
        text += ["", legend()]
    buttons = [
        button(section_title(section, board.organisation), board.kind.board(section=section))
        for section in board.sections
    ]
    return Screen("\n".join(text), keyboard(*in_rows(buttons, 1), *board.last))


def _section_screen(board: Board, section: str, after: str, answers: str) -> Screen:
    lines = board.of(section)
    codes = [line.indicator.code for line in lines]
    start = codes.index(after) + 1 if after in codes else 0
    title = f"{_title(board)}\n{bold(escape(section_title(section, board.organisation)))}"
    if answers:
        title = f"{title}\n👤 {answers}"
    turning = []
    if start:
        turning.append(button(_("« To the beginning"), board.kind.board(section=section)))
    if start + PAGE < len(lines):
        onward = board.kind.board(after=codes[start + PAGE - 1])
        turning.append(button(_("More ›"), onward))
    whole = [button(_("🗺 All sections"), board.kind.board())] if len(board.sections) > 1 else []
    shown = lines[start : start + PAGE]
    return _page_screen(board, shown, [turning, whole], title=title, first=start + 1)


def _page_screen(
    board: Board,
    lines: Sequence[Line],
    rows: Sequence[list[InlineKeyboardButton]] = (),
    *,
    title: str,
    first: int = 1,
) -> Screen:
    numbered = list(enumerate(lines, first))
    blocks = [title]
    section = lines[0].indicator.section if first > 1 or rows else None
    for number, line in numbered:
        if line.indicator.section != section:
            section = line.indicator.section
            blocks.append(bold(escape(section_title(section, board.organisation))))
        blocks.append("\n".join(_line(number, line, board)))
    choose = _("To open an indicator, press its number.")
    blocks.append(f"{legend()}\n{choose}")
    buttons = [
        button(str(number), board.kind.indicator(code=line.indicator.code))
        for number, line in numbered
    ]
    return Screen("\n\n".join(blocks), keyboard(*in_rows(buttons, _COLUMNS), *rows, *board.last))


def _line(number: int, line: Line, board: Board) -> Iterator[str]:
    """Yield an indicator of a list: name, fact and plan, bars, due date, who answers for it."""
    indicator = line.indicator
    name = escape(shortened(indicator.name(current_language()), _NAME))
    yield f"{number}. {marks(line, board.day)} {name}"
    if indicator.level is not Level.REPUBLIC:
        yield f"📍 {escape(place_name(indicator))}"
    due = _("due date: {date}").format(date=full(indicator.due_on))
    plan = with_unit(indicator.plan, indicator)
    if line.fact is None:
        yield _("plan: {plan}, nothing reported yet").format(plan=plan)
        yield due
    else:
        fact = with_unit(line.fact.value, indicator)
        yield _("fact: {fact}, plan: {plan}").format(fact=fact, plan=plan)
        yield _("carried out: {percent} %").format(percent=line.percent) + line_bars(line)
        yield f"{as_of(line)} · {due}"
    if board.kind is PUBLIC:
        yield f"👤 {official_line(line.official, board.organisation)}"


def as_of(line: Line) -> str:
    """Return «as of 20.11.2026»; empty where nothing was reported."""
    if line.fact is None:
        return ""
    return _("as of {date}").format(date=full(line.fact.day))


def _title(board: Board) -> str:
    name = _("🗺 Road Map")
    return f"{bold(name)} · {full(board.day)}"
