"""The keys of open polls: files in KEYS_DIR, outside the database and its backups.

Each poll has one file, readable by the bot's user only. It is made before the poll, named by the
poll's draft (so that a repeated launch finds the same), and destroyed when the poll is closed.
"""

import contextlib
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nacl.public import PrivateKey

from services.polls.ballot import KEY_LENGTH
from services.polls.passphrases import HALF_LENGTH, Half, Lock, halve

_MAGIC = b"unqosu poll key 1\n"
# Tag key, public key, and two halves of the secret key under a passphrase each.
_LOCKED = b"unqosu poll key 2\n"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,32}")


class MissingKey(LookupError):  # noqa: N818  # it names a state of affairs
    """The key file of a poll is not there, is damaged, or belongs to another poll."""


@dataclass(frozen=True, slots=True)
class PollKey:
    """What opens the ballots of one poll and makes its voter tags; never shown, never logged."""

    secret_key: bytes = field(repr=False)
    tag_key: bytes = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """Return the 32 bytes with which answers are sealed."""
        return bytes(PrivateKey(self.secret_key).public_key)


@dataclass(frozen=True, slots=True)
class LockedKey:
    """The key of a poll that two people's passphrases open; tags are made without them."""

    tag_key: bytes = field(repr=False)
    public_key: bytes
    halves: tuple[Half, Half]

    def opened(self, secret_key: bytes) -> PollKey:
        """Return the whole key; raises MissingKey where the secret belongs to another poll."""
        key = PollKey(secret_key, self.tag_key)
        if key.public_key != self.public_key:
            raise MissingKey("the two halves make the key of another poll")
        return key


class PollKeys:
    """Makes, finds and destroys keys. Every method touches the disk: call it in a thread."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def create(self, name: str) -> PollKey:
        """Return the key of this name, made now unless it is there; durable on return.

        Raises MissingKey where it is there under two passphrases.
        """
        path = self._path(name)
        if not path.exists():
            self._write(path, _MAGIC + secrets.token_bytes(2 * KEY_LENGTH))
        else:
            _renew(path)
        key = self._read(path)
        if isinstance(key, LockedKey):
            raise MissingKey(f"the key file {name} is locked")
        return key

    def lock(self, name: str, locks: Sequence[Lock]) -> LockedKey:
        """Return the key of this name, made now under two passphrases unless it is there.

        Its secret half is never on the disk but in that form. Raises MissingKey where a key of
        this name is there without a lock.
        """
        path = self._path(name)
        if not path.exists():
            secret = PrivateKey.generate()
            halves = b"".join(half.as_bytes() for half in halve(bytes(secret), locks))
            tag_key = secrets.token_bytes(KEY_LENGTH)
            self._write(path, _LOCKED + tag_key + bytes(secret.public_key) + halves)
        else:
            _renew(path)
        key = self._read(path)
        if isinstance(key, PollKey):
            raise MissingKey(f"the key file {name} is not locked")
        return key

    def find(self, name: str, public_key: bytes) -> PollKey | LockedKey:
        """Return the key of a launched poll; raises MissingKey, and never makes a new one."""
        key = self._read(self._path(name))
        if key.public_key != public_key:
            raise MissingKey(f"the key file {name} belongs to another poll")
        return key

    def destroy(self, name: str) -> None:
        """Overwrite and remove the key; harmless where it is gone.

        A file system that writes elsewhere on every change (flash, copy on write) may keep the
        old bytes until it reuses their place.
        """
        path = self._path(name)
        if not _overwrite(path):
            return
        path.unlink(missing_ok=True)
        self._sync_directory()

    def exposed(self) -> list[Path]:
        """Return the folder and the files in it that others on this machine may open."""
        if not self._directory.exists():
            return []
        found = [self._directory, *sorted(self._directory.iterdir())]
        return [path for path in found if path.stat().st_mode & 0o077]

    def names_before(self, moment: datetime) -> list[str]:
        """Return the keys that nobody has asked to make since this moment."""
        return sorted(path.stem for path in self._untouched(moment, "*.key"))

    def sweep_passing(self, moment: datetime) -> None:
        """Remove what a process left that was killed while it wrote a key before this moment."""
        for path in self._untouched(moment, ".*.????????"):
            if path.stat().st_nlink == 1:  # else it is a second name of a key that is in use
                _overwrite(path)
            path.unlink(missing_ok=True)

    def _untouched(self, moment: datetime, pattern: str) -> list[Path]:
        found = self._directory.glob(pattern)
        return [path for path in found if path.stat().st_mtime < moment.timestamp()]

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise ValueError("a key is named by 1 to 32 of A-Z, a-z, 0-9, _ and -")
        return self._directory / f"{name}.key"

    def _read(self, path: Path) -> PollKey | LockedKey:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise MissingKey(f"there is no key file {path.stem}") from None
        if content.startswith(_LOCKED):
            return _locked(content.removeprefix(_LOCKED), path.stem)
        body = content.removeprefix(_MAGIC)
        if len(body) != 2 * KEY_LENGTH or len(content) == len(body) or not any(body):
            raise MissingKey(f"the key file {path.stem} is damaged")
        return PollKey(body[:KEY_LENGTH], body[KEY_LENGTH:])

    def _write(self, path: Path, content: bytes) -> None:
        """Write under a passing name, then link: of two that write at once the first stays."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        passing = path.with_name(f".{path.stem}.{secrets.token_hex(4)}")
        file = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            os.write(file, content)
            os.fsync(file)
        finally:
            os.close(file)
        with contextlib.suppress(FileExistsError):
            os.link(passing, path)
        passing.unlink()
        self._sync_directory()

    def _sync_directory(self) -> None:
        directory = os.open(self._directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)


def _renew(path: Path) -> None:
    """Let whoever sweeps up old keys know that this one is wanted."""
    with contextlib.suppress(FileNotFoundError):
        os.utime(path)


def _overwrite(path: Path) -> bool:
    """Write zeros over a file; tell whether it was there."""
    try:
        file = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        os.pwrite(file, bytes(os.fstat(file).st_size), 0)
        os.fsync(file)
    finally:
        os.close(file)
    return True


def _locked(body: bytes, name: str) -> LockedKey:
    tag_key, public_key = body[:KEY_LENGTH], body[KEY_LENGTH : 2 * KEY_LENGTH]
    halves = body[2 * KEY_LENGTH :]
    if len(halves) != 2 * HALF_LENGTH or not any(tag_key):
        raise MissingKey(f"the key file {name} is damaged")
    first, second = Half.of_bytes(halves[:HALF_LENGTH]), Half.of_bytes(halves[HALF_LENGTH:])
    return LockedKey(tag_key, public_key, (first, second))
