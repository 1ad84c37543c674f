"""A certificate on paper: what it says, and that it stays on one page."""

import re
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from aiogram import Bot

from bot.i18n import Catalogues
from bot.sender.post import Post
from handlers.notice import Drawing, Notice
from handlers.views.certificate_paper import certificate_sheet, file_name
from services.delivery.outcome import Result
from services.organisation.directory import Named, Organisation
from services.programmes.certificate import Certificate
from services.programmes.certificate_drawing import draw_certificate
from services.programmes.certificate_sheet import CertificateSheet

FOUND = Certificate(
    number="26-4071-8835-45",
    signup_id=1,
    serial=1,
    programme_id=1,
    person_id=601,
    name="Әйгерім Қуанышқызы Сынамалы",
    title_kk="Саяси менеджмент мектебі",
    title_ru="Школа политического менеджмента",
    place_kk="Жастар үйі",
    place_ru="Дом молодёжи",
    region="61",
    district=None,
    begins_on=date(2026, 2, 2),
    ends_on=date(2026, 2, 23),
    sessions=10,
    attended=9,
    signer_kk="Ерлан Үлгібаев",
    signer_ru="Ерлан Ульгибаев",
    position_kk="филиал төрағасы",
    position_ru="председатель филиала",
    issued_at=datetime(2026, 3, 3, 5, tzinfo=UTC),
    revoked_at=None,
    reason=None,
)
PARTY = Organisation(party=Named("party", "«Үлгі» партиясы", "Партия «Үлгі»"))


def sheet_of(language: str, certificate: Certificate = FOUND) -> CertificateSheet:
    """Return what is printed in a language."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language):
        return certificate_sheet(certificate, PARTY, "unqosu_bot")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            (
                "Сертификат",
                "Бағдарламаға қатысушы",
                "мына бағдарламаны аяқтады:",
                "9 (барлығы 10)",
            ),
        ),
        (
            "ru",
            (
                "Сертификат",
                "Настоящим подтверждается, что",
                "прошёл (прошла) обучение по программе",
                "9 из 10",
            ),
        ),
    ],
)
def test_what_is_printed(language: str, words: tuple[str, ...]) -> None:
    """Name as it was given, programme, days, place, who signs, number and where to check it."""
    sheet = sheet_of(language)
    printed = (sheet.title, sheet.before_name, sheet.after_name, sheet.facts[1][1])
    assert words == printed
    assert (FOUND.name, FOUND.title(language)) == (sheet.name, sheet.programme)
    assert "02.02.2026 – 23.02.2026" == sheet.facts[0][1]
    assert sheet.place_and_day.endswith(", 03.03.2026")
    assert sheet.check[0].endswith("t.me/unqosu_bot?start=cert_264071883545")
    assert sheet.check[1].endswith("/certificate 26-4071-8835-45")
    assert sheet.signer is not None
    assert sheet.signer[0][0].isupper()


def test_without_a_place_or_a_head() -> None:
    """A programme of the whole country has the day alone, and nobody's name where nobody leads."""
    nobody = replace(FOUND, region=None, signer_kk=None, signer_ru=None)
    sheet = sheet_of("ru", nobody)
    assert ("Выдан: 03.03.2026", None) == (sheet.place_and_day, sheet.signer)


def test_one_page_whatever_is_on_it() -> None:
    """The longest name and title, and letters that no font has, fit on the one page."""
    long = replace(
        sheet_of("kk"),
        name="Ұзынесімді Әпкеқызы " * 6,
        programme="Өте ұзақ бағдарламаның атауы " * 4,
        signer=("Өте ұзақ лауазым атауы " * 8, "Ерлан Үлгібаев 🙂 漢"),
    )
    for sheet in (sheet_of("kk"), sheet_of("ru"), long):
        drawn = draw_certificate(sheet)
        assert drawn.startswith(b"%PDF-")
        assert 1 == len(re.findall(rb"/Type /Page\b", drawn))


def test_the_name_of_the_file() -> None:
    """The file is called by its number and language, never by a person."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("kk"):
        assert "certificate-26-4071-8835-45-kk.pdf" == file_name(FOUND)


class NoPapers:
    """Draws nothing: its process was killed."""

    async def certificate(self, _sheet: CertificateSheet) -> bytes:
        """Fail."""
        raise BrokenProcessPool


@pytest.mark.parametrize("papers", [None, NoPapers()])
async def test_what_cannot_be_drawn_now(papers: Any) -> None:
    """It is tried again later, and neither the others nor the sender come to harm."""
    post = Post(Bot("42:token"), papers)
    notice = Notice("Сертификат", drawing=Drawing("a.pdf", sheet_of("kk")))
    outcome = await post.deliver(601, post.pack(notice))
    assert Result.UNCERTAIN is outcome.result
