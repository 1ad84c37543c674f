"""What an answer lacks and promises, by its words alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.appeals.answer_gate import Doubt, doubts, promised_days
from services.appeals.spoken import looks_like
from services.language import Language
from services.organisation.importing import read_organisation
from services.text.dates import find_dates
from tests.transcripts.stage import ORGANISATION

TODAY = date(2026, 11, 23)
KK, RU = Language.KAZAKH, Language.RUSSIAN

SHIPPED = [
    text
    for template in read_organisation(ORGANISATION).templates
    for text in (template.text.kk, template.text.ru)
]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (KK, "Құбыр жуылды, су тексерілді. Нәтижесі 18 желтоқсанда жарияланады."),
        (KK, "Кубыр жуылды, су тексерилди. Натижеси 18 желтоксанда жарияланады."),
        (KK, "Сорғы 20.11.2026 күні ауыстырылды. Қайталанса, осы жерде хабарласыңыз."),
        (KK, "Жөндеу кеше аяқталды."),
        (RU, "Участок сети промыт вчера. Если вода снова помутнеет, сообщите нам."),
        (RU, "Мы проверили насос: он сломан. Его заменят до 5 декабря."),
        (RU, "400 метров труб заменят в мае."),
        (RU, "Стояк промыли 23 ноября, инженер проверит температуру ещё раз 27 ноября."),
        (RU, "Вчера в доме заменили насос."),
    ],
)
def test_a_full_answer_raises_no_doubt(language: Language, text: str) -> None:
    """A fact, a day and a next step are found in either language, also without Kazakh letters."""
    assert () == doubts(text, language, TODAY, SHIPPED)


@pytest.mark.parametrize(
    ("language", "text", "lacking"),
    [
        (KK, "Құбыр 20 желтоқсанда жөнделеді.", Doubt.NO_FACT),
        (KK, "Құбыр жөнделді, енді су тәулік бойы беріледі.", Doubt.NO_DATE),
        (KK, "Құбырдың тозғаны кеше анықталды.", Doubt.NO_NEXT_STEP),
        (RU, "Насос заменят 5 декабря.", Doubt.NO_FACT),
        (RU, "Насос заменили, вода будет круглые сутки.", Doubt.NO_DATE),
        (RU, "Вчера мы проверили колодец.", Doubt.NO_NEXT_STEP),
    ],
)
def test_what_is_missing_is_named(language: Language, text: str, lacking: Doubt) -> None:
    """Exactly what is missing is named."""
    assert (lacking,) == doubts(text, language, TODAY)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (KK, "Құрметті азамат! Сіздің өтінішіңіз қаралды, тиісті органға жіберілді."),
        (KK, "№ 26-000001-9 өтінішіңіз қабылданды. Рақмет, сау болыңыз."),
        (RU, "Ваше обращение рассмотрено и направлено в акимат."),
        (RU, "На Ваше обращение № 26-000001-9 сообщаем: согласно ст. 76 оно принято к сведению."),
        (RU, "Обращение рассмотрено. Телефон: +7 701 123 45 67."),
    ],
)
def test_formulas_say_nothing(language: Language, text: str) -> None:
    """Formulas, numbers of documents and telephones are neither facts nor next steps."""
    nothing = (Doubt.NO_FACT, Doubt.NO_DATE, Doubt.NO_NEXT_STEP)
    assert nothing == doubts(text, language, TODAY)


@pytest.mark.parametrize("blank", ["«…»", "«...»", "« »", "«»", "____"])
def test_a_blank_that_is_left(blank: str) -> None:
    """A blank of a template that nobody filled in is seen."""
    text = f"Құбыр кеше ауыстырылды, келесі жұмыс: {blank}"
    assert Doubt.BLANKS in doubts(text, KK, TODAY)


@given(
    template=st.sampled_from(SHIPPED),
    filling=st.sampled_from(["", "«…»", "…", "-", "бүгін", "завтра", "5 қараша"]),
    change=st.sampled_from([str, str.upper, str.lower, str.split]),
    language=st.sampled_from(Language),
)
def test_a_bare_template_is_always_seen(
    template: str, filling: str, change: object, language: Language
) -> None:
    """However it is spelled, a template with one blank filled in by hardly a word is seen."""
    text = template.replace("«…»", filling, 1).replace("«…»", "")
    text = " ".join(text.split()) if change is str.split else change(text)  # type: ignore[operator]
    assert Doubt.TEMPLATE in doubts(text, language, TODAY, SHIPPED)


@given(text=st.text(max_size=300), language=st.sampled_from(Language))
def test_any_words_are_read(text: str, language: Language) -> None:
    """Whatever is written, the gate says the same twice, and promises are for days to come."""
    found = doubts(text, language, TODAY, SHIPPED)
    assert found == doubts(text, language, TODAY, SHIPPED)
    assert all(day >= TODAY for day in promised_days(text, language, TODAY))


@pytest.mark.parametrize(
    ("language", "text", "promised"),
    [
        (KK, "Нәтижесі 18 желтоқсанда жарияланады.", (date(2026, 12, 18),)),
        (KK, "Су ертең беріледі.", (date(2026, 11, 24),)),
        (KK, "Құбыр айдың соңына дейін ауыстырылады.", (date(2026, 11, 30),)),
        (KK, "Асфальт мамырда төселеді.", (TODAY,)),
        (KK, "Құбыр 18 қарашада ауыстырылды.", ()),
        (RU, "Насос заменят до 5 декабря.", (date(2026, 12, 5),)),
        (RU, "Замеры повторим через 2 недели.", (date(2026, 12, 7),)),
        (RU, "Ремонт начнётся весной 2027 года.", (TODAY,)),
        (RU, "Насос заменили 18 ноября.", ()),
        (RU, "Насос заменят.", ()),
    ],
)
def test_what_is_promised(language: Language, text: str, promised: tuple[date, ...]) -> None:
    """A word of the future and a time to come make a promise; a vague time stands as today."""
    assert promised == promised_days(text, language, TODAY)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Құбыр жөнделді, су бар.", KK),
        ("Бул жол туралы жазган едим", KK),
        ("Насос заменили, и вода есть.", RU),
        ("Ремонт", None),
        ("ТОО «Жарық-Су» заменит насос", None),
    ],
)
def test_the_language_of_words(text: str, language: Language | None) -> None:
    """The language is told where letters and little words tell it, and not guessed otherwise."""
    assert language == looks_like(text)


@pytest.mark.parametrize(
    ("text", "days", "vague"),
    [
        ("18.12.2026 және 5.01.27", (date(2026, 12, 18), date(2027, 1, 5)), False),
        ("2027 жылғы 5 қаңтарға дейін", (date(2027, 1, 5),), False),
        ("1 марта", (date(2027, 3, 1),), False),
        ("2026-12-01", (date(2026, 12, 1),), False),
        ("31.02.2026", (), False),
        ("36,6 градус, 12.5 млн", (), False),
        ("12-го числа", (), True),
        ("келесі аптада", (), True),
        ("по маршруту мартовский", (), False),
    ],
)
def test_days_in_words(text: str, days: tuple[date, ...], *, vague: bool) -> None:
    """Days are read as people write them; what is no day is none."""
    found = find_dates(text, TODAY)
    assert (days, vague) == (found.days, found.vague)
