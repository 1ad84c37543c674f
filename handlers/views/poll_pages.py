"""Pages of a result and the buttons between them."""

from collections.abc import Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.text import N_, _
from handlers.views.poll_callbacks import PollOpened, ResultList
from services.polls.pages import Page, View, views
from services.polls.results import Result

_LABELS = {
    View.ANSWERS: N_("📊 Answers"),
    View.REGIONS: N_("🗺 By region"),
    View.GROUPS: N_("👥 By group"),
    View.TREND: N_("📈 Over time"),
}


class ResultPage(CallbackData, prefix="prpage"):
    """A page of a result."""

    poll: int
    question: int
    view: View = View.ANSWERS


def page_keyboard(
    result: Result, page: Page, waves: Sequence[Result] = ()
) -> InlineKeyboardMarkup:
    """Return the ways from a page: other views, other questions, the survey, all results."""
    poll = result.poll.id
    others = [
        button(_(_LABELS[view]), ResultPage(poll=poll, question=page.question, view=view))
        for view in views(result, page.question, waves)
        if view is not page.view
    ]
    rows = [others[:2], others[2:]]
    if len(result.poll.questions) > 1:
        rows += [turning(result, page), [button(_("📋 All questions"), PollOpened(poll=poll))]]
    return keyboard(*rows, [to_results()])


def turning(result: Result, page: Page) -> list[InlineKeyboardButton]:
    """Return the buttons to the questions before and after."""
    found = []
    last = len(result.poll.questions) - 1
    if page.question > 0:
        back = ResultPage(poll=result.poll.id, question=page.question - 1)
        found.append(button(_("‹ {number}").format(number=page.question), back))
    if page.question < last:
        onward = ResultPage(poll=result.poll.id, question=page.question + 1)
        found.append(button(_("{number} ›").format(number=page.question + 2), onward))
    return found


def first_page(result: Result) -> InlineKeyboardButton:
    """Return the button that opens a survey question by question."""
    return button(_("📊 Question by question"), ResultPage(poll=result.poll.id, question=0))


def to_results() -> InlineKeyboardButton:
    """Return the button that opens the list of results."""
    return button(_("📈 Results"), ResultList())
