"""Commands of answers in words, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.polls import named, themes
from storage.poll_named import put_named
from storage.poll_texts import find_text
from storage.polls import find_by_draft
from tests.operations.seeded import CITIZEN, OPERATOR, Seeded
from tests.polls.counted import keep
from tests.polls.results import survey_result

WORDS = 6


def _survey(connection: Connection) -> tuple[int, int, int]:
    """Return (poll, question, number) of an answer in words; its survey is counted once."""
    poll = find_by_draft(connection, f"counted-{survey_result().poll.id}")
    if poll is None:
        poll = keep(connection, survey_result(), {WORDS: ["Жол жоқ", "Су жоқ"]}, by=OPERATOR)
    return poll, WORDS, 0


def _give(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    answer = _survey(connection)
    themes.give_theme(connection, OPERATOR, answer, themes.UNSUITABLE, now)


def _take_again(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    answer = _survey(connection)
    row = find_text(connection, *answer)
    if row is not None and row["taken_by"] is None:
        themes.give_theme(connection, OPERATOR, answer, themes.UNSUITABLE, now)
    themes.take_again(connection, OPERATOR, answer, now)


def _skip(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    answer = _survey(connection)
    themes.take_next(connection, OPERATOR, *answer[:2], -1, now)
    themes.skip_answer(connection, OPERATOR, answer)


def _forget(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    _survey(connection)
    themes.forget_texts(connection, now + themes.KEPT)


def _forget_names(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    poll, *_ = _survey(connection)
    if not named.names_due(connection, now + named.KEPT):
        put_named(connection, poll, {CITIZEN: {}})
    named.forget_names(connection, now + named.KEPT)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.polls.themes.add_theme": lambda c, _, now: themes.add_theme(
        c, OPERATOR, *_survey(c)[:2], ("Жолдар", "Дороги"), now
    ),
    "services.polls.named.forget_names": _forget_names,
    "services.polls.themes.forget_texts": _forget,
    "services.polls.themes.give_theme": _give,
    "services.polls.themes.skip_answer": _skip,
    "services.polls.themes.take_again": _take_again,
    "services.polls.themes.take_next": lambda c, _, now: themes.take_next(
        c, OPERATOR, *_survey(c)[:2], -1, now
    ),
}
