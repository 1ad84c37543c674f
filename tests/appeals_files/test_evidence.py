"""The document of an appeal: every step, Kazakh letters right, names of nobody but the staff."""

from datetime import timedelta
from io import BytesIO

import pytest
import sqlalchemy as sa
from pypdf import PdfReader
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.evidence import evidence_sheet
from services.appeals.additions import Addition, add_to_appeal, revise_message
from services.appeals.answering import answer_appeal
from services.appeals.asking import ask_citizen, note_appeal
from services.appeals.draft import Draft
from services.appeals.evidence import own_evidence, read_evidence
from services.appeals.evidence_sheet import Chapter, Item, Line, Sheet, draw
from services.appeals.extending import extend_appeal
from services.appeals.joining import join_appeal
from services.appeals.verdict import confirm_appeal, rate_appeal
from services.language import Language
from services.organisation.directory import load_organisation
from services.refusal import Refusal
from storage.schema.people import people
from tests.appeals.conftest import CITIZEN, NEIGHBOUR, OFFICIAL
from tests.appeals_desk.conftest import AIDA, NAMES, NOW, file
from tests.appeals_desk.conftest import connection as connection  # noqa: PLC0414

KAZAKH = "әғқңөұүһі ӘҒҚҢӨҰҮҺІ ₸ №"
ANSWER = "Құрметті тұрғын! Құбыр 10 наурызда ауыстырылды, су тәулік бойы беріледі."
NOTE = "Ішкі жазба: бригада жолда."
TRICK = "<b>x</b> & <script>alert(1)</script> {nb} {page} %s **қалың** ]]> \\(x\\) endobj"


def text_of(document: bytes) -> str:
    """Return the words of all pages, with single blanks."""
    pages = PdfReader(BytesIO(document)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def appeal(connection: Connection) -> int:
    """Return an appeal with a long story."""
    connection.execute(sa.update(people).where(people.c.id == CITIZEN).values(name="Зейнеп"))
    number = file(connection, "story")
    add_to_appeal(connection, number, CITIZEN, Addition(9, f"Қосымша: {TRICK}"), NOW)
    revise_message(connection, CITIZEN, 9, f"Түзетілді: {TRICK}", NOW + timedelta(minutes=5))
    join_appeal(
        connection,
        number,
        NEIGHBOUR,
        Draft("join", topic="water-supply", region="19").with_text(3, "Бізде де солай"),
        NOW,
    )
    version = ask_citizen(connection, number, 1, AIDA, "Қай көшеде?", NOW)
    note_appeal(connection, number, AIDA, 70, NOTE, NOW)
    later = NOW + timedelta(days=1)
    due = (NOW + timedelta(days=40)).date()
    reason = "Бөлшек күтудеміз."
    version = extend_appeal(connection, number, version, AIDA, due, reason, later)
    answered = answer_appeal(connection, number, version, OFFICIAL, ANSWER, later)
    confirm_appeal(connection, number, answered.version, CITIZEN, later)
    rate_appeal(connection, number, answered.version, CITIZEN, 4, later)
    return number


def written(connection: Connection, appeal: int, language: Language, *, own: bool) -> str:
    """Return the words of the document."""
    read, reader = (own_evidence, CITIZEN) if own else (read_evidence, AIDA)
    evidence = read(connection, appeal, reader, NOW + timedelta(days=2))
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language.value):
        sheet = evidence_sheet(evidence, load_organisation(connection))
    return text_of(draw(sheet))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.KAZAKH, ("Барлық қадам", "өтініш беруші", "мемлекеттік орган емес")),
        (Language.RUSSIAN, ("Все шаги", "заявитель", "не является государственным органом")),
    ],
)
def test_every_step(
    connection: Connection, appeal: int, language: Language, said: tuple[str, ...]
) -> None:
    """The handler's document tells all that was done and said, by whom and when."""
    document = written(connection, appeal, language, own=False)

    expected = (*said, ANSWER, NOTE, NAMES[AIDA], "Қай көшеде?", "Бөлшек күтудеміз.", "5-тен 4")
    if language is Language.RUSSIAN:
        expected = (*expected[:-1], "4 из 5")
    for words in (*expected, "Түзетілді:", "Қосымша:", "Бізде де солай", "14.03.2026"):
        assert words in document


@pytest.mark.parametrize("own", [False, True])
def test_nameless(connection: Connection, appeal: int, *, own: bool) -> None:
    """The citizen's name stands in no document."""
    assert "Зейнеп" not in written(connection, appeal, Language.KAZAKH, own=own)


def test_own(connection: Connection, appeal: int) -> None:
    """The citizen's own copy has the answer, and neither notes nor words of who joined."""
    document = written(connection, appeal, Language.KAZAKH, own=True)

    assert ANSWER in document
    for words in (NOTE, "Бізде де солай", NAMES[AIDA]):
        assert words not in document


def test_words_stay_words(connection: Connection, appeal: int) -> None:
    """Whatever looks like markup is drawn as it was written."""
    assert TRICK in written(connection, appeal, Language.RUSSIAN, own=False)


def test_somebody_elses(connection: Connection, appeal: int) -> None:
    """Nobody gets the document of another one's appeal."""
    with pytest.raises(Refusal):
        own_evidence(connection, appeal, NEIGHBOUR, NOW)
    with pytest.raises(Refusal):
        read_evidence(connection, appeal, CITIZEN, NOW)


def sheet(*words: str) -> Sheet:
    """Return a sheet with these words, each in a paragraph."""
    lines = tuple(Line(each) for each in words)
    chapters = (Chapter("Мәтін", (Item("1", lines),)), Chapter("Бос", (), "Ештеңе жоқ"))
    foot = "{page}/{pages}"
    return Sheet("kk", "Партия", "Құжат", (("Түрі", "Шағым"),), chapters, ("Соңы",), foot, NOW)


def test_letters() -> None:
    """Each letter of Kazakh comes out of the document as it went in."""
    assert KAZAKH in text_of(draw(sheet(KAZAKH)))


def test_unknown_characters() -> None:
    """A character without a picture is a box, an invisible one nothing."""
    drawn = text_of(draw(sheet("а\u200bб\x07 \U0001f9ff 漢 в\tг")))
    assert "аб □ □ в г" in drawn


def test_pages() -> None:
    """Each page says which one it is and how many there are; a long word is broken, not lost."""
    document = draw(sheet(*["Ұзақ әңгіме. " * 40] * 40, "щ" * 3000))
    pages = PdfReader(BytesIO(document)).pages

    last = len(pages)
    assert last > 3
    for number, page in enumerate(pages, 1):
        assert f"{number}/{last}" in page.extract_text()
    assert 3000 == text_of(document).count("щ")
