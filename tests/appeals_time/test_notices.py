"""What people read of due dates and hand-overs, in both languages."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.notices import renderers
from services.appeals.handing_over import hand_over
from services.appeals.reminding import remind
from services.organisation.directory import load_organisation
from tests.appeals_time.conftest import (
    DUE,
    FRIDAY,
    OPERATOR,
    at,
    register,
    told,
)


@pytest.fixture(params=["kk", "ru"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """Read in each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


def test_many_cases_on_one_screen(connection: Connection, language: str) -> None:
    """Groups with their numbers, the most pressing by name, and a word about the others."""
    for number in range(12):
        register(connection, f"d{number}")
    remind(connection, at(DUE))
    [(_person, payload)] = told(connection)
    notice = renderers()["reminder"](payload, load_organisation(connection))

    expected = {
        "kk": [
            "⏰ <b>Өтініштердің мерзімі</b>",
            "",
            "🔴 Бүгін – соңғы күн (02.04.2026). Өтініш: 12",
            "",
            "Төменде ең шұғылдары тұр. Қалғандары тізімдеріңізде.",
            "",
            "Уақытында жауап беріңіз. Уақыт жетпесе, себебін жазып, мерзімін ұзартыңыз.",
        ],
        "ru": [
            "⏰ <b>Сроки обращений</b>",
            "",
            "🔴 Сегодня последний день (02.04.2026). Обращений: 12",
            "",
            "Ниже самые срочные. Остальные – в Ваших списках.",
            "",
            "Ответьте вовремя. Если времени не хватает, продлите срок и укажите причину.",
        ],
    }
    assert expected[language] == notice.text.splitlines()
    assert notice.keyboard is not None
    rows = notice.keyboard.inline_keyboard
    assert 8 == len(rows)
    assert "aopen:1::" == rows[0][0].callback_data
    place = {"kk": "Сайрам ауданы", "ru": "Сайрамский район"}[language]
    assert f"02.04 🚰 {place} · 26-000001-9" == rows[0][0].text


@pytest.mark.parametrize("leaving", ["mysalbaev", OPERATOR])
def test_a_hand_over(connection: Connection, language: str, leaving: str | int) -> None:
    """From whom, how many, and the most urgent ones; of an operator the name is escaped."""
    register(connection)
    hand_over(connection, "mysalbaev", "ulgibaev", FRIDAY)
    [(_person, payload)] = told(connection, "handed_over")
    if leaving == OPERATOR:
        payload |= {"official": None, "name": "<b>"}
    notice = renderers()["handed_over"](payload, load_organisation(connection))

    name = "Айбек Мысалбаев" if leaving == "mysalbaev" else "&lt;b&gt;"
    expected = {
        "kk": [
            "📥 <b>Сізге қаралудағы өтініштер берілді: 1</b>",
            f"Бұрынғы жауапты: {name}",
            "",
            "Ең шұғылдары төменде.",
        ],
        "ru": [
            "📥 <b>Вам переданы открытые обращения: 1</b>",
            f"Прежний ответственный: {name}",
            "",
            "Ниже самые срочные.",
        ],
    }
    assert expected[language] == notice.text.splitlines()
    assert notice.keyboard is not None
    assert 1 == len(notice.keyboard.inline_keyboard)
