"""Polls that were declared named: staff see who answered what, and only of these."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from pypdf import PdfReader

from bot.i18n import Catalogues
from handlers.views.poll_report import report_paper
from services.exports.asking import describe_export
from services.exports.kinds import Export
from services.exports.sources import EXPORTS
from services.people.model import Role
from services.polls.model import Answer, Answers, PollKind, Stream
from services.polls.named import KEPT, NamedAnswers, NamedPoll, forget_names, names_due, written
from services.polls.reading import find_poll
from services.polls.report_book import write_book
from services.polls.report_drawing import draw_paper
from services.polls.reporting import Reported, read_report
from services.refusal import Refusal
from storage.people import grant_role
from storage.schema.people import people
from storage.schema.polls import polls
from tests.polls.stage import CLOSING, NOON, OPERATOR, Stage, citizen
from tests.polls.surveys import EVERY, PHOTO, SINGLE, TEXT

OFFICIAL = 1029
SHEET = "Кто как ответил"
QUESTIONS = tuple(replace(each, position=at) for at, each in enumerate((SINGLE, TEXT, PHOTO)))
SAID: Answers = {0: Answer((3,), text="=1+1"), 1: Answer(text="Приду с сыном"), 2: Answer()}
OTHERS: Answers = {0: Answer((1,)), 1: Answer(), 2: Answer(text="file-id")}


@pytest.fixture
def russian() -> Iterator[None]:
    """Speak Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


@pytest.fixture
def stage(sqlite_stage: Stage) -> Stage:
    """Set a stage on a SQLite file."""
    return sqlite_stage


async def hold(stage: Stage, kind: PollKind) -> int:
    """Let two people answer a poll of this kind, and close it."""
    titles = {"title_kk": "Кездесу", "title_ru": "Встреча"}
    poll = await stage.launch(questions=QUESTIONS, kind=kind, **titles)
    for person, answers in ((1000, SAID), (1001, OTHERS)):
        await stage.box.submit(citizen(person), poll, answers, Stream.INVITED, NOON)
    assert [] == await stage.rows("poll_named")
    await stage.close()
    assert [] == await stage.rows("ballots")
    return poll


async def reported(stage: Stage, poll: int, *, names: bool = True) -> Reported:
    """Return what an operator gets of a report, with the names where a second person lets out."""
    report = await stage.db.read(read_report, OPERATOR, poll, CLOSING)
    if not names:
        return report
    named = EXPORTS[Export.NAMED].read
    try:
        found: Reported = await stage.db.read(named, OPERATOR, poll, None, CLOSING)
    except Refusal:  # there are none
        return report
    return found


def book(found: Reported) -> Any:
    """Return the spreadsheet as a reader opens it."""
    return openpyxl.load_workbook(BytesIO(write_book(report_paper(found, CLOSING))))


async def test_a_named_poll_keeps_who_answered_what(stage: Stage) -> None:
    """Everybody who answered stands beside the answers once the poll is closed, nobody else."""
    poll = await hold(stage, PollKind.NAMED)
    assert [(poll, 1000), (poll, 1001)] == [
        (row["poll_id"], row["person_id"]) for row in await stage.rows("poll_named")
    ]
    found = (await reported(stage, poll)).respondents
    assert [("Тұрғын 1000", SAID), ("Тұрғын 1001", OTHERS)] == [
        (each.name, each.answers) for each in found
    ]


async def test_answers_of_every_type_are_kept_whole(stage: Stage) -> None:
    """What was chosen, ranked, counted or said is read as it was answered."""
    answers: Answers = {
        0: Answer((0,)),
        1: Answer((0, 2)),
        2: Answer(value=3),
        3: Answer((2, 0, 1)),
        4: Answer(number=7),
        5: Answer(text="Сөз"),
        6: Answer(),
    }
    titles = {"title_kk": "Кездесу", "title_ru": "Встреча"}
    poll = await stage.launch(questions=EVERY, kind=PollKind.NAMED, **titles)
    await stage.box.submit(citizen(1000), poll, answers, Stream.INVITED, NOON)
    await stage.close()
    [respondent] = (await reported(stage, poll)).respondents
    assert answers == respondent.answers


