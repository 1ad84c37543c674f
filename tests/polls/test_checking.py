"""What a survey must be before it is launched."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.polls.checking import faults, following
from services.polls.model import (
    END,
    Answer,
    Option,
    OptionRole,
    Question,
    QuestionType,
    Scale,
    Skip,
    plain_questions,
)
from services.polls.shaping import added, moved, with_role, with_skip, with_texts, without
from services.polls.skipping import next_question

YES_NO = (Option(0, "Иә", "Да"), Option(1, "Жоқ", "Нет"))
SCALE = Scale(1, 5, "Нашар", "Плохо", "Жақсы", "Хорошо")


def survey(number: int) -> tuple[Question, ...]:
    """Return so many whole questions, each a single choice of two."""
    [one] = plain_questions("Су бар ма?", "Есть ли вода?", YES_NO)
    return tuple(replace(one, position=place, code=f"q{place + 1}") for place in range(number))


def with_skips(number: int, **skips: tuple[Skip, ...]) -> tuple[Question, ...]:
    """Return so many questions, some of which lead elsewhere."""
    return tuple(replace(one, skips=skips.get(one.code, ())) for one in survey(number))


def skip(target: str, *options: int) -> tuple[Skip, ...]:
    """Return one skip."""
    return (Skip(frozenset(options), target),)


def answers_to(question: Question) -> Iterator[Answer]:
    """Yield every answer that the rules allow."""
    if not question.required:
        yield Answer()
    if question.scale is not None:
        yield from (Answer(value=v) for v in range(question.scale.low, question.scale.high + 1))
    together = [one.position for one in question.options if not one.exclusive]
    yield from (Answer(chosen=(one.position,)) for one in question.options if one.exclusive)
    for size in range(question.least, question.most + 1):
        yield from (Answer(chosen=some) for some in combinations(together, size))


def walked(questions: tuple[Question, ...]) -> tuple[set[int], bool]:
    """Return the questions that some way passes, and whether every way ends."""
    passed, waiting = {0}, deque([(0, frozenset({0}))])
    ends = True
    seen = set()
    while waiting:
        position, before = waiting.popleft()
        for answer in answers_to(questions[position]):
            after = next_question(questions, position, answer)
            if after is None:
                continue
            if after in before:
                ends = False
                continue
            passed.add(after)
            step = (after, before | {after})
            if step not in seen:
                seen.add(step)
                waiting.append(step)
    return passed, ends


@st.composite
def surveys(draw: st.DrawFn) -> tuple[Question, ...]:
    """Whole questions whose answers lead anywhere."""
    number = draw(st.integers(1, 5))
    codes = [f"q{place}" for place in range(number)]
    questions = []
    for place in range(number):
        kind = draw(st.sampled_from((QuestionType.SINGLE, QuestionType.MULTIPLE)))
        plain = [Option(n, f"Ж{n}", f"О{n}") for n in range(draw(st.integers(2, 4)))]
        one = Question(place, codes[place], kind, "Су?", "Вода?", tuple(plain))
        if kind is QuestionType.MULTIPLE:
            least = draw(st.integers(1, len(plain)))
            one = replace(one, least=least, most=draw(st.integers(least, len(plain))))
        if draw(st.booleans()):
            one = with_role(one, OptionRole.DIFFICULT, offered=True)
        one = replace(one, required=draw(st.booleans()))
        for option in one.options:
            if draw(st.booleans()):
                one = with_skip(one, option.position, draw(st.sampled_from((*codes, END))))
        questions.append(one)
    return tuple(questions)


@given(surveys())
def test_the_check_finds_what_walking_every_way_finds(questions: tuple[Question, ...]) -> None:
    """A survey passes exactly where every way ends and every question is asked of somebody."""
    passed, ends = walked(questions)
    whole = ends and passed == set(range(len(questions)))
    assert whole == (not faults(questions))


@given(surveys())
def test_where_a_question_leads(questions: tuple[Question, ...]) -> None:
    """The followers of a question are those that some allowed answer leads to."""
    for question in questions:
        place = question.position
        by_answers = {next_question(questions, place, one) for one in answers_to(question)}
        assert by_answers == following(questions, place)


@given(surveys(), st.data())
def test_moving_and_deleting_keep_codes(
    questions: tuple[Question, ...], data: st.DataObject
) -> None:
    """Whatever is moved or deleted, places count from 0 and no answer leads to what is gone."""
    code = data.draw(st.sampled_from([one.code for one in questions]))
    other = moved(questions, code, data.draw(st.integers(0, len(questions) - 1)))
    assert {one.code for one in questions} == {one.code for one in other}
    left = without(other, code)
    assert list(range(len(left))) == [one.position for one in left]
    assert code not in {skip.target for one in left for skip in one.skips}


@pytest.mark.parametrize(
    ("questions", "message"),
    [
        ((), "no question yet"),
        (survey(13), "at most"),
        (with_skips(3, q1=skip("q3", 0, 1)), "Nobody would be asked"),
        (with_skips(3, q2=skip("q1", 0)), "comes back"),
        (with_skips(2, q1=skip("q1", 0)), "comes back"),
        (with_skips(2, q1=skip("q7", 0)), "not there"),
        (with_skips(2, q1=skip("q2", 5)), "not there leads"),
        (with_skips(2, q1=skip("q2", 0) + skip(END, 0)), "two questions"),
        (with_skips(2, q1=skip(END, 0, 1)), "Nobody would be asked"),
        ((*survey(1), replace(survey(1)[0], position=1)), "same code"),
        ((replace(survey(1)[0], code="Q 1"),), "A code is"),
        ((replace(survey(1)[0], text_ru=""),), "both languages"),
        ((replace(survey(1)[0], options=YES_NO[:1]),), "are needed"),
        ((replace(survey(1)[0], options=(*YES_NO, Option(2, "ИӘ", "Ага"))),), "the same"),
        (
            (replace(survey(1)[0], options=(*YES_NO, Option(2, "Е", "Н", OptionRole.NONE))),),
            "special kind",
        ),
        ((replace(survey(1)[0], type=QuestionType.MULTIPLE, most=3),), "does not fit the answers"),
        ((Question(0, "q1", QuestionType.NUMBER, "Қанша?", "Сколько?"),), "smallest"),
        ((Question(0, "q1", QuestionType.TEXT, "Не?", "Что?", YES_NO),), "no answers to choose"),
        ((Question(0, "q1", QuestionType.SCALE, "Баға", "Оценка"),), "A scale goes"),
        (
            (Question(0, "q1", QuestionType.SCALE, "Ә", "А", scale=replace(SCALE, high_kk="")),),
            "both ends",
        ),
    ],
)
def test_what_stands_against_launching(questions: tuple[Question, ...], message: str) -> None:
    """Each fault is named by one sentence."""
    assert message in faults(questions)[0].refusal.message


def test_a_scale_may_lead_elsewhere() -> None:
    """Values of a scale lead elsewhere as options do; «difficult to answer» leads on."""
    first = Question(0, "q1", QuestionType.SCALE, "Баға", "Оценка", scale=SCALE)
    everybody = replace(first, skips=skip(END, 1, 2, 3, 4, 5))
    rest = survey(2)[1:]
    assert (None,) == tuple(following((everybody, *rest), 0))
    doubtful = with_role(everybody, OptionRole.DIFFICULT, offered=True)
    assert () == faults((doubtful, *rest))


def test_skips_follow_their_answers() -> None:
    """Where an answer is added above «difficult to answer», its skip stays with it."""
    [one] = plain_questions("Су бар ма?", "Есть ли вода?", YES_NO)
    one = with_role(one, OptionRole.DIFFICULT, offered=True)
    one = with_skip(with_skip(one, 2, END), 1, "q3")
    one = with_texts(one, ("Иә", "Жоқ", "Кейде"), ("Да", "Нет", "Иногда"))
    assert {(frozenset({1}), "q3"), (frozenset({3}), END)} == {
        (each.options, each.target) for each in one.skips
    }


def test_bounds_follow_the_answers() -> None:
    """Of a multiple choice at most three are chosen; a ranking stays complete."""
    for kind, texts, bounds in (
        (QuestionType.MULTIPLE, "абвгд", (1, 3)),
        (QuestionType.MULTIPLE, "аб", (1, 2)),
        (QuestionType.RANKING, "абвгд", (5, 5)),
    ):
        one = with_texts(added((), kind)[0], texts, ())
        one = with_texts(one, texts, texts)
        assert bounds == (one.least, one.most)
