"""Naming the two holders of a poll's keys, and waiting for their passphrases."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.poll_key_callbacks import (
    BothChosen,
    FirstChosen,
    HoldersAsked,
    HoldersNamed,
    LockedCalledOff,
    LockedShown,
)
from services.polls.two_keys import LockedDraft

Colleague = tuple[int, str]  # id and name


def first_screen(draft_id: str, colleagues: Sequence[Colleague], problem: str = "") -> Screen:
    """Return the question who holds the first key; too few to choose from is said."""
    blocks = [bold(_("🔑 Two keys"))]
    if problem:
        blocks.append(f"⚠️ {problem}")
    blocks.append(
        _(
            "Two colleagues set a passphrase each, and only both together open the answers after "
            "the closing. The poll opens when both are set."
        )
    )
    blocks.append(
        _("⚠️ If one of them loses the passphrase, all answers are lost; nobody can restore them.")
    )
    if len(colleagues) > 1:
        blocks.append(_("Who holds the first key?"))
    else:
        blocks.append(_("There are not two colleagues in the bot yet: please invite them first."))
        colleagues = ()
    buttons = [
        button(name, FirstChosen(draft=draft_id, first=person)) for person, name in colleagues
    ]
    return Screen("\n\n".join(blocks), keyboard(*paired(buttons), [_desk()]))


def second_screen(draft_id: str, first: Colleague, colleagues: Sequence[Colleague]) -> Screen:
    """Return the question who holds the second key."""
    buttons = [
        button(name, BothChosen(draft=draft_id, first=first[0], second=person))
        for person, name in colleagues
        if person != first[0]
    ]
    blocks = [
        _("First key: {name}").format(name=escape(first[1])),
        _("Who holds the second key?"),
    ]
    return Screen(
        "\n\n".join(blocks), keyboard(*paired(buttons), [back(HoldersAsked(draft=draft_id))])
    )


def confirm_screen(draft_id: str, first: Colleague, second: Colleague) -> Screen:
    """Return the question whether these two shall be asked."""
    blocks = [
        "\n".join(
            (
                _("First key: {name}").format(name=escape(first[1])),
                _("Second key: {name}").format(name=escape(second[1])),
            )
        ),
        _("Both get a message now. Until both passphrases are set the poll is not open."),
    ]
    named = HoldersNamed(draft=draft_id, first=first[0], second=second[0])
    return Screen(
        "\n\n".join(blocks),
        keyboard(
            [button(_("📨 Ask both"), named)],
            [back(FirstChosen(draft=draft_id, first=first[0]))],
        ),
    )


def waiting_screen(locked: LockedDraft) -> Screen:
    """Return whose passphrase is set."""
    lines = []
    for holder in locked.holders:
        line = _("✅ {name}: set") if holder.set else _("⏳ {name}: not yet")
        lines.append(line.format(name=escape(holder.name)))
    blocks = [
        bold(_("🔑 The poll waits for two passphrases")),
        escape(pick(*locked.draft.title)),
        "\n".join(lines),
        _("It opens by itself when both are set, and I will tell you."),
    ]
    draft_id = locked.draft.id
    return Screen(
        "\n\n".join(blocks),
        keyboard(
            [button(_("🔄 Refresh"), LockedShown(draft=draft_id))],
            [button(_("✏️ Take it back and change it"), LockedCalledOff(draft=draft_id))],
            [_desk()],
        ),
    )


def over_screen(text: str) -> Screen:
    """Return what became of a draft that waits no more."""
    return Screen(text, keyboard([_desk()]))


def _desk() -> InlineKeyboardButton:
    return button(_("🗂 Operator’s desk"), DeskShown())
