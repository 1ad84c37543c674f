"""Polls and results as people see them."""

import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.charts import WorkerCharts
from bot.i18n import Catalogues
from handlers.callbacks import Noop
from handlers.operator.poll_composer.one_choice import Audience, OneChoice
from handlers.views.poll_callbacks import Vote
from handlers.views.poll_composer import check_screen
from handlers.views.poll_notices import poll_notice, result_notice
from handlers.views.poll_result import caption, card
from handlers.views.poll_text import poll_keyboard, poll_text
from services.delivery.target import Target
from services.language import Language
from services.organisation.directory import Named, Organisation
from services.polls.chart import draw
from services.polls.model import Option, OptionRole, Poll, Stream, plain_questions
from services.polls.payload import poll_from, poll_payload, result_from, result_payload
from services.polls.results import NATIONAL, Figure, Result, Table, Weighing
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


def result(
    votes: tuple[int, ...] | None,
    base: int | None = None,
    *,
    asked: Poll | None = None,
    ended_at: datetime = CLOSING,
) -> Result:
    """Return a result, of a poll with two options unless another is given."""
    base = sum(votes or ()) if base is None else base
    figures = tuple(Figure(number, number / base) for number in votes or ())
    tables = (Table(0, NATIONAL, "", base, 0, 0, figures),) if votes else ()
    streams = {Stream.INVITED: base}
    asked = asked or poll("Иә", "Жоқ")
    return Result(asked, base, streams, None, Weighing(weighted=False), tables, ended_at)


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
    draft = OneChoice(
        "d1",
        question_kk="ә" * 300,
        question_ru="ё" * 300,
        options_kk=tuple(options),
        options_ru=tuple(options),
        audience=Audience(),
        closes_at=CLOSING,
    )
    assert utf16_length(check_screen(draft, 10**7).text) <= 4096


def test_the_longest_caption_fits() -> None:
    """The caption of the longest poll stays within 1,024."""
    options = [f"{number}{LONG}"[:100] for number in range(10)]
    asked = replace(poll(*options), title_kk="ә" * 300, title_ru="ё" * 300)
    counted = result((10_000,) * 11, asked=asked, ended_at=CLOSING - timedelta(hours=1))
    assert utf16_length(caption(counted)) <= 1024


def test_a_caption_repeats_the_numbers() -> None:
    """Whoever cannot see the picture hears the same figures."""
    counted = result((60, 30, 10))
    written = caption(counted).replace("\N{NO-BREAK SPACE}", " ")
    assert all(f"<b>{share} %</b>" in written for share in (60, 30, 10))


@pytest.mark.parametrize("counted", [result(None, 9), result(None, 30), result(None, 0)])
def test_small_bases_show_no_numbers_by_option(counted: Result) -> None:
    """Where votes are not kept, the caption names no option."""
    assert "Иә" not in caption(counted)


def test_percentages_wait_for_fifty() -> None:
    """Under 50 answers neither the caption nor the picture has a percentage."""
    counted = result((20, 15, 5))
    assert "%" not in caption(counted)
    assert ["20", "15", "5"] == [bar.figure for bar in card(counted).bars]


def test_a_blunted_bar_does_not_tell() -> None:
    """A bar of none looks like a bar of a few, and one of all like one of nearly all."""
    lengths = [bar.length for bar in card(result((60, 0, 0))).bars]
    assert [0.975, 0.025, 0.025] == lengths


def test_payloads_carry_everything() -> None:
    """A poll and a result survive their way through JSON."""
    counted = result((60, 30, 10))
    assert counted.poll == poll_from(poll_payload(counted.poll))
    assert counted == result_from(result_payload(counted))


def test_a_new_poll_is_mailed_with_its_buttons() -> None:
    """The notice of a poll is its question and its buttons."""
    asked = poll("Иә", "Жоқ")
    notice = poll_notice(poll_payload(asked), PARTY)
    assert poll_text(asked) in notice.text
    assert poll_keyboard(asked) == notice.keyboard


def test_a_result_whose_picture_is_gone_is_still_told(language: Language, tmp_path: Path) -> None:
    """Without its file a result goes as text, with a button that brings the picture."""
    picture = tmp_path / "picture.png"
    payload = result_payload(result((60, 30, 10))) | {"pictures": {language.value: str(picture)}}
    assert result_notice(payload, PARTY).keyboard is not None
    picture.touch()
    notice = result_notice(payload, PARTY)
    assert (picture, None) == (notice.picture, notice.keyboard)


def _size(picture: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_a_picture_is_1280_wide_and_always_the_same() -> None:
    """The picture has its width, grows with its words, and the same words give the same bytes."""
    small = card(result((60, 30, 10)))
    large = card(result((60, 30, 10), asked=poll(LONG[:100], LONG[:99])))
    first = draw(small)
    assert first == draw(small)
    assert 1280 == _size(first)[0]
    assert _size(first)[1] < _size(draw(large))[1]


async def test_pictures_are_drawn_once_and_again_when_lost(tmp_path: Path) -> None:
    """A worker draws both languages; a picture that is there stays, a lost one comes back."""
    charts = WorkerCharts(tmp_path, Catalogues())
    counted = result((60, 30, 10))
    drawn = await charts.draw(counted)
    assert set(Language) == set(drawn)
    before = {path: path.read_bytes() for path in drawn.values()}
    drawn[Language.KAZAKH].unlink()
    kept = drawn[Language.RUSSIAN].stat().st_mtime_ns
    assert drawn == await charts.draw(counted)
    assert before == {path: path.read_bytes() for path in drawn.values()}
    assert kept == drawn[Language.RUSSIAN].stat().st_mtime_ns


def test_the_bot_never_loads_matplotlib() -> None:
    """Putting the whole bot together imports no drawing: that is the worker's."""
    program = "import sys, bot.wiring; print('matplotlib' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "False\n" == run.stdout


async def test_nothing_is_drawn_of_a_small_base(tmp_path: Path) -> None:
    """A result that is not shown by option has no picture."""
    assert {} == await WorkerCharts(tmp_path, Catalogues()).draw(result(None, 9))
