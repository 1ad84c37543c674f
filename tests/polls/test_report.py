"""The full report of a poll: every table that may be told, as PDF and as XLSX."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from bot.i18n import Catalogues
from handlers.views.poll_report import report_paper
from handlers.views.poll_report_screens import report_screen
from services.language import Language
from services.people.model import Role
from services.polls.model import Option
from services.polls.report_book import write_book
from services.polls.report_drawing import draw_paper
from services.polls.report_paper import Paper
from services.polls.reporting import Reported, closed_polls, read_report
from services.polls.results import Figure, Result, Table
from services.polls.themes import Mentions
from services.refusal import Refusal
from storage.people import grant_role
from tests.polls.counted import keep
from tests.polls.results import CLOSED, UNWEIGHTED, plain_result, survey_result
from tests.polls.stage import OPERATOR, Stage

NOW = CLOSED + timedelta(days=1)
HEAD = 4  # the row of heads in a question's sheet
ANSWER, VOTES, SHARE, WEIGHTED, LOW, HIGH, DIFFERS, VALUE, NOTE = range(5, 14)
THEMES = {6: (Mentions("Жолдар", "Дороги", 41),)}
OFFICIAL = 1001


@pytest.fixture(params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


@pytest.fixture
def russian() -> Iterator[None]:
    """Speak Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


def paper(result: Result, themes: Mapping[int, tuple[Mentions, ...]] | None = None) -> Paper:
    """Return the report of a result."""
    return report_paper(Reported(result, themes or {}, None), NOW)


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """Return the rows under the heads of a question's sheet."""
    return list(sheet.iter_rows(min_row=HEAD + 1, values_only=True))


def book(result: Result, themes: Mapping[int, tuple[Mentions, ...]] | None = None) -> Any:
    """Return the spreadsheet as a reader opens it."""
    return openpyxl.load_workbook(BytesIO(write_book(paper(result, themes))))


def pages(result: Result, themes: Mapping[int, tuple[Mentions, ...]] | None = None) -> str:
    """Return the words of the PDF."""
    reader = PdfReader(BytesIO(draw_paper(paper(result, themes))))
    return "\n".join(page.extract_text() for page in reader.pages)


def national(result: Result) -> Result:
    """Return the result without its breakdowns."""
    return replace(result, tables=tuple(one for one in result.tables if one.cut == ""))


@pytest.mark.usefixtures("russian")
def test_a_sheet_for_each_question_and_real_numbers() -> None:
    """Contents, facts, a sheet a question, the method; shares are fractions, heads are frozen."""
    found = book(survey_result(), THEMES)
    questions = [f"Вопрос {number}" for number in range(1, 9)]
    assert ["Содержание", "Об опросе", *questions, "Метод и определения"] == found.sheetnames
    sheet = found["Вопрос 1"]
    first = rows(sheet)[0]
    assert ("В доме есть центральный водопровод", 508) == (first[ANSWER], first[VOTES])
    assert first[SHARE] == pytest.approx(508 / 1240)
    assert first[WEIGHTED] == pytest.approx(0.42)
    assert 0 < first[LOW] < first[WEIGHTED] < first[HIGH] < 1
    assert ("A5", "0.0%") == (sheet.freeze_panes, sheet.cell(HEAD + 1, SHARE + 1).number_format)


@pytest.mark.usefixtures("russian")
def test_every_table_of_the_result_is_in_the_report() -> None:
    """Each group of each cut has a row for each of its answers, and no group is added."""
    result = survey_result(open_link=240)
    found = book(result)
    for question in result.poll.questions:
        written = rows(found[f"Вопрос {question.position + 1}"])
        told = [table for table in result.tables if table.question == question.position]
        votes = [row[VOTES] for row in written if row[VOTES] is not None]
        assert sorted(f.votes or 0 for t in told for f in t.figures) == sorted(votes)


@pytest.mark.usefixtures("russian")
def test_what_is_suppressed_is_named_and_has_no_numbers() -> None:
    """Groups without a table of their own are listed by name under the others."""
    written = rows(book(survey_result())["Вопрос 1"])
    missing = [row for row in written if row[NOTE] and "слишком мало" in row[NOTE]]
    assert len(missing) == 1
    assert "область Ұлытау" in missing[0][NOTE]
    assert missing[0][VOTES] is None


@pytest.mark.usefixtures("russian")
def test_small_bases_and_differences_are_marked() -> None:
    """Under 50 no percentages, under 100 the words «low base»; a difference is in points."""
    written = rows(book(survey_result())["Вопрос 1"])
    by_base = {row[2]: row for row in written}
    assert (None, "меньше 50 ответов: без процентов") == (by_base[35][SHARE], by_base[35][NOTE])
    assert by_base[60][NOTE] == "малая база"
    assert [9] == [row[DIFFERS] for row in written if row[DIFFERS] is not None]


def test_shares_of_all_or_none_of_a_small_group_are_blunted(language: Language) -> None:
    """They are written as words in both files."""
    table = Table(0, "", "", 80, 0, 0, (Figure(80, 1.0), Figure(0, 0.0), Figure(0, 0.0)))
    result = replace(plain_result((80, 0, 0)), tables=(table,))
    sheet = book(result).worksheets[2]
    assert [">95\N{NO-BREAK SPACE}%", "<5\N{NO-BREAK SPACE}%"] == [
        row[SHARE] for row in rows(sheet)[:2]
    ]
    assert ">95" in pages(result), language


