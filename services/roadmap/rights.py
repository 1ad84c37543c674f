"""Who may report, return, and see what is not public of an indicator."""

from datetime import date

from sqlalchemy import Connection

from services.organisation.directory import Body
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise, entitled, may
from services.refusal import N_, Refusal
from services.roadmap.indicator import Indicator, Level
from services.roadmap.indicators import all_indicators, responsible
from services.roadmap.responsibility import responsible_official, stands_for
from services.roadmap.scope import Area, Scope, scope_of
from storage import organisation, roadmap
from storage.people import current_roles


def officials_of(connection: Connection, person_id: int, day: date) -> tuple[str, ...]:
    """Return the officials for whom a person acts on a day: the own one first."""
    held = [role["official"] for role in current_roles(connection, person_id)]
    acting = (each for own in held if own for each in stands_for(connection, own, day))
    return tuple(dict.fromkeys(acting))


def scope_for(connection: Connection, actor: int, day: date) -> Scope:
    """Return what a member of staff sees of the Road Map; raises Refusal for others.

    Administrators and editors see all of it, officials what they answer for.
    """
    authorise(connection, actor, Deed.READ_BOARD)
    if _looks_after(connection, actor):
        return Scope((Area(),), everything=True)
    own = [role["official"] for role in current_roles(connection, actor) if role["official"]]
    found = [scope_of(connection, official, day) for official in own]
    return Scope(
        tuple(dict.fromkeys(area for scope in found for area in scope.areas)),
        tuple(dict.fromkeys(section for scope in found for section in scope.sections)),
        everything=any(scope.everything for scope in found),
    )


def sees(connection: Connection, actor: int, indicator: Indicator, day: date) -> bool:
    """Tell whether somebody sees comments, evidence and questions of this indicator."""
    if _looks_after(connection, actor):
        return True
    if not may(connection, actor, Deed.READ_BOARD):
        return False
    mine = officials_of(connection, actor, day)
    concerned = {responsible(connection, indicator, day), *above(connection, indicator, day)}
    if concerned & set(mine):
        return True
    scope = scope_for(connection, actor, day)
    return scope.holds(indicator.section, indicator.region or "", indicator.district)


def require_sight(connection: Connection, actor: int, indicator: Indicator, day: date) -> None:
    """Raise Refusal unless the actor sees all of this indicator."""
    authorise(connection, actor, Deed.READ_BOARD)
    if not sees(connection, actor, indicator, day):
        raise Refusal(N_("Others answer for this indicator."))


def above(connection: Connection, indicator: Indicator, day: date) -> tuple[str, ...]:
    """Return the officials who may return a report of this indicator, the next level first.

    Of a district the head of the region's office, then who answers for an indicator of the region
    in the same section; then the official of the section, then the executive secretaries; never
    who answers for the indicator.
    """
    found: list[str | None] = []
    offices = organisation.offices(connection)
    if indicator.level is Level.DISTRICT:
        found += [
            office["head"]
            for office in offices
            if office["region"] == indicator.region and office["district"] is None
        ]
        found += _members_of_region(connection, indicator, day)
    found.append(responsible_official(connection, indicator.section, day))
    heads = {office["head"] for office in offices}
    found += [
        official["code"]
        for official in organisation.officials(connection)
        if official["body"] == Body.SECRETARIAT and official["code"] not in heads
    ]
    own = responsible(connection, indicator, day)
    return tuple(dict.fromkeys(each for each in found if each is not None and each != own))


def _members_of_region(connection: Connection, indicator: Indicator, day: date) -> list[str]:
    """Return who is assigned to indicators of the section in the whole region of a district."""
    region = Scope((Area((indicator.section,), indicator.region),))
    wider = [each for each in all_indicators(connection, region) if each.level is Level.REGION]
    return list(roadmap.responsible_on(connection, [each.code for each in wider], day).values())


def _looks_after(connection: Connection, person_id: int) -> bool:
    """Tell whether somebody sees all of the Road Map, whoever answers for it."""
    grants = entitled(connection, person_id, Deed.READ_BOARD).grants
    return any(grant.role is not Role.OFFICIAL for grant in grants)
