"""Files by id: what people and the bot have uploaded."""

import base64
import hashlib
import mimetypes
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.server.images import picture_size, scaled
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal

DOWNLOAD_LIMIT = 20 * 1024 * 1024
"""getFile serves files of up to 20 MB: https://core.telegram.org/bots/api#getfile."""
UPLOAD_LIMIT = 50 * 1024 * 1024
"""A bot uploads up to 50 MB: https://core.telegram.org/bots/api#sending-files."""
PHOTO_LIMIT = 10 * 1024 * 1024
PHOTO_SIDES = 10_000
PHOTO_RATIO = 20


class FileKind(StrEnum):
    """Telegram's kinds of files; the values are its field names."""

    PHOTO = "photo"
    DOCUMENT = "document"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    ANIMATION = "animation"
    STICKER = "sticker"
    VIDEO_NOTE = "video_note"


PREFIXES = {
    FileKind.PHOTO: "AgACAgIAAxk",
    FileKind.DOCUMENT: "BQACAgIAAxk",
    FileKind.VIDEO: "BAACAgIAAxk",
    FileKind.VOICE: "AwACAgIAAxk",
    FileKind.AUDIO: "CQACAgIAAxk",
    FileKind.ANIMATION: "CgACAgIAAxk",
    FileKind.STICKER: "CAACAgIAAxk",
    FileKind.VIDEO_NOTE: "DQACAgIAAxk",
}
DEFAULT_NAMES = {
    FileKind.PHOTO: "photo.jpg",
    FileKind.VIDEO: "video.mp4",
    FileKind.VOICE: "voice.ogg",
    FileKind.AUDIO: "audio.mp3",
    FileKind.ANIMATION: "animation.mp4",
    FileKind.STICKER: "sticker.webp",
    FileKind.VIDEO_NOTE: "note.mp4",
    FileKind.DOCUMENT: "file",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in; `claimed` stands for the size of one that has no bytes here."""

    name: str
    data: bytes
    content_type: str | None = None
    claimed: int | None = None

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.data) if self.claimed is None else self.claimed


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file under its id."""

    file_id: str
    unique_id: str
    kind: FileKind
    path: str
    name: str
    mime_type: str
    size: int
    data: bytes
    facts: Json

    def as_file(self) -> Json:
        """Return Telegram's File object; raises Refusal over 20 MB."""
        if self.size > DOWNLOAD_LIMIT:
            raise Refusal.bad_request("file is too big")
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
            "file_path": self.path,
        }


class FileStore:
    """Every file of the sandbox, in memory; equal contents are kept once."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}
        self._contents: dict[bytes, bytes] = {}
        self._sizes: dict[str, list[StoredFile]] = {}
        self._count = 0

    def find(self, file_id: str) -> StoredFile | None:
        """Return a file by its id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return a file by the path that getFile told."""
        return self._by_path.get(path)

    def add(self, kind: FileKind, upload: Upload, facts: Json | None = None) -> StoredFile:
        """Keep an upload of any kind but a photo."""
        return self._keep(kind, upload, facts or {}, "")

    def add_known(self, file_id: str, upload: Upload) -> None:
        """Keep a document under an id that is agreed upon."""
        self._by_id[file_id] = replace(self.add(FileKind.DOCUMENT, upload), file_id=file_id)

    def add_photo(self, upload: Upload) -> list[StoredFile]:
        """Keep a photo in Telegram's sizes, smallest first; raises Refusal for no picture.

        All sizes serve the same bytes: the sandbox does not redraw pictures.
        """
        if upload.size > PHOTO_LIMIT:
            raise Refusal.bad_request(
                f"file of size {upload.size} bytes is too big for a photo; "
                f"the maximum size is {PHOTO_LIMIT} bytes"
            )
        size = picture_size(upload.data)
        if size is None or 0 in size:
            raise Refusal.bad_request("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > PHOTO_SIDES or max(size) > PHOTO_RATIO * min(size):
            raise Refusal.bad_request("PHOTO_INVALID_DIMENSIONS")
        sizes = [
            self._keep(FileKind.PHOTO, upload, {"width": wide, "height": high}, letter)
            for letter, wide, high in scaled(width, height)
        ]
        self._sizes.update((stored.file_id, sizes) for stored in sizes)
        return sizes

    def photo_sizes(self, one: StoredFile) -> list[StoredFile]:
        """Return all sizes of a photo of which one size is known, smallest first."""
        return self._sizes[one.file_id]

    def _keep(self, kind: FileKind, upload: Upload, facts: Json, letter: str) -> StoredFile:
        digest = hashlib.sha256(upload.data + str(upload.claimed).encode()).digest()
        name = upload.name or DEFAULT_NAMES[kind]
        identity = hashlib.sha256(digest + kind.encode() + name.encode() + letter.encode())
        file_id = PREFIXES[kind] + base64.urlsafe_b64encode(identity.digest()).decode()[:43]
        known = self._by_id.get(file_id)
        if known is not None:
            return known
        self._count += 1
        guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
        given = upload.content_type
        mime_type = guessed if given in {None, "", "application/octet-stream"} else given
        suffix = name[name.rfind(".") :] if "." in name else mimetypes.guess_extension(guessed)
        folder = "voice" if kind is FileKind.VOICE else f"{kind.value}s"
        stored = StoredFile(
            file_id,
            "AgAD" + base64.urlsafe_b64encode(digest).decode()[:11] + (letter or "-"),
            kind,
            f"{folder}/file_{self._count}{suffix or ''}",
            name,
            mime_type or guessed,
            upload.size,
            self._contents.setdefault(digest, upload.data),
            facts,
        )
        self._by_id[file_id] = self._by_path[stored.path] = stored
        return stored
