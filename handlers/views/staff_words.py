"""Roles, and where they hold, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from handlers.text import N_, _, current_language
from services.organisation.directory import Organisation
from services.people.model import Role
from services.people.rights import Grant
from services.places.atlas import atlas

ROLE_NAMES = {
    Role.OPERATOR: N_("operator"),
    Role.MODERATOR: N_("moderator"),
    Role.ANALYST: N_("analyst"),
    Role.EDITOR: N_("editor"),
    Role.OFFICIAL: N_("responsible official"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
}
_JOINED = " · "


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return _(ROLE_NAMES[role])


def grant_words(grant: Grant, organisation: Organisation) -> str:
    """Return a role and where it holds on one line; what is data is not escaped."""
    parts = [role_name(grant.role)]
    if grant.official is not None:
        official = organisation.officials.get(grant.official)
        parts.append(official.name(current_language()) if official else grant.official)
    if grant.area:
        parts.append(area_words(grant.area))
    if grant.section:
        parts.append(section_words(grant.section, organisation))
    return _JOINED.join(parts)


def area_words(area: str) -> str:
    """Return the name of a region or district, or that it is the whole country."""
    place = atlas().place(area) if area else None
    if place is None:
        return area or _("the whole country")
    return place.name(current_language())


def section_words(section: str, organisation: Organisation) -> str:
    """Return the name of a section, or that it is all of them."""
    found = organisation.sections.get(section)
    if found is None:
        return section or _("all sections")
    return found.name(current_language())


def grants_lines(grants: Iterable[Grant], organisation: Organisation) -> list[str]:
    """Return a line for each grant."""
    return [f"• {grant_words(grant, organisation)}" for grant in grants]


def grant_of(payload: Mapping[str, Any]) -> Grant:
    """Return the grant that a notice holds in codes."""
    return Grant(Role(payload["role"]), payload["area"], payload["section"], payload["official"])
