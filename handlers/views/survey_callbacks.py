"""What the buttons of a survey carry: what is to be, so that a repeated press changes nothing.

Poll 0 is a rehearsal of a draft, of which nothing is kept. Every prefix begins with «sv», by which
nobody writes such presses down (see poll_callbacks.is_vote).
"""

from aiogram.filters.callback_data import CallbackData

from services.polls.model import Stream


class SurveyOpened(CallbackData, prefix="svo"):
    """What is protected, before the first question."""

    poll: int
    stream: Stream


class SurveyBegun(CallbackData, prefix="svb"):
    """To the questions: where one stopped, or from the beginning."""

    poll: int
    stream: Stream
    anew: bool = False


class SurveyReturned(CallbackData, prefix="svg"):
    """Back to a question."""

    poll: int
    question: int


class SurveyPassed(CallbackData, prefix="svn"):
    """Onward from a question whose answer is whole."""

    poll: int
    question: int


class SurveySkipped(CallbackData, prefix="svs"):
    """Onward without an answer."""

    poll: int
    question: int


class SurveyChosen(CallbackData, prefix="svc"):
    """An option chosen, or (of a multiple choice) no longer chosen."""

    poll: int
    question: int
    option: int
    on: bool = True


class SurveyRated(CallbackData, prefix="svv"):
    """A value of a scale."""

    poll: int
    question: int
    value: int


class SurveyRanked(CallbackData, prefix="svr"):
    """An option at this place, counted from 0."""

    poll: int
    question: int
    option: int
    place: int


class SurveyUnranked(CallbackData, prefix="svu"):
    """Only so many first places kept."""

    poll: int
    question: int
    places: int


class SurveySealed(CallbackData, prefix="sve"):
    """The answers as checked."""

    poll: int
    stream: Stream


# Those that change a sheet; see handlers.citizen.survey.steps.
STEPS = (
    SurveyReturned,
    SurveyPassed,
    SurveySkipped,
    SurveyChosen,
    SurveyRated,
    SurveyRanked,
    SurveyUnranked,
)
