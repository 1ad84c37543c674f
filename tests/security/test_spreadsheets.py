"""No text of a person becomes a formula in a file that somebody else opens."""

import ast
import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from services.audit.export import audit_book, audit_csv
from services.audit.showing import Line
from services.roadmap.exporting import Export, table_csv, table_xlsx
from services.roadmap.table import COLUMNS, Sheet
from tests.counts import Say
from tests.delivery.stage import MORNING

ROOT = Path(__file__).resolve().parents[2]
# What spreadsheets run: OWASP, «CSV Injection».
FORMULAS = (
    "=1+1",
    '=HYPERLINK("http://evil.example","y")',
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
)
# Of a worksheet of XlsxWriter: these keep a text a text.
_SAFE = {"write_string", "write_number", "write_blank", "write_datetime"}
# Of `csv`, whose cells are looked at below; and a link inside of the book itself.
_ELSEWHERE = {"writer", "writerow", "writerows", "write_url"}


def _writers() -> dict[Path, set[str]]:
    """Return every module that makes workbooks, with the methods by which it fills cells."""
    found = {}
    for folder in ("bot", "handlers", "services"):
        for path in (ROOT / folder).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            imports = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
            if "xlsxwriter" in imports:
                called = {
                    node.func.attr
                    for node in ast.walk(tree)
                    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                }
                found[path] = {name for name in called if name.startswith("write")}
    return found


def test_workbooks_are_filled_with_texts_and_numbers_only(say: Say) -> None:
    """No module that makes workbooks lets the library guess what a text is."""
    writers = _writers()
    allowed = _SAFE | _ELSEWHERE
    unsafe = {path.name: names - allowed for path, names in writers.items() if names - allowed}

    say(f"{len(writers)} modules make workbooks: {len(unsafe)} let a text become a formula")
    assert len(writers) > 4
    assert {} == unsafe


def _line(text: str) -> Line:
    return Line(number=1, at=MORNING, who=5, name=text, what=text, on=text, case=text, details={})


@pytest.mark.parametrize("text", FORMULAS)
def test_files_of_the_audit(text: str) -> None:
    """In both files of the audit every cell is a text or a number."""
    page = load_workbook(io.BytesIO(audit_book([_line(text)]))).active
    rows = list(
        csv.reader(io.StringIO(audit_csv([_line(text)]).decode("utf-8-sig")), delimiter=";")
    )

    assert page is not None
    assert not [cell.value for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert not [
        cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_tables_of_the_road_map(text: str) -> None:
    """In both kinds of tables every cell is a text or a number."""
    sheets = {sheet: ((text,) * len(COLUMNS[sheet]),) for sheet in Sheet}
    export = Export(sheets)
    book = load_workbook(io.BytesIO(table_xlsx(export, "kk")))
    for sheet in Sheet:
        plain = table_csv(export, sheet, "ru").decode("utf-8-sig")
        rows = csv.reader(io.StringIO(plain), delimiter=";")
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]

    assert not [
        cell.value
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