@pytest.mark.usefixtures("russian")
def test_scales_and_rankings_have_their_values() -> None:
    """Ends together and the mean of a scale; places and Borda shares of a ranking."""
    found = book(survey_result())
    scale = {row[ANSWER]: row for row in rows(found["Вопрос 3"])[:10]}
    assert scale["Две верхние оценки вместе (4–5)"][VALUE] == pytest.approx(0.47)
    assert (3.34, 3.26) == (scale["Среднее"][VALUE], scale["Среднее"][LOW])
    ranking = {row[ANSWER]: row[VALUE] for row in rows(found["Вопрос 5"])[:12]}
    assert ranking["Среднее место: Работа"] == pytest.approx(1.9)
    assert ranking["Доля Борда: Работа"] == pytest.approx(0.7)


@pytest.mark.usefixtures("russian")
def test_facts_of_the_poll_stand_in_front() -> None:
    """Method, seed, extension and hash are said; of political polls what the law wants too."""
    legal = {"entity": "ТОО «Пример»", "years": "7", "notice": "12 от 01.10.2026", "customer": "А",
             "payer": "Б", "method": "Опрос в боте", "n": "1240", "error": "2,8"}  # fmt: skip
    result = survey_result(
        legal=legal,
        topic_class="election",
        sample={"size": 5400, "seed_hash": "a" * 64, "seed": "f3" * 16},
        extended_from=CLOSED - timedelta(days=1),
        ended_at=CLOSED - timedelta(hours=2),
    )
    facts = {row[0]: row[1] for row in book(result)["Об опросе"].iter_rows(values_only=True)}
    assert {
        "Действительных ответов, n": "1\N{NO-BREAK SPACE}240",
        "Эффективная выборка": "873",
        "Дизайн-эффект (Киш)": "1,42",
        "Заказчик": "А",
        "Класс темы": "выборы",
        "Начальное число": "f3" * 16,
        "Хеш формулировок (SHA-256)": "w" * 64,
        "Закрыт досрочно; было объявлено до": "23.11.2026, 10:00",
    }.items() <= facts.items()


@pytest.mark.usefixtures("russian")
def test_an_unweighted_poll_says_so_and_why() -> None:
    """The reason stands among the facts, and there is no weighted column in the PDF."""
    words = pages(national(survey_result(weighing=UNWEIGHTED)))
    assert "Не взвешено: дизайн-эффект больше 2,5" in " ".join(words.split())
    assert "взвешено\n42" not in words


def test_themes_are_in_both_files(language: Language) -> None:
    """A theme with its mentions is told; a question without one says so."""
    theme = THEMES[6][0].text(language)
    themed = rows(book(survey_result(), THEMES).worksheets[8])
    assert [(theme, 41)] == [(row[ANSWER], row[VOTES]) for row in themed if row[VOTES]]
    words = pages(national(survey_result()), THEMES)
    assert theme in words


def test_the_pdf_keeps_every_letter_and_every_answer(language: Language) -> None:
    """The longest words are broken over lines and pages and nothing is lost."""
    long = (
        "Ауылымыздағы әр үйге таза ауызсу жеткізілсін, ғимараттар жөнделсін, Һ Ө Ұ Ү І Ң Қ. " * 2
    )
    result = survey_result()
    asked = result.poll.questions[0]
    options = tuple(
        Option(
            one.position, f"({one.position}) {long}".strip(), f"({one.position}) {long}".strip()
        )
        for one in asked.options
    )
    questions = (replace(asked, text_kk=long * 3, text_ru=long * 3, options=options),)
    tables = tuple(table for table in result.tables if table.question == 0)
    poll = replace(result.poll, questions=questions)
    words = "".join(pages(replace(result, poll=poll, tables=tables)).split())
    groups = len(tables)
    for option in options:
        assert words.count("".join(option.text_kk.split())) == groups, language
    assert "□" not in words


def test_a_poll_of_nobody_has_a_report(language: Language) -> None:
    """Where too few answered the report says so, and there is nothing else in it."""
    result = plain_result((3, 1, 0))
    assert rows(book(result).worksheets[2]) == []
    assert "10" in pages(result), language


def test_no_text_becomes_a_formula(language: Language) -> None:
    """What looks like a formula stays a text."""
    poll = replace(plain_result().poll, title_kk="=1+1", title_ru="=1+1")
    sheet = book(replace(plain_result(), poll=poll)).worksheets[0]
    assert ("s", "=1+1") == (sheet["A1"].data_type, sheet["A1"].value), language


async def test_staff_get_reports_and_citizens_do_not(sqlite_stage: Stage) -> None:
    """Officials and operators see the list and the report; others are refused."""
    db = sqlite_stage.db
    await db.write(grant_role, OFFICIAL, Role.OFFICIAL.value, None, NOW)
    poll = await db.write(keep, survey_result())
    for person in (OPERATOR, OFFICIAL):
        page = await db.read(closed_polls, person, 0, 8)
        assert ([poll], False) == ([one.id for one in page.polls], page.more)
        reported = await db.read(read_report, person, poll, NOW)
        assert reported.result.tables == survey_result().tables
    with pytest.raises(Refusal):
        await db.read(closed_polls, 1002, 0, 8)
    with pytest.raises(Refusal):
        await db.read(read_report, 1002, poll, NOW)


@pytest.mark.usefixtures("russian")
def test_nothing_is_given_out_before_a_voting_day() -> None:
    """While the law forbids to publish, there are no buttons of files."""
    screen = report_screen(Reported(survey_result(), {}, NOW.date()), ())
    assert "24.11.2026" in screen.text
    assert screen.keyboard is not None
    assert len(screen.keyboard.inline_keyboard) == 1  # type: ignore[union-attr]
