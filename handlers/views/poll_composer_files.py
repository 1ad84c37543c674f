"""Bringing questions into a draft from elsewhere: a file, or an earlier poll."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import button, keyboard
from handlers.operator.poll_composer.callbacks import PollCopied
from handlers.operator.poll_composer.composition import Composition
from handlers.operator.poll_composer.ways_out import way_out
from handlers.screen import Screen
from handlers.text import _, current_language
from services.polls.model import Poll
from services.polls.survey_rows import RowFault
from services.text.length import shortened

_BUTTON = 40
_SHOWN = 15  # faults at once; who has more corrects these first
_LINE = 160


def copy_screen(composition: Composition, polls: Sequence[Poll]) -> Screen:
    """Return earlier polls, the newest first."""
    text = _("<b>📑 Which poll is to be copied?</b>\n\nIts questions come into this draft.")
    if not polls:
        text = _("There is no earlier poll yet.")
    rows = [
        [
            button(
                shortened(poll.title(current_language()), _BUTTON),
                PollCopied(draft=composition.draft.id, poll=poll.id),
            )
        ]
        for poll in polls
    ]
    return Screen(text, keyboard(*rows, way_out(composition)))


def faults_text(faults: Sequence[RowFault]) -> str:
    """Return what is wrong in a file, row by row; HTML."""
    lines = [_("The file was not taken. Please correct it and send it again.")]
    for fault in faults[:_SHOWN]:
        told = {
            name: shortened(str(value), _LINE) for name, value in fault.refusal.parameters.items()
        }
        what = escape(_(fault.refusal.message).format(**told))
        if fault.row is None:
            lines.append(f"• {what}")
        else:
            lines.append("• " + _("Row {row}: {what}").format(row=fault.row, what=what))
    if len(faults) > _SHOWN:
        lines.append(_("There are more mistakes: {number}").format(number=len(faults) - _SHOWN))
    return "\n".join(lines)
