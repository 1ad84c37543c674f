"""Copies of citizens' files on the disk, sealed like their words; older ones stay readable."""

import os
from pathlib import Path

from storage import vault

_HEAD = 5  # bytes that tell the key


def write_copy(part: Path, data: bytes) -> None:
    """Write a file, sealed where there is a key, for the bot alone, safe on the disk."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(vault.seal_bytes(data))
        file.flush()
        os.fsync(file.fileno())


def read_copy(path: Path) -> bytes:
    """Return what a citizen sent. Raises OSError, and SealBroken where its key is missing."""
    return vault.open_bytes(path.read_bytes())


def folders_of_copies(directory: Path | None) -> list[Path]:
    """Return the folders that hold copies; none where none are kept."""
    if directory is None or not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.is_dir())


def copies_in(folder: Path) -> list[Path]:
    """Return the copies in a folder, without what is still being written."""
    return sorted(path for path in folder.iterdir() if path.is_file() and path.suffix != ".part")


def key_of_copy(path: Path) -> str | None:
    """Return the name of the key that a copy is under, None where it is not sealed."""
    with path.open("rb") as file:
        return vault.key_of(file.read(_HEAD))


def seal_folder_anew(folder: Path) -> int:
    """Seal the copies in a folder that are not under the newest key; return how many."""
    return sum(map(_seal_anew, copies_in(folder)))


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _seal_anew(path: Path) -> bool:
    if key_of_copy(path) == vault.newest_key():
        return False
    # Where those lie that a killed process has left and the next one removes.
    part = path.parents[1] / f"{path.name}.{os.getpid()}.part"
    try:
        write_copy(part, read_copy(path))
        if not path.exists():  # its time was over meanwhile
            return False
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(path.parent)
    return True
