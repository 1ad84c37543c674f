"""Raw answers to polls are known before anything is written down."""

import pytest
from aiogram.filters.callback_data import CallbackData

from handlers.views.poll_callbacks import OpenVote, PollOpened, Vote, is_vote
from handlers.views.survey_callbacks import STEPS, SurveyBegun, SurveyOpened, SurveySealed
from services.polls.model import Stream

PRESSES: list[CallbackData] = [
    Vote(poll=7, option=2),
    OpenVote(poll=7, option=2),
    SurveyOpened(poll=7, stream=Stream.OPEN),
    SurveyBegun(poll=7, stream=Stream.INVITED),
    SurveySealed(poll=7, stream=Stream.INVITED),
]
# As large as a number may be that a database takes.
NUMBERS = ("poll", "question", "option", "value", "place", "places")


@pytest.mark.parametrize("press", PRESSES, ids=lambda press: type(press).__name__)
def test_a_vote_is_known_by_its_data(press: CallbackData) -> None:
    """Whatever poll and option it names, a press on an option is a vote."""
    assert is_vote({"callback_query": {"data": press.pack()}})


@pytest.mark.parametrize("kind", STEPS, ids=lambda kind: kind.__name__)
def test_every_button_of_a_survey_is_known(kind: type[CallbackData]) -> None:
    """And fits into what Telegram lets a button carry, however large the poll's number."""
    fields = {name: 10**15 if name == "poll" else 12 for name in NUMBERS}
    data = kind(**{name: fields[name] for name in kind.model_fields if name in fields}).pack()
    assert is_vote({"callback_query": {"data": data}})
    assert len(data) <= 64


@pytest.mark.parametrize(
    "update",
    [
        {"message": {"text": "v:7:2"}},
        {"callback_query": {"data": PollOpened(poll=7).pack()}},
        {"callback_query": {}},
        {"callback_query": None},
        b"no update",
    ],
)
def test_nothing_else_is_a_vote(update: object) -> None:
    """Other presses, words and things that are no updates are no votes."""
    assert not is_vote(update)
