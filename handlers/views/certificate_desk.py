"""Certificates as staff see them: who has one and who lacks one, and one of them by itself."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.school_callbacks import (
    BookShown,
    CertificateNameAsked,
    CertificateOpened,
    CertificateRevoked,
    CertificatesIssued,
    RevocationAsked,
    SchoolShown,
)
from services.programmes.certificate import CHOICES, REASONS, Certificate, Reason
from services.programmes.certificates import Book, Standing


def book_screen(book: Book, issued: int | None = None) -> Screen:
    """Show who has a certificate; issued: how many were given just now."""
    programme = book.programme
    lines = [
        bold(_("📜 Certificates")),
        escape(programme.title(current_language())),
        _("From this share of sessions: {share} %").format(share=programme.certificate_from),
        _("Issued: {count}").format(count=book.issued),
    ]
    if book.waits_for is not None:
        lines.append(f"⏳ {_(book.waits_for.message).format(**book.waits_for.parameters)}")
    elif book.due:
        lines.append(_("May be issued now: {count}").format(count=book.due))
    if issued:
        lines.insert(0, bold(_("✅ Issued and sent: {count}").format(count=issued)))
    listed = [_standing(place, each, book) for place, each in enumerate(book.entries, start=1)]
    opened = [
        button(f"{place} 📜", CertificateOpened(number=each.number))
        for place, each in enumerate(book.entries, start=1)
        if each.number is not None
    ]
    issue = []
    if book.due and book.waits_for is None:
        label = _("📜 Issue to all who came often enough: {count}").format(count=book.due)
        issue = [button(label, CertificatesIssued(programme=programme.id))]
    return Screen(
        "\n".join([*lines, "", *listed]),
        keyboard(
            issue,
            *in_rows(opened, 4),
            _pages(book),
            [back(SchoolShown(programme=programme.id))],
        ),
    )


def certificate_screen(certificate: Certificate) -> Screen:
    """Show one certificate and what may be done about it."""
    lines = [
        bold(f"📜 № {certificate.number}"),
        escape(certificate.name or "—"),
        escape(certificate.title(current_language())),
        _("Sessions attended: {attended} of {sessions}").format(
            attended=certificate.attended, sessions=certificate.sessions
        ),
        _("Issued: {day}").format(day=full(certificate.issued_on)),
    ]
    actions = []
    if certificate.revoked_on is not None and certificate.reason is not None:
        lines.append(_("Good no more since: {day}").format(day=full(certificate.revoked_on)))
        lines.append(_("Reason: {reason}").format(reason=_(REASONS[certificate.reason])))
    if certificate.reason is None:
        correct = CertificateNameAsked(number=certificate.number)
        revoke = RevocationAsked(number=certificate.number)
        actions += [[button(_("✏️ Correct the name"), correct)]]
        actions += [[button(_("🚫 Revoke"), revoke)]]
    elif certificate.reason is not Reason.REPLACED:
        again = CertificateNameAsked(number=certificate.number)
        actions += [[button(_("📜 Issue another one"), again)]]
    leave = [back(BookShown(programme=certificate.programme_id))]
    return Screen("\n".join(lines), keyboard(*actions, leave))


def reasons_screen(number: str) -> Screen:
    """Ask why a certificate shall be good no more."""
    words = _(
        "Why shall certificate {number} be good no more? Its holder is told the reason; who "
        "checks the number sees only that it is good no more, and since when."
    )
    buttons = [
        [button(_(REASONS[reason]), CertificateRevoked(number=number, reason=reason))]
        for reason in CHOICES
    ]
    leave = [back(CertificateOpened(number=number))]
    return Screen(words.format(number=number), keyboard(*buttons, leave))


def name_screen(number: str, problem: str = "") -> Screen:
    """Ask how the name shall be spelt."""
    words = _(
        "Write the name as it shall stand on the certificate. Another certificate with a number "
        "of its own is issued and sent, and {number} is good no more."
    ).format(number=number)
    text = f"⚠️ {problem}\n\n{words}" if problem else words
    return Screen(text, keyboard([back(CertificateOpened(number=number))]))


def _standing(place: int, standing: Standing, book: Book) -> str:
    came = f"{standing.attended}/{book.sessions}"
    if standing.holds:
        state = f"📜 {standing.number}"
    elif standing.reason is not None:
        state = _("revoked: {reason}").format(reason=_(REASONS[standing.reason]))
    elif standing.enough:
        state = _("none yet")
    else:
        state = _("came too seldom")
    return f"{place}. {escape(standing.name)} · {came} · {state}"


def _pages(book: Book) -> list[InlineKeyboardButton]:
    found = ((_("‹ Previous page"), book.earlier), (_("Next page ›"), book.later))
    return [
        button(words, BookShown(programme=book.programme.id, after=edge))
        for words, edge in found
        if edge is not None
    ]
