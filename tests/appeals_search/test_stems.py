from itertools import combinations

import pytest

from services.text.stems import stems
from services.text.words import words


def met(first: str, second: str) -> bool:
    """Tell whether two words have a stem in common."""
    (one,), (other,) = words(first), words(second)
    return bool(stems(one) & stems(other))


@pytest.mark.parametrize(
    "forms",
    [
        "су суды судың суға судан сусыз",
        "үй үйде үйге үйіміз үйіміздің",
        "жол жолы жолда жолдың жолымыз жолдар жолға",
        "көше көшеде көшеге көшеміз көшесінде көшеміздің",
        "мектеп мектебі мектепте мектебіміздің мектептен мектептер",
        "жарық жарығы жарықтың жарықсыз",
        "мұғалім мұғалімі мұғалімдер мұғалімге",
        "бала балам баланы балалар балаларға",
        "дәрігер дәрігерлер дәрігерге дәрігері",
        "шұңқыр шұңқырлар шұңқырға",
        "автобус автобустар автобусқа автобустан",
        "аурухана ауруханада ауруханаға",
        "жөндеу жөндеуді жөндеуге",
    ],
)
def test_kazakh(forms: str) -> None:
    """The forms of a Kazakh word have a stem in common, each with each."""
    for first, second in combinations(forms.split(), 2):
        assert met(first, second), (first, second)


@pytest.mark.parametrize(
    "forms",
    [
        "вода воды воде воду водой",
        "дорога дороги дороге дорогу дорогой дорог дорогам",
        "школа школы школе школу школой школ",
        "больница больницы больнице больницу",
        "мусор мусора мусору мусором",
        "свет света светом",
        "автобус автобуса автобусы автобусом автобусов",
        "ребенок ребёнок",
        "плохой плохая плохие плохого плохую",
        "отключили отключают отключение отключения",
        "зарплата зарплату зарплаты зарплате",
        "подъезд подъезде подъезда подьезд",
    ],
)
def test_russian(forms: str) -> None:
    """The forms of a Russian word have a stem in common, each with each."""
    for first, second in combinations(forms.split(), 2):
        assert met(first, second), (first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("көшеде", "koshede"),
        ("көшеде", "кошеде"),
        ("КӨШЕДЕ", "көше"),
        ("жарығы", "zharyk"),
        ("мектебіміз", "mektep"),
        ("шұңқыр", "shunqyr"),
        ("асфальт", "асфалт"),
        ("ещё", "еще"),
    ],
)
def test_spellings(first: str, second: str) -> None:
    """Alphabet, case, missing Kazakh letters and doubled or soft ones make no difference."""
    assert met(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("су", "сурет"),
        ("су", "суық"),
        ("жол", "жолдас"),
        ("газ", "газон"),
        ("вода", "завод"),
        ("дом", "дорога"),
        ("мектеп", "меке"),
        ("12", "122"),
        ("14а", "14б"),
    ],
)
def test_others(first: str, second: str) -> None:
    """Other words that begin alike are others."""
    assert not met(first, second)


def test_numbers() -> None:
    """A number is its own only stem, however long; so is a word with a digit in it."""
    assert {"900101300123"} == stems("900101300123")
    assert {"13579бис"} == stems("13579бис")
