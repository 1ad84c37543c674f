"""The ways out of a step of the composer."""

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, cancel
from handlers.operator.desk_callbacks import DeskShown
from handlers.operator.poll_composer.callbacks import PartOpened
from handlers.operator.poll_composer.composition import Composition


def way_back(composition: Composition) -> InlineKeyboardButton:
    """Return Back from this step."""
    before = composition.before()
    if before is None:
        return back(DeskShown())
    step, code = before
    return back(PartOpened(draft=composition.draft.id, step=step, code=code))


def way_out(composition: Composition) -> list[InlineKeyboardButton]:
    """Return Back from this step and Cancel; the draft is kept."""
    return [way_back(composition), cancel(DeskShown())]
