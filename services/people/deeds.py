"""What staff may do, and who: the one table of rights. Whatever stands in no row is denied.

docs/roles.md is written from it: `python -m bot roles`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum

from services.people.model import Role


class Deed(StrEnum):
    """One thing that only staff do; its value is what the audit calls it."""

    # Staff
    INVITE = "staff.invite"
    DISMISS = "staff.dismiss"
    READ_STAFF = "staff.read"
    # The audit
    READ_AUDIT = "audit.read"


class Reach(Enum):
    """How far a right goes."""

    # Only within the place and section to which the role was given.
    SCOPE = "scope"
    # It touches everybody: only who holds the role everywhere and for every section has it.
    EVERYWHERE = "everywhere"
    # It is about nobody's case (own settings, public numbers): any place will do.
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do a deed, and how far."""

    roles: frozenset[Role]
    reach: Reach


def _right(reach: Reach, *roles: Role) -> Right:
    return Right(frozenset(roles), reach)


RIGHTS: Mapping[Deed, Right] = {
    Deed.INVITE: _right(Reach.EVERYWHERE, Role.ADMINISTRATOR),
    Deed.DISMISS: _right(Reach.EVERYWHERE, Role.ADMINISTRATOR),
    Deed.READ_STAFF: _right(Reach.EVERYWHERE, Role.ADMINISTRATOR, Role.AUDITOR),
    Deed.READ_AUDIT: _right(Reach.EVERYWHERE, Role.AUDITOR),
}
