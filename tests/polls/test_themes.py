"""Answers in words are read by one moderator at a time and counted by theme."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from services.people.model import Role
from services.polls.themes import (
    KEPT,
    LEASE,
    UNSUITABLE,
    Reading,
    add_theme,
    forget_texts,
    give_theme,
    questions_to_read,
    skip_answer,
    take_again,
    take_next,
    themes_told,
)
from services.refusal import Refusal
from storage.people import grant_role
from tests.polls.counted import keep
from tests.polls.results import CLOSED, survey_result
from tests.polls.stage import OPERATOR, Stage

WORDS, PHOTO = 6, 7  # questions of the survey
COLLEAGUE = 1000
NOW = CLOSED + timedelta(hours=1)


async def begin(stage: Stage, texts: Sequence[str]) -> int:
    """Keep a counted survey with these words, and let a colleague moderate too."""
    await stage.db.write(grant_role, COLLEAGUE, Role.OPERATOR.value, None, NOW)
    return await stage.db.write(keep, survey_result(), {WORDS: texts})


async def read_on(stage: Stage, poll: int, by: int = OPERATOR, after: int = -1) -> Reading:
    """Take the next answer."""
    return await stage.db.write(take_next, by, poll, WORDS, after, NOW)


async def test_a_moderator_reads_no_personal_data(sqlite_stage: Stage) -> None:
    """Whatever names somebody is covered when the answer is shown."""
    poll = await begin(sqlite_stage, ["Су жоқ, менің атым Асқар, 8 701 234 56 78"])
    reading = await read_on(sqlite_stage, poll)
    assert reading.text == "Су жоқ, менің атым •••"


async def test_two_moderators_read_different_answers(stage: Stage) -> None:
    """What one reads nobody else is given, until the lease is over."""
    poll = await begin(stage, ["а", "б"])
    mine, theirs, nothing = (
        await read_on(stage, poll),
        await read_on(stage, poll, COLLEAGUE),
        await stage.db.write(take_next, COLLEAGUE, poll, WORDS, 1, NOW),
    )
    assert [mine.number, theirs.number, nothing.number] == [0, 1, 1]
    late = await stage.db.write(take_next, COLLEAGUE, poll, WORDS, 1, NOW + LEASE)
    assert late.number == 0


async def test_nothing_is_left_where_colleagues_read_the_rest(sqlite_stage: Stage) -> None:
    """A moderator is told that nothing is free, and how much is not yet read."""
    poll = await begin(sqlite_stage, ["а"])
    await read_on(sqlite_stage, poll, COLLEAGUE)
    reading = await read_on(sqlite_stage, poll)
    assert (reading.number, reading.asked.unread) == (None, 1)


async def test_the_first_theme_of_an_answer_stays(stage: Stage) -> None:
    """Neither a repetition nor a colleague's late tap counts an answer twice."""
    poll = await begin(stage, ["а"])
    await stage.db.write(add_theme, OPERATOR, poll, WORDS, ("Жол", "Дороги"), NOW)
    await read_on(stage, poll)
    answer = (poll, WORDS, 0)
    for by, code in ((COLLEAGUE, UNSUITABLE), (OPERATOR, "1"), (OPERATOR, UNSUITABLE)):
        await stage.db.write(give_theme, by, answer, code, NOW)
    rows = await stage.rows("poll_texts")
    assert ["1"] == [row["code"] for row in rows]


async def test_a_theme_is_taken_back_by_who_gave_it(sqlite_stage: Stage) -> None:
    """Who gave it reads the answer again; a colleague's answer stays."""
    poll = await begin(sqlite_stage, ["а", "б"])
    answer = (poll, WORDS, 0)
    await read_on(sqlite_stage, poll)
    await sqlite_stage.db.write(give_theme, OPERATOR, answer, UNSUITABLE, NOW)
    await sqlite_stage.db.write(take_again, COLLEAGUE, answer, NOW)
    again = await sqlite_stage.db.write(take_again, OPERATOR, answer, NOW)
    assert (again.number, again.asked.unread) == (0, 2)


async def test_a_skipped_answer_is_for_others(sqlite_stage: Stage) -> None:
    """A colleague may read what was skipped; who skipped goes on and meets it again at the end."""
    poll = await begin(sqlite_stage, ["а", "б"])
    await read_on(sqlite_stage, poll)
    await sqlite_stage.db.write(skip_answer, OPERATOR, (poll, WORDS, 0))
    assert (await read_on(sqlite_stage, poll, after=0)).number == 1
    assert (await read_on(sqlite_stage, poll, COLLEAGUE)).number == 0


