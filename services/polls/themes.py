"""Answers in words, read by a moderator one at a time and counted by theme.

What is personal in them is covered before anybody reads it. A theme is told with 10 mentions and
more, never below. The words are deleted 30 days after the poll has closed; what was counted stays.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record, record_reading
from services.delivery.territory import holds_target, require_poll
from services.language import choose
from services.people.deeds import Deed
from services.people.retention import TERMS, Kind
from services.people.rights import authorise
from services.polls.masking import masked, personal
from services.polls.model import Poll, Question, QuestionType
from services.polls.reading import find_poll
from services.refusal import N_, Refusal
from services.text.fold import fold
from storage import poll_texts as rows

SMALLEST = 10  # mentions of a theme that is told
KEPT = timedelta(days=TERMS[Kind.ANSWERS_IN_WORDS].days)  # texts, after the poll has closed
LEASE = timedelta(minutes=10)  # for which nobody else reads an answer
LONGEST_THEME = 60  # characters: a button shows no more
MOST_THEMES = 40  # of a question
COUNTED = 1000  # answers to read are counted so far
UNSUITABLE = "unsuitable"
_KEY = "themes"  # of the row beside the results
_LISTED = 30
_AT_ONCE = 20_000  # texts deleted in one transaction


@dataclass(frozen=True, slots=True)
class Theme:
    """What several people say; `number` counts from 1 within a question."""

    number: int
    text_kk: str
    text_ru: str

    def text(self, language: str) -> str:
        """Return its words in this language."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class Mentions:
    """How many answers are of a theme: 10 or more."""

    text_kk: str
    text_ru: str
    mentions: int

    def text(self, language: str) -> str:
        """Return the theme in this language."""
        return choose(language, self.text_kk, self.text_ru)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with answers in words: how many are to be read, counted to COUNTED."""

    poll: Poll
    question: Question
    unread: int


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that one moderator reads; personal data are covered in its words.

    photo: the file id of a photo, which then has no words. number: None where there is nothing
    to read, because nothing is left, or colleagues read the rest.
    """

    asked: Asked
    themes: tuple[Theme, ...]
    number: int | None = None
    text: str = ""
    photo: str | None = None


def questions_to_read(connection: Connection, by: int) -> list[Asked]:
    """Return the questions with answers in words, the newest polls first. Raises Refusal."""
    reached = authorise(connection, by, Deed.READ_ANSWERS)
    found = (
        _asked(connection, row["poll_id"], row["question"])
        for row in rows.questions_with_texts(connection, _LISTED)
    )
    return [asked for asked in found if holds_target(reached, asked.poll.target)]


def take_next(
    connection: Connection, by: int, poll_id: int, question: int, after: int, now: datetime
) -> Reading:
    """Return the answer after this number that nobody else reads, and keep others from it.

    After the last comes the first. A repetition returns the same answer. Raises Refusal.

    Key: (poll, question, number), by who has taken it.
    """
    _authorise(connection, by, Deed.READ_ANSWERS, poll_id)
    asked = _asked(connection, poll_id, question)
    case, what = f"poll:{poll_id}:{question}", Deed.READ_ANSWERS
    record_reading(connection, who=by, what=what, on=case, now=now)
    while (row := rows.free_text(connection, poll_id, question, by, after, now)) is not None:
        number = row["number"]
        mine = (
            row["taken_by"] == by and row["taken_until"] is not None and row["taken_until"] > now
        )
        if mine or rows.take_text(connection, poll_id, question, number, by, now, now + LEASE):
            return _reading(connection, asked, number, row["text"])
    return Reading(asked, themes(connection, poll_id, question))


def give_theme(
    connection: Connection,
    by: int,
    answer: tuple[int, int, int],
    code: str,
    now: datetime,
) -> None:
    """Count an answer, named by (poll, question, number), under a theme or as UNSUITABLE.

    What has a theme keeps it, so that a repetition or a colleague's late tap changes nothing.
    Raises Refusal.

    Key: (poll, question, number).
    """
    poll_id, question, number = answer
    _authorise(connection, by, Deed.GIVE_THEME, poll_id)
    known = {str(theme.number) for theme in themes(connection, poll_id, question)}
    if code not in known | {UNSUITABLE}:
        raise Refusal(N_("There is no such theme any more."))
    if rows.put_code(connection, poll_id, question, number, by, now, code):
        case = f"poll:{poll_id}:{question}"
        key = f"{number}:{now.isoformat()}"
        record(connection, who=by, what=Deed.GIVE_THEME, on=case, now=now, key=key, number=number)


def skip_answer(connection: Connection, by: int, answer: tuple[int, int, int]) -> None:
    """Leave an answer to whoever comes. Raises Refusal. Key: (poll, question, number)."""
    _authorise(connection, by, Deed.GIVE_THEME, answer[0])
    rows.let_go(connection, *answer, by)


def take_again(
    connection: Connection, by: int, answer: tuple[int, int, int], now: datetime
) -> Reading:
    """Take back the theme that this moderator gave, and return the answer. Raises Refusal.

    Key: (poll, question, number).
    """
    poll_id, question, number = answer
    _authorise(connection, by, Deed.GIVE_THEME, poll_id)
    case = f"poll:{poll_id}:{question}"
    record_reading(connection, who=by, what=Deed.READ_ANSWERS, on=case, now=now)
    rows.take_back(connection, *answer, by, now + LEASE)
    row = rows.find_text(connection, *answer)
    if row is None or row["taken_by"] != by or row["code"] is not None:
        return take_next(connection, by, poll_id, question, number, now)
    return _reading(connection, _asked(connection, poll_id, question), number, row["text"])


