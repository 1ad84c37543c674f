"""A whole survey out of one file."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from services.language import Language
from services.polls.checking import faults
from services.polls.importing import LARGEST_FILE, read_survey
from services.polls.model import END, OptionRole, QuestionType
from services.polls.survey_rows import BadSurvey, Survey
from services.polls.survey_sample import sample

YAML = """\
title: {kk: Су, ru: Вода}
questions:
  - type: single
    kk: Су бар ма?
    ru: Есть ли вода?
    random: yes
    answers:
      - {kk: Бар, ru: Есть}
      - {kk: Жоқ, ru: Нет, to: end}
      - {role: difficult}
  - code: score
    type: scale10
    kk: Бағасы қандай?
    ru: Какая оценка?
    optional: yes
    low: {kk: Нашар, ru: Плохо}
    high: {kk: Жақсы, ru: Хорошо}
"""
HEAD = ("вид", "на казахском", "на русском", "следующий вопрос")


def table(*rows: tuple[object, ...]) -> bytes:
    """Return an XLSX file of these rows."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def wrong(name: str, data: bytes) -> list[tuple[int | None, str]]:
    """Return what is wrong with a file: row and message."""
    with pytest.raises(BadSurvey) as bad:
        read_survey(name, data)
    return [(one.row, one.refusal.message) for one in bad.value.faults]


@pytest.mark.parametrize("language", list(Language))
def test_the_sample_is_a_survey(language: Language) -> None:
    """The sample that the bot hands out holds every kind of question and is read as it is."""
    survey = read_survey("sample.xlsx", sample(language))
    assert set(QuestionType) == {one.type for one in survey.questions}
    assert () == faults(survey.questions)
    assert "q3" == survey.questions[0].skips[0].target
    assert (1, 20) == (survey.questions[4].least, survey.questions[4].most)


def test_a_yaml_file_is_read() -> None:
    """Titles, questions, special answers, skips and scales come out of a YAML file."""
    survey: Survey = read_survey("Survey.YAML", YAML.encode())
    assert ("Су", "Вода") == (survey.title_kk, survey.title_ru)
    first, second = survey.questions
    assert [OptionRole.PLAIN, OptionRole.PLAIN, OptionRole.DIFFICULT] == [
        one.role for one in first.options
    ]
    assert (True, END, frozenset({1})) == (
        first.random,
        first.skips[0].target,
        first.skips[0].options,
    )
    assert second.scale is not None
    assert ("score", False, 10, "Жақсы") == (
        second.code,
        second.required,
        second.scale.high,
        second.scale.high_kk,
    )


@pytest.mark.parametrize(
    ("old", "new", "row", "words"),
    [
        ("type: single", "type: choice", 3, "what this row is"),
        ("ru: Есть ли вода?", "ru: ''", 3, "both languages"),
        ("ru: Нет, to: end", "to: end", 9, "Every answer"),
        ("to: end", "to: 7", 9, "no such question"),
        ("random: yes", "random: sometimes", 3, "yes or no"),
        ("ru: Вода}", "ru: '7'}", 1, "in words"),
        ("high: {kk", "height: {kk", 11, "both ends"),
        ("    low:", "    low", 16, "from this row on"),
        ("{role: difficult}", "[1]", 10, "is expected here"),
        ("{role: difficult}", "*a", 10, "from this row on"),
        ("kk: Бар,", "kk: {a: {b: {c: d}}},", 8, "from this row on"),
        ("title: {kk: Су, ru: Вода}", "", None, "title"),
        ("questions:", "question:", 1, "no list of questions"),
    ],
)
def test_a_fault_of_a_yaml_file_is_named_by_row(
    old: str, new: str, row: int | None, words: str
) -> None:
    """Each fault names the line where it stands."""
    assert old in YAML
    [(number, message), *_rest] = wrong("a.yml", YAML.replace(old, new, 1).encode())
    assert row == number
    assert words in message


def test_all_faults_of_a_table_are_named_at_once() -> None:
    """What is wrong in several rows is told together, by row."""
    file = table(
        HEAD,
        ("бір жауап", "Су бар ма?", "Есть ли вода?"),
        ("ответ", "Бар", "Есть", 9),
        ("жауап", "Жоқ", "Нет"),
        (),
        ("число", "Неше?", "Сколько?"),
    )
    assert [3, 6] == [row for row, _ in wrong("a.xlsx", file)]
    both = table(
        HEAD,
        ("бір жауап", "Су бар ма?", ""),
        ("ответ", "Бар", "Есть"),
        ("жауап", "", "Нет", 9),
    )
    assert [2, 4, 4] == [row for row, _ in wrong("a.xlsx", both)]
    unclear = table(HEAD, ("одиночный", "Су?", "Вода?"), ("ответик", "Бар", "Есть"))
    assert [2, 3] == [row for row, _ in wrong("a.xlsx", unclear)]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "as a table"),
        ("a.pdf", b"%PDF", "ending"),
        ("a.yaml", b"\xff\xfe\x00", "as text"),
        ("a.yaml", b"[" * 9000, "from this row on"),
        ("a.yaml", b"- 1", "no list"),
        ("a.yaml", b"x" * (LARGEST_FILE + 1), "too large"),
        ("a.xlsx", table(), "empty"),
        ("a.xlsx", table(("Вопросы",)), "name the columns"),
        ("a.xlsx", table(HEAD, *[("ответ", "а", "б")] * 500), "too many"),
    ],
)
def test_what_is_no_survey_is_refused(name: str, data: bytes, words: str) -> None:
    """Files of other kinds, broken and enormous ones are refused in a sentence."""
    [(_row, message), *_rest] = wrong(name, data)
    assert words in message


@given(st.text(st.sampled_from(YAML + "&*[]{}|>\t"), max_size=200), st.integers(0, len(YAML)))
def test_any_text_is_a_survey_or_refused(text: str, place: int) -> None:
    """Whatever is written into a file, it is read or refused."""
    file = YAML[:place] + text + YAML[place:]
    try:
        survey = read_survey("a.yaml", file.encode())
    except BadSurvey:
        return
    assert () == faults(survey.questions)
