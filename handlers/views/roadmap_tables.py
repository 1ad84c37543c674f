"""Screens of bringing the Road Map as a table: what is wrong row by row, what was taken in."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.roadmap_callbacks import BoardShown
from handlers.views.roadmap_editing_callbacks import EditShown, TableSent
from services.roadmap.importing import Fault, Imported
from services.roadmap.table import column_title, sheet_title
from services.text.length import shortened

# Faults at once; who has more corrects these first.
_SHOWN = 20
_VALUE = 60
_LINE = 140


def table_screen(problem: str = "") -> Screen:
    """Ask for a table; problem: what was wrong with the one before, HTML."""
    ask = _(
        "Send a table as a document: CSV or XLSX, with the same columns as the export. If "
        "something is wrong in it, nothing is taken in, and you see every mistake by its row."
    )
    lines = [f"⚠️ {problem}" if problem else "", bold(_("📥 Bring a table")), ask]
    tables = [
        button(_("📤 CSV"), TableSent(book=False)),
        button(_("📤 XLSX"), TableSent(book=True)),
    ]
    text = "\n\n".join(line for line in lines if line)
    return Screen(text, keyboard(tables, [back(EditShown())]))


def faults_text(faults: Sequence[Fault]) -> str:
    """Return what is wrong in a table, by sheet and row; HTML."""
    lines = [_("The file was not taken. Please correct it and send it again.")]
    sheets = {fault.sheet for fault in faults if fault.sheet is not None}
    shown = None
    for fault in faults[:_SHOWN]:
        if fault.sheet is not None and fault.sheet is not shown and len(sheets) > 1:
            shown = fault.sheet
            lines.append(bold(sheet_title(fault.sheet, current_language())))
        lines.append(f"• {_told(fault)}")
    if len(faults) > _SHOWN:
        lines.append(_("There are more mistakes: {number}").format(number=len(faults) - _SHOWN))
    return "\n".join(lines)


def imported_screen(imported: Imported) -> Screen:
    """Say what a table has changed."""
    lines = [bold(_("✅ The table is taken in.")), ""]
    lines.append(_("Rows: {count}").format(count=imported.rows))
    if imported.changes:
        lines += [
            _("Indicators added or changed: {count}").format(count=imported.indicators),
            _("People named for indicators: {count}").format(count=imported.indicator_officials),
            _("People named for sections: {count}").format(count=imported.section_officials),
        ]
    else:
        lines.append(_("It says nothing new: everything was so already."))
    to_board = button(_("🗺 Road Map"), BoardShown())
    return Screen("\n".join(lines), keyboard([to_board], [back(EditShown())]))


def _told(fault: Fault) -> str:
    told = {
        name: shortened(str(value), _VALUE) for name, value in fault.refusal.parameters.items()
    }
    what = escape(shortened(_(fault.refusal.message).format(**told), _LINE))
    if fault.row is None:
        return what
    if fault.column is None:
        return _("Row {row}: {what}").format(row=fault.row, what=what)
    column = escape(column_title(fault.sheet, fault.column, current_language()))
    words = _("Row {row}, column “{column}”: {what}")
    return words.format(row=fault.row, column=column, what=what)
