import pytest

from services.appeals.number import format_number
from services.appeals.search import Query, parse_query

NUMBER = format_number(2026, 123)


@pytest.mark.parametrize("text", [NUMBER, NUMBER.replace("-", ""), f"№ {NUMBER}", f" {NUMBER} "])
def test_number(text: str) -> None:
    """The number of an appeal is one, with dashes or without."""
    assert Query(number=NUMBER) == parse_query(text)


@pytest.mark.parametrize("text", ["87011234567", "+7 (701) 123-45-67", "7011234567"])
def test_phone(text: str) -> None:
    """A phone is one, even where its digits could be a number of an appeal."""
    assert Query(phone="+77011234567") == parse_query(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Абай көшесі", ("абаи", "кошеси")),
        ("su zhok", ("су", "жок")),
        ("свет и свет", ("свет",)),
        ("дом 14", ("дом", "14")),
        ("26-000123-0", ("26", "000123", "0")),
        ("а в с", ()),
        ("", ()),
        ("👍", ()),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    """Everything else is words, each once, without single letters."""
    assert Query(words=words) == parse_query(text)


def test_many_words() -> None:
    """Only the first words of a long text are looked for."""
    assert 8 == len(parse_query(" ".join(f"сөз{number}" for number in range(20))).words)
