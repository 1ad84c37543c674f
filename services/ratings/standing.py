"""What citizens see of the rating: who stands where, what changed since the round before.

Only published rounds. No number goes out without its round: its days, its date and its method.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, RowMapping

from services.ratings.keeping import (
    correction_of,
    deputy_of,
    indicators_of,
    line_of,
    maslikhat_of,
    round_of,
    the_deputy,
    the_maslikhat,
)
from services.ratings.model import (
    Correction,
    Deputy,
    Indicator,
    Line,
    Maslikhat,
    Round,
    RoundStatus,
)
from services.text.words import words
from storage import ratings_reading as stored

# Rounds that are looked back over.
ROUNDS = 6
FOUND = 8
_ALIKE = 75.0  # per cent
_MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """One line of a maslikhat; before: the place in the round before, None where not in it.

    corrected: something was wrong in it when it was published.
    """

    deputy: str
    name_kk: str
    name_ru: str
    place: int
    score: Decimal
    before: int | None
    corrected: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A maslikhat as it stands in its newest round; without a round only who sits in it.

    earlier: the round before, with which places are compared.
    """

    maslikhat: Maslikhat
    round: Round | None
    earlier: Round | None
    standings: tuple[Standing, ...]
    deputies: tuple[Deputy, ...]


@dataclass(frozen=True, slots=True)
class Rated:
    """A deputy in one round: the line, of how many, and the highest and the middle score."""

    round: Round
    line: Line
    of: int
    scores: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A deputy as citizens see them.

    history: the rounds in which they were rated, the newest first. earlier: the round before the
    newest in the same maslikhat, None where there is none; they may be missing in it. indicators:
    of the newest. corrections: made ones, the newest first.
    """

    deputy: Deputy
    maslikhat: Maslikhat
    history: tuple[Rated, ...]
    earlier: Round | None
    indicators: tuple[Indicator, ...]
    corrections: tuple[Correction, ...]
    sits: bool

    @property
    def before(self) -> Rated | None:
        """The deputy in the round before the newest, None where not in it."""
        code = self.earlier and self.earlier.code
        return next((each for each in self.history[1:] if each.round.code == code), None)


def regions_rated(connection: Connection) -> tuple[str, ...]:
    """Return the regions in which there is a maslikhat."""
    return tuple(stored.regions_with_maslikhats(connection))


def maslikhats_in(connection: Connection, region: str) -> tuple[Maslikhat, ...]:
    """Return the maslikhats of a region, its own one first."""
    return tuple(maslikhat_of(row) for row in stored.read_maslikhats(connection, region))


def maslikhats_near(
    connection: Connection, region: str | None, district: str | None
) -> tuple[Maslikhat, ...]:
    """Return the maslikhats of somebody’s own district and region."""
    if region is None:
        return ()
    found = maslikhats_in(connection, region)
    return tuple(one for one in found if one.district is None or one.district == district)


def all_maslikhats(connection: Connection) -> tuple[Maslikhat, ...]:
    """Return every maslikhat."""
    return tuple(map(maslikhat_of, stored.read_maslikhats(connection)))


def own_deputy(connection: Connection, official: str | None) -> Deputy | None:
    """Return the deputy whose account somebody has, None where they are no deputy."""
    found = stored.read_deputies(connection, [official]) if official else ()
    return deputy_of(found[0]) if found else None


def published_rounds(connection: Connection) -> Mapping[str, Round]:
    """Return the published rounds by code, the newest first."""
    rows = stored.read_rounds(connection, RoundStatus.PUBLISHED.value)
    return {row["code"]: round_of(row) for row in rows}


def table_of(connection: Connection, maslikhat: str, day: date) -> Table:
    """Return a maslikhat by place; raises Refusal where there is none."""
    rounds = [round_of(row) for row in stored.rounds_of(connection, maslikhat, 2)]
    newest, earlier = [*rounds, None, None][:2]
    before: dict[str, int] = {}
    if earlier is not None:
        rows = stored.lines_of(connection, earlier.code, maslikhat)
        before = {row["deputy"]: row["place"] for row in rows}
    lines: Sequence[RowMapping] = ()
    corrected: set[str] = set()
    if newest is not None:
        lines = stored.lines_of(connection, newest.code, maslikhat)
        made = stored.corrections_of(connection, code=newest.code)
        corrected = {row["deputy"] for row in made}
    return Table(
        the_maslikhat(connection, maslikhat),
        newest,
        earlier,
        tuple(_standing(row, before, corrected) for row in lines),
        tuple(deputy_of(row) for row in stored.deputies_of(connection, maslikhat, day)),
    )


def sheet_of(connection: Connection, deputy: str, day: date) -> Sheet:
    """Return a deputy with all that is published of them; raises Refusal where there is none."""
    who = the_deputy(connection, deputy)
    history = tuple(
        _rated(connection, row) for row in stored.lines_of_deputy(connection, deputy, ROUNDS)
    )
    newest = history[0].round if history else None
    maslikhat = history[0].line.maslikhat if history else who.maslikhat
    rounds = [round_of(row) for row in stored.rounds_of(connection, maslikhat, ROUNDS)]
    older = [each for each in rounds if newest and _age(each) < _age(newest)]
    published = {each.round.code for each in history}
    return Sheet(
        who,
        the_maslikhat(connection, maslikhat),
        history,
        older[0] if older else None,
        () if newest is None else indicators_of(connection, newest.code),
        tuple(
            correction_of(row)
            for row in stored.corrections_of(connection, deputy=deputy)
            if row["round"] in published
        ),
        who.holds_on(day),
    )


def find_deputies(connection: Connection, said: str) -> tuple[Deputy, ...]:
    """Return the deputies whose names fit what was typed, at most eight.

    Knows both languages, forgives case, Kazakh and Latin letters, and typos.
    """
    looked_for = [word for word in words(said) if word][:_MOST_WORDS]
    if not looked_for:
        return ()
    found: Sequence[RowMapping] = stored.named(connection, looked_for, FOUND)
    if not found:
        names = dict(stored.name_words(connection))
        codes = _alike(looked_for, names)
        rows = {row["code"]: row for row in stored.read_deputies(connection, codes)}
        found = [rows[code] for code in codes]
    return tuple(map(deputy_of, found))


def _alike(looked_for: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Return the codes of the names that are most like what was typed."""
    query = " ".join(looked_for)
    best = process.extract(
        query, names, scorer=fuzz.token_set_ratio, score_cutoff=_ALIKE, limit=FOUND
    )
    return [code for _name, _likeness, code in best]


def _standing(row: RowMapping, before: Mapping[str, int], corrected: Collection[str]) -> Standing:
    deputy = row["deputy"]
    names = (row["name_kk"], row["name_ru"])
    return Standing(
        deputy, *names, row["place"], row["score"], before.get(deputy), deputy in corrected
    )


def _rated(connection: Connection, row: RowMapping) -> Rated:
    values = stored.values_of(connection, row["round"], row["deputy"])
    lines = stored.lines_of(connection, row["round"], row["maslikhat"])
    found = stored.find_round(connection, row["round"])
    if found is None:
        raise LookupError(row["round"])
    line = line_of(row, {each["indicator"]: each["value"] for each in values})
    return Rated(round_of(found), line, len(lines), tuple(each["score"] for each in lines))


def _age(each: Round) -> tuple[date, str]:
    return each.terms.as_of, each.code
