"""What may be answered to a question of each type."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.people.model import Profile
from services.polls.answers import (
    Unanswered,
    answered,
    check_answer,
    check_answers,
    read_number,
    read_text,
    weight,
    written,
)
from services.polls.ballot import Ballot, BallotForm
from services.polls.model import LONGEST_OTHER, LONGEST_TEXT, Answer, Question
from tests.polls.surveys import (
    EVERY,
    MULTIPLE,
    NUMBER,
    PHOTO,
    RANKING,
    SCALE,
    SINGLE,
    TEXT,
)

POSITIONS = st.lists(st.integers(-1, 8), max_size=8).map(tuple)
ANY = st.builds(
    Answer,
    chosen=POSITIONS,
    value=st.none() | st.integers(-1, 11),
    number=st.none() | st.integers(),
    text=st.text(max_size=LONGEST_TEXT + 5),
)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (SINGLE, Answer(chosen=(0,))),
        (SINGLE, Answer(chosen=(3,), text="Ауыл кітапханасы")),
        (SINGLE, Answer(chosen=(4,))),
        (MULTIPLE, Answer(chosen=(0, 3))),
        (MULTIPLE, Answer(chosen=(0, 1, 4), text="Басқа")),
        # «None» and «difficult» stand alone, whatever the least number.
        (MULTIPLE, Answer(chosen=(5,))),
        (MULTIPLE, Answer(chosen=(6,))),
        (SCALE, Answer(value=1)),
        (SCALE, Answer(value=5)),
        (SCALE, Answer(chosen=(0,))),
        (RANKING, Answer(chosen=(3, 0, 1))),
        (RANKING, Answer(chosen=(3, 0, 1, 2))),
        (NUMBER, Answer(number=0)),
        (NUMBER, Answer(number=20)),
        (TEXT, Answer(text="Жол керек")),
        (TEXT, Answer(text="ә" * LONGEST_TEXT)),
        (TEXT, Answer()),
        (PHOTO, Answer(text="AgAC")),
        (PHOTO, Answer()),
    ],
)
def test_a_whole_answer(question: Question, answer: Answer) -> None:
    """What the rules of the type allow is an answer."""
    check_answer(question, answer)


@pytest.mark.parametrize(
    ("question", "answer", "why"),
    [
        (SINGLE, None, "needs an answer"),
        (SINGLE, Answer(), "needs an answer"),
        (SINGLE, Answer(chosen=(0, 1)), "no such"),
        (SINGLE, Answer(chosen=(6,)), "no such"),
        (SINGLE, Answer(chosen=(3,)), "your own answer"),
        (SINGLE, Answer(chosen=(3,), text="ә" * (LONGEST_OTHER + 1)), "Too long"),
        (SINGLE, Answer(chosen=(0,), text="words"), "no such"),
        (SINGLE, Answer(chosen=(0,), number=1), "no such"),
        (MULTIPLE, Answer(chosen=(0,)), "at least"),
        (MULTIPLE, Answer(chosen=(0, 1, 2, 3)), "at most"),
        (MULTIPLE, Answer(chosen=(0, 0)), "no such"),
        (MULTIPLE, Answer(chosen=(0, 6)), "beside"),
        (SCALE, Answer(value=0), "no such"),
        (SCALE, Answer(value=6), "no such"),
        (SCALE, Answer(value=5, chosen=(0,)), "no such"),
        (RANKING, Answer(chosen=(0, 1)), "at least"),
        (RANKING, Answer(chosen=(0, 1, 1)), "no such"),
        (NUMBER, Answer(number=-1), "whole number"),
        (NUMBER, Answer(number=21), "whole number"),
        (TEXT, Answer(text="ә" * (LONGEST_TEXT + 1)), "Too long"),
        (TEXT, Answer(text="🙂" * (LONGEST_TEXT // 2 + 1)), "Too long"),
        (PHOTO, Answer(text="A" * 201), "no such"),
    ],
)
def test_no_answer(question: Question, answer: Answer | None, why: str) -> None:
    """What the rules of the type forbid is refused with a sentence."""
    with pytest.raises(Unanswered, match=why):
        check_answer(question, answer)


@given(st.sampled_from(EVERY), ANY)
def test_every_whole_answer_fits_into_a_ballot(question: Question, answer: Answer) -> None:
    """Whatever passes the rules can be sealed and comes out as it went in."""
    if not answered(question, answer):
        return
    form = BallotForm(EVERY)
    opened = form.decode(form.encode(Ballot({question.position: answer}, Profile())))
    kept = opened.answers[question.position]
    ranked = question is RANKING
    chosen = [each.chosen if ranked else tuple(sorted(each.chosen)) for each in (answer, kept)]
    assert chosen[0] == chosen[1]
    assert (answer.value, answer.number, answer.text) == (kept.value, kept.number, kept.text)


@pytest.mark.parametrize(
    ("text", "number"), [("7", 7), (" 12 ", 12), ("0", 0), ("020", 20), ("\N{MINUS SIGN}0", 0)]
)
def test_a_typed_number(text: str, number: int) -> None:
    """Digits are read however a phone types them."""
    assert Answer(number=number) == read_number(NUMBER, text)


@pytest.mark.parametrize("text", ["", "жиырма", "3,5", "1.5", "21", "-1", "9" * 40, "1 2"])
def test_what_is_no_number(text: str) -> None:
    """Words, fractions and numbers out of bounds are refused with the bounds."""
    with pytest.raises(Unanswered) as refused:
        read_number(NUMBER, text)
    assert {"least": 0, "most": 20} == refused.value.parameters


def test_thousands_may_be_set_apart() -> None:
    """«150 000» is one number."""
    wide = Question(0, "q1", NUMBER.type, "", "", least=0, most=10**9)
    assert Answer(number=150000) == read_number(wide, "150 000")


def test_blank_words_are_no_answer() -> None:
    """Spaces say nothing."""
    with pytest.raises(Unanswered):
        read_text(TEXT, "  \n ")


@given(st.text())
def test_the_weight_of_words_is_what_a_ballot_needs(words: str) -> None:
    """Words of a weight fit into twice as many bytes."""
    assert len(words.encode()) <= 2 * weight(words)


PATHS: list[tuple[dict[int, Answer], bool]] = [
    ({0: Answer(chosen=(0,)), 1: Answer(chosen=(0, 1)), 2: Answer(value=5)}, True),
    ({0: Answer(chosen=(0,)), 1: Answer(chosen=(0, 1)), 2: Answer(value=1), 6: Answer()}, True),
    ({0: Answer(chosen=(0,)), 1: Answer(chosen=(0, 1)), 2: Answer(value=3)}, False),
    (
        {
            0: Answer(chosen=(0,)),
            1: Answer(chosen=(0, 1)),
            2: Answer(value=5),
            5: Answer(text="not asked"),
        },
        False,
    ),
    ({}, False),
]


@pytest.mark.parametrize(("answers", "whole"), PATHS)
def test_whole_answers_are_those_of_the_path(answers: dict[int, Any], whole: bool) -> None:  # noqa: FBT001  # a case of the table
    """Every question on the way has an answer, and no other has."""
    try:
        check_answers(EVERY, answers)
    except Unanswered:
        assert not whole
    else:
        assert whole


@pytest.mark.parametrize("text", ["", " \n", "\u200b", "\x00", "\ud83d"])
def test_what_cannot_be_seen_is_no_answer(text: str) -> None:
    """An answer in words has something to read in it."""
    assert written(text) == ""
    with pytest.raises(Unanswered):
        read_text(TEXT, text)


def test_words_are_kept_without_control_characters() -> None:
    """A character that no database keeps goes; lines and emoji stay."""
    assert written(" бірінші\x00\nекінші 👍🏽 ") == "бірінші\nекінші 👍🏽"
