"""Writing the report of a poll as a spreadsheet; runs in a worker process only.

A sheet of contents, one of facts, one for each question, of a named poll one of who answered
what, and one of the method. Numbers are numbers: shares are fractions shown as per cent. A text
stays text: no formula is run.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from services.polls.report import Asked, Blunt, Group
from services.polls.report_paper import Paper, Roster, Said, mark_of, missing_words, share_words

_A4 = 9  # XlsxWriter's number of the paper
_HEAD_ROW = 3
_WIDTHS = (24, 24, 11, 11, 11, 46, 11, 12, 12, 10, 10, 12, 12, 34)

# A cell and the name of its format.
Cell = tuple[str | int | float, str] | None
Row = tuple[Cell, ...]


def write_book(paper: Paper) -> bytes:
    """Return an XLSX file."""
    from xlsxwriter import Workbook  # noqa: PLC0415  # never in the bot's own process

    file = BytesIO()
    with Workbook(file, {"constant_memory": True, "in_memory": False}) as book:
        book.set_properties({"title": paper.title, "created": paper.made_at.replace(tzinfo=None)})
        formats = _formats(book)
        names = [_name(paper.said, asked) for asked in paper.questions]
        _contents(_Sheet(book, paper.said.contents, formats), paper, names)
        _facts(_Sheet(book, paper.said.facts, formats), paper)
        for name, asked in zip(names, paper.questions, strict=True):
            _question(_Sheet(book, name, formats), asked, paper.said)
        if paper.roster is not None:
            _roster(_Sheet(book, paper.said.respondents, formats), paper.roster, paper.said)
        _method(_Sheet(book, paper.said.method, formats), paper)
    return file.getvalue()


class _Sheet:
    """A sheet that is written from the top; what is above cannot be changed any more."""

    def __init__(self, book: Any, name: str, formats: dict[str, Any]) -> None:
        self.page = book.add_worksheet(name)
        self._formats = formats
        self.row = 0
        self.page.set_paper(_A4)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)

    def put(self, *cells: Cell) -> None:
        """Write a row and go to the next."""
        for place, cell in enumerate(cells):
            if cell is None:
                continue
            value, name = cell
            if isinstance(value, str):
                self.page.write_string(self.row, place, value, self._formats[name])
            else:
                self.page.write_number(self.row, place, value, self._formats[name])
        self.row += 1

    def link(self, target: str, words: str) -> None:
        """Write a way to another sheet."""
        self.page.write_url(
            self.row, 0, f"internal:'{target}'!A1", self._formats["link"], string=target
        )
        self.page.write_string(self.row, 1, words, self._formats["text"])
        self.row += 1


def _formats(book: Any) -> dict[str, Any]:
    top = {"valign": "top"}
    made: dict[str, dict[str, Any]] = {
        "title": {"bold": True, "font_size": 14},
        "head": {"bold": True, "text_wrap": True, "bg_color": "#E1E6EC", "border": 1} | top,
        "bold": {"bold": True} | top,
        "text": {"text_wrap": True} | top,
        "plain": top,
        "grey": {"text_wrap": True, "font_color": "#5B6673"} | top,
        "whole": {"num_format": "#,##0"} | top,
        "share": {"num_format": "0.0%"} | top,
        "points": {"num_format": "+0.0;-0.0"} | top,
        "value": {"num_format": "0.00"} | top,
        "blunt": {"align": "right"} | top,
        "link": {"font_color": "#1F6FB2", "underline": 1} | top,
    }
    return {name: book.add_format(values) for name, values in made.items()}


def _name(said: Said, asked: Asked) -> str:
    return said.question.replace("{number}", str(asked.number))


def _contents(sheet: _Sheet, paper: Paper, names: list[str]) -> None:
    sheet.page.set_column(0, 0, 22)
    sheet.page.set_column(1, 1, 100)
    sheet.put((paper.title, "title"))
    sheet.put((paper.over, "plain"))
    sheet.put()
    sheet.link(paper.said.facts, paper.title)
    for name, asked in zip(names, paper.questions, strict=True):
        sheet.link(name, asked.text)
    if paper.roster is not None:
        sheet.link(paper.said.respondents, paper.said.respondents)
    sheet.link(paper.said.method, paper.said.method)


def _facts(sheet: _Sheet, paper: Paper) -> None:
    sheet.page.set_column(0, 0, 44)
    sheet.page.set_column(1, 1, 90)
    sheet.page.freeze_panes(1, 0)
    sheet.put((paper.title, "title"))
    for label, value in paper.facts:
        sheet.put((label, "bold"), (value, "text"))
    sheet.put()
    for warning in paper.warnings:
        sheet.put(None, (warning, "text"))


def _roster(sheet: _Sheet, roster: Roster, said: Said) -> None:
    sheet.page.set_column(0, len(roster.heads) - 1, 36)
    sheet.page.freeze_panes(_HEAD_ROW + 1, 1)
    sheet.page.repeat_rows(_HEAD_ROW)
    sheet.put((said.respondents, "title"))
    sheet.put()
    sheet.put()
    sheet.put(*((head, "head") for head in roster.heads))
    for row in roster.rows:
        sheet.put(*((words, "text") for words in row))
    sheet.page.autofilter(_HEAD_ROW, 0, max(sheet.row - 1, _HEAD_ROW), len(roster.heads) - 1)


def _method(sheet: _Sheet, paper: Paper) -> None:
    sheet.page.set_column(0, 0, 34)
    sheet.page.set_column(1, 1, 110)
    sheet.page.freeze_panes(1, 0)
    sheet.put((paper.said.method, "title"))
    for term, meaning in paper.method:
        sheet.put((term, "bold"), (meaning, "text"))


def _question(sheet: _Sheet, asked: Asked, said: Said) -> None:
    heads = (
        said.breakdown, said.group, said.base, said.skipped, said.not_asked, said.answer,
        said.votes, said.share, said.weighted, said.low, said.high, said.differs, said.value,
        said.note,
    )  # fmt: skip
    for place, width in enumerate(_WIDTHS):
        sheet.page.set_column(place, place, width)
    sheet.page.freeze_panes(_HEAD_ROW + 1, 0)
    sheet.page.repeat_rows(_HEAD_ROW)
    sheet.put((asked.text, "title"))
    sheet.put((said.several, "plain") if asked.most > 1 and _counts(asked) else None)
    sheet.put((said.too_few, "plain") if asked.national is None else None)
    sheet.put(*((head, "head") for head in heads))
    for row in _rows(asked, said):
        sheet.put(*row)
    sheet.page.autofilter(_HEAD_ROW, 0, max(sheet.row - 1, _HEAD_ROW), len(heads) - 1)


def _counts(asked: Asked) -> bool:
    return asked.type.value == "multiple"


def _rows(asked: Asked, said: Said) -> Iterable[Row]:
    if asked.national is not None:
        yield from _group_rows(said.national, asked.national, said)
    for breakdown in asked.breakdowns:
        for group in breakdown.groups:
            yield from _group_rows(breakdown.name, group, said)
        if words := missing_words(breakdown, said):
            yield _at({0: (breakdown.name, "text"), 13: (words, "text")})
    for theme, mentions in asked.themes:
        yield _at({0: (said.open_answers, "text"), 5: (theme, "text"), 6: (mentions, "whole")})
    if asked.worded and not asked.themes:
        yield _at({0: (said.open_answers, "text"), 13: (said.no_themes, "text")})


def _group_rows(cut: str, group: Group, said: Said) -> Iterable[Row]:
    about: dict[int, Cell] = {
        0: (cut, "text"), 1: (group.name, "text"), 2: (group.answered, "whole"),
        3: (group.skipped, "whole"), 4: (group.not_asked, "whole"),
    }  # fmt: skip
    if mark := mark_of(group, said):
        about[13] = (mark, "text")
    for line in group.lines:
        yield _at(
            about
            | {
                5: (line.label, "grey" if line.grey else "text"),
                6: None if line.votes is None else (line.votes, "whole"),
                7: _share(line.share),
                8: _share(line.weighted),
                9: _number(line.low, "share"),
                10: _number(line.high, "share"),
                11: _number(line.differs, "points"),
            }
        )
    for added in group.sums:
        yield _at(about | {5: (added.label, "text"), 12: (added.share, "share")})
    if group.mean is not None:
        low, high = (_number(value, "value") for value in (group.mean_low, group.mean_high))
        yield _at(about | {5: (said.mean, "text"), 9: low, 10: high, 12: (group.mean, "value")})
    for place in group.places:
        yield _at(about | {5: (f"{said.rank}: {place.label}", "text"), 12: (place.rank, "value")})
        yield _at(
            about | {5: (f"{said.borda}: {place.label}", "text"), 12: (place.borda, "share")}
        )
    if not (group.lines or group.mean is not None):
        yield _at(about)


def _at(cells: dict[int, Cell]) -> Row:
    return tuple(cells.get(place) for place in range(len(_WIDTHS)))


def _share(share: float | Blunt | None) -> Cell:
    if isinstance(share, Blunt):
        return share_words(share), "blunt"
    return _number(share, "share")


def _number(value: float | None, name: str) -> Cell:
    return None if value is None else (value, name)
