"""The screens of a draft: which comes next, what each looks like, and what it waits for."""

from collections.abc import Callable, Mapping

from aiogram.fsm.state import State

from handlers.citizen.appeal.states import Writing
from handlers.screen import Screen
from handlers.views.appeal_callbacks import Screens
from handlers.views.appeal_check import change_screen, check_screen
from handlers.views.appeal_draft import files_screen, questions_of, text_screen, topic_screen
from handlers.views.appeal_extras import phone_screen, question_screen, seal_screen, type_screen
from services.appeals.draft import Draft, Step
from services.organisation.directory import Organisation

View = Callable[[Draft, Organisation, str], Screen]

_NEXT = {
    Step.TOPIC: Screens.TOPIC,
    Step.PLACE: Screens.PLACE,
    Step.TEXT: Screens.TEXT,
    Step.SIMILAR: Screens.SIMILAR,
    Step.CHECK: Screens.CHECK,
}
# Under all other screens, what comes belongs to the whole draft.
_WAITING = {
    Screens.TOPIC: Writing.topic,
    Screens.PLACE: Writing.place,
    Screens.TEXT: Writing.text,
    Screens.FILES: Writing.files,
    Screens.QUESTION: Writing.question,
    Screens.PHONE: Writing.phone,
}
_VIEWS: Mapping[Screens, View] = {
    Screens.TOPIC: topic_screen,
    Screens.TEXT: text_screen,
    Screens.FILES: files_screen,
    Screens.CHANGE: change_screen,
    Screens.TYPE: type_screen,
    Screens.QUESTION: question_screen,
    Screens.PHONE: phone_screen,
    Screens.SEAL: seal_screen,
}
_ANY_TIME = frozenset({Screens.TOPIC, Screens.PLACE, Screens.TEXT, Screens.FILES})


def part_after(draft: Draft) -> Screens:
    """Return the screen of what the draft needs next."""
    return _NEXT[draft.next_step]


def state_of(part: Screens) -> State:
    """Return the state in which what comes belongs to this screen."""
    return _WAITING.get(part, Writing.check)


def view_of(part: Screens) -> View:
    """Return what draws this screen."""
    return _VIEWS.get(part, check_screen)


def may_show(draft: Draft, part: Screens, organisation: Organisation) -> bool:
    """Tell whether the draft is far enough for this screen; an old button may be too early."""
    if part is Screens.QUESTION:
        return draft.asking in [question.code for question in questions_of(draft, organisation)]
    return part in _ANY_TIME or draft.is_complete