async def test_a_secret_poll_leaves_the_table_empty(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of what opens or keeps names runs for a secret poll, and its report has none."""

    def never(*_args: object) -> None:
        raise AssertionError("a secret poll came here")

    for name in ("closing.NamedPoll", "closing.open_named", "publishing.put_named"):
        monkeypatch.setattr(f"services.polls.{name}", never)
    monkeypatch.setattr("services.exports.sources.names_of", never)
    poll = await hold(stage, PollKind.SECRET)
    assert 2 == (await stage.result(poll)).base
    assert [] == await stage.rows("poll_named")
    assert () == (await reported(stage, poll)).respondents


async def test_names_cannot_be_asked_of_a_secret_poll(stage: Stage) -> None:
    """What all of it asks for cannot be made of a secret poll, nor used for another poll."""
    secret = await stage.db.read(find_poll, await stage.launch())
    assert secret is not None
    with pytest.raises(ValueError, match="secret poll"):
        NamedPoll(secret)
    passport = replace(secret.poll.passport, kind=PollKind.NAMED)
    named = NamedPoll(replace(secret, poll=replace(secret.poll, passport=passport)))
    with pytest.raises(ValueError, match="another poll"):
        written(NamedAnswers(named, {}), secret.poll.id + 1)


@pytest.mark.usefixtures("russian")
async def test_the_spreadsheet_has_a_sheet_of_names(stage: Stage) -> None:
    """Name, place and every answer in words stand in a row; what people typed is no formula."""
    await stage.db.write(
        lambda connection: connection.execute(
            sa.update(people).where(people.c.id == 1000).values(region="71", district=None)
        )
    )
    found = book(await reported(stage, await hold(stage, PollKind.NAMED)))
    sheet = found[SHEET]
    assert [
        ("Имя в Telegram", "Регион, район", *(one.text_ru for one in QUESTIONS)),
        ("Тұрғын 1000", "город Астана", "other: =1+1", "Приду с сыном", "без ответа"),
        ("Тұрғын 1001", "–", "B", "без ответа", "фото"),
    ] == list(sheet.iter_rows(min_row=4, values_only=True))
    words = [str(cell.value) for row in found["Об опросе"] for cell in row]
    assert any("персональные данные" in each for each in words)
    assert not any("нет ничьих персональных данных" in each for each in words)


@pytest.mark.usefixtures("russian")
async def test_a_pdf_has_no_names(stage: Stage) -> None:
    """Neither what is read for a PDF nor what is drawn of it knows any name."""
    poll = await hold(stage, PollKind.NAMED)
    assert () == (await reported(stage, poll, names=False)).respondents
    drawn = draw_paper(report_paper(await reported(stage, poll), CLOSING))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(drawn)).pages)
    assert ("Тұрғын" in text, "Приду" in text) == (False, False)


async def test_names_are_for_staff(stage: Stage) -> None:
    """Officials and operators may ask for the list; others get no report at all."""
    poll = await hold(stage, PollKind.NAMED)
    await stage.db.write(grant_role, OFFICIAL, Role.OFFICIAL.value, None, NOON)
    asked = (Export.NAMED, poll)
    found = await stage.db.read(describe_export, *asked, OFFICIAL, CLOSING)
    assert 2 == found.rows
    with pytest.raises(Refusal):
        await stage.db.read(describe_export, *asked, 1000, CLOSING)
    with pytest.raises(Refusal):
        await stage.db.read(read_report, 1000, poll, CLOSING)


@pytest.mark.usefixtures("russian")
async def test_the_list_goes_after_90_days(stage: Stage) -> None:
    """90 days after closing nothing tells who answered what, and the sheet is gone."""
    poll = await hold(stage, PollKind.NAMED)
    early = CLOSING + KEPT - timedelta(minutes=1)
    assert (False, 0) == (
        await stage.db.read(names_due, early),
        await stage.db.write(forget_names, early),
    )
    assert 2 == await stage.db.write(forget_names, CLOSING + KEPT)
    assert 0 == await stage.db.write(forget_names, CLOSING + KEPT)
    assert [] == await stage.rows("poll_named")
    assert SHEET not in book(await reported(stage, poll)).sheetnames


async def test_a_poll_that_is_called_named_later_stays_secret(stage: Stage) -> None:
    """What was sealed as secret is opened for no name, whatever the tables say by then."""
    poll = await stage.launch()
    await stage.vote_all(poll, [0, 1] * 6)
    await stage.db.write(lambda c: c.execute(sa.update(polls).values(kind="named")) and None)
    await stage.close()
    assert 12 == (await stage.result(poll)).base
    assert [] == await stage.rows("poll_named")
