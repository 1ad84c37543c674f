"""What people read of councils outside of the play."""

import pytest
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.council_notices import to_council_notice
from handlers.views.council_screens import council_screen, meeting_line
from handlers.views.council_words import member_line
from handlers.views.digest_party import party_lines, party_rows
from services.appeals.model import AppealEvent
from services.councils.composition import gathering, members_on
from services.councils.importing import put_table
from services.councils.model import Meeting
from services.digests.notes import Note, NoteItem, NoteKind
from services.organisation.directory import load_organisation
from tests.councils.conftest import NOW, TODAY, table

_NOTES = (
    Note(NoteKind.COUNCIL_APPLICATIONS, 2),
    Note(NoteKind.COUNCIL_IDLE, 3, (NoteItem("water-61", "Су кеңесі", "Совет по воде", 3),)),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "kk",
            [
                "🙋 Қоғамдық кеңестерге шешім күтіп тұрған өтінімдер: 2",
                "😴 Қоғамдық кеңестердің белсенді емес мүшелері: 3",
                "   Су кеңесі: 3",
            ],
        ),
        (
            "ru",
            [
                "🙋 Заявок в общественные советы ждут решения: 2",
                "😴 Общественные советы, неактивных членов: 3",
                "   Совет по воде: 3",
            ],
        ),
    ],
)
def test_notes_in_a_digest(language: str, expected: list[str]) -> None:
    """Numbers and councils by name, each kind with its button; no person is named."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language):
        assert expected == list(party_lines(_NOTES))
        assert ["coapps:0", "coidle:"] == [row[0].callback_data for row in party_rows(_NOTES)]


def test_a_council_that_has_it_no_more(connection: Connection) -> None:
    """The citizen reads that the usual office looks into it again, and until when."""
    payload = {
        "appeal": 1,
        "number": "26-000001-9",
        "topic": "water-supply",
        "version": 3,
        "event": AppealEvent.TO_COUNCIL.value,
        "own": True,
        "due_on": "2026-04-02",
    }
    organisation = load_organisation(connection)
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        lines = to_council_notice(payload, organisation).text.splitlines()
        [chair, *_others] = members_on(connection, "water-61", TODAY)
        member = member_line(chair, organisation)
    assert [
        "<b>↩️ Обращение № 26-000001-9 снова рассматривает приёмная</b>",
        "🚰 Нет питьевой воды",
        "Срок ответа: 02.04.2026",
    ] == lines
    assert "Председатель: <b>Аман</b>, учитель (с 01.01.2026)" == member


def test_who_sat_there_before(connection: Connection) -> None:
    """Stands below who sits there now, with the days, in both languages."""
    promoted = ("water-61", "dana", "", "", "", "", "secretary", "2026-04-01", "")
    put_table(connection, table(members=[promoted]), NOW)
    organisation, i18n = load_organisation(connection), Catalogues()
    found = gathering(connection, "water-61", TODAY.replace(month=4), 3)
    for language, head, seat in (
        ("kk", "Бұрынғы құрамы", "Мүше"),
        ("ru", "Прежний состав", "Член"),
    ):
        with i18n.context(), i18n.use_locale(language):
            lines = council_screen(found, organisation, None).text.splitlines()
        place = lines.index(f"<b>{head}</b>")
        assert lines[place + 1].startswith(seat)
        assert lines[place + 1].endswith(": <b>Дана</b> (01.01.2026 – 31.03.2026)")


def test_a_long_subject_is_cut_as_it_was_written() -> None:
    """What is cut is the subject: no half of what stands for a sign of markup is left."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        line = meeting_line(Meeting(TODAY, "&" * 300, "&" * 300))
    assert "" == line.partition(": ")[2].replace("&amp;", "").strip("…")
