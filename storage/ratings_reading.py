"""Statements that read rounds of the rating, maslikhats, deputies and corrections."""

from collections.abc import Collection, Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy import Connection, RowMapping

from storage.schema.appeals import OPEN, appeals
from storage.schema.organisation import officials
from storage.schema.ratings import (
    deputies,
    maslikhats,
    rating_corrections,
    rating_indicators,
    rating_lines,
    rating_rounds,
    rating_values,
)

_PUBLISHED = rating_rounds.c.status == "published"
_NEWEST = (rating_rounds.c.as_of.desc(), rating_rounds.c.code.desc())
_DEPUTY = sa.select(
    deputies.c.code,
    officials.c.name_kk,
    officials.c.name_ru,
    *(column for column in deputies.c if column.key not in {"code", "words"}),
).join(officials, officials.c.code == deputies.c.code)


def read_maslikhats(connection: Connection, region: str | None = None) -> Sequence[RowMapping]:
    """Return all maslikhats, or those of a region: its own one, then by district."""
    statement = sa.select(maslikhats).order_by(
        maslikhats.c.region, sa.func.coalesce(maslikhats.c.district, ""), maslikhats.c.code
    )
    if region is not None:
        statement = statement.where(maslikhats.c.region == region)
    return connection.execute(statement).mappings().all()


def find_maslikhat(connection: Connection, code: str) -> RowMapping | None:
    """Return the row of a maslikhat."""
    statement = sa.select(maslikhats).where(maslikhats.c.code == code)
    return connection.execute(statement).mappings().one_or_none()


def regions_with_maslikhats(connection: Connection) -> Sequence[str]:
    """Return the regions in which there is one."""
    statement = sa.select(maslikhats.c.region).distinct().order_by(maslikhats.c.region)
    return connection.execute(statement).scalars().all()


def read_deputies(
    connection: Connection, codes: Collection[str] | None = None
) -> Sequence[RowMapping]:
    """Return deputies with their names; None is all of them."""
    statement = _DEPUTY if codes is None else _DEPUTY.where(deputies.c.code.in_(codes))
    return connection.execute(statement.order_by(officials.c.name_kk)).mappings().all()


def deputies_of(connection: Connection, maslikhat: str, day: date) -> Sequence[RowMapping]:
    """Return who sits in a maslikhat on a day, by name."""
    statement = _DEPUTY.where(
        deputies.c.maslikhat == maslikhat,
        deputies.c.since <= day,
        sa.or_(deputies.c.until.is_(None), deputies.c.until > day),
    )
    return connection.execute(statement.order_by(officials.c.name_kk)).mappings().all()


def named(connection: Connection, words: Sequence[str], limit: int) -> Sequence[RowMapping]:
    """Return deputies in whose names each of these folded words begins a word."""
    statement = _DEPUTY.order_by(officials.c.name_kk).limit(limit)
    for word in words:
        statement = statement.where(deputies.c.words.like(f"% {word}%"))
    return connection.execute(statement).mappings().all()


def name_words(connection: Connection) -> Sequence[tuple[str, str]]:
    """Return (code, folded words of the name) of all deputies."""
    found = connection.execute(sa.select(deputies.c.code, deputies.c.words))
    return [(row.code, row.words) for row in found]


def find_round(connection: Connection, code: str) -> RowMapping | None:
    """Return the row of a round."""
    statement = sa.select(rating_rounds).where(rating_rounds.c.code == code)
    return connection.execute(statement).mappings().one_or_none()


def hold_round(connection: Connection, code: str) -> None:
    """Let nobody else change a round, or decide on a correction of it, meanwhile."""
    held = sa.select(rating_rounds.c.code).where(rating_rounds.c.code == code)
    connection.execute(held.with_for_update())


def read_rounds(connection: Connection, status: str | None = None) -> Sequence[RowMapping]:
    """Return rounds, the newest first."""
    statement = sa.select(rating_rounds).order_by(*_NEWEST)
    if status is not None:
        statement = statement.where(rating_rounds.c.status == status)
    return connection.execute(statement).mappings().all()


def rounds_of(connection: Connection, maslikhat: str, limit: int) -> Sequence[RowMapping]:
    """Return the published rounds in which a maslikhat was rated, the newest first."""
    rated = sa.exists().where(
        rating_lines.c.round == rating_rounds.c.code, rating_lines.c.maslikhat == maslikhat
    )
    statement = sa.select(rating_rounds).where(_PUBLISHED, rated).order_by(*_NEWEST)
    return connection.execute(statement.limit(limit)).mappings().all()


