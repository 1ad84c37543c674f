"""What is wrong in a table that somebody brought, sheet by sheet and row by row."""

from collections.abc import Sequence
from html import escape

from handlers.text import _, current_language
from handlers.views.emphasis import bold
from services.tables.model import Fault, Forms
from services.text.length import shortened

# Faults at once; who has more corrects these first.
_SHOWN = 20
_VALUE = 60
_LINE = 140


def faults_text(faults: Sequence[Fault], forms: Forms) -> str:
    """Return what is wrong in a table, by sheet and row; HTML."""
    lines = [_("The file was not taken. Please correct it and send it again.")]
    sheets = {fault.sheet for fault in faults if fault.sheet is not None}
    shown = None
    for fault in faults[:_SHOWN]:
        if fault.sheet is not None and fault.sheet != shown and len(sheets) > 1:
            shown = fault.sheet
            lines.append(bold(forms[fault.sheet].title(current_language())))
        lines.append(f"• {_told(fault, forms)}")
    if len(faults) > _SHOWN:
        lines.append(_("There are more mistakes: {number}").format(number=len(faults) - _SHOWN))
    return "\n".join(lines)


def _told(fault: Fault, forms: Forms) -> str:
    told = {
        name: shortened(str(value), _VALUE) for name, value in fault.refusal.parameters.items()
    }
    what = escape(shortened(_(fault.refusal.message).format(**told), _LINE))
    if fault.row is None:
        return what
    if fault.column is None or fault.sheet is None:
        return _("Row {row}: {what}").format(row=fault.row, what=what)
    title = forms[fault.sheet].column_title(fault.column, current_language())
    words = _("Row {row}, column “{column}”: {what}")
    return words.format(row=fault.row, column=escape(title), what=what)
