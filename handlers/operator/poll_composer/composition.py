"""The draft between two messages: kept in the conversation, so that it survives a kill."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.one_choice import Audience, OneChoice

_KEY = "poll"
# Enough to know a repeated message by: Telegram repeats the latest ones.
_REMEMBERED = 20


class PollComposing(StatesGroup):
    """The operator is composing; which step it is, the composition itself knows."""

    talking = State()
    # The picker of places listens.
    region = State()


@dataclass(frozen=True, slots=True)
class Composition:
    """The draft, the step it is at, and the messages it has taken."""

    draft: OneChoice
    step: Step = Step.QUESTION_KK
    taken: tuple[int, ...] = ()

    def at(self, step: Step) -> "Composition":
        """Return the same draft at another step."""
        return replace(self, step=step)

    def changed(self, message_id: int | None = None, **values: Any) -> "Composition":
        """Return the draft with these values, at the next step, the message remembered."""
        draft = replace(self.draft, version=self.draft.version + 1, **values)
        taken = self.taken if message_id is None else (*self.taken, message_id)[-_REMEMBERED:]
        return Composition(draft, next_step(draft), taken)

    def before(self, step: Step) -> Step | None:
        """Return where «Back» leads from a step: one back, or to the check of a complete draft.

        It depends on the screen that was pressed and not on where the composition is now, so a
        repeated press leads to the same step.
        """
        if self.draft.complete:
            return Step.CHECK
        steps = list(Step)
        position = steps.index(step)
        return steps[position - 1] if position else None


def next_step(draft: OneChoice) -> Step:
    """Return the first part that is missing, or the check."""
    missing = {
        Step.QUESTION_KK: not draft.question_kk,
        Step.QUESTION_RU: not draft.question_ru,
        Step.OPTIONS_KK: not draft.options_kk,
        Step.OPTIONS_RU: len(draft.options_ru) != len(draft.options_kk),
        Step.AUDIENCE: draft.audience is None,
        Step.CLOSING: draft.closes_at is None,
    }
    return next((step for step, absent in missing.items() if absent), Step.CHECK)


async def composition_of(state: FSMContext) -> Composition | None:
    """Return what is being composed, None where nothing is."""
    kept = (await state.get_data()).get(_KEY) or {}
    return _composition(kept) if "draft" in kept else None


async def keep(state: FSMContext, composition: Composition) -> None:
    """Keep the draft; the conversation is the composer's from now on."""
    await state.update_data({_KEY: _kept(composition)})
    await state.set_state(PollComposing.talking)


async def begin(state: FSMContext, message_id: int, chat_id: int) -> Composition:
    """Begin an empty draft.

    Its id is made of the pressed message and the draft before it: a repeated update makes the
    same draft, and no draft follows itself.
    """
    seed = f"{chat_id}:{message_id}:{await last_draft(state) or ''}"
    composition = Composition(OneChoice(hashlib.sha256(seed.encode()).hexdigest()[:16]))
    await keep(state, composition)
    return composition


async def drop(state: FSMContext, draft_id: str) -> None:
    """End the composition; only the draft's id is remembered, so that none is used twice."""
    await state.set_state(None)
    await state.update_data({_KEY: {"last": draft_id}})


async def last_draft(state: FSMContext) -> str | None:
    """Return the id of the draft that was launched or dropped last."""
    kept = (await state.get_data()).get(_KEY) or {}
    last: str | None = kept.get("last")
    return last


def _kept(composition: Composition) -> dict[str, Any]:
    draft = composition.draft
    return {
        "draft": draft.id,
        "version": draft.version,
        "question_kk": draft.question_kk,
        "question_ru": draft.question_ru,
        "options_kk": list(draft.options_kk),
        "options_ru": list(draft.options_ru),
        "difficult": draft.difficult,
        "audience": None if draft.audience is None else {"region": draft.audience.region},
        "closes_at": None if draft.closes_at is None else draft.closes_at.isoformat(),
        "step": composition.step.value,
        "taken": list(composition.taken),
    }


def _composition(kept: Mapping[str, Any]) -> Composition:
    audience, closes_at = kept["audience"], kept["closes_at"]
    draft = OneChoice(
        id=kept["draft"],
        version=kept["version"],
        question_kk=kept["question_kk"],
        question_ru=kept["question_ru"],
        options_kk=tuple(kept["options_kk"]),
        options_ru=tuple(kept["options_ru"]),
        difficult=kept["difficult"],
        audience=None if audience is None else Audience(audience["region"]),
        closes_at=None if closes_at is None else datetime.fromisoformat(closes_at),
    )
    return Composition(draft, Step(kept["step"]), tuple(kept["taken"]))
