"""What a citizen sends while writing: words, files, albums, a point on the map.

Whatever the step, nothing is lost: it goes into the draft, and the screen of the next step
follows.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers.citizen.appeal.albums import Albums, Nursery
from handlers.citizen.appeal.files import attachment_of
from handlers.citizen.appeal.states import Writing, draft_of, keep, new_draft
from handlers.citizen.appeal.steps import (
    PICKER,
    WAITING,
    part_after,
    screen_of,
    show_next,
)
from handlers.citizen.words import NotWords, Words
from handlers.filters import Has
from handlers.screen import send
from handlers.text import _
from services.appeals.draft import FILE_SIZE_LIMIT, FILES_LIMIT, Draft
from services.appeals.model import AttachmentKind
from services.appeals.wording import text_problem
from services.organisation.directory import Organisations
from services.people.model import Person
from storage.database import Database

# A silent video: Telegram sends it with the same file as a document.
ANIMATION = "animation"


async def take_words(
    message: Message,
    words: str,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Add the words of a message; several messages in a row make one text."""
    draft, note = _with_words(await _draft(message, state), message.message_id, words)
    await keep(state, draft)
    await show_next(message, draft, state, organisations, db, person, note)


async def change_words(
    message: Message,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Follow a message of the draft that the citizen edits afterwards."""
    draft = await _draft(message, state)
    words = message.text or message.caption
    if words is None or message.message_id not in draft.texts:
        return
    draft, note = _with_words(draft, message.message_id, words)
    await keep(state, draft)
    await show_next(message, draft, state, organisations, db, person, note)


class FileTaker:
    """Adds a file and its caption; the screen of an album comes once, after its last part."""

    def __init__(self) -> None:
        self._albums = Albums()

    async def take(
        self,
        message: Message,
        state: FSMContext,
        organisations: Organisations,
        db: Database,
        person: Person,
        nursery: Nursery,
    ) -> None:
        """Keep what came at once, whenever it is shown."""
        draft, note = _with_file(await _draft(message, state), message)
        await keep(state, draft)
        if message.media_group_id is None:
            await show_next(message, draft, state, organisations, db, person, note)
            return
        await state.set_state(WAITING[part_after(draft)])

        async def show(notes: str) -> None:
            present = await _draft(message, state)
            writing = (await state.get_state() or "").startswith(Writing.__full_group_name__)
            if present.id == draft.id and writing:
                part = part_after(present)
                await send(
                    message, await screen_of(present, part, organisations, db, person, notes)
                )

        self._albums.part((message.chat.id, message.media_group_id), note, show, nursery)


async def take_point(
    message: Message,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Add a point on the map; the region and the district stay as they were chosen."""
    location = message.location or (message.venue.location if message.venue else None)
    draft = await _draft(message, state)
    if location is not None:
        draft = await keep(state, draft.with_point((location.latitude, location.longitude)))
    await show_next(message, draft, state, organisations, db, person)


async def decline(
    message: Message,
    state: FSMContext,
    organisations: Organisations,
    db: Database,
    person: Person,
) -> None:
    """Say what can be attached; the draft stays as it was."""
    note = _(
        "This cannot be part of an appeal. You can send words, photos, videos, voice messages, "
        "documents or a location."
    )
    draft = await _draft(message, state)
    await show_next(message, draft, state, organisations, db, person, note)


async def _draft(message: Message, state: FSMContext) -> Draft:
    return await draft_of(state) or new_draft(message)


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
    router.include_router(PICKER.words())
    content = Router(name="appeal: what is sent")
    content.message.register(take_words, writing, Words())
    content.message.register(FileTaker().take, writing, Has(*AttachmentKind, ANIMATION))
    content.message.register(take_point, writing, Has("location", "venue"))
    content.message.register(decline, writing, NotWords())
    content.edited_message.register(change_words, writing)
    router.include_router(content)
    return router
