"""What the staff are told about sources: an item to decide on, a source that breaks or is back."""

from collections.abc import Mapping
from html import escape
from typing import Any

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.news_notices import topic_line
from handlers.views.source_callbacks import (
    ChannelTaken,
    ItemComposed,
    ItemPreviewed,
    ItemPublished,
    ItemSkipped,
    SourceOpened,
)
from handlers.views.source_screens import NAMES
from services.language import Language
from services.news.breaking import NO_LONGER_ADMINISTRATOR
from services.news.channel import CopyStatus
from services.news.deciding import Item
from services.news.feeds import TROUBLES, Trouble
from services.news.items import Content, ItemStatus
from services.news.length import plain_text, shown_length
from services.organisation.directory import Organisation
from services.text.length import shortened

# Of 4,096 characters, what the lines around the text leave at the least.
_ROOM = 3500


def item_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the notice of kind "source_item"."""
    content = Content.of_json(payload["content"])
    text = _item_text(
        payload["source"],
        payload["topic"],
        Language(payload["language"]),
        content,
        organisation,
    )
    return Notice(text, _item_keyboard(payload["item"], payload["version"], content))


def item_screen(item: Item, organisation: Organisation, *, note: str = "") -> Screen:
    """Return an item as it is now, and who decided about it."""
    source = item.source
    text = _item_text(source.title, source.topic, source.language, item.content, organisation)
    said = note or _decided(item)
    return Screen(
        f"{text}\n\n{said}" if said else text,
        _item_keyboard(item.id, item.version, item.content) if item.waits else None,
    )


def broken_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "source_broken"."""
    if payload["trouble"] == NO_LONGER_ADMINISTRATOR:
        why = _("The bot is no longer an administrator of the channel.")
    else:
        why = _(TROUBLES[Trouble(payload["trouble"])])
    text = _("⚠️ News cannot be read from: {title}").format(title=escape(payload["title"]))
    opened = SourceOpened(source=payload["source"])
    return Notice(f"{text}\n{why}", keyboard([button(_("Open the source"), opened)]))


def mended_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "source_mended"."""
    text = _("✅ News is read again from: {title}").format(title=escape(payload["title"]))
    return Notice(text)


def offered_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "channel_offered"."""
    text = _(
        "The bot is now an administrator of the channel: {title}\n\n"
        "Shall its posts become news in the bot?"
    )
    taken = ChannelTaken(chat=payload["chat"])
    return Notice(
        text.format(title=escape(payload["title"])),
        keyboard([button(_("➕ Take news from this channel"), taken)]),
    )


def copy_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "channel_copy"."""
    title = escape(pick(payload["title_kk"], payload["title_ru"]))
    words = {
        CopyStatus.UNCERTAIN: _(
            "It is not known whether this post has appeared in the channel. Please look: "
            "the bot will not send it there again."
        ),
        CopyStatus.STAYED: _(
            "The bot could not delete this post from the channel. Please delete it there by hand."
        ),
    }.get(
        CopyStatus(payload["status"]),
        _(
            "This post did not appear in the channel as it should. Please check that the bot is "
            "an administrator there and may post."
        ),
    )
    return Notice(f"📢 {bold(title)}\n{words}")


def _item_text(
    title: str, topic: str, language: Language, content: Content, organisation: Organisation
) -> str:
    lines = [
        bold(_("📡 News from: {source}").format(source=escape(title))),
        f"{topic_line(topic, organisation)} · {NAMES[language]}",
        "",
        _shown(content.text),
    ]
    if content.media:
        lines += ["", _("Photos, videos and files: {count}").format(count=len(content.media))]
    if content.link:
        lines += ["", escape(content.link)]
    if not content.whole:
        lines += ["", _("It was forwarded, or holds something that the bot cannot send on.")]
    return "\n".join(lines)


def _shown(html: str) -> str:
    """Return a text as it is, or the beginning of its words where it is very long."""
    return html if shown_length(html) <= _ROOM else escape(shortened(plain_text(html), _ROOM))


def _decided(item: Item) -> str:
    by_itself = item.status is ItemStatus.PUBLISHED and not item.decided_by
    words = {
        ItemStatus.PUBLISHED: _("✅ Published by: {name}"),
        ItemStatus.SKIPPED: _("Left out by: {name}"),
        ItemStatus.COMPOSING: _("✏️ In the composer of: {name}"),
        ItemStatus.APPROVAL: _("🔎 Waits for approval, asked by: {name}"),
        ItemStatus.PASSED: _("Nothing more is to be decided here."),
    }.get(item.status, "")
    text = _("✅ It went out by itself.") if by_itself else words
    return text.format(name=escape(item.decider))


def _item_keyboard(item: int, version: int, content: Content) -> InlineKeyboardMarkup:
    place = {"item": item, "version": version}
    look = [button(_("👁 As readers will see it"), ItemPreviewed(item=item))]
    return keyboard(
        look if content.media else [],
        [button(_("📨 Publish as it is"), ItemPublished(**place))],
        [button(_("✏️ Write it in both languages"), ItemComposed(**place))],
        [button(_("Leave it out"), ItemSkipped(**place))],
    )
