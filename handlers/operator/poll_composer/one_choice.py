"""One single choice, as the composer asks for it."""

from dataclasses import dataclass
from datetime import datetime

from services.delivery.target import Target
from services.polls.composing import DIFFICULT_KK, DIFFICULT_RU
from services.polls.draft import PollDraft
from services.polls.model import Option, OptionRole, plain_questions


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to ask: the people of a region (KATO prefix), or everybody."""

    region: str | None = None


@dataclass(frozen=True, slots=True)
class OneChoice:
    """What the operator has said so far; `version` grows with every change."""

    id: str
    version: int = 0
    question_kk: str = ""
    question_ru: str = ""
    options_kk: tuple[str, ...] = ()
    options_ru: tuple[str, ...] = ()
    # Whether «difficult to answer» stands last.
    difficult: bool = True
    audience: Audience | None = None
    closes_at: datetime | None = None

    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing; the closing time may have passed meanwhile."""
        said = self.question_kk and self.question_ru and self.options_kk and self.options_ru
        same = len(self.options_kk) == len(self.options_ru)
        return bool(said) and same and self.audience is not None and self.closes_at is not None

    @property
    def options(self) -> tuple[Option, ...]:
        """Return the options in both languages, «difficult to answer» last."""
        pairs = list(zip(self.options_kk, self.options_ru, strict=False))
        options = [Option(number, kk, ru) for number, (kk, ru) in enumerate(pairs)]
        if self.difficult:
            options.append(Option(len(options), DIFFICULT_KK, DIFFICULT_RU, OptionRole.DIFFICULT))
        return tuple(options)

    @property
    def poll(self) -> PollDraft:
        """Return the poll that this becomes."""
        region = None if self.audience is None else self.audience.region
        return PollDraft(
            id=self.id,
            version=self.version,
            questions=plain_questions(self.question_kk, self.question_ru, self.options),
            target=Target(regions=(region,) if region else ()),
            closes_at=self.closes_at,
            topic_class="social",
        )
