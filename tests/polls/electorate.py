"""Ballots of made-up people, and what is counted of them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from random import Random

from services.delivery.target import EVERYBODY, Target
from services.people.model import Profile, Settlement, Sex
from services.polls.ballot import Ballot, BallotForm
from services.polls.cells import ages_of
from services.polls.counting import Counted, count
from services.polls.model import (
    Answer,
    Launched,
    Option,
    OptionRole,
    Poll,
    PollStatus,
    Question,
    QuestionType,
    Scale,
    Stream,
    plain_questions,
)
from services.polls.results import Result
from services.polls.statistics.official import default_margins
from services.polls.tally import Reading, Tally, tally_opened
from services.polls.weights import DEFAULT_AS_OF, Official

LAUNCHED = datetime(2026, 11, 16, 5, 0, tzinfo=UTC)
OFFICIAL = Official(default_margins(), DEFAULT_AS_OF)
REGIONS = tuple(default_margins()[0].targets)
BORN = ((1997, 2008), (1982, 1996), (1967, 1981), (1952, 1966), (None, 1951))
_ENDS = ("Нашар", "Плохо", "Жақсы", "Хорошо")
_DIFFICULT = Option(0, "Қиын", "Трудно", OptionRole.DIFFICULT)


def options(number: int, *, other: bool = False) -> tuple[Option, ...]:
    """Return so many plain options, and «other» behind them."""
    made = [Option(place, f"жауап {place}", f"ответ {place}") for place in range(number)]
    return (*made, Option(number, "басқа", "другое", OptionRole.OTHER)) if other else tuple(made)


PLAIN = plain_questions("Су бар ма?", "Есть ли вода?", options(3))
SINGLE = Question(0, "one", QuestionType.SINGLE, "?", "?", options(3, other=True))
MULTIPLE = Question(1, "many", QuestionType.MULTIPLE, "?", "?", options(4), most=3)
SCALE = Question(
    2, "scale", QuestionType.SCALE, "?", "?", (_DIFFICULT,), scale=Scale(1, 5, *_ENDS)
)
RANKING = Question(3, "order", QuestionType.RANKING, "?", "?", options(4), least=3, most=3)
NUMBER = Question(4, "number", QuestionType.NUMBER, "?", "?", least=0, most=180)
TEXT = Question(5, "words", QuestionType.TEXT, "?", "?", required=False)
EVERY = (SINGLE, MULTIPLE, SCALE, RANKING, NUMBER, TEXT)


def answers(chance: Random, questions: Sequence[Question] = EVERY) -> dict[int, Answer]:
    """Return whole answers to these questions, the same ones for the same chance."""
    return {question.position: _answer(chance, question) for question in questions}


def _answer(chance: Random, question: Question) -> Answer:
    places = range(len(question.options))
    match question.type:
        case QuestionType.SINGLE:
            picked = chance.choice(places)
            other = question.options[picked].role is OptionRole.OTHER
            return Answer((picked,), text="Өзімше" if other else "")
        case QuestionType.MULTIPLE:
            return Answer(tuple(sorted(chance.sample(places, chance.randint(1, 3)))))
        case QuestionType.SCALE:
            value = chance.randint(0, 5)
            return Answer(value=value) if value else Answer((0,))
        case QuestionType.RANKING:
            return Answer(tuple(chance.sample(places, 3)))
        case QuestionType.NUMBER:
            return Answer(number=chance.randint(0, 180))
        case _:
            return Answer(text=chance.choice(("", "Жол", "Су", "Жарық жоқ")))


def profile(chance: Random, regions: Sequence[str] = REGIONS) -> Profile:
    """Return somebody of these regions, one in fifty of whom told nothing."""
    if chance.random() < 0.02:
        return Profile(asked=True)
    born = chance.choice(BORN)
    return Profile(
        region=chance.choice(regions),
        born_from=born[0],
        born_to=born[1],
        sex=chance.choice(tuple(Sex)),
        settlement=chance.choice(tuple(Settlement)),
        asked=True,
    )


def crowd(
    number: int,
    questions: Sequence[Question] = EVERY,
    regions: Sequence[str] = REGIONS,
    seed: int = 1,
) -> list[Ballot]:
    """Return so many ballots, one in five by the open link."""
    chance = Random(seed)  # noqa: S311  # who answers what, no secret
    return [
        Ballot(
            answers(chance, questions),
            profile(chance, regions),
            Stream.OPEN if chance.random() < 0.2 else Stream.INVITED,
        )
        for _ in range(number)
    ]


def launched(questions: Sequence[Question], target: Target = EVERYBODY) -> Launched:
    """Return a frozen poll of these questions."""
    closed = LAUNCHED + timedelta(days=7)
    poll = Poll(1, "Сауалнама", "Опрос", tuple(questions), target, LAUNCHED, closed)
    return Launched(poll, PollStatus.CLOSING, "d1", b"", 900, closed)


def tallied(ballots: Iterable[Ballot], questions: Sequence[Question] = EVERY) -> Tally:
    """Return the counts of these ballots."""
    form = BallotForm(questions)
    reading = Reading(tuple(questions), LAUNCHED, ages_of(OFFICIAL.margins))
    return tally_opened(map(form.encode, ballots), reading)


def counted(
    ballots: Iterable[Ballot],
    questions: Sequence[Question] = EVERY,
    target: Target = EVERYBODY,
) -> Counted:
    """Return what is told of these ballots, and their words."""
    return count(launched(questions, target), None, tallied(ballots, questions), OFFICIAL)


def result(ballots: Iterable[Ballot], questions: Sequence[Question] = EVERY) -> Result:
    """Return what is told of these ballots."""
    return counted(ballots, questions).result
