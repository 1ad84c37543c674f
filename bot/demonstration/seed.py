"""What the seed file tells the bot; the sandbox reads its own part of the same file."""

from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from bot.demonstration.councils import SeedCouncils
from bot.demonstration.openness import SeedOpenness
from bot.demonstration.programmes import SeedProgramme
from bot.demonstration.proposals import SeedProposal
from bot.demonstration.ratings import SeedRatings
from bot.demonstration.school import SeedSchool
from bot.demonstration.stories import SeedStory
from services.language import Language
from services.people.model import Role


class Entry(BaseModel):
    """An entry of the file; a misspelt key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class SeedPerson(BaseModel):
    """Somebody on the desk; what only the sandbox shows is passed over."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: int
    first_name: str
    last_name: str | None = None
    language_code: Language
    district: str | None = None
    role: Role | None = None
    # Where the role holds: a KATO prefix, "" everywhere.
    area: str = ""
    official: str | None = None
    # False: opens the bot for the first time.
    known: bool = True
    # True: has pressed Start, so the bot may write first.
    started: bool = False

    @property
    def name(self) -> str:
        """Return the full name as Telegram shows it."""
        return f"{self.first_name} {self.last_name or ''}".strip()


class Crowd(Entry):
    """People who are not on the desk: ids in a row, those who read Kazakh first."""

    first_id: int
    kazakh: int
    russian: int
    regions: tuple[str, ...]


class SeedAnswer(Entry):
    """An answer so many days after the appeal came, or on the last working day before that.

    promised: days after the answer up to which it promises something; disputed: why the citizen
    says that the matter is not solved. From four stars on they say that it is.
    """

    after: Annotated[int, Field(ge=4)]
    text: str
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    promised: Annotated[int, Field(ge=0)] | None = None
    disputed: str | None = None


class SeedAppeal(Entry):
    """An appeal; place is a KATO prefix of two or six digits, begun: somebody works on it.

    quoted: an operator let the readers of digests see its words.
    """

    person: int
    days_ago: Annotated[int, Field(ge=1)]
    time: time
    topic: str
    place: str
    text: str
    begun: bool = False
    quoted: bool = False
    answer: SeedAnswer | None = None


class SeedOption(Entry):
    """A possible answer and how many of the crowd chose it."""

    kk: str
    ru: str
    votes: int


class SeedPoll(Entry):
    """A poll; it is closed where its days are over."""

    draft: str
    launched_days_ago: int
    open_days: int
    question_kk: str
    question_ru: str
    options: tuple[SeedOption, ...]
    difficult_votes: int


class SeedPost(Entry):
    """A post."""

    draft: str
    days_ago: int
    time: time
    topic: str
    text_kk: str
    text_ru: str


class SeedWords(Entry):
    """Words in both languages."""

    kk: str
    ru: str


class SeedReturn(Entry):
    """A question of the next level, and the reply a day later where there is one."""

    days_ago: Annotated[int, Field(ge=2)]
    by: str
    question: str
    reply: str | None = None


class SeedFact(Entry):
    """A report."""

    days_ago: Annotated[int, Field(ge=1)]
    value: Decimal
    comment: str | None = None
    returned: SeedReturn | None = None


class SeedIndicator(Entry):
    """An indicator; place is a KATO prefix, None for the republic, begun and due count days."""

    code: str
    section: str
    official: str
    place: str | None = None
    name: SeedWords
    unit: SeedWords
    start: Decimal
    plan: Decimal
    begun: int
    due: int
    topics: tuple[str, ...] = ()
    poll: str | None = None
    facts: tuple[SeedFact, ...] = ()


class Seed(BaseModel):
    """The bot's part of the file."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    people: tuple[SeedPerson, ...]
    crowd: Crowd
    appeals: tuple[SeedAppeal, ...]
    polls: tuple[SeedPoll, ...]
    indicators: tuple[SeedIndicator, ...] = ()
    news: tuple[SeedPost, ...]
    stories: tuple[SeedStory, ...] = ()
    openness: SeedOpenness | None = None
    proposals: tuple[SeedProposal, ...] = ()
    ratings: SeedRatings | None = None
    councils: SeedCouncils | None = None
    school: SeedSchool | None = None
    programmes: tuple[SeedProgramme, ...] = ()


def read_seed(path: Path) -> Seed:
    """Return the seed in this file; raises OSError and ValueError."""
    return Seed.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
