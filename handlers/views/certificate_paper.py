"""A certificate in words, in the current language, as it is printed."""

from collections.abc import Iterator

from handlers.text import _, current_language
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full
from services.organisation.directory import Organisation
from services.programmes.certificate import Certificate
from services.programmes.certificate_number import plain_number
from services.programmes.certificate_sheet import CertificateSheet


def certificate_sheet(
    certificate: Certificate, organisation: Organisation, bot: str
) -> CertificateSheet:
    """Return what is printed; `bot` is the bot's name, under which the number is checked."""
    language = current_language()
    day = full(certificate.issued_on)
    where = place_line(certificate.region, certificate.district) if certificate.region else ""
    address = f"t.me/{bot}?start=cert_{plain_number(certificate.number)}"
    again = _("or write to the bot: /certificate {number}").format(number=certificate.number)
    return CertificateSheet(
        language=language.value,
        over=organisation.party.name(language),
        title=_("Certificate"),
        before_name=_("This certifies that"),
        name=certificate.name or "",
        after_name=_("has completed the programme"),
        programme=certificate.title(language),
        facts=tuple(_facts(certificate)),
        place_and_day=f"{where}, {day}" if where else _("Issued: {day}").format(day=day),
        signer=_signer(certificate),
        number=certificate.number,
        check=(_("Check the number: {address}").format(address=address), again),
        made_at=certificate.issued_at,
    )


def file_name(certificate: Certificate) -> str:
    """Return «certificate-26-4071-8835-45-kk.pdf»."""
    return f"certificate-{certificate.number}-{current_language().value}.pdf"


def _signer(certificate: Certificate) -> tuple[str, str] | None:
    signer = certificate.signer(current_language())
    if signer is None:
        return None
    position, name = signer
    return f"{position[:1].upper()}{position[1:]}", name


def _facts(certificate: Certificate) -> Iterator[tuple[str, str]]:
    first, last = full(certificate.begins_on), full(certificate.ends_on)
    yield _("Days of the programme"), first if first == last else f"{first} – {last}"
    came = _("{attended} of {sessions}")
    yield (
        _("Sessions attended"),
        came.format(attended=certificate.attended, sessions=certificate.sessions),
    )
    place = certificate.place(current_language())
    if place:
        yield _("Place"), place
