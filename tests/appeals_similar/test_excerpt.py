import pytest

from services.appeals.similar.excerpt import LENGTH, excerpt


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Жарық жоқ, тел 8 701 123 45 67", "Жарық жоқ, тел •••"),
        ("Звоните +7(701)123-45-67, света нет", "Звоните •••, света нет"),
        ("ЖСН 900101300123, су жоқ", "ЖСН •••, су жоқ"),
        ("Пишите a.b-c@mail.kz, воды нет", "Пишите •••, воды нет"),
        ("Телеграм @aigul_88, t.me/aigul", "Телеграм •••, •••"),
        ("Мен Айгүл, көшеде жарық жоқ", "Мен •••, көшеде жарық жоқ"),
        ("меня зовут айгуль ахметова, нет света", "меня зовут •••, нет света"),
        ("Аты-жөнім: Серік Ахметов Болатұлы. Су жоқ.", "Аты-жөнім: •••. Су жоқ."),
        ("ФИО Ахметов Серик, воды нет", "ФИО •••, воды нет"),
        ("Соседка Анна Ивановна без воды", "••• без воды"),
        ("Кеше Серік Болатұлы келіп кетті", "••• келіп кетті"),
        ("Ямы. С уважением, Иванов И.И.", "Ямы. С уважением, •••"),
        ("Су жоқ. Құрметпен, Серікбаев", "Су жоқ. Құрметпен, •••"),
        ("Дом 14, кв. 15, холодно", "Дом 14, •••, холодно"),
    ],
)
def test_masked(text: str, shown: str) -> None:
    """What tells who wrote an appeal, or how to reach them, is not shown to others."""
    assert shown == excerpt(text)


@pytest.mark.parametrize(
    "text",
    [
        "Мен ауылда тұрамын, су жоқ, 2025 жылдан бері",
        "12 автобус 7.30-да келмейді",
        "Абай көшесі, 14 үй",
        "Я живу в селе, 40 км до врача",
    ],
)
def test_kept(text: str) -> None:
    """What the matter needs stays: years, times, houses, streets."""
    assert text == excerpt(text)


def test_length() -> None:
    """A long text ends after a whole word, with the sign that it goes on."""
    shown = excerpt("Жолда шұңқыр көп, " * 20)
    assert len(shown) <= LENGTH
    assert shown.endswith(("көп…", "шұңқыр…", "Жолда…"))
    assert LENGTH == len(excerpt("а" * 500))


def test_lines_become_one() -> None:
    """Lines and runs of blanks are one line."""
    assert "Су жоқ. Көмектесіңіз" == excerpt(" Су   жоқ.\n\nКөмектесіңіз ")
