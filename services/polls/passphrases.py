"""A poll's secret key under the passphrases of two people: both open it, either alone nothing.

A passphrase becomes a key pair by Argon2id (RFC 9106): what is sealed to its public half only the
words open again. So the key can be locked when neither of the two is there to speak, and no
passphrase has to be kept for that moment. The secret key is split in two halves by exclusive or,
each of them random by itself, and each sealed to one of the two.
"""

import secrets
import struct
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.pwhash import argon2id

from services.refusal import N_, Refusal

SHORTEST = 16
_FEWEST_LETTERS = 6  # different ones
_KEY = 32
_LOCK = struct.Struct(">16sII32s")  # salt, operations, memory in KiB, public key
_BOX = _KEY + 48  # a half in a sealed box of libsodium
# RFC 9106, the second recommended option: 64 MiB, three passes; about 0.1 s.
_OPERATIONS, _MEMORY = 3, 64 * 1024

LOCK_LENGTH = _LOCK.size
HALF_LENGTH = LOCK_LENGTH + _BOX


@dataclass(frozen=True, slots=True)
class Lock:
    """What is known of a passphrase: how it is made a key pair, and the public half of that."""

    salt: bytes = field(repr=False)
    operations: int
    memory: int  # KiB
    public_key: bytes

    def as_bytes(self) -> bytes:
        """Return LOCK_LENGTH bytes."""
        return _LOCK.pack(self.salt, self.operations, self.memory, self.public_key)

    @classmethod
    def of_bytes(cls, packed: bytes) -> "Lock":
        """Return what as_bytes gave."""
        return cls(*_LOCK.unpack(packed))


@dataclass(frozen=True, slots=True)
class Half:
    """One half of a secret key, sealed to one lock."""

    lock: Lock
    box: bytes = field(repr=False)

    def as_bytes(self) -> bytes:
        """Return HALF_LENGTH bytes."""
        return self.lock.as_bytes() + self.box

    @classmethod
    def of_bytes(cls, packed: bytes) -> "Half":
        """Return what as_bytes gave."""
        return cls(Lock.of_bytes(packed[:LOCK_LENGTH]), packed[LOCK_LENGTH:])


class WrongPassphrase(Exception):  # noqa: N818  # it names a state of affairs
    """These words do not open this lock."""


def check_passphrase(text: str) -> None:
    """Raise Refusal for what could be guessed."""
    words = _folded(text)
    if len(words) < SHORTEST or len(set(words)) < _FEWEST_LETTERS:
        raise Refusal(
            N_(
                "This is too easy to guess. At least {number} characters are needed: four or five "
                "words that have nothing to do with each other."
            ),
            number=SHORTEST,
        )


def make_lock(passphrase: str) -> Lock:
    """Return a lock that these words open; takes 0.1 s and 64 MB."""
    salt = secrets.token_bytes(argon2id.SALTBYTES)
    private = _private_key(passphrase, salt, _OPERATIONS, _MEMORY)
    return Lock(salt, _OPERATIONS, _MEMORY, bytes(private.public_key))


def opens(lock: Lock, passphrase: str) -> bool:
    """Tell whether these words open the lock; takes as long as making it."""
    private = _private_key(passphrase, lock.salt, lock.operations, lock.memory)
    return secrets.compare_digest(bytes(private.public_key), lock.public_key)


def halve(secret_key: bytes, locks: Sequence[Lock]) -> tuple[Half, Half]:
    """Return the two halves, each under its lock; neither tells anything of the key."""
    first, second = locks
    noise = secrets.token_bytes(len(secret_key))
    return _sealed(noise, first), _sealed(_xor(noise, secret_key), second)


def open_half(half: Half, passphrase: str) -> bytes:
    """Return the half; raises WrongPassphrase."""
    lock = half.lock
    try:
        private = _private_key(passphrase, lock.salt, lock.operations, lock.memory)
        return SealedBox(private).decrypt(half.box)
    except CryptoError:
        raise WrongPassphrase from None


def put_together(first: bytes, second: bytes) -> bytes:
    """Return the secret key of two halves."""
    return _xor(first, second)


def _private_key(passphrase: str, salt: bytes, operations: int, memory: int) -> PrivateKey:
    words = _folded(passphrase).encode()
    return PrivateKey(argon2id.kdf(_KEY, words, salt, operations, memory * 1024))


def _folded(passphrase: str) -> str:
    """Return the words as another telephone would send them too: spaces and capitals aside."""
    composed = unicodedata.normalize("NFC", passphrase.casefold())
    return " ".join(composed.split())


def _sealed(half: bytes, lock: Lock) -> Half:
    return Half(lock, SealedBox(PublicKey(lock.public_key)).encrypt(half))


def _xor(first: bytes, second: bytes) -> bytes:
    return bytes(mine ^ theirs for mine, theirs in zip(first, second, strict=True))
