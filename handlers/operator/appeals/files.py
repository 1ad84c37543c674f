"""Sending the files of an appeal to who handles it, never with the place where one was made."""

from datetime import datetime

from aiogram.types import BufferedInputFile, Message

from handlers.inspection import Inspection, Look, Verdict
from handlers.text import N_, _
from services.appeals.files import KeptFile, keep_shown, open_files
from services.appeals.model import AppealCard, AttachmentKind
from storage.database import Database

# What a phone records into the chat goes through Telegram's own encoder.
_RECORDED = frozenset({AttachmentKind.VOICE, AttachmentKind.VIDEO_NOTE})
_WHY_NOT = {
    Verdict.UNKNOWN: N_(
        "📎 One file is not shown: its content is none of the kinds that appeals need, or it is "
        "called what it is not."
    ),
    Verdict.NOT_CLEANED: N_(
        "📎 One picture is not shown: the place where it was taken cannot be removed from it. "
        "Please ask the citizen to send it as a photo, not as a file."
    ),
    Verdict.TOO_BIG: N_("📎 One file is not shown: it is larger than 20 MB and was not checked."),
    Verdict.GONE: N_("📎 One file is not shown: Telegram does not have it any more."),
    Verdict.LATER: N_("📎 One file could not be fetched now. Please try again in a few minutes."),
}


async def send_files(
    message: Message,
    card: AppealCard,
    reader: int,
    *,
    db: Database,
    inspection: Inspection,
    now: datetime,
) -> None:
    """Send every file below the card, or say why one is not shown."""
    for file in await db.write(open_files, card.id, reader, now):
        if file.shown_file_id is not None:
            await _send(message, file, file.shown_file_id)
        elif file.file.kind in _RECORDED:
            await _send(message, file, file.file.file_id)
        else:
            look = await inspection.look(file)
            await _send_looked_at(message, file, look, db, sealed=card.confidential)


async def _send_looked_at(
    message: Message, file: KeptFile, look: Look, db: Database, *, sealed: bool
) -> None:
    if look.verdict in _WHY_NOT:
        await message.answer(_(_WHY_NOT[look.verdict]))
        return
    shown = file.file.file_id
    # The name of a copy is our own: what the citizen called the file may be their own name.
    if look.verdict is Verdict.CLEANED or (sealed and file.file.file_name):
        upload = BufferedInputFile(look.data, f"{file.appeal}-file.{look.extension}")
        shown = _file_id(await _send(message, file, upload)) or ""
    else:
        await _send(message, file, shown)
    if shown:
        await db.write(keep_shown, file.key, shown)


async def _send(message: Message, file: KeptFile, what: str | BufferedInputFile) -> Message:
    match file.file.kind:
        case AttachmentKind.PHOTO:
            return await message.answer_photo(what)
        case AttachmentKind.VIDEO:
            return await message.answer_video(what)
        case AttachmentKind.VIDEO_NOTE:
            return await message.answer_video_note(what)
        case AttachmentKind.VOICE:
            return await message.answer_voice(what)
        case AttachmentKind.AUDIO:
            return await message.answer_audio(what)
        case AttachmentKind.DOCUMENT:
            return await message.answer_document(what)


def _file_id(sent: Message) -> str | None:
    """Return by which id Telegram keeps what was sent; it may take it for another kind."""
    if sent.photo:
        return sent.photo[-1].file_id
    media = sent.document or sent.video or sent.audio or sent.animation
    return media.file_id if media else None
