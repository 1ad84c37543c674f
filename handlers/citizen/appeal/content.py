"""What a citizen sends while writing: words, files, albums, a point on the map.

Whatever the step, nothing is lost: it goes into the draft, and the screen of the next step
follows.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import Message

from handlers.citizen.appeal import extras
from handlers.citizen.appeal.albums import Albums, Nursery
from handlers.citizen.appeal.files import attachment_of
from handlers.citizen.appeal.screens import part_after
from handlers.citizen.appeal.states import Writing
from handlers.citizen.appeal.talk import PICKER, Talk
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has
from handlers.screen import send
from handlers.text import _
from handlers.views.appeal_additions import revised_screen
from services.appeals.additions import revise_message
from services.appeals.draft import FILE_SIZE_LIMIT, FILES_LIMIT, Draft
from services.appeals.model import AttachmentKind
from services.appeals.wording import text_problem

# A silent video: Telegram sends it with the same file as a document.
ANIMATION = "animation"


async def take_words(message: Message, words: str, talk: Talk) -> None:
    """Add the words of a message; several messages in a row make one text."""
    draft = await talk.draft_or_new(message)
    note = ""
    if message.message_id not in draft.heard:
        draft, note = _with_words(draft, message.message_id, words)
    await talk.show_next(message, await talk.keep(draft), note)


async def follow_edit(message: Message, talk: Talk) -> None:
    """Follow a message that the citizen edits afterwards, in the draft or in what was sent."""
    words = message.text or message.caption
    if words is None:
        return
    draft, note = await talk.draft(), ""
    if draft is not None and message.message_id in {*draft.texts, *draft.files}:
        draft, note = _with_words(draft, message.message_id, words)
    elif draft is not None and message.message_id in draft.heard:
        draft = draft.with_particular(message.message_id, words)
    else:
        await _revise(message, words, talk)
        return
    await talk.keep(draft)
    if await talk.is_writing():
        await talk.show_next(message, draft, note)


async def _revise(message: Message, words: str, talk: Talk) -> None:
    said = (talk.person.id, message.message_id, words, talk.clock.now())
    numbers = await talk.db.write(revise_message, *said)
    if numbers:
        await send(message, revised_screen(numbers, words, talk.organisation))


class FileTaker:
    """Adds a file and its caption; the screen of an album comes once, after its last part."""

    def __init__(self) -> None:
        self._albums = Albums()

    async def take(self, message: Message, talk: Talk, nursery: Nursery) -> None:
        """Keep what came at once, whenever it is shown."""
        draft, note = _with_file(await talk.draft_or_new(message), message)
        draft = await talk.looked_up(await talk.keep(draft))
        if message.media_group_id is None:
            await talk.show_next(message, draft, note)
            return
        await talk.wait_for(part_after(draft))

        async def show(notes: str) -> None:
            present = await talk.draft_or_new(message)
            if present.id == draft.id and await talk.is_writing():
                await send(message, await talk.screen(present, part_after(present), notes))

        self._albums.part((message.chat.id, message.media_group_id), note, show, nursery)


async def take_point(message: Message, talk: Talk) -> None:
    """Add a point on the map; the region and the district stay as they were chosen."""
    location = message.location or (message.venue.location if message.venue else None)
    draft = await talk.draft_or_new(message)
    if location is not None:
        draft = await talk.keep(draft.with_point((location.latitude, location.longitude)))
    await talk.show_next(message, draft)


async def decline(message: Message, talk: Talk) -> None:
    """Say what can be attached; the draft stays as it was."""
    note = _(
        "This cannot be part of an appeal. You can send words, photos, videos, voice messages, "
        "documents or a location."
    )
    await talk.show_next(message, await talk.draft_or_new(message), note)


def _with_words(draft: Draft, message_id: int, words: str) -> tuple[Draft, str]:
    """Return the draft with the words, or as it was and what is wrong with them."""
    changed = draft.with_text(message_id, words)
    problem = text_problem(changed.text)
    return (draft, _(problem)) if problem else (changed, "")


def _with_file(draft: Draft, message: Message) -> tuple[Draft, str]:
    """Return the draft with the file and its caption, and what could not be taken."""
    notes = []
    if message.caption and any(map(str.isalpha, message.caption)):
        draft, note = _with_words(draft, message.message_id, message.caption)
        notes.append(note)
    file = attachment_of(message)
    if file is None:
        return draft, "\n\n".join(filter(None, notes))
    if file.size is not None and file.size > FILE_SIZE_LIMIT:
        notes.append(
            _(
                "This file is larger than 20 MB, and Telegram does not hand such files to bots. "
                "Please send a smaller one or a part of it."
            )
        )
    elif len(draft.files) >= FILES_LIMIT and message.message_id not in draft.files:
        text = _("An appeal holds at most {count} files. This one was not added.")
        notes.append(text.format(count=FILES_LIMIT))
    else:
        draft = draft.with_file(message.message_id, file)
    return draft, "\n\n".join(filter(None, notes))


def words() -> Router:
    """Return the router of everything that is sent while writing; it stands after all menus."""
    router = Router(name="appeal: content")
    writing = StateFilter(Writing)
    router.include_routers(PICKER.words(), extras.words())
    content = Router(name="appeal: what is sent")
    content.message.register(take_words, writing, Words())
    content.message.register(FileTaker().take, writing, Has(*AttachmentKind, ANIMATION))
    content.message.register(take_point, writing, Has("location", "venue"))
    content.message.register(decline, writing, NotWords())
    content.edited_message.register(follow_edit)
    router.include_router(content)
    return router
