"""What a public council is: its field and territory, who sits in it, and when it met."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.organisation.intake import Named
from services.places.atlas import atlas
from services.places.model import Place


class Level(StrEnum):
    """How far a council reaches."""

    REPUBLIC = "republic"
    REGION = "region"
    DISTRICT = "district"


class Seat(StrEnum):
    """What a member does in a council, who leads first."""

    CHAIR = "chair"
    DEPUTY = "deputy"
    SECRETARY = "secretary"
    MEMBER = "member"


class Presence(StrEnum):
    """Whether a member came to a meeting; excused: told beforehand that they could not."""

    PRESENT = "present"
    ABSENT = "absent"
    EXCUSED = "excused"


class ApplicationStatus(StrEnum):
    """Where the wish of a citizen to join a council stands."""

    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class CouncilField(Named):
    """What councils work on; topics: which topics of appeals belong to it.

    in_regions and in_districts: whether each region, each district has a council of it.
    """

    position: int
    emoji: str
    in_regions: bool = True
    in_districts: bool = True
    retired: bool = False
    topics: tuple[str, ...] = ()

    def expected_at(self, level: Level) -> bool:
        """Tell whether a place of this level has a council of this field."""
        if self.retired:
            return False
        return {Level.REGION: self.in_regions, Level.DISTRICT: self.in_districts}.get(level, True)


@dataclass(frozen=True, slots=True)
class Council(Named):
    """A council as it is on a day; since: the first day of its first term.

    region and district are KATO prefixes; both None at the republic.
    """

    field: str
    region: str | None
    district: str | None
    since: date
    takes_appeals: bool = False

    @property
    def level(self) -> Level:
        """Return how far it reaches."""
        return level_of(self.region, self.district)

    @property
    def place(self) -> Place | None:
        """Return its territory, None for the whole country."""
        return None if self.region is None else atlas().find(self.region, self.district)

    def holds(self, region: str, district: str | None) -> bool:
        """Tell whether a place lies in its territory."""
        return self.region in {None, region} and self.district in {None, district}


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits in a council; the code is an official's."""

    official: str
    seat: Seat
    since: date


@dataclass(frozen=True, slots=True)
class FormerMember:
    """Somebody who sat in a council, or had another seat; until: the first day after."""

    official: str
    seat: Seat
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was held; present: how many of its members came, None where nobody noted."""

    held_on: date
    title_kk: str
    title_ru: str
    present: int | None = None


def level_of(region: str | None, district: str | None) -> Level:
    """Return the level of a place."""
    if region is None:
        return Level.REPUBLIC
    return Level.REGION if district is None else Level.DISTRICT
