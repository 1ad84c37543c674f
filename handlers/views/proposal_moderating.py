"""Screens of a moderator of proposals: what waits, words for the board, refusing, joining."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.proposal_callbacks import (
    MergingAsked,
    MergingSent,
    ProposalOpened,
    RefusingAsked,
    RefusingSent,
    WaitingOpened,
    WaitingShown,
    WordingBegun,
    WordingSent,
)
from handlers.views.proposal_words import REASONS, label, place_of
from services.clock import local_date
from services.organisation.directory import Organisation
from services.proposals.model import Line
from services.proposals.moderating import Unmoderated, Waits
from services.text.length import shortened

_LABEL = 60


def waiting_screen(
    page: Waits, organisation: Organisation, note: str = "", *, first: bool = True
) -> Screen:
    """Return what waits for a moderator, the oldest first; words are a press away."""
    parts = [note, bold(_("💡 Proposals that wait for a moderator"))]
    parts.append(_("Waiting: {count}").format(count=page.number))
    rows = [
        [
            button(
                f"{full(local_date(line.at))} · {topic_line(line.topic, organisation)}",
                WaitingOpened(proposal=line.id),
            )
        ]
        for line in page.lines
    ]
    turning = [] if first else [button(_("« To the beginning"), WaitingShown())]
    if page.more:
        turning.append(button(_("More ›"), WaitingShown(after=page.lines[-1].id)))
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, keyboard(*rows, turning, [back(PartyDeskShown())]))


def unmoderated_screen(found: Unmoderated, organisation: Organisation, note: str = "") -> Screen:
    """Return a proposal as it was written, with what can be decided."""
    parts = [
        note,
        bold(escape(topic_line(found.topic, organisation))),
        "\n".join(
            (
                escape(
                    _("📍 Place: {place}").format(place=place_of(found.region, found.district))
                ),
                _("Sent: {date}").format(date=full(local_date(found.at))),
            )
        ),
        f"<blockquote>{escape(found.text)}</blockquote>",
    ]
    if found.similar:
        parts.append(_("The board has something like it; look before you let it out:"))
    seen = {"proposal": found.id, "version": found.version}
    rows = [[button(label(line), ProposalOpened(proposal=line.id))] for line in found.similar]
    rows += [
        [button(_("✍️ Put into words for the board"), WordingBegun(**seen, part="kk"))],
        [button(_("🔗 Join to another one"), MergingAsked(**seen))],
        [button(_("✖️ Do not let it out"), RefusingAsked(**seen))],
        [back(WaitingShown())],
    ]
    return Screen("\n\n".join(part for part in parts if part), keyboard(*rows))


def wording_screen(draft: Mapping[str, Any], part: str, problem: str = "") -> Screen:
    """Ask for a title in one language, or for the words."""
    asked = {
        "kk": _("Write a title in Kazakh: what is to be done, in at most 100 characters."),
        "ru": _("Write the same title in Russian."),
    }.get(part) or _(
        "Write the words as everybody will read them, in the language of the author: without "
        "names, telephones, addresses. Change nothing else."
    )
    now = draft.get(part) or (draft.get("proposed", "") if part == "words" else "")
    shown = f"<blockquote>{escape(now)}</blockquote>" if now else ""
    text = "\n\n".join(each for each in (problem, bold(asked), shown) if each)
    return Screen(text, keyboard([cancel(WaitingOpened(proposal=draft["proposal"]))]))


def preview_screen(draft: Mapping[str, Any]) -> Screen:
    """Return a proposal as the board will show it."""
    seen = {"proposal": draft["proposal"], "version": draft["version"]}
    parts = [
        bold(_("This is how everybody will read it:")),
        f"<b>Қазақша</b>\n{escape(draft['kk'])}",
        f"<b>Русский</b>\n{escape(draft['ru'])}",
        f"<blockquote>{escape(draft['words'])}</blockquote>",
        _("Look whether somebody could be recognised by it."),
    ]
    return Screen(
        "\n\n".join(parts),
        keyboard(
            [button(_("✅ Onto the board"), WordingSent(**seen, message=draft["message"]))],
            [
                button("✏️ Қазақша", WordingBegun(**seen, part="kk")),
                button("✏️ Русский", WordingBegun(**seen, part="ru")),
            ],
            [button(_("✏️ Words"), WordingBegun(**seen, part="words"))],
            [cancel(WaitingOpened(proposal=draft["proposal"]))],
        ),
    )


def refusing_screen(proposal: int, version: int) -> Screen:
    """Ask why it is not let out; the author reads exactly this."""
    lines = [f"{place}. {_(words)}" for place, words in enumerate(REASONS.values(), start=1)]
    head = bold(_("Why is it not let out? The author will read this reason."))
    rows = [
        [
            button(
                shortened(f"{place}. {_(words)}", _LABEL),
                RefusingSent(proposal=proposal, version=version, reason=reason),
            )
        ]
        for place, (reason, words) in enumerate(REASONS.items(), start=1)
    ]
    leave = [cancel(WaitingOpened(proposal=proposal))]
    return Screen("\n\n".join((head, "\n".join(lines))), keyboard(*rows, leave))


def merging_screen(draft: Mapping[str, Any], problem: str = "") -> Screen:
    """Ask for the number of the other proposal."""
    text = _("Write the number of the proposal to which it is joined, such as 12.")
    parts = [part for part in (problem, bold(text)) if part]
    return Screen("\n\n".join(parts), keyboard([_out_of_merging(draft)]))


def merging_check_screen(draft: Mapping[str, Any], target: Line) -> Screen:
    """Ask once more before two proposals become one."""
    title = escape(target.title(current_language()))
    text = _(
        "It will be joined to: <b>№ {number} {title}</b>\n\nWho supports it, and its author, will "
        "support that one, and are told so. This cannot be undone."
    ).format(number=target.number, title=title)
    joining = MergingSent(
        proposal=draft["proposal"], version=draft["version"], target=target.id, sure=True
    )
    return Screen(text, keyboard([button(_("🔗 Join"), joining)], [_out_of_merging(draft)]))


def _out_of_merging(draft: Mapping[str, Any]) -> InlineKeyboardButton:
    if draft.get("waiting"):
        return cancel(WaitingOpened(proposal=draft["proposal"]))
    return cancel(ProposalOpened(proposal=draft["proposal"]))
