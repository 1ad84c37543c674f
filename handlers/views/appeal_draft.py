"""Screens of an appeal that is being written."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.appeal_callbacks import (
    AppealBegun,
    AppealSent,
    DraftContinued,
    DraftDropped,
    DraftLeft,
    DraftShown,
    FilesRemoved,
    OwnAppeals,
    Screens,
    TextKept,
    TextRewritten,
    TopicChosen,
)
from handlers.views.emphasis import bold
from services.appeals.draft import Draft, Step
from services.appeals.model import Attachment, AttachmentKind, RegisteredAppeal
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.text.length import shortened

# With everything around it the words fit into one message of 4,096.
_TEXT_ROOM = 3000
_TEASER = 120
_TOPIC_COLUMNS = 2

KIND_NAMES = {
    AttachmentKind.PHOTO: N_("photo ({count})"),
    AttachmentKind.VIDEO: N_("video ({count})"),
    AttachmentKind.VIDEO_NOTE: N_("video ({count})"),
    AttachmentKind.VOICE: N_("voice ({count})"),
    AttachmentKind.AUDIO: N_("audio ({count})"),
    AttachmentKind.DOCUMENT: N_("document ({count})"),
}


def unfinished_screen(draft: Draft, organisation: Organisation) -> Screen:
    """Return the choice between an old draft and a new one."""
    lines = [_("<b>You have an unfinished appeal.</b>"), "", *_parts(draft, organisation)]
    if draft.text:
        lines.append(f"<i>{escape(shortened(draft.text, _TEASER))}</i>")
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(_("▶️ Continue it"), DraftContinued(draft=draft.id))],
            [button(_("🆕 Start anew"), DraftDropped(draft=draft.id))],
            [cancel(DraftLeft())],
        ),
    )


def topic_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the choice of what the appeal is about."""
    topics = [
        button(f"{topic.emoji} {topic.name(current_language())}", data)
        for topic in organisation.topics.values()
        if not topic.retired
        for data in [TopicChosen(draft=draft.id, topic=topic.code)]
    ]
    question = bold(_("What is your appeal about?"))
    text = _above(note, kept_note(draft) if draft.topic is None else "", question)
    previous = Screens.CHECK if draft.next_step is Step.CHECK else None
    return Screen(text, keyboard(*in_rows(topics, _TOPIC_COLUMNS), _last_row(draft, previous)))


def text_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the request for words."""
    question = bold(_("Please write what happened."))
    hint = _(
        "What, where exactly, since when, and what you expect. Several messages are fine; "
        "photos, videos and documents too."
    )
    parts = "\n".join(_parts(draft, organisation))
    row = _last_row(draft, Screens.PLACE)
    if not draft.text:
        return Screen(_above(note, parts, question, hint), keyboard(row))
    kept = _("Your words so far; what you send will be added to them:")
    if draft.rewriting:
        kept = _("Your words so far; they stay until you send other ones:")
    keep = [button(_("↩️ Keep these words"), TextKept(draft=draft.id))]
    return Screen(_above(note, question, kept, _quoted(draft.text)), keyboard(keep, row))


def check_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the whole draft, each part of which can be changed, and «Send»."""
    title = bold(_("Please check your appeal."))
    parts = "\n".join(_parts(draft, organisation))
    hint = _(
        "To add a photo, video, voice message, document or a few more words, just send them here."
    )
    rewrite = TextRewritten(draft=draft.id, since=draft.last_text)
    return Screen(
        _above(note, title, parts, _quoted(draft.text), hint),
        keyboard(
            [button(_("✅ Send"), AppealSent(draft=draft.id))],
            [
                _part(_("Change the topic"), draft, Screens.TOPIC),
                _part(_("Change the place"), draft, Screens.PLACE),
            ],
            [
                button(_("Change the text"), rewrite),
                _part(_("📎 Files: {count}").format(count=len(draft.files)), draft, Screens.FILES),
            ],
            _last_row(draft, Screens.TEXT),
        ),
    )


def files_screen(draft: Draft, note: str = "") -> Screen:
    """Return what is attached and what can be."""
    text = _(
        "Send photos, videos, voice messages or documents here, several at once if you like. "
        "One file may have up to 20 MB."
    )
    rows = []
    if draft.files:
        removed = FilesRemoved(draft=draft.id, since=draft.last_file)
        rows.append([button(_("🗑 Remove all files"), removed)])
    return Screen(
        _above(note, _files_line(draft.files.values()), text),
        keyboard(*rows, _last_row(draft, Screens.CHECK)),
    )


def left_screen(draft: Draft | None) -> Screen:
    """Return the word that nothing was sent and nothing is lost."""
    if draft is None or draft.is_blank:
        return Screen(_("The appeal is not sent."), keyboard())
    return Screen(
        _("The appeal is not sent. Your draft is kept: you can go on at any time."),
        keyboard([button(_("▶️ Continue it"), DraftContinued(draft=draft.id))]),
    )


def accepted_screen(appeal: RegisteredAppeal) -> Screen:
    """Return the word that comes at once; the receipt follows by itself."""
    text = _("✅ Accepted. Number: <b>{number}</b>\nThe receipt comes in the next message.")
    return Screen(
        text.format(number=appeal.number), keyboard([button(_("📋 My appeals"), OwnAppeals())])
    )


def begin_button() -> InlineKeyboardButton:
    """Return «Leave an appeal»."""
    return button(_("✍️ Leave an appeal"), AppealBegun())


def kept_note(draft: Draft) -> str:
    """Return the word that what was sent too early is not lost; "" where there is nothing."""
    if not draft.text and not draft.files:
        return ""
    return _("What you have sent is kept and will be part of the appeal.")


def topic_line(code: str, organisation: Organisation) -> str:
    """Return «💧 Water» in the current language."""
    topic = organisation.topics.get(code)
    return f"{topic.emoji} {topic.name(current_language())}" if topic else code


def place_line(region: str, district: str | None) -> str:
    """Return the place in the current language."""
    place = atlas().find(region, district)
    return place.name(current_language()) if place else region


def _parts(draft: Draft, organisation: Organisation) -> list[str]:
    """Return a line for each part that is there, the words left out."""
    lines = []
    if draft.topic is not None:
        topic = topic_line(draft.topic, organisation)
        lines.append(_("Topic: {topic}").format(topic=escape(topic)))
    if draft.region is not None:
        place = place_line(draft.region, draft.district)
        lines.append(_("Place: {place}").format(place=escape(place)))
    if draft.point is not None:
        lines.append(_("📍 The point on the map is attached."))
    if draft.files:
        lines.append(_files_line(draft.files.values()))
    return lines


def _files_line(files: Iterable[Attachment]) -> str:
    counts = Counter(KIND_NAMES[file.kind] for file in files)
    kinds = ", ".join(_(name).format(count=count) for name, count in counts.items())
    return _("Files: {files}").format(files=kinds) if kinds else _("There are no files yet.")


def _quoted(text: str) -> str:
    return f"<blockquote>{escape(shortened(text, _TEXT_ROOM))}</blockquote>"


def _part(label: str, draft: Draft, screen: Screens) -> InlineKeyboardButton:
    return button(label, DraftShown(draft=draft.id, screen=screen))


def _last_row(draft: Draft, previous: Screens | None) -> list[InlineKeyboardButton]:
    row = [cancel(DraftLeft())]
    if previous is not None:
        row.insert(0, back(DraftShown(draft=draft.id, screen=previous)))
    return row


def _above(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
