"""What people send, as the tables keep it: under whose message it came."""

import hashlib
from typing import Any

from services.appeals.model import Attachment

_FOREIGN = 1 << 60


def entry_key(author: int | None, message_id: int) -> str:
    """Return the natural key of what somebody said in a message."""
    return f"{author}:{message_id}"


def message_key(person_id: int, message_id: int) -> int:
    """Return what a file of somebody else than the appeal's own citizen is kept under.

    Messages are numbered in each chat anew, so another chat's number may be taken. These numbers
    are larger than any of Telegram's, so such files stand behind the citizen's own.
    """
    digest = hashlib.blake2s(entry_key(person_id, message_id).encode(), digest_size=7).digest()
    return _FOREIGN | int.from_bytes(digest)


def file_row(appeal_id: int, message_id: int, file: Attachment) -> dict[str, Any]:
    """Return a file of an appeal as the table of attachments has it."""
    return {
        "appeal_id": appeal_id,
        "message_id": message_id,
        "kind": file.kind.value,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
        "file_name": _storable(file.file_name),
        "mime_type": _storable(file.mime_type),
        "size": file.size,
    }


def _storable(text: str | None) -> str | None:
    """Return words of somebody's own as PostgreSQL takes them."""
    return None if text is None else text.replace("\x00", "")
