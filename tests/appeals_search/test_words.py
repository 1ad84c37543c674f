import pytest

from services.text.words import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Көшеде жарық жоқ!", ["кошеде", "жарик", "жок"]),
        ("koshede zharyk zhok", ["кошеде", "жарик", "жок"]),
        ("Школа №5, 3-й класс", ["школа", "5", "3", "и", "клас"]),
        ("ISTANBUL İstanbul", ["истанбул", "истанбул"]),
        ("подъезд съёмка", ["подезд", "семка"]),
        ("100 1000", ["100", "1000"]),
        ("", []),
        ("— … 👍", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    """Words are in small Cyrillic letters, in their order, without what the ear does not tell."""
    assert expected == words(text)