def lines_of(
    connection: Connection, code: str, maslikhat: str | None = None
) -> Sequence[RowMapping]:
    """Return the lines of a round, or of one maslikhat in it, by place, with names."""
    statement = (
        sa.select(rating_lines, officials.c.name_kk, officials.c.name_ru)
        .join(officials, officials.c.code == rating_lines.c.deputy)
        .where(rating_lines.c.round == code)
        .order_by(rating_lines.c.maslikhat, rating_lines.c.place, officials.c.name_kk)
    )
    if maslikhat is not None:
        statement = statement.where(rating_lines.c.maslikhat == maslikhat)
    return connection.execute(statement).mappings().all()


def lines_of_deputy(connection: Connection, deputy: str, limit: int) -> Sequence[RowMapping]:
    """Return a deputy's lines of published rounds, the newest first."""
    statement = (
        sa.select(rating_lines)
        .join(rating_rounds, rating_rounds.c.code == rating_lines.c.round)
        .where(rating_lines.c.deputy == deputy, _PUBLISHED)
        .order_by(*_NEWEST)
        .limit(limit)
    )
    return connection.execute(statement).mappings().all()


def find_line(connection: Connection, code: str, deputy: str) -> RowMapping | None:
    """Return a deputy's line in a round."""
    statement = sa.select(rating_lines).where(
        rating_lines.c.round == code, rating_lines.c.deputy == deputy
    )
    return connection.execute(statement).mappings().one_or_none()


def indicators_of(connection: Connection, code: str) -> Sequence[RowMapping]:
    """Return what a round measures, in its order."""
    statement = sa.select(rating_indicators).where(rating_indicators.c.round == code)
    ordered = statement.order_by(rating_indicators.c.position)
    return connection.execute(ordered).mappings().all()


def values_of(
    connection: Connection, code: str, deputy: str | None = None
) -> Sequence[RowMapping]:
    """Return the values of a round, or those of one deputy in it."""
    statement = sa.select(rating_values).where(rating_values.c.round == code)
    if deputy is not None:
        statement = statement.where(rating_values.c.deputy == deputy)
    return connection.execute(statement).mappings().all()


def find_correction(connection: Connection, correction: int) -> RowMapping | None:
    """Return the row of a correction."""
    statement = sa.select(rating_corrections).where(rating_corrections.c.id == correction)
    return connection.execute(statement).mappings().one_or_none()


def corrections_of(
    connection: Connection,
    *,
    deputy: str | None = None,
    code: str | None = None,
    status: str = "made",
) -> Sequence[RowMapping]:
    """Return corrections of a deputy's lines, of a round, or of all, the newest first."""
    table = rating_corrections.c
    statement = sa.select(rating_corrections).where(table.status == status)
    if deputy is not None:
        statement = statement.where(table.deputy == deputy)
    if code is not None:
        statement = statement.where(table.round == code)
    return connection.execute(statement.order_by(table.id.desc())).mappings().all()


def waiting(connection: Connection) -> tuple[Sequence[RowMapping], int]:
    """Return the rounds that wait to be approved, and how many corrections do."""
    table = rating_corrections.c
    count = sa.select(sa.func.count()).where(table.status == "asked")
    rounds = read_rounds(connection, "awaiting")
    return rounds, connection.execute(count).scalar_one()


def overdue_letters(connection: Connection, day: date) -> int:
    """Return how many letters to deputies wait beyond their due date."""
    statement = sa.select(sa.func.count()).where(
        appeals.c.deputy.is_not(None), sa.text(OPEN), appeals.c.due_on < day
    )
    return connection.execute(statement).scalar_one()


def heard(connection: Connection, deputy: str) -> RowMapping:
    """Return how many letters to a deputy were answered, how many answers rated, and the sum."""
    table = appeals.c
    statement = sa.select(
        sa.func.count(table.answered_at).label("answered"),
        sa.func.count(table.rating).label("rated"),
        sa.func.coalesce(sa.func.sum(table.rating), 0).label("stars"),
    ).where(table.deputy == deputy)
    return connection.execute(statement).mappings().one()
