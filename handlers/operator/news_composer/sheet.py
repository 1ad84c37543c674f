"""The post between two messages: kept in the conversation, so that it survives a kill."""

import hashlib
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from handlers.operator.news_callbacks import Step
from services.delivery.target import Target
from services.news.model import Draft, Media, MediaType

_KEY = "news"
# Enough to know a repeated message by: Telegram repeats the latest ones.
_REMEMBERED = 20


class NewsComposing(StatesGroup):
    """The operator is composing a post; which step it is, the sheet itself knows."""

    talking = State()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft, the step it is at, and the messages it has taken.

    The texts are Telegram HTML; with_photo and everybody are None until they are decided.
    """

    draft: str
    version: int = 0
    step: Step = Step.TOPIC
    topic: str | None = None
    text_kk: str | None = None
    text_ru: str | None = None
    with_photo: bool | None = None
    photo: str | None = None
    everybody: bool | None = None
    region: str | None = None
    taken: tuple[int, ...] = field(default=())
    # The album of which one photo was taken: the other parts say nothing new.
    album: str | None = None

    def changed(self, message_id: int | None = None, **values: Any) -> "Sheet":
        """Return the draft with these values, at the next step, the message remembered."""
        taken = self.taken if message_id is None else (*self.taken, message_id)[-_REMEMBERED:]
        changed = replace(self, version=self.version + 1, taken=taken, **values)
        return replace(changed, step=changed.missing)

    @property
    def missing(self) -> Step:
        """The first part that is not there yet, or the check."""
        parts = {
            Step.TOPIC: self.topic,
            Step.TEXT_KK: self.text_kk,
            Step.TEXT_RU: self.text_ru,
            Step.PHOTO: self.with_photo,
            Step.AUDIENCE: self.everybody,
        }
        return next((step for step, part in parts.items() if part is None), Step.CHECK)

    @property
    def before(self) -> Step | None:
        """Where «Back» leads: to the check of a complete draft, else one step back."""
        if self.missing is Step.CHECK and self.step is not Step.CHECK:
            return Step.CHECK
        steps = list(Step)
        position = steps.index(self.step)
        return steps[position - 1] if position else None

    def post(self) -> Draft:
        """Return the draft as the use case takes it; what is missing is empty."""
        return Draft(
            self.topic or "",
            self.text_kk or "",
            self.text_ru or "",
            (Media(MediaType.PHOTO, self.photo),) if self.photo else (),
            target=self.target,
        )

    @property
    def target(self) -> Target:
        """Whom the post is for, but for its topic."""
        return Target(regions=(self.region,) if self.region else ())


async def sheet_of(state: FSMContext) -> Sheet | None:
    """Return the draft begun, None where there is none."""
    kept = (await state.get_data()).get(_KEY) or {}
    if "draft" not in kept:
        return None
    values = kept | {"step": Step(kept["step"]), "taken": tuple(kept["taken"])}
    return Sheet(**values)


async def keep(state: FSMContext, sheet: Sheet) -> None:
    """Keep the draft in one write; the conversation is then the composer's."""
    await state.update_data({_KEY: asdict(sheet) | {"taken": list(sheet.taken)}})
    await state.set_state(NewsComposing.talking)


async def clear(state: FSMContext, sheet: Sheet) -> None:
    """Put the draft away; only its id is remembered, so that none is used twice."""
    await state.set_state(None)
    await state.update_data({_KEY: {"last": sheet.draft}})


async def new_sheet(state: FSMContext, chat_id: int, message_id: int) -> Sheet:
    """Begin a draft.

    Its id is made of the pressed message and the draft before it: a repeated update makes the
    same draft, and no draft follows itself.
    """
    kept = (await state.get_data()).get(_KEY) or {}
    seed = f"{chat_id}:{message_id}:{kept.get('last', '')}"
    sheet = Sheet(hashlib.sha256(seed.encode()).hexdigest()[:16])
    await keep(state, sheet)
    return sheet


async def last_draft(state: FSMContext) -> str | None:
    """Return the id of the draft that was put away last."""
    kept = (await state.get_data()).get(_KEY) or {}
    last: str | None = kept.get("last")
    return last
