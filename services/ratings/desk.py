"""What staff see of the rating before citizens do: rounds, their lines, corrections that wait."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from services.people.deeds import Deed
from services.people.rights import authorise
from services.ratings.correcting import the_correction
from services.ratings.keeping import (
    Kept,
    correction_of,
    deputy_of,
    indicators_of,
    kept_round,
    maslikhat_of,
    round_of,
)
from services.ratings.model import Correction, Deputy, Indicator, Maslikhat, Round
from services.ratings.standing import find_deputies
from services.refusal import N_, Refusal
from storage import ratings_reading as stored
from storage.people import find_person


@dataclass(frozen=True, slots=True)
class Folder:
    """All rounds, the newest first, and the corrections that wait with their deputies by code."""

    rounds: tuple[Round, ...]
    corrections: tuple[Correction, ...]
    deputies: Mapping[str, Deputy]


@dataclass(frozen=True, slots=True)
class Opened:
    """A round with everything in it, and the names that it speaks of by code."""

    kept: Kept
    deputies: Mapping[str, Deputy]
    maslikhats: Mapping[str, Maslikhat]
    brought_by: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A correction with what it is about, and who asked for it."""

    correction: Correction
    round: Round
    deputy: Deputy
    indicators: tuple[Indicator, ...]
    asked_by: str


def read_rounds(connection: Connection, actor: int) -> Folder:
    """Return all rounds and the corrections that wait; raises Refusal."""
    authorise(connection, actor, Deed.READ_RATINGS)
    waiting = tuple(map(correction_of, stored.corrections_of(connection, status="asked")))
    deputies = stored.read_deputies(connection, [each.deputy for each in waiting])
    return Folder(
        tuple(map(round_of, stored.read_rounds(connection))),
        waiting,
        {row["code"]: deputy_of(row) for row in deputies},
    )


def read_round(connection: Connection, actor: int, code: str) -> Opened:
    """Return a round with everything in it; raises Refusal."""
    authorise(connection, actor, Deed.READ_RATINGS)
    kept = kept_round(connection, code)
    if kept is None:
        raise Refusal(N_("There is no such round."))
    deputies = stored.read_deputies(connection, [line.deputy for line in kept.lines])
    return Opened(
        kept,
        {row["code"]: deputy_of(row) for row in deputies},
        {row["code"]: maslikhat_of(row) for row in stored.read_maslikhats(connection)},
        _name(connection, kept.round.brought_by),
    )


def find_in_round(connection: Connection, actor: int, code: str, said: str) -> tuple[Deputy, ...]:
    """Return who of a round is called so; raises Refusal."""
    authorise(connection, actor, Deed.READ_RATINGS)
    found = find_deputies(connection, said)
    rated = {line["deputy"] for line in stored.lines_of(connection, code)}
    return tuple(each for each in found if each.code in rated)


def read_correction(connection: Connection, actor: int, correction: int) -> Asked:
    """Return a correction with what it is about; raises Refusal."""
    authorise(connection, actor, Deed.READ_RATINGS)
    found = the_correction(connection, correction)
    kept = stored.find_round(connection, found.round)
    deputies = stored.read_deputies(connection, [found.deputy])
    if kept is None or not deputies:
        raise Refusal(N_("There is no such correction."))
    return Asked(
        found,
        round_of(kept),
        deputy_of(deputies[0]),
        indicators_of(connection, found.round),
        _name(connection, found.by),
    )


def _name(connection: Connection, person_id: int | None) -> str:
    person = None if person_id is None else find_person(connection, person_id)
    return person["name"] if person else ""
