"""What is answered in a form."""

import pytest

from services.programmes.form import check_answers, read_answer, read_name
from services.programmes.model import Field, FieldKind, Option
from services.refusal import Refusal

LEVEL = Field(
    "level",
    1,
    FieldKind.CHOICE,
    "Деңгей?",
    "Уровень?",
    (Option("o1", "Бастаушы", "Начинающий"), Option("o2", "Тәжірибелі", "Опытный")),
)


def field(kind: FieldKind) -> Field:
    """Return a question of this kind."""
    return LEVEL if kind is FieldKind.CHOICE else Field("q", 1, kind, "?", "?")


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        (FieldKind.TEXT, "  екі \n сөз ", "екі сөз"),
        (FieldKind.NUMBER, "1 250,5", "1250.5"),
        (FieldKind.NUMBER, "-3", "-3"),
        (FieldKind.CHOICE, "o2", "o2"),
        (FieldKind.CHOICE, "ТӘЖІРИБЕЛІ", "o2"),
        (FieldKind.CHOICE, "тажирибели", "o2"),
        (FieldKind.CHOICE, "начинающий", "o1"),
        (FieldKind.DATE, "05.04.2001", "2001-04-05"),
        (FieldKind.DATE, "5/4/2001", "2001-04-05"),
        (FieldKind.DATE, "2001-04-05", "2001-04-05"),
        (FieldKind.PHONE, "8 (701) 000-00-11", "+77010000011"),
        (FieldKind.YES_NO, "Иә", "yes"),
        (FieldKind.YES_NO, "нет", "no"),
    ],
)
def test_what_fits(kind: FieldKind, said: str, kept: str) -> None:
    """An answer that fits is kept in one form; read again it stays the same."""
    assert kept == read_answer(field(kind), said)
    assert kept == read_answer(field(kind), kept)


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        (FieldKind.TEXT, " \n ", "I see no words here"),
        (FieldKind.TEXT, "ә" * 501, "Too long"),
        (FieldKind.NUMBER, "он сегіз", "I need a number"),
        (FieldKind.NUMBER, "٣", "I need a number"),
        (FieldKind.NUMBER, "1.2345", "I need a number"),
        (FieldKind.CHOICE, "үшінші", "Please choose one of the answers below."),
        (FieldKind.DATE, "31.02.2001", "This is no day."),
        (FieldKind.DATE, "01.01.1899", "This is no day."),
        (FieldKind.DATE, "ертең", "This is no day."),
        (FieldKind.PHONE, "12345", "This is no number of Kazakhstan."),
        (FieldKind.YES_NO, "мүмкін", "Please answer yes or no."),
    ],
)
def test_what_does_not(kind: FieldKind, said: str, sentence: str) -> None:
    """Anything else is answered with a sentence that says what fits."""
    with pytest.raises(Refusal, match=sentence):
        read_answer(field(kind), said)


@pytest.mark.parametrize(
    "name", ["Айгүл", "Айгүл 2", "@aigul x", "<b>Аманов Айдар</b>", "а" * 101]
)
def test_no_name(name: str) -> None:
    """A name has at least two words and nothing but letters, hyphens and the like."""
    with pytest.raises(Refusal):
        read_name(name)


def test_a_name() -> None:
    """Spaces are put in order; hyphens and apostrophes stand in names."""
    assert "О’Нил-Ахметова Айгүл" == read_name(" О’Нил-Ахметова   Айгүл ")


def test_answers_together() -> None:
    """A needed answer must be there; what no question asks is left out."""
    level, name = LEVEL, Field("club", 2, FieldKind.TEXT, "?", "?", required=False)
    assert {"level": "o1"} == check_answers([level, name], {"level": "o1", "iin": "123"})
    with pytest.raises(Refusal):
        check_answers([level, name], {"club": "шахмат"})
