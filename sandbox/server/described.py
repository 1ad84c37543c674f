"""Files as Telegram describes them in messages."""

from sandbox.server.files import FileKind, StoredFile
from sandbox.server.payload import Json, present

MEDIA_FACTS: dict[FileKind, Json] = {
    FileKind.DOCUMENT: {},
    FileKind.VIDEO: {"width": 640, "height": 360, "duration": 1},
    FileKind.VOICE: {"duration": 1},
    FileKind.AUDIO: {"duration": 1},
    FileKind.ANIMATION: {"width": 320, "height": 240, "duration": 1},
    FileKind.VIDEO_NOTE: {"length": 240, "duration": 1},
    FileKind.STICKER: {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}


def described(stored: StoredFile) -> Json:
    """Return Telegram's object for a file: Document, Video, Voice, Audio and the like."""
    found = {"file_id": stored.file_id, "file_unique_id": stored.unique_id}
    if stored.kind is FileKind.PHOTO:
        return found | {"file_size": stored.size} | stored.facts
    found["mime_type"] = stored.mime_type
    match stored.kind:
        case FileKind.DOCUMENT | FileKind.AUDIO | FileKind.ANIMATION | FileKind.VIDEO:
            found["file_name"] = stored.name
        case _:
            pass
    return found | {"file_size": stored.size} | MEDIA_FACTS[stored.kind] | present(**stored.facts)
