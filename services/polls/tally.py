"""Counting the ballots of a frozen poll; runs in a worker process."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.polls.ballot import Ballot, NotABallot, open_ballot


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


def tally(secret_key: bytes, sealed: Sequence[bytes], options: int) -> Tally:
    """Open these ballots of a single choice out of so many options and count them."""
    votes = [0] * options
    spoiled = 0
    for box in sealed:
        chosen = _choice(secret_key, box, options)
        if chosen is None:
            spoiled += 1
        else:
            votes[chosen] += 1
    return Tally(tuple(votes), spoiled)


def _choice(secret_key: bytes, sealed: bytes, options: int) -> int | None:
    try:
        ballot: Ballot = open_ballot(secret_key, sealed)
    except NotABallot:
        return None
    if len(ballot.chosen) != 1 or ballot.chosen[0] >= options:
        return None
    return ballot.chosen[0]
