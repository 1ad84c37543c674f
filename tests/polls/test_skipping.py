"""Which question follows which answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.polls.model import END, Answer, Question, QuestionType, Skip
from services.polls.skipping import next_question, on_path, path
from tests.polls.surveys import EVERY, SCALE, options, question

COUNT = 6
TARGETS = st.sampled_from([f"q{number}" for number in range(1, COUNT + 1)] + [END])
SKIPS = st.lists(
    st.builds(Skip, st.frozensets(st.integers(0, 2), min_size=1), TARGETS), max_size=2
)


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Question, ...]:
    """Return single choices whose skips lead anywhere."""
    return tuple(
        question(
            position, QuestionType.SINGLE, options=options("A", "B", "C"), skips=tuple(draw(SKIPS))
        )
        for position in range(COUNT)
    )


ANSWERS = st.dictionaries(
    st.integers(0, COUNT - 1), st.integers(0, 2).map(lambda option: Answer(chosen=(option,)))
)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(value=1), 6),
        (Answer(value=3), 3),
        (Answer(value=5), None),
        # «Difficult to answer» is option 0 and no value of the scale.
        (Answer(chosen=(0,)), 3),
        (Answer(), 3),
        (None, 3),
    ],
)
def test_a_scale_skips_by_its_value(answer: Answer | None, expected: int | None) -> None:
    """Whom the skip names goes where it leads; everybody else to the next question."""
    assert expected == next_question(EVERY, SCALE.position, answer)


def test_any_of_several_chosen_options_skips() -> None:
    """Of a multiple choice one of the named options is enough, and the first skip decides."""
    skips = (Skip(frozenset((2,)), END), Skip(frozenset((0,)), "q3"))
    choice = question(0, QuestionType.MULTIPLE, options=options("A", "B", "C"), skips=skips)
    survey = (choice, *EVERY[1:])
    chosen = [(0, 1), (0, 2), (1,)]
    assert [2, None, 1] == [next_question(survey, 0, Answer(chosen=each)) for each in chosen]


def test_the_last_question_is_followed_by_none() -> None:
    """After it the survey ends."""
    assert next_question(EVERY, len(EVERY) - 1, Answer(text="x")) is None


@given(surveys(), ANSWERS)
def test_a_path_asks_nothing_twice_and_stops_at_the_first_gap(
    survey: tuple[Question, ...], answers: dict[int, Answer]
) -> None:
    """Whatever the skips, every question but the last of a path is answered, each once."""
    passed = path(survey, answers)
    assert 0 == passed[0]
    assert len(passed) == len(set(passed))
    assert all(position in answers for position in passed[:-1])


@given(surveys(), ANSWERS)
def test_answers_off_the_path_change_nothing(
    survey: tuple[Question, ...], answers: dict[int, Answer]
) -> None:
    """What is left when they are dropped leads through the same questions."""
    kept = on_path(survey, answers)
    assert path(survey, answers) == path(survey, kept)
    assert kept == on_path(survey, kept)
