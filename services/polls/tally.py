"""Counting the ballots of a frozen poll; runs in a worker process."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.polls.ballot import BallotForm, NotABallot, open_ballot
from services.polls.model import Question


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes by option, and ballots that could not be read or name no option."""

    votes: tuple[int, ...]
    spoiled: int = 0

    @property
    def base(self) -> int:
        """Return the number of valid answers."""
        return sum(self.votes)

    def __add__(self, other: "Tally") -> "Tally":
        votes = (mine + theirs for mine, theirs in zip(self.votes, other.votes, strict=True))
        return Tally(tuple(votes), self.spoiled + other.spoiled)


def tally(secret_key: bytes, sealed: Sequence[bytes], questions: Sequence[Question]) -> Tally:
    """Open these ballots and count the options of the first question."""
    form = BallotForm(questions)
    options = len(questions[0].options)
    votes = [0] * options
    spoiled = 0
    for box in sealed:
        chosen = _choice(secret_key, form, box, options)
        if chosen is None:
            spoiled += 1
        else:
            votes[chosen] += 1
    return Tally(tuple(votes), spoiled)


def _choice(secret_key: bytes, form: BallotForm, sealed: bytes, options: int) -> int | None:
    try:
        chosen = open_ballot(secret_key, form, sealed).answers[0].chosen
    except (NotABallot, KeyError):
        return None
    if len(chosen) != 1 or chosen[0] >= options:
        return None
    return chosen[0]
