"""Who of the staff looks into which councils.

Administrators, editors and analysts see those in the place of their role; officials those in the
territory for which they answer, and those in which they sit.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from services.councils.composition import council_of, find_council
from services.councils.model import Council
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import ELSEWHERE, Reached, Where, authorise
from services.refusal import N_, Refusal
from services.roadmap.responsibility import stands_for
from services.roadmap.scope import Scope, scope_of
from storage import council_reading as rows


def own_seats(connection: Connection, reached: Reached, day: date) -> Sequence[str]:
    """Return the officials for whom an actor sits somewhere: the own one, and absent ones."""
    own = [grant.official for grant in reached.grants if grant.role is Role.OFFICIAL]
    return [each for one in own if one is not None for each in stands_for(connection, one, day)]


def council_then(connection: Connection, code: str, day: date) -> Council | None:
    """Return a council as it is on a day, or was last."""
    found = rows.one(connection, code, day) or rows.last(connection, code)
    return None if found is None else council_of(found)


def councils_seen(connection: Connection, actor: int, day: date) -> tuple[Council, ...]:
    """Return the councils into which the actor may look (a query); raises Refusal for others."""
    reached = authorise(connection, actor, Deed.READ_COUNCILS)
    scopes, seats = _reach(connection, reached, day)
    found = map(council_of, rows.all_on(connection, day))
    return tuple(one for one in found if _sees(reached, scopes, seats, one))


def require_sight(connection: Connection, actor: int, code: str, day: date) -> Council:
    """Return a council into which the actor may look; raises Refusal for any other (a query)."""
    reached = authorise(connection, actor, Deed.READ_COUNCILS)
    council = find_council(connection, code, day)
    if not _sees(reached, *_reach(connection, reached, day), council):
        raise refused(reached, N_("You do not look after this council."))
    return council


def refused(reached: Reached, words: str) -> Refusal:
    """Return why: the role ends before this place, or for an official these words."""
    official = any(grant.role is Role.OFFICIAL for grant in reached.grants)
    return Refusal(words if official else ELSEWHERE)


def scope_holds(scope: Scope, council: Council) -> bool:
    """Tell whether a council lies in a territory of the scope, with all its sections."""
    return scope.everything or any(
        area.sections is None
        and area.region in {None, council.region}
        and area.district in {None, council.district}
        for area in scope.areas
    )


def _reach(
    connection: Connection, reached: Reached, day: date
) -> tuple[tuple[Scope, ...], frozenset[str]]:
    officials = [one.official for one in reached.grants if one.role is Role.OFFICIAL]
    scopes = tuple(scope_of(connection, one, day) for one in officials if one is not None)
    seats = rows.councils_of(connection, own_seats(connection, reached, day), day)
    return scopes, frozenset(row["council"] for row in seats)


def _sees(
    reached: Reached, scopes: Sequence[Scope], seats: frozenset[str], council: Council
) -> bool:
    where = Where(None, council.region, council.district)
    return (
        reached.looks_after(where)
        or council.code in seats
        or any(scope_holds(scope, council) for scope in scopes)
    )
