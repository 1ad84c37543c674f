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
    DraftContinued,
    DraftDropped,
    DraftLeft,
    DraftShown,
    FilesRemoved,
    OwnAppeals,
    Screens,
    TextKept,
    TopicChosen,
)
from handlers.views.appeal_names import place_line, topic_line, type_line
from handlers.views.emphasis import bold
from handlers.views.news_callbacks import PostAnswered
from handlers.views.proposal_callbacks import AppealOnBoard
from handlers.views.rating_callbacks import LetterBegun
from services.appeals.draft import Draft, Mandate
from services.appeals.model import Attachment, AttachmentKind, RegisteredAppeal
from services.appeals.stops import triggered
from services.organisation.directory import Organisation, StopMessage, TopicQuestion
from services.text.length import shortened

# With everything around it the words fit into one message of 4,096.
TEXT_ROOM = 3000
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


def unfinished_screen(
    draft: Draft, organisation: Organisation, *, post: int = 0, deputy: str = ""
) -> Screen:
    """Return the choice between an old draft and a new one, a response to a post or a letter."""
    lines = [_("<b>You have an unfinished appeal.</b>"), "", *draft_parts(draft, organisation)]
    if draft.text:
        lines.append(f"<i>{escape(shortened(draft.text, _TEASER))}</i>")
    instead = button(_("🆕 Start anew"), DraftDropped(draft=draft.id))
    if post:
        instead = button(_("💬 Respond instead"), PostAnswered(post=post, instead=draft.id))
    if deputy:
        data = LetterBegun(deputy=deputy, instead=draft.id)
        instead = button(_("✉️ Write to the deputy instead"), data)
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(_("▶️ Continue it"), DraftContinued(draft=draft.id))],
            [instead],
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
    if draft.mandate is not None:
        question = bold(_("What is your mandate about?"))
    if draft.news is not None:
        question = bold(_("Which topic is your response about?"))
    if draft.recipient is not None:
        question = bold(_("What is your letter about?"))
    told = draft.news is not None or draft.recipient is not None
    news = "\n".join(draft_parts(draft, organisation)) if told else ""
    greeting = "" if draft.mandate is None else _greeting(draft.mandate)
    text = above(note, greeting, news, kept_note(draft) if draft.topic is None else "", question)
    previous = Screens.CHECK if draft.is_complete else None
    return Screen(text, keyboard(*in_rows(topics, _TOPIC_COLUMNS), last_row(draft, previous)))


def text_screen(draft: Draft, organisation: Organisation, note: str = "") -> Screen:
    """Return the request for words."""
    question = bold(_("Please write what happened."))
    hint = _(
        "What, where exactly, since when, and what you expect. Several messages are fine; "
        "photos, videos and documents too."
    )
    if draft.mandate is not None:
        question = bold(_("Please write your mandate."))
        hint = _(
            "What should be done, where exactly and for whom. Several messages are fine; photos, "
            "videos and documents too."
        )
    if draft.news is not None:
        question = bold(_("What would you like to say about this news?"))
        hint = _(
            "Write in your own words. Several messages are fine; photos, videos and documents too."
        )
    if draft.recipient is not None:
        question = bold(_("Please write your letter."))
    parts = "\n".join(draft_parts(draft, organisation))
    row = last_row(draft, Screens.PLACE)
    if not draft.text:
        stop = stop_note(triggered(organisation.stops, draft.topic, ""))
        return Screen(above(note, parts, stop, question, hint), keyboard(row))
    kept = _("Your words so far; what you send will be added to them:")
    if draft.rewriting:
        kept = _("Your words so far; they stay until you send other ones:")
    keep = [button(_("↩️ Keep these words"), TextKept(draft=draft.id))]
    return Screen(above(note, question, kept, quoted(draft.text)), keyboard(keep, row))


def files_screen(draft: Draft, _organisation: Organisation, note: str = "") -> Screen:
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
        above(note, _files_line(draft.files.values()), text),
        keyboard(*rows, last_row(draft, Screens.CHECK)),
    )


def _greeting(mandate: Mandate) -> str:
    title = escape(mandate.title)
    return _(
        "🗳 <b>{campaign}</b>\nAn election campaign is under way. What you leave now is taken as "
        "a mandate: write what you expect of those who will be elected. It is answered as usual."
    ).format(campaign=title)


