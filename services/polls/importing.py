"""Reading a whole survey out of one YAML or XLSX file.

A YAML file holds a title and questions with their answers, an XLSX file the same as a table, row
by row; see docs/operator. Whatever is wrong is told by row, in a sentence.
"""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

import yaml

from services.polls.survey_rows import BadSurvey, Row, RowFault, Survey, survey_of
from services.polls.survey_words import COLUMNS, KINDS, key_of
from services.refusal import N_, Refusal

LARGEST_FILE = 1_000_000  # bytes
_UNPACKED = 20_000_000
_MOST_ROWS = 400  # 12 questions have under 200
_MOST_COLUMNS = 40
_CELL = 1000  # characters that are read of one cell
_NESTING = 6
_PARTS = ("code", "least", "most", "random", "optional", "to")


def read_survey(name: str, data: bytes) -> Survey:
    """Return the survey in a file of this name; raises BadSurvey."""
    if len(data) > LARGEST_FILE:
        raise _bad(None, N_("The file is too large."))
    if data.startswith(b"PK"):
        rows = _table(data)
    elif name.casefold().endswith((".yaml", ".yml")):
        rows = _document(data)
    else:
        raise _bad(None, N_("Please send a file with the ending .xlsx or .yaml."))
    return survey_of(rows)


def _table(data: bytes) -> list[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415  # only who imports waits for it

    try:
        _check_unpacked(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            [_cell(value) for value in line]
            for line in sheet.iter_rows(
                max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS, values_only=True
            )
        ]
    except BadSurvey:
        raise
    except Exception as error:  # whatever openpyxl stumbles over in a broken file
        raise _bad(None, N_("This file cannot be read as a table.")) from error
    return _rows_of(lines)


def _check_unpacked(data: bytes) -> None:
    with zipfile.ZipFile(BytesIO(data)) as packed:
        if sum(part.file_size for part in packed.infolist()) > _UNPACKED:
            raise _bad(None, N_("The file is too large."))


def _rows_of(lines: Sequence[Sequence[str]]) -> list[Row]:
    """Return the rows below the first line with anything in it, which names the columns."""
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if not numbered:
        raise _bad(None, N_("The file is empty."))
    if len(lines) > _MOST_ROWS:
        raise _bad(None, N_("The file has too many rows."))
    number, head = numbered[0]
    columns = {key: place for place, said in enumerate(head) if (key := key_of(COLUMNS, said))}
    if not {"kind", "kk", "ru"} <= set(columns):
        raise _bad(number, N_("The first row must name the columns, as in the sample file."))
    rows, wrong = [], []
    for number, line in numbered[1:]:
        values = {key: line[place] for key, place in columns.items() if place < len(line)}
        said = values.pop("kind", "")
        kind = key_of(KINDS, said)
        if kind is None:
            refusal = Refusal(N_("It is not clear what this row is: {words}"), words=said)
            wrong.append(RowFault(number, refusal))
        else:
            rows.append(Row(number, kind, **values))
    if wrong:
        raise BadSurvey(wrong)
    return rows


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()[:_CELL]


def _document(data: bytes) -> list[Row]:
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise _bad(line, N_("The file cannot be read from this row on.")) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _bad(None, N_("This file cannot be read as text.")) from error
    if not isinstance(root, yaml.MappingNode):
        raise _bad(None, N_("The file has no list of questions."))
    parts = _parts(root)
    rows = []
    if (title := parts.get("title")) is not None:
        rows.append(_row(title, "title"))
    if not isinstance(listed := parts.get("questions"), yaml.SequenceNode):
        raise _bad(_line(root), N_("The file has no list of questions."))
    for question in listed.value:
        rows += _question_rows(question)
    return rows


class _Loader(yaml.SafeLoader):
    """Composes plain trees; what points elsewhere could grow without end."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the node of the next events; raises MarkedYAMLError for a node that points."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        self._depth += 1
        if isinstance(event, yaml.AliasEvent) or self._depth > _NESTING:
            raise yaml.MarkedYAMLError(problem_mark=event.start_mark)
        try:
            return super().compose_node(parent, index)
        finally:
            self._depth -= 1


def _question_rows(node: yaml.Node) -> Iterator[Row]:
    parts = _parts(node)
    said = _scalar(parts.get("type"))
    kind = key_of(KINDS, said)
    if kind is None:
        raise _bad(_line(node), N_("It is not clear what this row is: {words}"), words=said)
    yield _row(node, kind)
    for end in ("low", "high"):
        if end in parts:
            yield _row(parts[end], end)
    answers = parts.get("answers")
    if answers is None:
        return
    if not isinstance(answers, yaml.SequenceNode):
        raise _bad(_line(answers), N_("The answers must be a list."))
    for answer in answers.value:
        role = _scalar(_parts(answer).get("role"))
        yield _row(answer, key_of(KINDS, role or "answer") or "answer")


def _row(node: yaml.Node, kind: str) -> Row:
    parts = _parts(node)
    values = {name: _scalar(parts.get(name)) for name in ("kk", "ru", *_PARTS)}
    return Row(_line(node), kind, **values)


def _parts(node: yaml.Node) -> dict[str, yaml.Node]:
    if not isinstance(node, yaml.MappingNode):
        raise _bad(_line(node), N_("Something like “kk: …” is expected here."))
    return {_scalar(key): value for key, value in node.value}


def _scalar(node: yaml.Node | None) -> str:
    if node is None:
        return ""
    if not isinstance(node, yaml.ScalarNode):
        raise _bad(_line(node), N_("A word or a number is expected here."))
    said = str(node.value)
    return "" if node.tag.endswith(":null") else said[:_CELL]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _bad(row: int | None, message: str, **parameters: Any) -> BadSurvey:
    return BadSurvey([RowFault(row, Refusal(message, **parameters))])
