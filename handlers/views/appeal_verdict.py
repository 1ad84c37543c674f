"""What the citizen can say of an answer: the buttons under it, and the way to «not solved»."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, cancel, keyboard
from handlers.callbacks import Home
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_callbacks import OwnAppeal
from handlers.views.appeal_draft import above, stop_note
from handlers.views.emphasis import bold
from handlers.views.verdict_callbacks import (
    AnswerRated,
    DisputeBegun,
    DisputeDropped,
    DisputeSent,
    PromiseKept,
    ReplyEnded,
    SolvedSaid,
)
from services.appeals.model import AppealCard, AppealStatus
from services.appeals.stops import triggered
from services.organisation.directory import Organisation

_MARKS = (1, 2, 3, 4, 5)

Rows = list[list[InlineKeyboardButton]]


def verdict_rows(
    appeal: int,
    decision: int,
    status: AppealStatus,
    rating: int | None = None,
    *,
    promise_asked: bool = False,
) -> Rows:
    """Return what can be said of the answer or refusal given at this version, in this state."""
    if promise_asked:
        return promise_rows(appeal, decision)
    match status:
        case AppealStatus.ANSWERED:
            yes = button(_("✅ Solved"), SolvedSaid(appeal=appeal, decision=decision))
            return [[yes, _not_solved(appeal, decision)]]
        case AppealStatus.CONFIRMED:
            marks = _mark_row(appeal, decision, rating)
            return [marks, [_not_solved(appeal, decision)]]
        case AppealStatus.CLOSED:
            return [_mark_row(appeal, decision, rating)]
        case AppealStatus.DECLINED:
            words = _("❗ I do not agree")
            return [[button(words, DisputeBegun(appeal=appeal, decision=decision))]]
        case _:
            return []


def verdict_of(card: AppealCard) -> Rows:
    """Return what the citizen can say of an own appeal as it stands."""
    if card.decision is None:
        return []
    asked = card.promise_asked
    return verdict_rows(card.id, card.decision, card.status, card.rating, promise_asked=asked)


def promise_rows(appeal: int, decision: int) -> Rows:
    """Return «done» and «not done» under the question about a promise."""
    return [
        [
            button(_("✅ Done"), PromiseKept(appeal=appeal, decision=decision)),
            button(_("❗ Not done"), DisputeBegun(appeal=appeal, decision=decision)),
        ]
    ]


def dispute_screen(number: str, appeal: int) -> Screen:
    """Return the request for the comment without which nothing is opened again."""
    title = bold(_("What is not solved?"))
    words = _(
        "Appeal No. {number}. Please write in one message what is still wrong. The appeal then "
        "goes one level higher, to somebody else."
    )
    return Screen(f"{title}\n\n{words.format(number=escape(number))}", keyboard([_drop(appeal)]))


def comment_screen(
    appeal: int, decision: int, message_id: int, words: str, organisation: Organisation
) -> Screen:
    """Return the comment as it will be read, and the button that sends it.

    Below where help comes from sooner, if need be.
    """
    stop = stop_note(triggered(organisation.stops, None, words))
    text = _("Shall I send it like this? To change it, just write it anew.")
    sent = DisputeSent(appeal=appeal, decision=decision, words=message_id)
    return Screen(
        above(stop, f"{text}\n<blockquote>{escape(words)}</blockquote>"),
        keyboard([button(_("✅ Yes, send it"), sent)], [_drop(appeal)]),
    )


def comment_problem_screen(appeal: int, problem: str) -> Screen:
    """Return what is wrong with the comment; the conversation waits for a better one."""
    return Screen(problem, keyboard([_drop(appeal)]))


def disputed_screen(appeal: int) -> Screen:
    """Return the word that the comment is on its way; who handles it now comes by itself."""
    opening = button(_("Open the appeal"), OwnAppeal(appeal=appeal))
    return Screen(_("✅ Sent. Your appeal is open again."), keyboard([opening]))


def undisputed_screen(appeal: int) -> Screen:
    """Return the word that all stays as it was."""
    opening = button(_("Open the appeal"), OwnAppeal(appeal=appeal))
    return Screen(_("Nothing was sent. The answer stays as it is."), keyboard([opening]))


def reply_screen(number: str) -> Screen:
    """Return the request for a reply."""
    words = _("Appeal No. {number}. Please write your reply here, in words.")
    return Screen(words.format(number=escape(number)), keyboard([cancel(Home())]))


def replied_screen(said: str, organisation: Organisation) -> Screen:
    """Return the word that the reply has been passed on, and that more may follow.

    Below where help comes from sooner, if need be.
    """
    words = _("✅ Your reply has been passed on. If something is missing, write it here too.")
    stop = stop_note(triggered(organisation.stops, None, said))
    return Screen(above(stop, words), keyboard([button(_("That is all"), ReplyEnded())]))


def _mark_row(appeal: int, decision: int, rating: int | None) -> list[InlineKeyboardButton]:
    return [
        button(
            f"★ {mark}" if mark == rating else str(mark),
            AnswerRated(appeal=appeal, decision=decision, rating=mark),
        )
        for mark in _MARKS
    ]


def _not_solved(appeal: int, decision: int) -> InlineKeyboardButton:
    return button(_("❗ Not solved"), DisputeBegun(appeal=appeal, decision=decision))


def _drop(appeal: int) -> InlineKeyboardButton:
    return cancel(DisputeDropped(appeal=appeal))
