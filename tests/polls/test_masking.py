"""What people write loses their personal data before anybody reads it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.polls.masking import MASK, masked, personal

COVERED = {
    "Позвоните мне: 8 701 234-56-78": f"Позвоните мне: {MASK}",
    "Нөмірім +7(701)2345678, хабарласыңыз": f"Нөмірім {MASK}, хабарласыңыз",
    "Тел. 23-45-67": f"Тел. {MASK}",
    "ИИН 880101 300123": f"ИИН {MASK}",
    "Карта 4400 4301 1234 5678": f"Карта {MASK}",
    "Есепшот KZ86125KZT1001300335": f"Есепшот {MASK}",
    "Почтам aigul.s@mail.kz": f"Почтам {MASK}",
    "Вот: https://example.kz/a?b=1": f"Вот: {MASK}",
    "Қараңыз t.me/audan_kz": f"Қараңыз {MASK}",
    "Пишите @asqar_94": f"Пишите {MASK}",
    "Меня зовут айгуль сейтова, дороги нет": f"Меня зовут {MASK}, дороги нет",
    "Менің атым Асқар Сейітов, жол нашар": f"Менің атым {MASK}, жол нашар",
    "Құрметпен, Айгүл": f"Құрметпен, {MASK}",
    "С уважением, Серик Ахметов": f"С уважением, {MASK}",
    "Ол дәрігер Сейітова Гүлнар Серікқызы": f"Ол дәрігер {MASK}",
    "Врач Иванов И.И. груб": f"Врач {MASK} груб",
    "Об этом знает А. Б. Сериков": f"Об этом знает {MASK}",
    "нұрлан Асқар ұлы айтты": f"нұрлан {MASK} айтты",
    "спросите иванова петра ивановича": f"спросите {MASK}",
    "Гүлнар апай жақсы": f"{MASK} апай жақсы",
    "Тел: \N{FULLWIDTH DIGIT EIGHT} 701 234 56 78": f"Тел: {MASK}",
    "8\N{ZERO WIDTH SPACE}7012345678": MASK,
}
UNTOUCHED = (
    "Ауылда су жоқ, жол жөндеу керек. 2025-2026 жылы уәде берді, 15 км жол",
    "Нужна школа в 2027 году на 1200 мест, бюджет 350 млн тенге",
    "Революционная улица, половина дороги разбита. Очень плохо.",
    "Ұлы дала елі. Азаматтар көп, азамат ретінде айтамын",
    "Школа имени Абая. Новая больница в Алматы нужна",
    "Рақмет барлығына! Бәрі жақсы :)",
    "Звать некого, гражданин начальник",
)


@pytest.mark.parametrize("text", COVERED)
def test_covers_personal_data(text: str) -> None:
    """Telephones, numbers, addresses and names give way to the same mark."""
    assert COVERED[text] == masked(text)
    assert personal(text)


@pytest.mark.parametrize("text", UNTOUCHED)
def test_leaves_what_people_say_of_things(text: str) -> None:
    """Years, amounts and places stay, or nobody could tell what an answer is about."""
    assert text == masked(text)
    assert not personal(text)


@given(st.text(max_size=200))
def test_masking_twice_changes_nothing(text: str) -> None:
    """What was covered stays as it is."""
    assert masked(text) == masked(masked(text))


@given(
    st.text(alphabet="абвгқңөұ ,.!", max_size=40),
    st.from_regex(r"\A(\+7|8)[ (-]?7\d\d[ )-]?\d{3}[ -]?\d\d[ -]?\d\d\Z"),
)
def test_no_mobile_number_stays(words: str, number: str) -> None:
    """However a mobile number is written, none of its last digits can be read."""
    assert number[-5:] not in masked(f"{words} {number} {words}")
