"""What people send, as the tables keep it: under whose message it came."""

import hashlib
from typing import Any

from services.appeals.model import Attachment

_FOREIGN = 1 << 60
# Bits below it: so many of the person, then so many of the message, an int of Telegram's.
_PERSON, _MESSAGE = 28, 32


def entry_key(author: int | None, message_id: int) -> str:
    """Return the natural key of what somebody said in a message."""
    return f"{author}:{message_id}"


def message_key(person_id: int, message_id: int) -> int:
    """Return what a file of somebody else than the appeal's own citizen is kept under.

    Telegram counts the messages of a bot with all people together, but a bot that took the place
    of another one begins anew, so another person's number may be taken. These numbers are larger
    than any of Telegram's, so such files stand behind the citizen's own.
    """
    return own_keys(person_id).start | message_id


def own_keys(person_id: int) -> range:
    """Return the numbers under which files of this person stand with appeals of others.

    Of the followers of one appeal two have the same ones once in 268 million.
    """
    digest = hashlib.blake2s(str(person_id).encode(), digest_size=4).digest()
    begin = _FOREIGN | int.from_bytes(digest) >> (32 - _PERSON) << _MESSAGE
    return range(begin, begin + (1 << _MESSAGE))


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
