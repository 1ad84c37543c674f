"""Files with personal data are let out by a second person, exactly as asked for, and once."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.export_files import file_name, sheets_of
from services.clock import local_date
from services.delivery.approval import Approval
from services.delivery.letting_out import approve
from services.delivery.requests import find_request
from services.delivery.workbook import draw
from services.exports.asking import ask_export, describe_export, take_export
from services.exports.kinds import HOLDINGS, Export
from services.exports.sources import EXPORTS
from services.people.deeds import RIGHTS
from services.refusal import Refusal
from storage.schema.delivery import deliveries, mailings
from storage.schema.people import people, roles
from storage.schema.polls import poll_named, poll_options, poll_questions, poll_texts, polls
from storage.schema.programmes import programmes
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN, NEIGHBOUR
from tests.appeals_desk.conftest import AIDA, NOW
from tests.appeals_desk.conftest import connection as desk  # noqa: F401
from tests.second_person.staff import AUDITOR, ELSEWHERE, SECOND, hire, told, written_down

POLL, MAILING, PROGRAMME = 5, 9, 3
REASON = "Кездесуге келетіндердің тізімі керек."
DOCS = Path(__file__).resolve().parents[2] / "docs/administrator.md"


@pytest.fixture
def connection(desk: Connection) -> Connection:  # noqa: F811
    """Open the desk's database with more staff, a named poll, and a mailing that failed."""
    hire(desk, NOW)
    _poll(desk)
    _mailing(desk)
    _programme(desk)
    return desk


def _poll(connection: Connection) -> None:
    values = {
        "id": POLL,
        "draft_id": "d",
        "title_kk": "Кездесу",
        "title_ru": "Встреча",
        "target": {},
        "kind": "named",
        "topic_class": "social",
        "wording_hash": "",
        "status": "closed",
        "created_by": AIDA,
        "launched_at": NOW,
        "closes_at": NOW,
        "frozen_at": NOW,
        "public_key": b"k" * 32,
        "base": 2,
    }
    connection.execute(sa.insert(polls).values(values))
    for position, kind in enumerate(("single", "text")):
        connection.execute(
            sa.insert(poll_questions).values(
                poll_id=POLL,
                position=position,
                code=f"q{position}",
                type=kind,
                text_kk=f"Сұрақ {position}",
                text_ru=f"Вопрос {position}",
                settings={
                    "least": 1,
                    "most": 1,
                    "scale": None,
                    "random": False,
                    "required": True,
                    "skips": [],
                    "photo": None,
                },
            )
        )
    for position, text in enumerate(("Иә", "Жоқ")):
        option = {"poll_id": POLL, "question": 0, "position": position, "role": "plain"}
        connection.execute(
            sa.insert(poll_options).values(option | {"text_kk": text, "text_ru": text})
        )
    for person in (CITIZEN, NEIGHBOUR):
        answers = {"0": {"chosen": [0], "value": None, "number": None, "text": ""}}
        row = {"poll_id": POLL, "person_id": person, "answers": answers}
        connection.execute(sa.insert(poll_named).values(row))
    for number, text in enumerate(("Келемін, +77011234567", "=1+1")):
        words = {"poll_id": POLL, "question": 1, "number": number, "text": text}
        connection.execute(sa.insert(poll_texts).values(words))


def _mailing(connection: Connection) -> None:
    values = {"id": MAILING, "key": "news:1", "kind": "news", "status": "finished"}
    titles = {"title_kk": "Хабар", "title_ru": "Новость"}
    connection.execute(sa.insert(mailings).values(values | {"payload": titles, "started_at": NOW}))
    ended = ((CITIZEN, "blocked", None), (NEIGHBOUR, "refused", "chat not found"))
    for person, status, error in (*ended, (AIDA, "delivered", None)):
        row = {"mailing_id": MAILING, "person_id": person, "status": status, "error": error}
        connection.execute(sa.insert(deliveries).values(row))


def _programme(connection: Connection) -> None:
    day = local_date(NOW)
    values = {
        "id": PROGRAMME,
        "draft_id": "d",
        "kind": "project",
        "status": "open",
        **{
            f"{name}_{language}": "Жоба" for name in ("title", "text") for language in ("kk", "ru")
        },
        "begins_on": day,
        "ends_on": day,
        "sign_up_until": day,
        "created_at": NOW,
        "taken": 2,
    }
    connection.execute(sa.insert(programmes).values(values))


def ask(
    connection: Connection,
    kind: Export = Export.UNREACHED,
    of: int = MAILING,
    by: int = ADMINISTRATOR,
    message: int = 7,
) -> Approval:
    """Ask for a file."""
    return ask_export(connection, kind, of, by, message, REASON, NOW)


def let(
    connection: Connection,
    kind: Export = Export.UNREACHED,
    of: int = MAILING,
    by: int = ADMINISTRATOR,
) -> int:
    """Ask, let it out as whoever else may, and return the number of the request."""
    asked = ask(connection, kind, of, by)
    approve(connection, asked.id, asked.seen, SECOND, NOW)
    return asked.id


def cells(connection: Connection, kind: Export, of: int, by: int = ADMINISTRATOR) -> list[str]:
    """Return all cells of a file in Russian, beneath the warning."""
    taken = take_export(connection, let(connection, kind, of, by), by, NOW)
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        book = openpyxl.load_workbook(BytesIO(draw(sheets_of(taken, NOW))))
    assert file_name(taken, NOW).endswith("-2026-03-12.xlsx")
    rows = book.worksheets[0].iter_rows(min_row=3)
    assert all(cell.data_type != "f" for row in rows for cell in row)
    rows = book.worksheets[0].iter_rows(min_row=3, values_only=True)
    return [str(value) for row in rows for value in row if value is not None]


