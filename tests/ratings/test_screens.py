"""The screens of the rating: no number without its method and its date, in either language."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.screen import Screen
from handlers.views.rating_callbacks import MethodShown
from handlers.views.rating_card import deputy_card
from handlers.views.rating_correcting import correction_screen, numbers_screen, part_screen
from handlers.views.rating_deputy import (
    corrections_screen,
    deputy_screen,
    picture_caption,
    picture_keyboard,
)
from handlers.views.rating_lists import (
    found_screen,
    maslikhat_screen,
    maslikhats_screen,
    method_screen,
    regions_screen,
)
from handlers.views.rating_noted import late_lines, waits_lines
from handlers.views.rating_rounds import lines_screen, round_screen, rounds_screen
from services.digests.notes import Note, NoteItem, NoteKind
from services.language import Language
from services.ratings.approving import publish_round
from services.ratings.correcting import Wanted, ask_correction, make_correction
from services.ratings.desk import read_correction, read_round, read_rounds
from services.ratings.feedback import Feedback
from services.ratings.importing import import_table
from services.ratings.standing import (
    all_maslikhats,
    find_deputies,
    maslikhats_in,
    published_rounds,
    regions_rated,
    sheet_of,
)
from services.ratings.standing import table_of as maslikhat_table
from services.text.length import utf16_length
from tests.ratings.conftest import BRINGER, NOW, SECOND, TODAY, changed, plain_table

DAY, METHOD = "05.07.2026", {Language.KAZAKH: "салмақталған", Language.RUSSIAN: "взвешенная"}
HEARD = Feedback(24, 14, Decimal("4.4"))


@pytest.fixture(params=Language)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Read in one language."""
    catalogues = Catalogues()
    with catalogues.context(), catalogues.use_locale(request.param.value):
        yield request.param


@pytest.fixture
def corrected(rated: Connection) -> Connection:
    """Correct a score, and let another correction wait."""
    wanted = Wanted("2026-1", "ulgi-2", "score", Decimal(95), "Қате.", "Ошибка.", "601:1")
    make_correction(rated, SECOND, ask_correction(rated, BRINGER, wanted, NOW).id, NOW)
    other = Wanted("2026-1", "ulgi-3", "meetings", Decimal("9.5"), "Қате.", "Ошибка.", "601:2")
    ask_correction(rated, BRINGER, other, NOW + timedelta(hours=1))
    return rated


def with_numbers(connection: Connection) -> Iterator[Screen]:
    """Yield every screen on which a number of the rating stands."""
    table = maslikhat_table(connection, "sairam", TODAY)
    sheet = sheet_of(connection, "ulgi-2", TODAY)
    rounds = published_rounds(connection)
    opened = read_round(connection, SECOND, "2026-1")
    asked = read_correction(connection, SECOND, 3)
    said = {"deputy": "ulgi-1", "what": "score", "value": "93.5"}
    yield maslikhat_screen(table)
    yield deputy_screen(sheet, HEARD)
    yield corrections_screen(sheet, sheet.corrections, rounds)
    yield Screen(picture_caption(sheet), picture_keyboard(sheet))
    yield lines_screen(opened, 0)
    yield round_screen(opened, SECOND)
    yield numbers_screen(opened, "ulgi-1")
    yield part_screen(opened, said, "reason_kk")
    yield correction_screen(asked, SECOND)


def without(connection: Connection) -> Iterator[Screen]:
    """Yield the other screens."""
    maslikhats = all_maslikhats(connection)
    near = maslikhats_in(connection, "61")
    yield regions_screen(regions_rated(connection), near, works=True)
    yield regions_screen((), ())
    yield maslikhats_screen("61", near)
    yield found_screen("әсел", find_deputies(connection, "әсел"), maslikhats)
    yield found_screen("<Жоқ>", (), maslikhats)
    yield rounds_screen(read_rounds(connection, SECOND))
    yield maslikhat_screen(maslikhat_table(connection, "astana", TODAY))


def sound(screen: Screen) -> None:
    """Check that Telegram takes a screen."""
    assert utf16_length(screen.text) <= 4096
    assert isinstance(screen.keyboard, InlineKeyboardMarkup)
    buttons = [each for row in screen.keyboard.inline_keyboard for each in row]
    assert buttons
    assert all(len((each.callback_data or "").encode()) <= 64 for each in buttons)
    assert all(len(each.text) <= 64 for each in buttons)


def test_method_and_date_beside_every_number(corrected: Connection, language: Language) -> None:
    """Whatever shows a number of a round says how and when it came about."""
    screens = list(with_numbers(corrected))
    for screen in screens:
        sound(screen)
        assert DAY in screen.text
        assert METHOD[language] in screen.text
    card = deputy_card(sheet_of(corrected, "ulgi-2", TODAY))
    assert DAY in " ".join(card.facts)
    assert METHOD[language] in card.method
    assert utf16_length(picture_caption(sheet_of(corrected, "ulgi-2", TODAY))) <= 1024


@pytest.mark.usefixtures("language")
def test_other_screens(corrected: Connection) -> None:
    """They fit, and what was typed is escaped."""
    for screen in without(corrected):
        sound(screen)
        assert "<Жоқ>" not in screen.text


def test_feedback_is_no_part_of_the_rating(rated: Connection, language: Language) -> None:
    """It stands in a block of its own, below the method, with its base."""
    sheet = sheet_of(rated, "ulgi-1", TODAY)
    rating, _, said = deputy_screen(sheet, HEARD).text.partition("🗣")
    assert METHOD[language] in rating
    assert "4,4" in said
    assert "14" in said
    assert "⭐" not in rating
    assert "⭐" not in deputy_screen(sheet, Feedback(None, None, None)).text


def test_a_long_method(connection: Connection, language: Language) -> None:
    """The beginning stands beside the numbers, all of it a press away."""
    long = {"method_kk": "Әдістеме " * 160, "method_ru": "Методика " * 160}
    import_table(connection, BRINGER, plain_table({("round", 0): long}), NOW)
    publish_round(connection, SECOND, "2026-1", 1, NOW)
    sheet = sheet_of(connection, "ulgi-1", TODAY)
    screen = deputy_screen(sheet, HEARD)
    assert utf16_length(screen.text) < 1500
    assert "…" in screen.text
    whole = method_screen(sheet.history[0].round, MethodShown(deputy="ulgi-1"))
    sound(whole)
    assert long[f"method_{language.value}"].strip() in whole.text
    assert changed({})["round"][0]["method_kk"] not in whole.text


@pytest.mark.parametrize(
    ("lines", "note"),
    [
        (waits_lines, Note(NoteKind.RATING_WAITS, 2, (NoteItem("a", "Кезең", "Выпуск"),))),
        (late_lines, Note(NoteKind.LETTERS_LATE, 7)),
    ],
)
@pytest.mark.usefixtures("language")
def test_lines_of_digests(lines: Callable[[Note], Iterator[str]], note: Note) -> None:
    """The first line says how many there are."""
    assert str(note.count) in next(iter(lines(note)))
