"""Screens of bringing the Road Map as a table: what to send, and what was taken in."""

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.emphasis import bold
from handlers.views.roadmap_callbacks import BoardShown
from handlers.views.roadmap_editing_callbacks import EditShown, TableSent
from services.roadmap.importing import Imported


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
