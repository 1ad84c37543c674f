"""Rows of the rating as what they mean, and a whole round as it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, RowMapping

from services.ratings.model import (
    Correction,
    CorrectionStatus,
    Deputy,
    Indicator,
    Line,
    Maslikhat,
    Round,
    RoundStatus,
    Terms,
)
from services.refusal import N_, Refusal
from storage import ratings_reading as stored

_TERMS = ("title_kk", "title_ru", "begins_on", "ends_on", "as_of", "method_kk", "method_ru")


@dataclass(frozen=True, slots=True)
class Kept:
    """A round with everything in it; lines by maslikhat and place."""

    round: Round
    indicators: tuple[Indicator, ...]
    lines: tuple[Line, ...]

    def says(self, terms: Terms, indicators: Iterable[Indicator], lines: Iterable[Line]) -> bool:
        """Tell whether it holds just that."""
        mine = {line.deputy: _plain(line) for line in self.lines}
        theirs = {line.deputy: _plain(line) for line in lines}
        same = self.round.terms == terms and mine == theirs
        return same and self.indicators == tuple(indicators)


def kept_round(connection: Connection, code: str) -> Kept | None:
    """Return a round with everything in it, None where there is none."""
    row = stored.find_round(connection, code)
    if row is None:
        return None
    values: dict[str, dict[str, Decimal]] = {}
    for each in stored.values_of(connection, code):
        values.setdefault(each["deputy"], {})[each["indicator"]] = each["value"]
    return Kept(
        round_of(row),
        indicators_of(connection, code),
        tuple(
            line_of(line, values.get(line["deputy"], {}))
            for line in stored.lines_of(connection, code)
        ),
    )


def the_round(connection: Connection, code: str) -> Round:
    """Return a round; raises Refusal where there is none."""
    row = stored.find_round(connection, code)
    if row is None:
        raise Refusal(N_("There is no such round."))
    return round_of(row)


def the_deputy(connection: Connection, code: str) -> Deputy:
    """Return a deputy; raises Refusal where there is none."""
    found = stored.read_deputies(connection, [code])
    if not found:
        raise Refusal(N_("There is no such deputy."))
    return deputy_of(found[0])


def the_maslikhat(connection: Connection, code: str) -> Maslikhat:
    """Return a maslikhat; raises Refusal where there is none."""
    row = stored.find_maslikhat(connection, code)
    if row is None:
        raise Refusal(N_("There is no such maslikhat."))
    return maslikhat_of(row)


def indicators_of(connection: Connection, code: str) -> tuple[Indicator, ...]:
    """Return what a round measures, in its order."""
    names = ("code", "name_kk", "name_ru", "unit_kk", "unit_ru", "weight")
    return tuple(
        Indicator(**{name: row[name] for name in names})
        for row in stored.indicators_of(connection, code)
    )


def round_of(row: RowMapping) -> Round:
    """Return the row of a round as a round."""
    others = {
        name: row[name]
        for name in (
            "code", "version", "brought_by", "brought_at", "approved_by", "published_at", "reason",
        )
    }  # fmt: skip
    terms = Terms(**{name: row[name] for name in _TERMS})
    return Round(terms=terms, status=RoundStatus(row["status"]), **others)


def line_of(row: RowMapping, values: dict[str, Decimal]) -> Line:
    """Return the row of a line, with the values that belong to it."""
    return Line(row["deputy"], row["maslikhat"], row["score"], row["place"], values)


def maslikhat_of(row: RowMapping) -> Maslikhat:
    """Return the row of a maslikhat as one."""
    return Maslikhat(**row)


def deputy_of(row: RowMapping) -> Deputy:
    """Return the row of a deputy as one."""
    return Deputy(**row)


def correction_of(row: RowMapping) -> Correction:
    """Return the row of a correction as one."""
    others = {name: row[name] for name in row if name not in {"key", "status"}}
    return Correction(**others, status=CorrectionStatus(row["status"]))


def _plain(line: Line) -> tuple[str, Decimal, int, dict[str, Decimal]]:
    return line.maslikhat, line.score, line.place, dict(line.values)
