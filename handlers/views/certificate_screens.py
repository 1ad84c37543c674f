"""Certificates: what anybody learns of a number, and one's own."""

from collections.abc import Sequence
from html import escape

from handlers.buttons import button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.school_callbacks import (
    CertificateCheckBegun,
    CertificateTaken,
    OwnCertificatesShown,
)
from services.language import Language
from services.programmes.certificate import Certificate
from services.programmes.certificate_check import Checked, Verdict

_EXAMPLE = "26-4071-8835-45"


def asking_screen(*, owns: bool, problem: str = "") -> Screen:
    """Ask for a number; owns: the reader has a certificate."""
    words = _(
        "Send the number that stands on the certificate, such as {example}. You see whether it "
        "is genuine, of which programme and day it is, and the initials of its holder."
    )
    lines = [problem, bold(_("🔎 Check a certificate")), words.format(example=_EXAMPLE)]
    own = [button(_("📜 My certificates"), OwnCertificatesShown())] if owns else []
    leave = [button(_("🏛 Party life"), PartyLifeShown())]
    return Screen("\n\n".join(line for line in lines if line), keyboard(own, leave))


def checked_screen(checked: Checked) -> Screen:
    """Say what a number is."""
    another = keyboard([button(_("🔎 Check another number"), CertificateCheckBegun())])
    found = checked.certificate
    if found is None:
        return Screen(_no_such(checked.verdict), another)
    lines = []
    if checked.verdict is Verdict.GENUINE:
        lines.append(bold(_("✅ The certificate is genuine.")))
    else:
        lines.append(bold(_("🚫 This certificate was issued here and is good no more.")))
    lines += ["", *_facts(found)]
    if found.revoked_on is not None:
        lines.append(_("Good no more since: {day}").format(day=full(found.revoked_on)))
    elif found.initials:
        lines.append(_("Holder: {initials}").format(initials=escape(found.initials)))
    else:
        lines.append(_("The name of the holder is no longer kept."))
    return Screen("\n".join(lines), another)


def own_screen(certificates: Sequence[Certificate]) -> Screen:
    """Show one's own certificates, each as a file in either language."""
    check = [button(_("🔎 Check a certificate"), CertificateCheckBegun())]
    heading = bold(_("📜 My certificates"))
    if not certificates:
        nothing = _("You have none yet.")
        return Screen(f"{heading}\n\n{nothing}", keyboard(check))
    blocks, rows = [heading], []
    for place, each in enumerate(certificates, start=1):
        facts = list(_facts(each))
        blocks.append("\n".join([f"{place}. {facts[0]}", *facts[1:]]))
        rows.append(
            [
                button(f"📄 {place} · {name}", CertificateTaken(number=each.number, language=code))
                for code, name in ((Language.KAZAKH, "қаз"), (Language.RUSSIAN, "рус"))
            ]
        )
    return Screen("\n\n".join(blocks), keyboard(*rows, check))


def _facts(certificate: Certificate) -> list[str]:
    title = escape(certificate.title(current_language()))
    return [
        f"№ {certificate.number}",
        _("Programme: {title}").format(title=title),
        _("Issued: {day}").format(day=full(certificate.issued_on)),
    ]


def _no_such(verdict: Verdict) -> str:
    if verdict is Verdict.MISTYPED:
        heading = bold(_("✏️ The number is mistyped."))
        words = _("A digit is wrong or missing. Please compare it with the paper: {example}")
        return f"{heading}\n\n{words.format(example=_EXAMPLE)}"
    heading = bold(_("❓ No certificate has this number."))
    words = _("The digits fit together, but such a certificate was never issued here.")
    return f"{heading}\n\n{words}"
