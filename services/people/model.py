"""Who somebody is to the bot."""

from dataclasses import dataclass, field
from enum import StrEnum

from services.language import Language


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
    # The version of the consent text they agreed to; None where they did not or took it back.
    consent: str | None = None
    muted: bool = False
    profile: Profile = field(default_factory=Profile)
    roles: frozenset[Role] = frozenset()
    # The officials' directory code of this person, where they are one.
    official: str | None = None

    def is_a(self, role: Role) -> bool:
        """Tell whether the person holds this role."""
        return role in self.roles
