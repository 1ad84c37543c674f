"""The draft between two messages: kept in the conversation, so that it survives a kill."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.operator.poll_composer.callbacks import Step
from services.language import Language
from services.polls.draft import PollDraft
from services.polls.model import Question, QuestionType
from services.polls.shaping import CHOICES, added, changed, find, plain_of

_KEY = "poll"
# Enough to know a repeated message by: Telegram repeats the latest ones.
_REMEMBERED = 20


class PollComposing(StatesGroup):
    """The operator is composing; which step it is, the composition itself knows."""

    talking = State()


@dataclass(frozen=True, slots=True)
class Composition:
    """The draft, the step it is at, of which question, and the messages it has taken."""

    draft: PollDraft
    step: Step = Step.QUESTION_KK
    code: str = ""
    taken: tuple[int, ...] = ()
    # Of a trial: the language it is in, and the answers so far as base64 of a SheetForm.
    language: Language | None = None
    sheet: str = ""

    @property
    def question(self) -> Question | None:
        """The question that the step is about."""
        return find(self.draft.questions, self.code)

    @property
    def survey(self) -> bool:
        """Whether it is more than one question, or is going to be."""
        return bool(self.draft.title_kk) or len(self.draft.questions) != 1

    def at(self, step: Step, code: str = "") -> "Composition":
        """Return the same draft at another step, of this question."""
        return replace(self, step=step, code=code, language=None, sheet="")

    def changed(self, message_id: int | None = None, **values: Any) -> "Composition":
        """Return the draft with these values, at the next step, the message remembered.

        Values that are there already change nothing but the step.
        """
        taken = self.taken if message_id is None else (*self.taken, message_id)[-_REMEMBERED:]
        draft = self.draft
        if any(getattr(draft, name) != value for name, value in values.items()):
            draft = replace(draft, version=draft.version + 1, **values)
        moved = replace(self, draft=draft, taken=taken)
        return moved.onward()

    def with_question(self, question: Question, message_id: int | None = None) -> "Composition":
        """Return the draft with this question in place of that of its code."""
        return self.changed(message_id, questions=changed(self.draft.questions, question))

    def onward(self) -> "Composition":
        """Return the first step that is missing, of the question at hand before all others."""
        question = self.question
        missing = None if question is None else missing_of(question)
        if missing is not None:
            return replace(self, step=missing)
        if question is not None and self.survey:
            return replace(self, step=Step.CARD)
        return self.to_poll()

    def to_poll(self) -> "Composition":
        """Return the first step of the poll that is missing, or the check."""
        draft = self.draft
        for question in draft.questions:
            if (step := missing_of(question)) is not None:
                return self.at(step, question.code)
        missing = {
            Step.TITLE_KK: self.survey and not draft.title_kk,
            Step.TITLE_RU: self.survey and not draft.title_ru,
            Step.KIND: not draft.questions,
            Step.AUDIENCE: draft.target is None,
            Step.TOPIC: not draft.topic_class,
            Step.CLOSING: draft.closes_at is None,
        }
        return self.at(next((step for step, absent in missing.items() if absent), Step.CHECK))

    def before(self) -> tuple[Step, str] | None:
        """Return where «Back» leads from this step; None: to the desk."""
        if self.question is not None:
            return _before_in(self, self.question)
        if self.step is Step.CHECK:
            return None
        if self.draft.complete:
            return Step.CHECK, ""
        first = self.draft.questions[0] if self.draft.questions else None
        if not self.survey and first is not None:
            begun = missing_of(first) is None and self.step is Step.AUDIENCE
            before = (_last_of(first) if begun else Step.QUESTION_KK), first.code
        else:
            before = (Step.LIST, "") if self.draft.questions else (Step.TITLE_KK, "")
        chain = {
            Step.TITLE_KK: None,
            Step.TITLE_RU: (Step.TITLE_KK, ""),
            Step.LIST: (Step.TITLE_KK, "") if self.draft.title_kk else None,
            Step.TOPIC: (Step.AUDIENCE, ""),
            Step.CLOSING: (Step.TOPIC, ""),
        }
        return chain.get(self.step, before)


def missing_of(question: Question) -> Step | None:
    """Return what of the question is to be said next; None where it is whole."""
    plain = plain_of(question)
    scale = question.scale
    number = question.type is QuestionType.NUMBER
    missing = {
        Step.QUESTION_KK: not question.text_kk,
        Step.QUESTION_RU: not question.text_ru,
        Step.OPTIONS_KK: question.type in CHOICES and not plain,
        Step.OPTIONS_RU: any(not one.text_ru for one in plain),
        Step.ENDS_KK: scale is not None and not scale.low_kk,
        Step.ENDS_RU: scale is not None and not scale.low_ru,
        Step.BOUNDS: number and question.least >= question.most,
    }
    return next((step for step, absent in missing.items() if absent), None)


def _before_in(composition: Composition, question: Question) -> tuple[Step, str] | None:
    """Return what stands before a step of a question."""
    code, step, survey = question.code, composition.step, composition.survey
    if step in {Step.WAYS, Step.PICTURE}:
        return Step.CARD, code
    if step is Step.CARD:
        return (Step.LIST, "") if survey else (Step.CHECK, "")
    if missing_of(question) is None:
        if survey:
            return Step.CARD, code
        if composition.draft.complete:
            return Step.CHECK, ""
    steps = [Step.QUESTION_KK, Step.QUESTION_RU]
    if question.type in CHOICES:
        steps += [Step.OPTIONS_KK, Step.OPTIONS_RU]
    if question.type is QuestionType.SCALE:
        steps += [Step.ENDS_KK, Step.ENDS_RU]
    steps.append(Step.BOUNDS)
    place = steps.index(step) if step in steps else 0
    if place:
        return steps[place - 1], code
    return (Step.LIST, "") if survey else None


def _last_of(question: Question) -> Step:
    if question.type in CHOICES:
        return Step.OPTIONS_RU
    if question.type is QuestionType.SCALE:
        return Step.ENDS_RU
    return Step.BOUNDS if question.type is QuestionType.NUMBER else Step.QUESTION_RU


async def composition_of(state: FSMContext) -> Composition | None:
    """Return what is being composed, None where nothing is."""
    kept = (await state.get_data()).get(_KEY) or {}
    return _composition(kept) if "draft" in kept else None


async def keep(state: FSMContext, composition: Composition) -> None:
    """Keep the draft; the conversation is the composer's from now on."""
    kept = {
        "draft": composition.draft.as_json(),
        "step": composition.step.value,
        "code": composition.code,
        "taken": list(composition.taken),
        "language": None if composition.language is None else composition.language.value,
        "sheet": composition.sheet,
    }
    await state.update_data({_KEY: kept})
    await state.set_state(PollComposing.talking)


async def begin(state: FSMContext, message_id: int, chat_id: int) -> Composition:
    """Begin a draft with one question to be said.

    Its id is made of the pressed message and the draft before it: a repeated update makes the
    same draft, and no draft follows itself.
    """
    seed = f"{chat_id}:{message_id}:{await last_draft(state) or ''}"
    draft_id = hashlib.sha256(seed.encode()).hexdigest()[:16]
    [question] = added((), QuestionType.SINGLE)
    composition = Composition(PollDraft(draft_id, questions=(question,)), code=question.code)
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


def _composition(kept: Mapping[str, Any]) -> Composition | None:
    if isinstance(kept["draft"], str):
        # A draft of the days of one question; it is begun anew.
        return None
    return Composition(
        draft=PollDraft.of_json(kept["draft"]),
        step=Step(kept["step"]),
        code=kept["code"],
        taken=tuple(kept["taken"]),
        language=Language(kept["language"]) if kept["language"] else None,
        sheet=kept["sheet"],
    )
