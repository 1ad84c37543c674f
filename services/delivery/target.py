"""Whom a mailing is for, as its author chose it; kept with the mailing as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.language import Language
from services.people.birth import BirthBand
from services.people.consent import ConsentKind
from services.people.model import Person, Settlement, Sex
from storage.audience import Audience


@dataclass(frozen=True, slots=True)
class Rhythm:
    """One message at an hour of the day in Asia/Almaty; weekday 0 is Monday, None every day."""

    hour: int
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """Conditions on people, all of which must hold; what is left open narrows nothing.

    The places are of any of these regions or districts (KATO prefixes of two and six digits), the
    ages any of these bands of years of birth. Who left a part of the profile unsaid is outside
    wherever that part is asked for.
    """

    # Without those who muted this news topic, or all news.
    topic: str | None = None
    regions: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    language: Language | None = None
    ages: tuple[BirthBand, ...] = ()
    sex: Sex | None = None
    settlement: Settlement | None = None
    # True: without those who get news together, at an hour of theirs.
    each: bool = False
    # Those who get news together, at this hour.
    rhythm: Rhythm | None = None
    # Stories of what was done: without those who switched these off, and only these.
    stories: bool = False

    def audience(self, joined_by: datetime, listed_for: int | None = None) -> Audience:
        """Return the condition on the tables: those who joined by then, or a listed few."""
        return Audience(
            consent=ConsentKind.NEWS.value if self.is_news else None,
            joined_by=joined_by,
            listed_for=listed_for,
            news_topic=self.topic,
            regions=self.regions,
            districts=self.districts,
            language=self.language.value if self.language else None,
            born=tuple((band.since, band.until) for band in self.ages),
            sex=self.sex.value if self.sex else None,
            settlement=self.settlement.value if self.settlement else None,
            each=self.each,
            rhythm=(self.rhythm.hour, self.rhythm.weekday) if self.rhythm else None,
            stories=self.stories,
        )

    @property
    def is_news(self) -> bool:
        """Tell whether it is news, which goes to who agreed to it; all else is about polls."""
        return self.topic is not None or self.each or self.rhythm is not None

    def takes(self, person: Person) -> bool:
        """Tell whether what the person told of themselves is within every condition.

        What they chose to hear of (topic, each, rhythm) decides who is written to, not who may
        take part.
        """
        profile = person.profile
        if (self.regions or self.districts) and not (
            profile.region in self.regions or profile.district in self.districts
        ):
            return False
        if self.ages and not any(
            (profile.born_from, profile.born_to) == (band.since, band.until) for band in self.ages
        ):
            return False
        return (
            self.language in {None, person.language}
            and self.sex in {None, profile.sex}
            and self.settlement in {None, profile.settlement}
        )

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads; only what narrows."""
        parts: dict[str, Any] = {
            "topic": self.topic,
            "regions": list(self.regions),
            "districts": list(self.districts),
            "language": self.language.value if self.language else None,
            "ages": [[band.since, band.until] for band in self.ages],
            "sex": self.sex.value if self.sex else None,
            "settlement": self.settlement.value if self.settlement else None,
            "each": self.each,
            "rhythm": [self.rhythm.hour, self.rhythm.weekday] if self.rhythm else None,
            "stories": self.stories,
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def of_json(cls, parts: Mapping[str, Any]) -> "Target":
        """Return the target that `as_json` wrote."""
        rhythm = parts.get("rhythm")
        return cls(
            topic=parts.get("topic"),
            regions=tuple(parts.get("regions", ())),
            districts=tuple(parts.get("districts", ())),
            language=Language(parts["language"]) if parts.get("language") else None,
            ages=tuple(BirthBand(since, until) for since, until in parts.get("ages", ())),
            sex=Sex(parts["sex"]) if parts.get("sex") else None,
            settlement=Settlement(parts["settlement"]) if parts.get("settlement") else None,
            each=parts.get("each", False),
            rhythm=Rhythm(*rhythm) if rhythm else None,
            stories=parts.get("stories", False),
        )


EVERYBODY = Target()
