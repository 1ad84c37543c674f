"""What the buttons of polls carry."""

from aiogram.filters.callback_data import CallbackData


class Vote(CallbackData, prefix="v"):
    """An answer; the position of the option counts from 0."""

    poll: int
    option: int


class OpenVote(CallbackData, prefix="vo"):
    """The same from the list or a link: not by an invitation."""

    poll: int
    option: int


# Votes, and every button of a survey (see survey_callbacks).
_SECRET = ("v:", "vo:", "sv")


def is_vote(update: object) -> bool:
    """Tell whether a raw update is an answer to a poll, which nobody may keep in the clear."""
    press = update.get("callback_query") if isinstance(update, dict) else None
    data = press.get("data") if isinstance(press, dict) else None
    return isinstance(data, str) and data.startswith(_SECRET)


class Secrecy(CallbackData, prefix="secrecy"):
    """What is protected and what is not."""


class PollList(CallbackData, prefix="polls"):
    """The open polls."""


class PollOpened(CallbackData, prefix="poll"):
    """One poll: its question while it is open, its result afterwards."""

    poll: int


class ResultList(CallbackData, prefix="results"):
    """Results from the one after this poll on; 0 for the newest."""

    before: int = 0
