"""What Telegram calls a photo, a video or a document, as a file of an appeal."""

from aiogram.types import Message

from services.appeals.model import Attachment, AttachmentKind

_NAME_LENGTH = 255
_MIME_LENGTH = 127


def attachment_of(message: Message) -> Attachment | None:
    """Return the file of a message, None where it has none that an appeal can hold."""
    if message.photo:
        largest = message.photo[-1]
        kind = AttachmentKind.PHOTO
        return Attachment(kind, largest.file_id, largest.file_unique_id, size=largest.file_size)
    for kind in AttachmentKind:
        media = getattr(message, kind.value, None)
        if media:
            name = getattr(media, "file_name", None)
            mime = getattr(media, "mime_type", None)
            return Attachment(
                kind,
                media.file_id,
                media.file_unique_id,
                name[:_NAME_LENGTH] if name else None,
                mime[:_MIME_LENGTH] if mime else None,
                media.file_size,
            )
    return None
