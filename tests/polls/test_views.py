"""Polls and results as people see them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.i18n import Catalogues
from handlers.callbacks import Noop
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition
from handlers.views.poll_callbacks import Vote
from handlers.views.poll_composer import check_screen
from handlers.views.poll_composer_lists import list_screen
from handlers.views.poll_composer_question import card_screen
from handlers.views.poll_notices import poll_notice
from handlers.views.poll_text import poll_keyboard, poll_text
from services.delivery.target import EVERYBODY, Target
from services.language import Language
from services.organisation.directory import Named, Organisation
from services.polls.draft import PollDraft
from services.polls.expected import Expected
from services.polls.model import Option, OptionRole, Poll, Skip, plain_questions
from services.polls.payload import poll_payload
from services.text.length import utf16_length
from tests.polls.stage import CLOSING, NOON

LONG = (
    "Ауыл мен аудан орталығының арасындағы жолды күрделі жөндеуден өткізу керек деп есептеймін, "
    "себебі бұзылған"
)
PARTY = Organisation(Named("party", "Үлгі", "Пример"))


def poll(*options: str) -> Poll:
    """Return a poll with these options and «difficult to answer»."""
    texts = [Option(number, text, text) for number, text in enumerate(options)]
    last = Option(len(options), "Жауап беру қиын", "Затрудняюсь ответить", OptionRole.DIFFICULT)
    questions = plain_questions("Сұрақ <b>?", "Вопрос & ?", (*texts, last))
    return Poll(7, "Сұрақ <b>?", "Вопрос & ?", questions, Target(), NOON, CLOSING)


@pytest.fixture(autouse=True, params=list(Language))
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Speak each language in turn."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(request.param):
        yield request.param


def test_short_options_are_on_the_buttons_only() -> None:
    """Options that fit a button are not repeated in the text."""
    asked = poll("Иә", "Жоқ")
    labels = [row[0].text for row in poll_keyboard(asked).inline_keyboard]
    assert ["Иә", "Жоқ"] == labels[:2]
    assert "1. " not in poll_text(asked)


def test_long_options_stand_in_the_text_in_full() -> None:
    """Where a button would cut an option, all are numbered and written out."""
    asked = poll(LONG[:100], "Жоқ")
    labels = [row[0].text for row in poll_keyboard(asked).inline_keyboard]
    assert labels[0].startswith("1. ")
    assert max(map(len, labels[:3])) <= 34
    assert f"1. {LONG[:100]}\n2. Жоқ" in poll_text(asked)


def test_a_button_carries_poll_and_option() -> None:
    """An answer is `v:poll:option`."""
    buttons = [row[0].callback_data for row in poll_keyboard(poll("Иә", "Жоқ")).inline_keyboard]
    assert ["v:7:0", "v:7:1", "v:7:2", "secrecy"] == buttons
    assert Vote(poll=7, option=1) == Vote.unpack("v:7:1")


def test_a_preview_is_no_poll() -> None:
    """The buttons of a preview do nothing."""
    asked = poll_keyboard(poll("Иә", "Жоқ"), live=False).inline_keyboard
    assert {Noop().pack()} == {row[0].callback_data for row in asked}


def test_the_words_of_operators_are_quoted() -> None:
    """A question with tags and signs is shown as it was written."""
    text = poll_text(poll("Иә", "Жоқ"))
    assert "Сұрақ &lt;b&gt;?" in text or "Вопрос &amp; ?" in text


def test_the_longest_poll_fits_one_message() -> None:
    """Ten options of 100 characters and a question of 300 fit 4,096."""
    options = [f"{number}{LONG}"[:100] for number in range(10)]
    asked = replace(poll(*options), title_kk="ә" * 300, title_ru="ё" * 300)
    assert utf16_length(poll_text(asked)) <= 4096
    choices = [Option(place, option, option) for place, option in enumerate(options)]
    draft = PollDraft(
        "d1",
        questions=plain_questions("ә" * 300, "ё" * 300, choices),
        target=EVERYBODY,
        closes_at=CLOSING,
        topic_class="social",
    )
    screen = check_screen(Composition(draft, Step.CHECK), Expected(10**7))
    assert utf16_length(screen.text) <= 4096


def test_the_longest_survey_fits_its_screens() -> None:
    """Twelve questions of twelve options of 100 characters fit the list, the card, the check."""
    options = [
        Option(place, f"{place}{LONG}"[:100], f"{place}{LONG}"[:100], role)
        for place, role in enumerate([OptionRole.PLAIN] * 10 + [OptionRole.OTHER] * 2)
    ]
    [one] = plain_questions("ә" * 300, "ё" * 300, options)
    questions = tuple(replace(one, position=n, code=f"q{n}") for n in range(12))
    led = Skip(frozenset(range(12)), "q11")
    questions = (replace(questions[0], skips=(led,)), *questions[1:])
    draft = PollDraft(
        "d1",
        title_kk="ә" * 300,
        title_ru="ё" * 300,
        questions=questions,
        target=EVERYBODY,
        closes_at=CLOSING,
        topic_class="social",
    )
    composition = Composition(draft, Step.CHECK)
    for screen in (
        check_screen(composition, Expected(10**7)),
        list_screen(composition.at(Step.LIST)),
        card_screen(composition.at(Step.CARD, "q0"), questions[0]),
    ):
        assert utf16_length(screen.text) <= 4096


def test_a_new_poll_is_mailed_with_its_buttons() -> None:
    """The notice of a poll is its question and its buttons."""
    asked = poll("Иә", "Жоқ")
    notice = poll_notice(poll_payload(asked), PARTY)
    assert poll_text(asked) in notice.text
    assert poll_keyboard(asked) == notice.keyboard
