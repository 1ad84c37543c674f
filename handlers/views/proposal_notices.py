"""What the author and the supporters of a proposal are told of it."""

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.proposal_callbacks import (
    BoardShown,
    EvidenceShown,
    OwnOpened,
    ProposalOpened,
)
from handlers.views.proposal_words import BOARD, REASONS, state_line
from services.organisation.directory import Organisation
from services.proposals.model import ProposalStatus, RefusedFor


def changed_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what became of the reader's own proposal."""
    status = ProposalStatus(payload["status"])
    head = {
        ProposalStatus.PUBLISHED: _("💡 Your proposal is on the board."),
        ProposalStatus.REFUSED: _("💡 Your proposal was not let onto the board."),
        ProposalStatus.MERGED: _("💡 Your proposal was joined to one that says the same."),
    }.get(status) or _("💡 Your proposal: {state}").format(state=state_line(status))
    parts = [head, *_parts(payload)]
    rows = [[button(_("💡 Open the proposal"), _own_way(payload, status))]]
    if status is ProposalStatus.REFUSED:
        parts.append(_(REASONS[RefusedFor(payload["reason"])]))
        parts.append(_("You can write it anew: /proposals"))
    if payload.get("evidence"):
        rows.append([_evidence(payload)])
    return Notice("\n\n".join(parts), keyboard(*rows))


def moved_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what became of a proposal that the reader supports."""
    status = ProposalStatus(payload["status"])
    head = _("👍 A proposal that you support: {state}").format(state=state_line(status))
    parts = [head, *_parts(payload)]
    opened = ProposalOpened(proposal=payload.get("into") or payload["proposal"])
    rows = [[button(_("💡 Open the proposal"), opened)]]
    if payload.get("evidence"):
        rows.append([_evidence(payload)])
    rows.append([button(_(BOARD), BoardShown())])
    return Notice("\n\n".join(parts), keyboard(*rows))


def _parts(payload: Mapping[str, Any]) -> Iterable[str]:
    title = pick(payload["title_kk"], payload["title_ru"])
    if title:
        yield f"<b>№ {escape(payload['number'])} {escape(title)}</b>"
    elif payload.get("words"):
        yield f"<blockquote>{escape(payload['words'])}</blockquote>"
    if payload.get("into"):
        other = escape(pick(payload["into_kk"], payload["into_ru"]))
        words = _("Your voice counts there now: № {number} {title}")
        yield words.format(number=escape(payload["into_number"]), title=other)
    note = pick(payload.get("note_kk") or "", payload.get("note_ru") or "")
    if note:
        yield escape(note)


def _own_way(payload: Mapping[str, Any], status: ProposalStatus) -> ProposalOpened | OwnOpened:
    if status in {ProposalStatus.REFUSED, ProposalStatus.MERGED}:
        return OwnOpened(proposal=payload["proposal"])
    return ProposalOpened(proposal=payload["proposal"])


def _evidence(payload: Mapping[str, Any]) -> InlineKeyboardButton:
    return button(_("📎 What shows it"), EvidenceShown(proposal=payload["proposal"]))
