"""Which members of the staff may do what with a proposal."""

from datetime import date

from sqlalchemy import Connection, RowMapping

from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import ELSEWHERE, Reached, Where, authorise, grants_of
from services.refusal import N_, Refusal
from services.roadmap.responsibility import acting, sections_of
from services.roadmap.scope import scope_of

_ANSWERING = frozenset({Role.OFFICIAL, Role.ADMINISTRATOR})
_OF_OTHERS = N_("Somebody else answers for this section.")


def where_of(row: RowMapping) -> Where:
    """Return where a proposal lies."""
    return Where(row["section"], row["region"], row["district"])


def require_answerer(connection: Connection, actor: int, row: RowMapping, today: date) -> None:
    """Raise Refusal unless the actor may say what becomes of this proposal.

    That are the official who answers for its section on this day, who stands in for one who
    does, the official whom it names, and administrators whose role reaches it.
    """
    reached = authorise(connection, actor, Deed.ANSWER_PROPOSAL)
    if not _answers(connection, reached, row, today):
        official = _official(reached)
        raise Refusal(ELSEWHERE if official is None else _OF_OTHERS)


def may_answer(connection: Connection, actor: int, row: RowMapping, today: date) -> bool:
    """Tell whether `require_answerer` lets this person through while they are at work."""
    held = (grant for grant in grants_of(connection, actor) if grant.role in _ANSWERING)
    return _answers(connection, Reached(tuple(held)), row, today)


def sections_to_answer(connection: Connection, actor: int, today: date) -> tuple[str, ...] | None:
    """Return the sections whose proposals the actor answers, None for all; raises Refusal."""
    reached = authorise(connection, actor, Deed.ANSWER_PROPOSAL)
    if any(grant.role is not Role.OFFICIAL and not grant.section for grant in reached.grants):
        return None
    own = tuple(grant.section for grant in reached.grants if grant.role is not Role.OFFICIAL)
    official = _official(reached)
    if official is None:
        return own
    if scope_of(connection, official, today).everything:
        return None
    return (*own, *sections_of(connection, official, today))


def _answers(connection: Connection, reached: Reached, row: RowMapping, today: date) -> bool:
    official = _official(reached)
    if reached.looks_after(where_of(row)) or official is None:
        return reached.looks_after(where_of(row))
    named = row["official"]
    if row["section"] in sections_of(connection, official, today):
        return True
    return named is not None and official in {named, acting(connection, named, today)}


def _official(reached: Reached) -> str | None:
    held = (grant.official for grant in reached.grants if grant.role is Role.OFFICIAL)
    return next(held, None)
