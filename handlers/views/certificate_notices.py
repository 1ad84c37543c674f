"""What people are told about their certificates without having asked just now."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Drawing, Notice
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.certificate_paper import certificate_sheet, file_name
from handlers.views.emphasis import bold
from handlers.views.school_callbacks import OwnCertificatesShown
from services.organisation.directory import Organisation
from services.programmes.certificate import REASONS, Certificate, certificate_from


def certificate_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return somebody's certificate as a PDF with a few words."""
    certificate = certificate_from(payload)
    lines = [
        bold(_("📜 Your certificate")),
        "",
        _about(certificate),
        "",
        _("Anybody can check its number: /certificate"),
    ]
    if certificate.serial > 1:
        lines.append(_("The certificate that you had before is good no more."))
    return Notice(
        "\n".join(lines),
        keyboard([button(_("📜 My certificates"), OwnCertificatesShown())]),
        drawing=Drawing(
            file_name(certificate), certificate_sheet(certificate, organisation, payload["bot"])
        ),
    )


def certificate_revoked_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Tell the holder that a certificate is good no more, and why."""
    certificate = certificate_from(payload)
    lines = [bold(_("🚫 Your certificate is good no more")), "", _about(certificate)]
    if certificate.revoked_on is not None and certificate.reason is not None:
        lines.append(_("Since: {day}").format(day=full(certificate.revoked_on)))
        lines.append(_("Reason: {reason}").format(reason=_(REASONS[certificate.reason])))
    lines += ["", _("If you think that this is wrong, leave an appeal: /appeal")]
    return Notice("\n".join(lines))


def _about(certificate: Certificate) -> str:
    title = escape(certificate.title(current_language()))
    programme = _("Programme: {title}").format(title=title)
    return f"{programme}\n№ {certificate.number}"