def test_exactly_this(connection: Connection) -> None:
    """Who lets it out sees what, of what and how many rows; the audit says all three steps."""
    asked = ask(connection)
    seen = find_request(connection, asked.id, AUDITOR).approval
    assert (2, "unreached", MAILING) == (seen.people, seen.content["export"], seen.content["of"])
    assert [SECOND, AUDITOR] == [person for person, _ in told(connection, "approval_asked")]
    approve(connection, asked.id, asked.seen, AUDITOR, NOW)
    taken = take_export(connection, asked.id, ADMINISTRATOR, NOW)
    assert 2 == len(taken.data)
    case = f"export:unreached:{MAILING}"
    assert [
        (ADMINISTRATOR, "approval.ask_export", case),
        (AUDITOR, "approval.let_export", f"{case}:{ADMINISTRATOR}"),
        (ADMINISTRATOR, "export.take", case),
    ] == written_down(connection)[-3:]


def test_once_within_a_day(connection: Connection) -> None:
    """It is taken once, within 24 hours, by who asked."""
    approval = let(connection)
    with pytest.raises(Refusal):
        take_export(connection, approval, SECOND, NOW)
    with pytest.raises(Refusal):
        take_export(connection, approval, ADMINISTRATOR, NOW + timedelta(hours=25))
    take_export(connection, approval, ADMINISTRATOR, NOW)
    take_export(connection, approval, ADMINISTRATOR, NOW + timedelta(seconds=30))
    with pytest.raises(Refusal):
        take_export(connection, approval, ADMINISTRATOR, NOW + timedelta(minutes=2))


def test_not_by_oneself(connection: Connection) -> None:
    """Nobody lets out their own file, nor does an operator, nor an administrator of a region."""
    asked = ask(connection)
    for by in (ADMINISTRATOR, AIDA, ELSEWHERE):
        with pytest.raises(Refusal):
            approve(connection, asked.id, asked.seen, by, NOW)
    with pytest.raises(Refusal):
        take_export(connection, asked.id, ADMINISTRATOR, NOW)


def test_words_are_covered(connection: Connection) -> None:
    """Answers in words stand there with what is personal covered; no formula is run."""
    found = cells(connection, Export.WORDS, POLL)
    assert "=1+1" in found
    assert not any("7011234567" in each for each in found)


def test_words_are_covered_apart_from_the_writer(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Taking the file covers nothing yet: it takes seconds, and others wait to write."""
    covered: list[str] = []
    monkeypatch.setattr("services.exports.sources.masked", covered.append)
    EXPORTS[Export.WORDS].read(connection, ADMINISTRATOR, POLL, None, NOW)
    assert not covered


def test_unreached(connection: Connection) -> None:
    """Of a mailing stand there whom it did not reach, and nobody else."""
    found = cells(connection, Export.UNREACHED, MAILING)
    assert {str(CITIZEN), str(NEIGHBOUR)} < set(found)
    assert str(AIDA) not in found
    assert "chat not found" in found


def test_audit(connection: Connection) -> None:
    """An auditor takes the audit up to the row at which it was asked for."""
    ask(connection)
    found = cells(connection, Export.AUDIT, 0, AUDITOR)
    assert 1 == found.count("approval.ask_export")


def test_polls_tell_nobody(connection: Connection) -> None:
    """Who was invited to a poll is in no file."""
    connection.execute(sa.update(mailings).values(kind="poll"))
    with pytest.raises(Refusal):
        ask(connection, Export.UNREACHED, MAILING)


def test_secret_polls_have_no_names(connection: Connection) -> None:
    """A secret poll has no names, and an empty file is not asked for."""
    connection.execute(sa.update(polls).values(kind="secret"))
    with pytest.raises(Refusal):
        ask(connection, Export.NAMED, POLL)
    connection.execute(sa.update(polls).values(kind="named"))
    assert ask(connection, Export.NAMED, POLL).people
    connection.execute(sa.delete(poll_named))
    with pytest.raises(Refusal):
        ask(connection, Export.NAMED, POLL)


@pytest.mark.parametrize("kind", EXPORTS)
def test_rights(connection: Connection, kind: Export) -> None:
    """Whoever may not read what a file holds may not ask for it."""
    ask(connection)
    of = {Export.UNREACHED: MAILING, Export.AUDIT: 0, Export.PARTICIPANTS: PROGRAMME}.get(
        kind, POLL
    )
    for number, role in enumerate(("moderator", "analyst", "editor", "operator", "auditor"), 800):
        connection.execute(sa.insert(people).values(id=number, name=role, joined_at=NOW))
        held = {"person_id": number, "role": role, "since": NOW}
        connection.execute(sa.insert(roles).values(held))
        allowed = role in {one.value for one in RIGHTS[HOLDINGS[kind].deed].roles}
        try:
            describe_export(connection, kind, of, number, NOW)
        except Refusal:
            assert not allowed
        else:
            assert allowed
    with pytest.raises(Refusal):
        describe_export(connection, kind, of, CITIZEN, NOW)


def test_said_in_one_place() -> None:
    """Every file that needs a second person has a source, no other has, and the docs say it."""
    second = {kind for kind, each in HOLDINGS.items() if each.second}
    assert (set(Export), second) == (set(HOLDINGS), set(EXPORTS))
    said = DOCS.read_text(encoding="utf-8")
    for kind, each in HOLDINGS.items():
        who = "a second person" if each.second else "one alone"
        assert f"| `{kind.value}` | {each.holds} | {who} |" in said
