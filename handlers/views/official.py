"""Screens of an official: lists of open cases, a case, an answer before and after sending."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.official.callbacks import (
    AnswerDropped,
    AnswerSent,
    CaseOpened,
    CasesListed,
    DeskOpened,
)
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import short
from handlers.views.digest_notices import digest_keyboard, digest_text
from handlers.views.operator_appeal import card_screen
from services.appeals.wording import ANSWER_LIMIT
from services.digests.facts import Case, DigestFacts
from services.language import Language
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.desk import CaseFile, CaseList, CasePage

_LISTS = {
    CaseList.OVERDUE: N_("🔴 Overdue appeals"),
    CaseList.DUE_SOON: N_("🟡 Appeals due soon"),
    CaseList.OPEN: N_("📂 Appeals under consideration"),
}
_WRITTEN_IN = {
    Language.KAZAKH: N_("The appeal is written in Kazakh: please answer in Kazakh."),
    Language.RUSSIAN: N_("The appeal is written in Russian: please answer in Russian."),
}


def desk_screen(facts: DigestFacts, organisation: Organisation) -> Screen:
    """Return the official's digest of this moment."""
    if not facts.sections:
        return Screen(_("No section of the Road Map is assigned to you today."))
    return Screen(digest_text(facts, organisation), digest_keyboard(facts))


def cases_screen(
    kind: CaseList, page: CasePage, organisation: Organisation, *, first: bool
) -> Screen:
    """Return a page of a list; `first` where nothing stands before it."""
    title = f"<b>{_(_LISTS[kind])}</b>"
    desk = [back(DeskOpened())]
    if not page.cases:
        words = _("There is nothing in this list now.")
        start = [] if first else [_to_beginning(kind)]
        return Screen(f"{title}\n\n{words}", keyboard(start, desk))
    words = _("The nearest due date stands first. Choose an appeal to open it.")
    rows = [[_case_button(case, kind, organisation)] for case in page.cases]
    turning = [] if first else [_to_beginning(kind)]
    if page.more:
        last = page.cases[-1]
        onward = CasesListed(kind=kind, due=last.due_on.toordinal(), after=last.id)
        turning.append(button(_("More ›"), onward))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, turning, desk))


def case_screen(case: CaseFile, kind: CaseList, organisation: Organisation) -> Screen:
    """Return one appeal as its official needs it."""
    return card_screen(case, organisation, CasesListed(kind=kind))


def answer_screen(case: CaseFile, kind: CaseList) -> Screen:
    """Return the invitation to write an answer."""
    words = _(
        "<b>Answer to appeal No. {number}</b>\n\n"
        "Write the answer in one message, at most {limit} characters: what was found out, what "
        "is done, and by when. {language}"
    )
    language = _(_WRITTEN_IN[Language(case.card.language)])
    text = words.format(number=escape(case.card.number), limit=ANSWER_LIMIT, language=language)
    return Screen(text, keyboard([_drop(case.card.id, kind)]))


def preview_screen(sending: AnswerSent, answer: str) -> Screen:
    """Return the answer as the citizen will read it, with the button that sends it."""
    words = _(
        "The citizen will get these words. To change them, just write the answer anew.\n\n{answer}"
    )
    return Screen(
        words.format(answer=f"<blockquote>{escape(answer)}</blockquote>"),
        keyboard(
            [button(_("✅ Send the answer"), sending)],
            [_drop(sending.appeal, sending.kind)],
        ),
    )


def problem_screen(appeal: int, kind: CaseList, problem: str) -> Screen:
    """Return what is wrong with the answer; the conversation waits for a better one."""
    return Screen(problem, keyboard([_drop(appeal, kind)]))


def answered_screen(number: str, next_overdue: int | None) -> Screen:
    """Return what happened, and the next appeal that is late in one tap."""
    words = _("✅ The answer to appeal No. {number} is on its way to the citizen.")
    rows = []
    if next_overdue is not None:
        onward = CaseOpened(appeal=next_overdue, kind=CaseList.OVERDUE)
        rows.append([button(_("🔴 Next overdue appeal"), onward)])
    rows.append([button(_("📌 To my sections"), DeskOpened())])
    return Screen(words.format(number=escape(number)), keyboard(*rows))


def _to_beginning(kind: CaseList) -> InlineKeyboardButton:
    return button(_("« To the beginning"), CasesListed(kind=kind))


def _drop(appeal: int, kind: CaseList) -> InlineKeyboardButton:
    return button(_("✖️ Cancel"), AnswerDropped(appeal=appeal, kind=kind))


def _case_button(case: Case, kind: CaseList, organisation: Organisation) -> InlineKeyboardButton:
    topic = organisation.topics[case.topic]
    label = f"{short(case.due_on)} {topic.emoji} {_narrow_place(case)} · {case.number}"
    return button(label, CaseOpened(appeal=case.id, kind=kind))


def _narrow_place(case: Case) -> str:
    found = atlas().find(case.region, case.district)
    if found is None:
        return case.region
    if found.district is not None:
        return found.district.name(current_language())
    return pick(found.region.short_kk, found.region.short_ru)