async def test_the_same_theme_is_added_once(stage: Stage) -> None:
    """Words that differ in case or spaces are the same theme, in either language."""
    poll = await begin(stage, ["а"])
    first = await stage.db.write(add_theme, OPERATOR, poll, WORDS, ("Жол", "Дороги"), NOW)
    again = await stage.db.write(
        add_theme, COLLEAGUE, poll, WORDS, (" жол ", "Плохие дороги"), NOW
    )
    other = await stage.db.write(add_theme, COLLEAGUE, poll, WORDS, ("Су", "Вода"), NOW)
    assert [first, 2] == [again, other.number]


@pytest.mark.parametrize("words", ["", "Жол" * 30, "Звонить 8 701 234 56 78", "Иванов И. И."])
async def test_a_theme_names_nobody(sqlite_stage: Stage, words: str) -> None:
    """A theme is short and has no personal data."""
    poll = await begin(sqlite_stage, ["а"])
    with pytest.raises(Refusal):
        await sqlite_stage.db.write(add_theme, OPERATOR, poll, WORDS, ("Жол", words), NOW)


async def test_citizens_read_nothing(sqlite_stage: Stage) -> None:
    """Who is no moderator is refused."""
    poll = await begin(sqlite_stage, ["а"])
    with pytest.raises(Refusal):
        await read_on(sqlite_stage, poll, 1001)
    with pytest.raises(Refusal):
        await sqlite_stage.db.read(questions_to_read, 1001)


def code_all(connection: Connection, poll: int, numbers: Sequence[int]) -> None:
    """Give so many answers each theme in turn."""
    number = 0
    for place, wanted in enumerate(numbers, 1):
        add_theme(connection, OPERATOR, poll, WORDS, (f"Тақырып {place}", f"Тема {place}"), NOW)
        for _ in range(wanted):
            give_theme(connection, OPERATOR, (poll, WORDS, number), str(place), NOW)
            number += 1


async def test_a_theme_is_told_from_ten_mentions_on(sqlite_stage: Stage) -> None:
    """Nine mentions are told nowhere, ten are; the most frequent comes first."""
    poll = await begin(sqlite_stage, [f"сөз {n}" for n in range(40)])
    await sqlite_stage.db.write(code_all, poll, (10, 9, 11))
    told = await sqlite_stage.db.read(themes_told, poll)
    assert [("Тема 3", 11), ("Тема 1", 10)] == [(one.text_ru, one.mentions) for one in told[WORDS]]


async def test_words_go_after_thirty_days_and_themes_stay(stage: Stage) -> None:
    """What was written is nowhere; what was counted is beside the result, and only from ten on."""
    poll = await begin(stage, [f"сөз {n}" for n in range(30)])
    await stage.db.write(code_all, poll, (10, 9))
    before = await stage.db.read(themes_told, poll)
    assert 0 == await stage.db.write(forget_texts, CLOSED + KEPT - timedelta(minutes=1))
    assert 30 == await stage.db.write(forget_texts, CLOSED + KEPT)
    assert 0 == await stage.db.write(forget_texts, CLOSED + KEPT)
    assert [[], []] == [await stage.rows(name) for name in ("poll_texts", "poll_themes")]
    assert before == await stage.db.read(themes_told, poll)
    assert survey_result().tables == (await stage.result(poll)).tables
    kept = [row["value"] for row in await stage.rows("poll_results") if row["key"] == "themes"]
    assert "Тема 2" not in str(kept)


@pytest.mark.usefixtures("no_key")  # which would hide what must not be there at all
async def test_deleted_answers_are_in_no_file(sqlite_stage: Stage, tmp_path: Path) -> None:
    """Once the log is emptied, neither the file nor anything beside it holds the words."""

    def held() -> bool:
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        return any("ауызсу-7431".encode() in content for content in files)

    await begin(sqlite_stage, [f"ауызсу-7431 {number}" for number in range(30)])
    before = held()
    await sqlite_stage.db.write(forget_texts, CLOSED + KEPT)
    assert await sqlite_stage.db.scrub(anew=False)
    assert (True, False) == (before, held())


async def test_photos_are_shown_as_photos(sqlite_stage: Stage) -> None:
    """An answer to a photo question is a file to show, without words."""
    poll = await sqlite_stage.db.write(keep, survey_result(), {PHOTO: ["file-of-a-photo"]})
    reading = await sqlite_stage.db.write(take_next, OPERATOR, poll, PHOTO, -1, NOW)
    assert ("file-of-a-photo", "") == (reading.photo, reading.text)
    asked = await sqlite_stage.db.read(questions_to_read, OPERATOR)
    assert [(PHOTO, 1)] == [(one.question.position, one.unread) for one in asked]
