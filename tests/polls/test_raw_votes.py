"""Raw answers to polls are known before anything is written down."""

import pytest

from handlers.views.poll_callbacks import PollOpened, Vote, is_vote


def test_a_vote_is_known_by_its_data() -> None:
    """Whatever poll and option it names, a press on an option is a vote."""
    assert is_vote({"callback_query": {"data": Vote(poll=7, option=2).pack()}})


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
