"""Screens of who answers proposals: the list, what can be said, the words, what shows it."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.proposal_callbacks import (
    AnsweringBegun,
    AnsweringSent,
    AnsweringShown,
    ProposalOpened,
    ToAnswerShown,
)
from handlers.views.proposal_words import STATES, STEPS, about, label, state_line
from services.organisation.directory import Organisation
from services.proposals.answering import MOST_FILES
from services.proposals.board import Page
from services.proposals.machine import MOVES, Step, possible
from services.proposals.model import PUBLIC, Card, ProposalStatus
from services.text.length import shortened

_SHOWN = 1200


def to_answer_screen(page: Page, press: ToAnswerShown, status: ProposalStatus) -> Screen:
    """Return the proposals of one's sections in a state, the most supported first."""
    parts = [bold(_("💡 Proposals of your sections"))]
    parts.append(_("State: {state}").format(state=state_line(status)))
    if not page.lines:
        parts.append(_("There is nothing here yet."))
    rows = [[button(label(line), ProposalOpened(proposal=line.id))] for line in page.lines]
    turning = []
    if press.after:
        turning.append(button(_("« To the beginning"), ToAnswerShown(status=status.value)))
    if page.more:
        last = page.lines[-1]
        turning.append(
            button(
                _("More ›"),
                ToAnswerShown(status=status.value, after=last.id, supports=last.supports),
            )
        )
    states = [
        button(_(name), ToAnswerShown(status=each.value))
        for each, name in STATES.items()
        if each in PUBLIC and each is not status
    ]
    return Screen(
        "\n\n".join(parts),
        keyboard(*rows, turning, *in_rows(states, 2), [back(PartyDeskShown())]),
    )


def answering_screen(card: Card, organisation: Organisation) -> Screen:
    """Return what can be answered to a proposal now."""
    line = card.line
    parts = [
        bold(escape(line.title(current_language()))),
        about(line, organisation),
        _(
            "The answer is public, in Kazakh and in Russian. The author and everybody who "
            "supports it are told."
        ),
    ]
    rows = [
        [
            button(
                _(STEPS[step]),
                AnsweringBegun(proposal=line.id, version=card.version, step=step, part="kk"),
            )
        ]
        for step in possible(line.status)
    ]
    leave = [back(ProposalOpened(proposal=line.id))]
    return Screen("\n\n".join(parts), keyboard(*rows, leave))


def words_screen(draft: Mapping[str, Any], part: str, problem: str = "") -> Screen:
    """Ask for the answer in one language."""
    step = Step(draft["step"])
    asked = (
        _("Write the same in Russian.")
        if part == "ru"
        else _("Write in Kazakh why it is declined: the reason is public.")
        if step is Step.DECLINE
        else _("Write in Kazakh what was done: where, when, by whom.")
        if step is Step.FINISH
        else _("Write the answer in Kazakh: what follows, by when and who does it.")
    )
    now = draft.get(part, "")
    shown = f"<blockquote>{escape(shortened(now, _SHOWN))}</blockquote>" if now else ""
    parts = [problem, _step_line(step), bold(asked), shown]
    leave = [cancel(AnsweringShown(proposal=draft["proposal"]))]
    return Screen("\n\n".join(part for part in parts if part), keyboard(leave))


def files_screen(draft: Mapping[str, Any], problem: str = "") -> Screen:
    """Ask for photos or documents that show that it is done."""
    text = _(
        "Send a photo or a document that shows that it is done: at most {most}. Everybody will "
        "see it: no faces without consent, no personal data."
    ).format(most=MOST_FILES)
    parts = [part for part in (problem, _step_line(Step.FINISH), bold(text)) if part]
    leave = [cancel(AnsweringShown(proposal=draft["proposal"]))]
    return Screen("\n\n".join(parts), keyboard(leave))


def check_screen(draft: Mapping[str, Any], note: str = "") -> Screen:
    """Return the answer as everybody will read it."""
    step = Step(draft["step"])
    parts = [
        note,
        _step_line(step),
        f"<b>Қазақша</b>\n{escape(shortened(draft['kk'], _SHOWN))}",
        f"<b>Русский</b>\n{escape(shortened(draft['ru'], _SHOWN))}",
    ]
    if step is Step.FINISH:
        parts.append(_("📎 Files that show it: {count}").format(count=len(draft["files"])))
    seen = {"proposal": draft["proposal"], "version": draft["version"]}
    rows = [
        [button(_("✅ Send the answer"), AnsweringSent(**seen, message=draft["message"]))],
        [
            button("✏️ Қазақша", AnsweringBegun(**seen, step=step, part="kk")),
            button("✏️ Русский", AnsweringBegun(**seen, step=step, part="ru")),
        ],
        [cancel(AnsweringShown(proposal=draft["proposal"]))],
    ]
    return Screen("\n\n".join(part for part in parts if part), keyboard(*rows))


def _step_line(step: Step) -> str:
    return _("New state: {state}").format(state=state_line(MOVES[step].target))
