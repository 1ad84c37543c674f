"""Who somebody is to the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from services.language import Language
from services.people.consent import ConsentKind, holds


class Role(StrEnum):
    """What a person does besides being a citizen."""

    OPERATOR = "operator"
    # Reads citizens' words before others do: quotes, answers in words, proposals.
    MODERATOR = "moderator"
    # Reads results and numbers; nobody's case.
    ANALYST = "analyst"
    # Writes news and polls; reads no appeals.
    EDITOR = "editor"
    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"
    # Reads who did what; no case, no words.
    AUDITOR = "auditor"


class Sex(StrEnum):
    """As the Bureau of National Statistics tabulates it."""

    MALE = "male"
    FEMALE = "female"


class Settlement(StrEnum):
    """Type of settlement, as the Bureau of National Statistics tabulates it."""

    URBAN = "urban"
    RURAL = "rural"


@dataclass(frozen=True, slots=True)
class Profile:
    """What a poll may be cut by; everything may stay unsaid.

    region and district are KATO prefixes of two and six digits; born_from and born_to bound the
    year of birth, either may be open.
    """

    region: str | None = None
    district: str | None = None
    born_from: int | None = None
    born_to: int | None = None
    sex: Sex | None = None
    settlement: Settlement | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A person who has come to the bot, as one update sees them."""

    id: int
    name: str
    # The language they chose; None until they did.
    language: Language | None = None
    # The newest version of each text that they agreed to and did not take back.
    consents: Mapping[ConsentKind, str] = field(default_factory=dict)
    # Gets no news: never agreed to it, took that back, or switched all news off.
    muted: bool = False
    # Gets no messages about polls.
    uninvited: bool = False
    profile: Profile = field(default_factory=Profile)
    roles: frozenset[Role] = frozenset()
    # The officials' directory code of this person, where they are one.
    official: str | None = None
    joined_at: datetime | None = field(default=None, compare=False)

    def agrees(self, kind: ConsentKind) -> bool:
        """Tell whether they agreed to what the text in force asks for."""
        return holds(kind, self.consents.get(kind))

    def is_a(self, role: Role) -> bool:
        """Tell whether the person holds this role."""
        return role in self.roles