def left_screen(draft: Draft | None) -> Screen:
    """Return the word that nothing was sent and nothing is lost."""
    if draft is None or draft.is_blank:
        return Screen(_("The appeal is not sent."), keyboard())
    return Screen(
        _("The appeal is not sent. Your draft is kept: you can go on at any time."),
        keyboard([button(_("▶️ Continue it"), DraftContinued(draft=draft.id))]),
    )


def accepted_screen(appeal: RegisteredAppeal, told: list[InlineKeyboardButton]) -> Screen:
    """Return the word that comes at once; the receipt follows by itself.

    told: the way to a story of what was done about the like.
    """
    text = _("✅ Accepted. Number: <b>{number}</b>\nThe receipt comes in the next message.")
    rows = [[button(_("📋 My appeals"), OwnAppeals())]]
    if appeal.boardable:
        onto = AppealOnBoard(appeal=appeal.id)
        rows.insert(0, [button(_("💡 Put it on the proposals board too"), onto)])
    return Screen(text.format(number=appeal.number), keyboard(*rows, told))


def begin_button() -> InlineKeyboardButton:
    """Return «Leave an appeal»."""
    return button(_("✍️ Leave an appeal"), AppealBegun())


def kept_note(draft: Draft) -> str:
    """Return the word that what was sent too early is not lost; "" where there is nothing."""
    if not draft.text and not draft.files:
        return ""
    return _("What you have sent is kept and will be part of the appeal.")


def draft_parts(draft: Draft, organisation: Organisation) -> list[str]:
    """Return a line for each part that is there, the words left out."""
    lines = [*_origin(draft)]
    if draft.type is not None:
        lines.append(_("Type: {type}").format(type=escape(type_line(draft.type, organisation))))
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
    if draft.phone is not None:
        lines.append(_("📞 Phone: {phone}").format(phone=escape(draft.phone)))
    if draft.confidential:
        lines.append(_("🔒 Confidential: your name and phone are hidden."))
    return lines


def _origin(draft: Draft) -> Iterable[str]:
    if draft.visitor is not None:
        yield _("🏛 Visitor: {name}").format(name=escape(draft.visitor.name))
    if draft.news is not None:
        title = escape(draft.news.title)
        yield _("📰 In response to the news: {title}").format(title=title)
    if draft.recipient is not None:
        name = escape(draft.recipient.name)
        yield _("✉️ To the deputy: {name}").format(name=name)
    if draft.mandate is not None:
        title = escape(draft.mandate.title)
        yield _("🗳 Mandate: {campaign}").format(campaign=title)


def _files_line(files: Iterable[Attachment]) -> str:
    counts = Counter(KIND_NAMES[file.kind] for file in files)
    kinds = ", ".join(_(name).format(count=count) for name, count in counts.items())
    return _("Files: {files}").format(files=kinds) if kinds else _("There are no files yet.")


def quoted(text: str, room: int = TEXT_ROOM) -> str:
    """Return the beginning of the words, at most so many characters, as a quotation."""
    return f"<blockquote>{escape(shortened(text, room))}</blockquote>"


def questions_of(draft: Draft, organisation: Organisation) -> tuple[TopicQuestion, ...]:
    """Return what is asked about the draft's topic."""
    topic = organisation.topics.get(draft.topic or "")
    return topic.questions if topic else ()


def stop_note(stops: Iterable[StopMessage]) -> str:
    """Return where help comes from sooner, and that the appeal can be sent all the same."""
    language = current_language()
    messages = [f"🆘 <b>{escape(stop.text(language))}</b>" for stop in stops]
    return "\n".join(messages)


def last_row(draft: Draft, previous: Screens | None) -> list[InlineKeyboardButton]:
    """Return Back to this screen, where there is one, and Cancel."""
    row = [cancel(DraftLeft())]
    if previous is not None:
        row.insert(0, back(DraftShown(draft=draft.id, screen=previous)))
    return row


def above(*parts: str) -> str:
    """Return the parts under each other; empty ones vanish."""
    return "\n\n".join(part for part in parts if part)
