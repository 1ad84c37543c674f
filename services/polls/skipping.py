"""Which question follows which answer; pure rules, whatever the poll."""

from collections.abc import Sequence

from services.polls.model import END, Answer, Answers, Question, QuestionType


def next_question(
    questions: Sequence[Question], position: int, answer: Answer | None
) -> int | None:
    """Return the position of the question that follows this answer, None at the end.

    The first of the question's skips that has any of the chosen options (of a scale: the value)
    decides; where none has, the next question follows. Raises KeyError for a skip to a question
    that is not there.
    """
    question = questions[position]
    chosen = _chosen(question, answer)
    for skip in question.skips:
        if not chosen.isdisjoint(skip.options):
            return None if skip.target == END else _positions(questions)[skip.target]
    return position + 1 if position + 1 < len(questions) else None


def path(questions: Sequence[Question], answers: Answers) -> tuple[int, ...]:
    """Return the positions of the questions that these answers lead through, in that order.

    It ends after the first question without an answer, or where the survey ends; never is a
    question passed twice.
    """
    passed: list[int] = []
    position: int | None = 0
    while position is not None and position not in passed:
        passed.append(position)
        answer = answers.get(position)
        if answer is None:
            break
        position = next_question(questions, position, answer)
    return tuple(passed)


def on_path(questions: Sequence[Question], answers: Answers) -> dict[int, Answer]:
    """Return the answers to questions that are asked of who answers so, by position."""
    return {
        position: answers[position]
        for position in sorted(path(questions, answers))
        if position in answers
    }


def _chosen(question: Question, answer: Answer | None) -> frozenset[int]:
    if answer is None:
        return frozenset()
    if question.type is QuestionType.SCALE:
        return frozenset() if answer.value is None else frozenset((answer.value,))
    return frozenset(answer.chosen)


def _positions(questions: Sequence[Question]) -> dict[str, int]:
    return {one.code: one.position for one in questions}
