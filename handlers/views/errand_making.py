"""Screens on the way to an errand: to whom, by when, in what words."""

from collections.abc import Sequence
from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.official.callbacks import DeskOpened
from handlers.official.digest_callbacks import (
    DelegateChosen,
    Delegated,
    Delegating,
    DueChosen,
    QuestionPut,
    TakenOn,
)
from handlers.screen import Screen
from handlers.text import _
from handlers.views.calendar_days import full, short
from handlers.views.digest_scope import official_words
from handlers.views.emphasis import bold
from handlers.views.errand_words import holder_words, quoted
from services.digests.delegates import Delegate
from services.organisation.directory import Organisation

Terms = Sequence[tuple[int, date]]

PAGE = 8


def taking_screen(digest: int, terms: Terms) -> Screen:
    """Ask by when the reader will have done what the digest asks for."""
    rows = [
        [button(_term(days, due_on), TakenOn(digest=digest, due=due_on.toordinal()))]
        for days, due_on in terms
    ]
    words = _("By when will you have done it?")
    title = bold(_("✋ Take on"))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, _leave()))


def delegates_screen(
    digest: int, found: Sequence[Delegate], after: int, organisation: Organisation
) -> Screen:
    """Ask to whom the errand goes: a page of the people who may see what it is about."""
    title = bold(_("➡️ Delegate"))
    if not found:
        words = _("Nobody who may see these appeals has an account yet.")
        return Screen(f"{title}\n\n{words}", keyboard(_leave()))
    named = sorted(
        (each.official is None, _delegate(each, found, organisation), each.person_id)
        for each in found
    )
    rows = [
        [button(label, DelegateChosen(digest=digest, person=person))]
        for _operator, label, person in named[after : after + PAGE]
    ]
    turning = [button(_("« To the beginning"), Delegating(digest=digest))] if after else []
    if len(found) > after + PAGE:
        turning.append(button(_("More ›"), Delegating(digest=digest, after=after + PAGE)))
    words = _("To whom? These people may see what the digest is about.")
    return Screen(f"{title}\n\n{words}", keyboard(*rows, turning, _leave()))


def due_screen(digest: int, to: Delegate, terms: Terms, organisation: Organisation) -> Screen:
    """Ask by when."""
    rows = [[button(_term(days, day), _due(digest, to.person_id, day))] for days, day in terms]
    asking = _("By when?")
    text = f"{_to(to, organisation)}\n\n{asking}"
    return Screen(text, keyboard(*rows, [back(Delegating(digest=digest))], _leave()))


def errand_words_screen(
    digest: int, to: Delegate, due_on: date, organisation: Organisation
) -> Screen:
    """Ask for words, which may be left out."""
    words = _(
        "Write in one message what is to be done, if that is needed, or give the errand as it is."
    )
    text = f"{_to(to, organisation)}\n{_by(due_on)}\n\n{words}"
    give = _give(digest, to.person_id, due_on, 0, _("✅ Give without words"))
    chosen = DelegateChosen(digest=digest, person=to.person_id)
    return Screen(text, keyboard([give], [back(chosen)], _leave()))


def errand_preview(
    digest: int,
    to: Delegate,
    due_on: date,
    words: tuple[int, str],
    organisation: Organisation,
) -> Screen:
    """Return the errand as it will be read, and the button that gives it."""
    message_id, text = words
    hint = _("To change the words, just write them anew.")
    give = _give(digest, to.person_id, due_on, message_id, _("✅ Give the errand"))
    shown = f"{_to(to, organisation)}\n{_by(due_on)}\n{quoted(text)}\n{hint}"
    return Screen(shown, keyboard([give], _leave()))


def question_screen() -> Screen:
    """Ask what to ask."""
    title = bold(_("❔ Ask the operator"))
    words = _("Write the question in one message. The operators on duty answer it here.")
    return Screen(f"{title}\n\n{words}", keyboard(_leave()))


def question_preview(digest: int, message_id: int, text: str) -> Screen:
    """Return the question as it will be read, and the button that sends it."""
    words = _("These words will be sent. To change them, just write anew.")
    sending = QuestionPut(digest=digest, words=message_id)
    return Screen(f"{words}\n{quoted(text)}", keyboard([button(_("✅ Send"), sending)], _leave()))


def problem_screen(problem: str) -> Screen:
    """Return what is wrong with the words; the conversation waits for better ones."""
    return Screen(problem, keyboard(_leave()))


def _term(days: int, due_on: date) -> str:
    return _("{date} · working days: {count}").format(date=short(due_on), count=days)


def _due(digest: int, person: int, due_on: date) -> DueChosen:
    return DueChosen(digest=digest, person=person, due=due_on.toordinal())


def _give(digest: int, person: int, due_on: date, words: int, label: str) -> InlineKeyboardButton:
    data = Delegated(digest=digest, person=person, due=due_on.toordinal(), words=words)
    return button(label, data)


def _delegate(each: Delegate, all_of_them: Sequence[Delegate], organisation: Organisation) -> str:
    """Return an official by name, with the account's where several hold it, or an operator."""
    if each.official is None:
        return f"🗂 {each.name}"
    name = official_words(each.official, organisation)
    several = sum(other.official == each.official for other in all_of_them) > 1
    return f"👤 {name} ({each.name})" if several else f"👤 {name}"


def _to(to: Delegate, organisation: Organisation) -> str:
    name = holder_words(to.name, to.official, organisation)
    return _("➡️ Done by: {name}").format(name=escape(name))


def _by(due_on: date) -> str:
    return _("🗓 Due date: {date}").format(date=full(due_on))


def _leave() -> list[InlineKeyboardButton]:
    return [cancel(DeskOpened())]