def add_theme(
    connection: Connection,
    by: int,
    poll_id: int,
    question: int,
    words: tuple[str, str],
    now: datetime,
) -> Theme:
    """Add a theme in Kazakh and Russian; one that is there already is returned. Raises Refusal.

    Key: (poll, question, the folded words).
    """
    _authorise(connection, by, Deed.GIVE_THEME, poll_id)
    text_kk, text_ru = (" ".join(text.split()) for text in words)
    for text in (text_kk, text_ru):
        check_words(text)
    if not rows.lock_poll(connection, poll_id):
        raise Refusal(N_("There is no such poll."))
    present = themes(connection, poll_id, question)
    for theme in present:
        if fold(theme.text_kk) == fold(text_kk) or fold(theme.text_ru) == fold(text_ru):
            return theme
    if len(present) >= MOST_THEMES:
        raise Refusal(
            N_("There are {most} themes already. Please use one of them."), most=MOST_THEMES
        )
    theme = Theme(len(present) + 1, text_kk, text_ru)
    rows.add_theme(connection, {"poll_id": poll_id, "question": question, **asdict(theme)})
    case, key = f"poll:{poll_id}:{question}", f"theme:{theme.number}"
    record(connection, who=by, what=Deed.GIVE_THEME, on=case, now=now, key=key, new=theme.number)
    return theme


def _authorise(connection: Connection, by: int, deed: Deed, poll_id: int) -> None:
    """Raise Refusal unless the person may do this, and reaches everybody whom the poll is for."""
    reached = authorise(connection, by, deed)
    found = find_poll(connection, poll_id)
    if found is None:
        raise Refusal(N_("There is no such poll."))
    require_poll(reached, found.poll.target)


def check_words(text: str) -> None:
    """Raise Refusal unless these words can name a theme."""
    if not text.strip() or len(text) > LONGEST_THEME:
        raise Refusal(
            N_("A theme has 1 to {most} characters. Please send it again."), most=LONGEST_THEME
        )
    if personal(text):
        raise Refusal(N_("A theme must name nobody: no names, telephones or addresses."))


def themes(connection: Connection, poll_id: int, question: int) -> tuple[Theme, ...]:
    """Return the themes of a question by number."""
    return tuple(
        Theme(row["number"], row["text_kk"], row["text_ru"])
        for row in rows.themes_of(connection, poll_id)
        if row["question"] == question
    )


def themes_told(connection: Connection, poll_id: int) -> Mapping[int, tuple[Mentions, ...]]:
    """Return by question the themes that may be told, the most frequent first."""
    kept = rows.find_kept(connection, poll_id, _KEY)
    if kept is not None:
        return {
            int(question): tuple(Mentions(**each) for each in told)
            for question, told in kept.items()
        }
    return _counted(connection, poll_id)


def forget_texts(connection: Connection, now: datetime) -> int:
    """Delete some answers in words of polls closed 30 days ago; return how many.

    What may be told of their themes stays beside the results. Key: poll.
    """
    due = rows.polls_with_texts(connection, now - KEPT)
    if not due:
        return 0
    told: dict[str, Any] = {
        str(question): [asdict(each) for each in mentions]
        for question, mentions in _counted(connection, due[0]).items()
    }
    rows.keep_themes(connection, due[0], _KEY, told)
    return rows.delete_texts(connection, due[0], _AT_ONCE)


def texts_due(connection: Connection, now: datetime) -> bool:
    """Tell whether `forget_texts` would find something."""
    return bool(rows.polls_with_texts(connection, now - KEPT))


def _counted(connection: Connection, poll_id: int) -> dict[int, tuple[Mentions, ...]]:
    numbers = {
        (question, code): number for question, code, number in rows.codes(connection, poll_id)
    }
    told: dict[int, list[Mentions]] = {}
    for row in rows.themes_of(connection, poll_id):
        number = numbers.get((row["question"], str(row["number"])), 0)
        if number >= SMALLEST:
            mentions = Mentions(row["text_kk"], row["text_ru"], number)
            told.setdefault(row["question"], []).append(mentions)
    return {
        question: tuple(sorted(found, key=lambda each: (-each.mentions, each.text_kk)))
        for question, found in told.items()
    }


def _reading(connection: Connection, asked: Asked, number: int, text: str) -> Reading:
    named = themes(connection, asked.poll.id, asked.question.position)
    if asked.question.type is QuestionType.PHOTO:
        return Reading(asked, named, number, photo=text)
    return Reading(asked, named, number, masked(text))


def _asked(connection: Connection, poll_id: int, question: int) -> Asked:
    found = find_poll(connection, poll_id)
    if found is None or not 0 <= question < len(found.poll.questions):
        raise Refusal(N_("There is no such poll."))
    unread = rows.unread(connection, poll_id, question, COUNTED)
    return Asked(found.poll, found.poll.questions[question], unread)
