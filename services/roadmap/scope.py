"""What a reader of digests answers for: sections of the Road Map and places."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from services.organisation.directory import Body
from services.roadmap.responsibility import sections_of, stands_for
from storage import organisation as rows
from storage import roadmap_scope as scopes


@dataclass(frozen=True, slots=True)
class Area:
    """Sections in a place: None is all sections, the whole country, the whole region."""

    sections: tuple[str, ...] | None = None
    region: str | None = None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """All that an official answers for on a day; what lies in two areas is counted once.

    sections: the codes of the sections that are the official's own in the whole country;
    everything: the executive secretary, who sees all.
    """

    areas: tuple[Area, ...]
    sections: tuple[str, ...] = ()
    everything: bool = False

    def __bool__(self) -> bool:
        """Tell whether there is anything to answer for."""
        return bool(self.areas)

    def holds(self, section: str, region: str, district: str | None) -> bool:
        """Tell whether an appeal of this section and place lies in the scope."""
        return any(
            (area.sections is None or section in area.sections)
            and area.region in {None, region}
            and area.district in {None, district}
            for area in self.areas
        )


def scope_of(connection: Connection, official: str, day: date) -> Scope:
    """Return what the official answers for on this day, with what deputies answer for.

    A member of the Bureau: the own sections everywhere. The head of an office: its region or
    district. A member of a Political Council: the sections of the own indicators in their
    places. A member of the secretariat who heads no office is the executive secretary and sees
    everything, and so does the head of an office of the whole country.
    """
    officials = stands_for(connection, official, day)
    sections = sections_of(connection, official, day)
    areas = [Area(sections)] if sections else []
    areas += [
        Area(None, office["region"], office["district"])
        for office in scopes.headed(connection, officials)
    ]
    areas += [
        Area((row["section"],), row["region"], row["district"])
        for row in scopes.indicator_places(connection, officials, day)
    ]
    everything = any(area == Area() for area in areas) or any(
        is_secretary(connection, each) for each in officials
    )
    if everything:
        return Scope((Area(),), sections, everything=True)
    return Scope(tuple(dict.fromkeys(areas)), sections)


def is_secretary(connection: Connection, official: str) -> bool:
    """Tell whether this is a member of the secretariat who heads no office."""
    if rows.body_of(connection, official) != Body.SECRETARIAT:
        return False
    return not scopes.headed(connection, (official,))
