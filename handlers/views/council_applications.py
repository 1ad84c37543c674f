"""Screens of applications to public councils, before those who decide on them."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import back, button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.calendar_days import full, short
from handlers.views.council_callbacks import (
    ApplicationDecided,
    ApplicationDeciding,
    ApplicationOpened,
    ApplicationsListed,
    CouncilDesk,
)
from handlers.views.council_words import APPLICATION_STATUSES, named
from handlers.views.deciding import above, quoted
from handlers.views.emphasis import bold
from services.clock import local_date
from services.councils.deciding import Application, Waiting
from services.councils.model import ApplicationStatus


def list_screen(found: Sequence[Waiting], *, more: bool) -> Screen:
    """Return the applications that wait, the oldest first, without names."""
    title = bold(_("Applications to public councils"))
    if not found:
        return Screen(f"{title}\n\n{_('There are none.')}", keyboard([back(CouncilDesk())]))
    rows = [
        [
            button(
                f"{short(local_date(one.at))} · {pick(one.council_kk, one.council_ru)}",
                ApplicationOpened(application=one.id),
            )
        ]
        for one in found
    ]
    onward = [button(_("More ›"), ApplicationsListed(after=found[-1].id))] if more else []
    order = _("The oldest stands first. Who opens one is written down.")
    text = f"{title}\n\n{order}"
    return Screen(text, keyboard(*rows, onward, [back(CouncilDesk())]))


def application_screen(one: Application, note: str = "") -> Screen:
    """Return one application with what can be done about it."""
    lines = [
        bold(_("🙋 Application of {date}").format(date=full(local_date(one.at)))),
        _("To the council: {council}").format(council=named(one.council_kk, one.council_ru)),
        _("Name: {name}").format(name=escape(one.name)),
        _("Phone: {phone}").format(phone=escape(one.phone) if one.phone else _("not given")),
        f"<blockquote>{escape(one.about)}</blockquote>",
    ]
    if one.status is not ApplicationStatus.SENT:
        lines.append(_(APPLICATION_STATUSES[one.status]))
    if one.reply:
        lines.append(quoted(one.reply))
    rows = []
    if one.status is ApplicationStatus.SENT:
        seen = {"application": one.id, "version": one.version}
        rows = [
            [button(_("✅ Accept"), ApplicationDeciding(**seen, accept=True))],
            [button(_("✖️ Decline"), ApplicationDeciding(**seen, accept=False))],
        ]
    return Screen(above(note, "\n".join(lines)), keyboard(*rows, [back(ApplicationsListed())]))


def words_screen(application: int, note: str = "", *, accept: bool) -> Screen:
    """Return the request for the words of a decision."""
    title = bold(_("Accept the application") if accept else _("Decline the application"))
    hint = (
        _("Write in one message what the citizen should do next: whom to call, where to come.")
        if accept
        else _("Write in one message why. The citizen will read it.")
    )
    leave = cancel(ApplicationOpened(application=application))
    return Screen(above(note, title, hint), keyboard([leave]))


def preview_screen(decided: ApplicationDecided, words: str) -> Screen:
    """Return what the citizen will read."""
    told = _("The candidate will read this. To change it, just write it anew.")
    label = _("✅ Accept") if decided.accept else _("✖️ Decline")
    leave = cancel(ApplicationOpened(application=decided.application))
    return Screen(above(told, quoted(words)), keyboard([button(label, decided)], [leave]))
