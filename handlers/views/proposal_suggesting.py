"""Screens of a proposal that is being written."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.emphasis import bold
from handlers.views.proposal_board import difference
from handlers.views.proposal_callbacks import (
    BoardShown,
    OwnProposals,
    OwnSuggestion,
    SimilarSupported,
    SuggestAnew,
    SuggestAsked,
    SuggestBegun,
    SuggestionLeft,
    SuggestionSent,
    SuggestTopic,
)
from handlers.views.proposal_words import label, place_of
from services.organisation.directory import Organisation
from services.proposals.draft import Asked, Draft
from services.proposals.model import Line

_COLUMNS = 2


def topic_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Ask what it is about."""
    topics = [
        button(
            f"{topic.emoji} {topic.name(current_language())}",
            SuggestTopic(draft=draft.id, topic=topic.code),
        )
        for topic in organisation.topics.values()
        if not topic.retired
    ]
    question = bold(_("What is your proposal about?"))
    text = _above(note, difference(), question)
    return Screen(text, keyboard(*in_rows(topics, _COLUMNS), last_row(draft, None)))


def text_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Ask for the words."""
    question = bold(_("Please write what you suggest."))
    hint = _(
        "What should be done, where, and what it will change. From 20 to 1,500 characters, in one "
        "message. Everybody will read it: please leave out names, telephones and addresses."
    )
    now = f"<blockquote>{escape(draft.text)}</blockquote>" if draft.text else ""
    text = _above(note, _parts(draft, organisation), now, question, hint)
    return Screen(text, keyboard(last_row(draft, Asked.PLACE)))


def similar_screen(draft: Draft, similar: Sequence[Line], note: str = "") -> Screen:
    """Offer proposals that may say the same: one tap supports one instead."""
    text = _(
        "<b>Somebody may have suggested this already.</b>\nSupport theirs with one tap: one "
        "proposal with many voices weighs more than many with one."
    )
    rows = [[button(label(line), _instead(draft, line))] for line in similar]
    own = [button(_("✍️ Mine is another one"), OwnSuggestion(draft=draft.id))]
    return Screen(_above(note, text), keyboard(*rows, own, last_row(draft, Asked.TEXT)))


def check_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Show the whole proposal before it is sent."""
    head = bold(_("Please check it"))
    words = f"<blockquote>{escape(draft.text)}</blockquote>"
    then = _(
        "A moderator reads it, gives it a title and takes out personal data. Your name is not "
        "shown."
    )
    rows = [
        [button(_("✅ Send"), SuggestionSent(draft=draft.id, message=draft.message))],
        [
            button(_("✏️ Topic"), SuggestAsked(draft=draft.id, part=Asked.TOPIC)),
            button(_("✏️ Place"), SuggestAsked(draft=draft.id, part=Asked.PLACE)),
            button(_("✏️ Words"), SuggestAsked(draft=draft.id, part=Asked.TEXT)),
        ],
    ]
    text = _above(note, head, _parts(draft, organisation), words, then)
    return Screen(text, keyboard(*rows, last_row(draft, None)))


def sent_screen() -> Screen:
    """Say that it waits for a moderator."""
    return Screen(
        _(
            "✅ Your proposal is with a moderator. You will be told when it is on the board, and "
            "of everything that becomes of it."
        ),
        keyboard([button(_("📋 My proposals"), OwnProposals())], [back(BoardShown())]),
    )


def unfinished_screen(draft: Draft, organisation: Organisation) -> Screen:
    """Ask whether an unfinished proposal goes on."""
    words = f"<blockquote>{escape(draft.text)}</blockquote>" if draft.text else ""
    text = _above(bold(_("You have an unfinished proposal.")), _parts(draft, organisation), words)
    return Screen(
        text,
        keyboard(
            [button(_("▶️ Continue it"), SuggestAsked(draft=draft.id, part=Asked.CHECK))],
            [button(_("🆕 Start anew"), SuggestAnew(draft=draft.id))],
            [back(BoardShown())],
        ),
    )


def left_screen() -> Screen:
    """Say that the draft is kept."""
    onward = button(_("▶️ Continue it"), SuggestBegun())
    text = _("The proposal is not sent. Your draft is kept: you can go on at any time.")
    return Screen(text, keyboard([onward], [back(BoardShown())]))


def last_row(draft: Draft, previous: Asked | None) -> list[InlineKeyboardButton]:
    """Return Back to this part, where there is one, and Cancel."""
    row = [cancel(SuggestionLeft())]
    if previous is not None:
        row.insert(0, back(SuggestAsked(draft=draft.id, part=previous)))
    return row


def _instead(draft: Draft, line: Line) -> SimilarSupported:
    return SimilarSupported(draft=draft.id, proposal=line.id)


def _parts(draft: Draft, organisation: Organisation) -> str:
    lines = []
    if draft.topic is not None:
        topic = escape(topic_line(draft.topic, organisation))
        lines.append(_("Topic: {topic}").format(topic=topic))
    if draft.whole or draft.region is not None:
        place = escape(place_of(draft.region, draft.district))
        lines.append(_("Place: {place}").format(place=place))
    return "\n".join(lines)


def _above(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
