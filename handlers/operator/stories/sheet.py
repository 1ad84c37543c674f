"""The story between two messages: kept in the conversation under `story`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.views.story_callbacks import Step
from services.stories.model import Draft

_KEY = "story"
WORDS: Mapping[Step, str] = {
    Step.SAID_KK: "said_kk",
    Step.SAID_RU: "said_ru",
    Step.DID_KK: "did_kk",
    Step.DID_RU: "did_ru",
}


class Composing(StatesGroup):
    """What the bot waits for."""

    # Words or a photo: which of them, the sheet knows.
    part = State()
    place = State()
    table = State()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft and the step it is at; heard: the last message that was taken.

    draft is what its buttons call it, natural what the story is known by. settled: the optional
    parts that were decided; with the ties, once they were looked through.
    """

    draft: str
    natural: str
    version: int = 0
    step: Step = Step.TIES
    words: Draft = field(default_factory=Draft)
    settled: frozenset[Step] = frozenset()
    heard: int = 0

    def changed(self, step: Step | None = None, **values: Any) -> "Sheet":
        """Return the sheet with these parts of the story, the step settled, at what is missing.

        A new version only where something is new.
        """
        words = replace(self.words, **values)
        settled = self.settled | ({step} if step is not None else set())
        version = self.version + ((words, settled) != (self.words, self.settled))
        sheet = replace(self, words=words, version=version, settled=settled)
        return replace(sheet, step=sheet.missing)

    @property
    def missing(self) -> Step:
        """The first part that is not there yet, or the check."""
        return next((step for step in Step if not self._has(step)), Step.CHECK)

    @property
    def begun(self) -> bool:
        """Whether there is more than what the story may be about."""
        return bool(self.settled) or any(getattr(self.words, name) for name in WORDS.values())

    @property
    def before(self) -> Step | None:
        """Where «Back» leads: to the check of a complete story, else one step back."""
        if self.missing is Step.CHECK and self.step is not Step.CHECK:
            return Step.CHECK
        place = list(Step).index(self.step)
        return list(Step)[place - 1] if place else None

    def _has(self, step: Step) -> bool:
        if step in WORDS:
            return bool(getattr(self.words, WORDS[step]))
        if step is Step.TIES:
            return bool(self.words.ties) and step in self.settled
        return step in self.settled

    def as_json(self) -> dict[str, Any]:
        """Return what `of_json` reads."""
        return {
            "draft": self.draft,
            "natural": self.natural,
            "version": self.version,
            "step": self.step.value,
            "words": self.words.as_json(),
            "settled": sorted(step.value for step in self.settled),
            "heard": self.heard,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> "Sheet":
        """Return the sheet that `as_json` wrote."""
        return cls(
            draft=kept["draft"],
            natural=kept["natural"],
            version=kept["version"],
            step=Step(kept["step"]),
            words=Draft.of_json(kept["words"]),
            settled=frozenset(map(Step, kept["settled"])),
            heard=kept["heard"],
        )


def whole(natural: str, version: int, words: Draft) -> Sheet:
    """Return the sheet of a story all of whose parts are there."""
    settled = frozenset({Step.TIES, Step.PHOTO, Step.PLACE})
    return Sheet(_short(natural), natural, version, Step.CHECK, words, settled)


async def sheet_of(state: FSMContext) -> Sheet | None:
    """Return the draft begun, None where there is none."""
    kept = (await state.get_data()).get(_KEY) or {}
    return Sheet.of_json(kept) if "draft" in kept else None


async def keep(state: FSMContext, sheet: Sheet) -> None:
    """Keep the draft in one write; the conversation is then the composer's."""
    await state.update_data({_KEY: sheet.as_json()})
    await state.set_state(Composing.part)


async def clear(state: FSMContext, sheet: Sheet) -> None:
    """Put the draft away; only its id is remembered, so that none is used twice."""
    await state.set_state(None)
    await state.update_data({_KEY: {"last": sheet.draft, "became": sheet.natural}})


async def last_draft(state: FSMContext) -> tuple[str, str] | None:
    """Return what the draft that was put away last was called, and is known by."""
    kept = (await state.get_data()).get(_KEY) or {}
    return (kept["last"], kept["became"]) if "last" in kept else None


async def new_sheet(state: FSMContext, chat_id: int, message_id: int) -> Sheet:
    """Begin a draft; its id is made of the pressed message and the draft before it."""
    last = await last_draft(state)
    draft = _short(f"story:{chat_id}:{message_id}:{last[0] if last else ''}")
    return Sheet(draft, draft)


def _short(name: str) -> str:
    """Return what fits a button, whatever the name."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
