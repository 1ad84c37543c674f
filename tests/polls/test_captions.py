"""Results in words: captions, surveys in one message, and what one's own region adds."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.i18n import Catalogues
from handlers.views.poll_captions import answers_caption, caption, overview
from handlers.views.poll_legal import legal_facts
from handlers.views.poll_notices import done_notice, result_notice
from handlers.views.poll_pages import page_keyboard
from services.language import Language
from services.organisation.directory import Named, Organisation
from services.polls.model import Question, QuestionType
from services.polls.pages import Page, View, pictures_of
from services.polls.payload import poll_from, poll_payload, result_from, result_payload
from services.polls.political import LegalField
from services.polls.results import Result, Weighing
from services.text.length import utf16_length
from tests.polls.results import (
    CLOSED,
    UNWEIGHTED,
    options,
    plain_poll,
    plain_result,
    survey_result,
)

LONG = (
    "Ауыл мен аудан орталығының арасындағы жолды күрделі жөндеуден өткізу керек деп есептеймін, "
    "себебі"
)
PARTY = Organisation(Named("party", "Үлгі", "Пример"))


@pytest.fixture(autouse=True, params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _longest() -> Result:
    """Return the result of a poll with as many and as long options as there can be."""
    texts = [(f"{number}{LONG}"[:100],) * 2 for number in range(11)]
    poll = plain_poll(*texts, title=("ә" * 300, "ё" * 300))
    counted = plain_result((1000,) * 12, poll=poll, regional=True)
    return replace(counted, ended_at=CLOSED - timedelta(hours=1), invited=10**7)


def test_a_caption_repeats_the_numbers() -> None:
    """Whoever cannot see the picture hears the same figures with their ranges."""
    written = _plain(caption(plain_result((120, 60, 20)), Page(0)))
    assert "<b>60 %</b> (53–67)" in written
    assert "<b>30 %</b>" in written
    assert "<b>10 %</b>" in written


@pytest.mark.parametrize("votes", [(5, 3, 1), (0, 0, 0)])
def test_small_bases_show_no_numbers_by_option(votes: tuple[int, ...]) -> None:
    """Under ten answers the caption names no option."""
    written = caption(plain_result(votes), Page(0))
    assert "Бар –" not in written
    assert "Есть –" not in written


def test_percentages_wait_for_fifty() -> None:
    """Under 50 answers there is no percentage."""
    assert "%" not in caption(plain_result((20, 15, 5)), Page(0))


def test_a_low_base_and_missing_weights_are_named(language: Language) -> None:
    """«Low base» stands behind 50 to 99 answers, «not weighted» under every unweighted result."""
    low, unweighted = {
        Language.KAZAKH: ("(аз база)", "Өлшенбеген"),
        Language.RUSSIAN: ("(малая база)", "Не взвешено"),
    }[language]
    written = caption(plain_result((40, 20, 5)), Page(0))
    assert low in written
    assert unweighted in written
    assert low not in caption(plain_result((400, 20, 5)), Page(0))
    assert unweighted not in caption(survey_result(), Page(0))


def test_the_method_is_told_in_full(language: Language) -> None:
    """The footer is the one of the reference, with the day of the margins and the sample."""
    footer = {
        Language.KAZAKH: (
            "Сауалнама боттың қатысуға келіскен жазылушылары арасында өтті; бұл халықтың "
            "кездейсоқ іріктемесі емес, іріктеме қателігі есептелмейді. Деректер өңір, жыныс, жас "
            "және елді мекен түрі бойынша өлшенген (ҰСБ, 01.01.2023). Аралық – модельдік баға, "
            "тиімді іріктеме = 873; ол өз еркімен қатысудан болатын қателікті ескермейді."
        ),
        Language.RUSSIAN: (
            "Опрос среди подписчиков бота, согласившихся участвовать; это не случайная выборка "
            "населения, погрешность выборки не рассчитывается. Данные взвешены по региону, полу, "
            "возрасту и типу местности (БНС, 01.01.2023). Диапазон — модельная оценка при n эфф. "
            "= 873; он не учитывает ошибку самоотбора."
        ),
    }[language]
    assert footer in overview(survey_result())


def test_streams_stand_apart(language: Language) -> None:
    """Who came by the open link is never mixed in silently."""
    written = _plain(overview(survey_result(open_link=200)))
    told = {
        Language.KAZAKH: "Шақырумен: 1 040 · ашық сілтемемен: 200",
        Language.RUSSIAN: "По приглашению: 1 040 · по открытой ссылке: 200",
    }[language]
    assert told in written
    assert told not in _plain(overview(survey_result()))


def test_an_extension_and_an_early_end_are_told(language: Language) -> None:
    """What was not as announced stands under the result."""
    changed = survey_result(
        ended_at=CLOSED - timedelta(hours=3), extended_from=CLOSED - timedelta(days=2)
    )
    words = {
        Language.KAZAKH: ("Мерзімі ұзартылды", "бұрын жабылды"),
        Language.RUSSIAN: ("Срок продлён", "раньше объявленного срока"),
    }[language]
    for text in (overview(changed), caption(changed, Page(0))):
        assert all(word in text for word in words)


def test_every_caption_fits() -> None:
    """No page of the survey or of the longest poll is longer than 1,024."""
    for result in (survey_result(open_link=100), _longest()):
        for page in pictures_of(result):
            assert utf16_length(caption(result, page)) <= 1024
    assert utf16_length(answers_caption(_longest(), 0, "75")) <= 1024


def test_the_longest_survey_fits_one_message() -> None:
    """Twelve questions of 300 characters with long options are told in 4,096."""
    counted = survey_result()
    asked = replace(
        counted.poll.questions[0],
        text_kk="ә" * 300,
        text_ru="ё" * 300,
        options=options(*[(f"{n}{LONG}"[:100],) * 2 for n in range(4)]),
    )
    first = [one for one in counted.tables if one.question == 0]
    tables = [replace(one, question=number) for number in range(12) for one in first]
    questions = tuple(replace(asked, position=number, code=f"q{number}") for number in range(12))
    poll = replace(counted.poll, questions=questions)
    assert utf16_length(overview(replace(counted, poll=poll, tables=tuple(tables)), "75")) <= 4096


def test_the_own_region_stands_below_the_country() -> None:
    """A reader of a region with enough answers reads its figures too, of another nothing."""
    counted = plain_result((900, 200, 140), regional=True)
    assert "📍" in answers_caption(counted, 0, "75")
    assert "📍" not in answers_caption(counted, 0, "62")
    assert "📍" not in answers_caption(counted, 0)
    assert "📍" in overview(survey_result(), "75")
    assert "📍" not in overview(survey_result(), "62")


def test_a_survey_is_turned_page_by_page() -> None:
    """The first question leads on to the second and to its regions and groups."""
    counted = survey_result()
    rows = page_keyboard(counted, Page(0)).inline_keyboard
    data = [one.callback_data for row in rows for one in row]
    assert ["prpage:21:0:r", "prpage:21:0:g", "prpage:21:1:a", "poll:21", "results:0"] == data
    assert all(len(str(one).encode()) <= 64 for one in data)


def test_words_and_numbers_are_told_without_a_picture() -> None:
    """Of open questions there is only how many answered, of numbers the mean."""
    counted = survey_result()
    assert "17,4 (16,6–18,2)" in caption(counted, Page(5))
    assert "413" in caption(counted, Page(6))
    assert "137" in caption(counted, Page(7))
    assert not {5, 6, 7} & {page.question for page in pictures_of(counted)}


def test_marked_differences_are_explained() -> None:
    """A group that differs has its mark, and the mark its meaning."""
    written = caption(survey_result(), Page(0, View.GROUPS))
    assert "▲9" in written
    assert "▲ ▼" in written


@pytest.mark.parametrize("counted", [survey_result(), survey_result(40, weighing=UNWEIGHTED)])
def test_payloads_carry_everything(counted: Result) -> None:
    """A poll and a result survive their way through JSON."""
    assert counted.poll == poll_from(poll_payload(counted.poll))
    assert counted == result_from(result_payload(counted))


def test_a_result_whose_picture_is_gone_is_still_told(language: Language, tmp_path: Path) -> None:
    """Without its file a result goes as text, with a button that brings the picture."""
    picture = tmp_path / "picture.png"
    payload = result_payload(plain_result()) | {"pictures": {language.value: str(picture)}}
    assert result_notice(payload, PARTY).keyboard is not None
    picture.touch()
    notice = result_notice(payload, PARTY)
    assert (picture, None) == (notice.picture, notice.keyboard)


def test_the_law_is_told_where_people_read() -> None:
    """A political result names its facts in words where no picture tells them, and fits."""
    legal = {field.value: f"{field.value} {LONG}" for field in LegalField}
    for result in (plain_result(), _longest()):
        poll = replace(result.poll, passport=replace(result.poll.passport, legal=legal))
        told = replace(result, poll=poll)
        assert legal_facts(poll.passport)[0][0] not in caption(told, Page(0))
        assert utf16_length(caption(told, Page(0))) <= 1024
        for text in (caption(told, Page(0), pictured=False), _without_picture(told)):
            assert all(name in text for name, _fact in legal_facts(poll.passport))
            assert utf16_length(text) <= 4096


def _without_picture(result: Result) -> str:
    return result_notice(result_payload(result) | {"pictures": {}}, PARTY).text


def test_what_was_done_is_quoted() -> None:
    """The words of staff are shown as they were written."""
    payload = {
        "poll": 7, "title_kk": "Су", "title_ru": "Вода", "text_kk": "a <b> & c",
        "text_ru": "a <b> & c",
    }  # fmt: skip
    assert "a &lt;b&gt; &amp; c" in done_notice(payload, PARTY).text


def test_an_unanswered_question_says_so() -> None:
    """A question that nobody was asked has a page all the same."""
    counted = survey_result()
    more = Question(8, "last", QuestionType.SINGLE, "Соңғы?", "Последний?", options(("Иә", "Да")))
    poll = replace(counted.poll, questions=(*counted.poll.questions, more))
    page = caption(replace(counted, poll=poll, weighing=Weighing(weighted=False)), Page(8))
    assert not any(f"{word} –" in page for word in ("Иә", "Да"))
