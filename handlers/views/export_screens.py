"""Asking for a file that a second person lets out."""

from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, keyboard
from handlers.callbacks import Home
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.export_callbacks import ExportSent
from handlers.views.mailing_callbacks import MailingOpened
from handlers.views.mailing_progress import spaced
from handlers.views.poll_report_callbacks import ReportOpened
from handlers.views.programme_desk_callbacks import ParticipantsShown
from handlers.views.second_person import FILES
from services.exports.kinds import Export
from services.exports.sources import Scope


def why_screen(kind: Export, of: int, scope: Scope, problem: str = "") -> Screen:
    """Say what the file holds and that a second person decides, and ask for the reason."""
    lines = [
        f"⚠️ {problem}" if problem else "",
        _about(kind, scope),
        _(
            "It holds personal data, so another administrator or an auditor has to let it out. "
            "Why is it needed? Write it in a message."
        ),
    ]
    return Screen("\n\n".join(line for line in lines if line), keyboard([back(_home(kind, of))]))


def check_screen(kind: Export, of: int, scope: Scope, reason: str, message: int) -> Screen:
    """Show the reason before anybody is asked."""
    lines = [
        _about(kind, scope),
        _("The second person will read this reason:"),
        f"<blockquote>{escape(reason)}</blockquote>",
        _("To change the words, just write them anew."),
    ]
    yes = button(_("🔏 Ask for the file"), ExportSent(kind=kind, of=of, message=message))
    return Screen("\n\n".join(lines), keyboard([yes], [back(_home(kind, of))]))


def _about(kind: Export, scope: Scope) -> str:
    lines = [bold(f"🔏 {_(FILES[kind])}")]
    if title := pick(scope.title_kk, scope.title_ru):
        lines.append(_("Of: {title}").format(title=escape(title)))
    lines.append(_("Rows: {count}").format(count=spaced(scope.rows)))
    return "\n".join(lines)


def _home(kind: Export, of: int) -> CallbackData:
    match kind:
        case Export.NAMED | Export.WORDS:
            return ReportOpened(poll=of)
        case Export.UNREACHED:
            return MailingOpened(mailing=of)
        case Export.PARTICIPANTS:
            return ParticipantsShown(programme=of)
    return Home()
