"""The check that every use case of the staff repeats: screens only hide what it forbids."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from services.people.deeds import RIGHTS, Deed, Reach
from services.people.model import Role
from services.refusal import N_, Refusal, SessionEnded
from storage import people as rows
from storage.sessions import session_ended

ELSEWHERE = N_("Your role does not reach this place or section.")


@dataclass(frozen=True, slots=True)
class Grant:
    """A role as somebody holds it: area is a KATO prefix, "" everywhere; section likewise."""

    role: Role
    area: str = ""
    section: str = ""
    official: str | None = None

    @property
    def unbounded(self) -> bool:
        """Tell whether it holds everywhere and for every section."""
        return not self.area and not self.section


@dataclass(frozen=True, slots=True)
class Where:
    """Where a case lies: its section, and the KATO prefixes of its region and district."""

    section: str | None
    region: str | None = None
    district: str | None = None


# What belongs to no place: only a role that holds everywhere reaches it.
OF_ALL = Where(None)


@dataclass(frozen=True, slots=True)
class Reached:
    """The grants by which a deed is allowed: what a list may hold."""

    grants: tuple[Grant, ...]

    @property
    def everywhere(self) -> bool:
        """Tell whether nothing need be left out."""
        return any(grant.unbounded or grant.role is Role.OFFICIAL for grant in self.grants)

    @property
    def bounds(self) -> tuple[Grant, ...] | None:
        """Return the grants beyond which a list holds nothing; None: they reach everywhere."""
        return None if self.everywhere else self.grants

    def holds(self, where: Where) -> bool:
        """Tell whether a case lies within one of the grants."""
        return any(_holds(grant, where) for grant in self.grants)

    def looks_after(self, where: Where) -> bool:
        """Tell whether a case lies within a grant of the desk: an official's rules are others."""
        return any(
            grant.role is not Role.OFFICIAL and _holds(grant, where) for grant in self.grants
        )

    def require(self, where: Where) -> None:
        """Raise Refusal where a case lies outside all grants."""
        if not self.holds(where):
            raise Refusal(ELSEWHERE)


def authorise(
    connection: Connection, person_id: int, deed: Deed, where: Where | None = None
) -> Reached:
    """Return by which grants the person may do this, for a case that lies there.

    Officials' scope follows from what they answer for and is checked by the rules of the case.
    Raises Refusal for whoever holds none of the roles, or only elsewhere; SessionEnded where the
    person has to type their PIN first.
    """
    fitting = _fitting(grants_of(connection, person_id), deed)
    if not fitting:
        raise Refusal(N_("This is for staff only."))
    if session_ended(connection, person_id):
        raise SessionEnded
    return _reached(fitting, deed, where)


def entitled(
    connection: Connection, person_id: int, deed: Deed, where: Where | None = None
) -> Reached:
    """Return what `authorise` does, also while the person is not at work.

    For what is done in the name of somebody: what they asked for before, or may be handed.
    """
    fitting = _fitting(grants_of(connection, person_id), deed)
    if not fitting:
        raise Refusal(N_("This is for staff only."))
    return _reached(fitting, deed, where)


def may(connection: Connection, person_id: int, deed: Deed, where: Where | None = None) -> bool:
    """Tell whether `entitled` lets this person through (a query)."""
    try:
        entitled(connection, person_id, deed, where)
    except Refusal:
        return False
    return True


def grants_of(connection: Connection, person_id: int) -> tuple[Grant, ...]:
    """Return everything that this person holds now (a query)."""
    return tuple(
        Grant(Role(row["role"]), row["area"], row["section"], row["official"])
        for row in rows.current_roles(connection, person_id)
    )


def _fitting(held: Iterable[Grant], deed: Deed) -> tuple[Grant, ...]:
    return tuple(grant for grant in held if grant.role in RIGHTS[deed].roles)


def _reached(fitting: tuple[Grant, ...], deed: Deed, where: Where | None) -> Reached:
    reach = RIGHTS[deed].reach
    if reach is Reach.EVERYWHERE:
        fitting = tuple(grant for grant in fitting if grant.unbounded)
    elif reach is Reach.SCOPE and where is not None:
        fitting = tuple(grant for grant in fitting if _holds(grant, where))
    if not fitting:
        raise Refusal(ELSEWHERE)
    return Reached(fitting)


def _holds(grant: Grant, where: Where) -> bool:
    if grant.role is Role.OFFICIAL or grant.unbounded:
        return True
    if grant.section and grant.section != where.section:
        return False
    place = where.district or where.region or ""
    return not grant.area or place.startswith(grant.area)
