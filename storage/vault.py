"""Sealing what people wrote and how to reach them, before it comes to the database.

AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, under a key that HKDF-SHA-256 derives
from DATA_KEY for each purpose. A sealed value names the key that it needs, so that values of an
old and of a new key stand beside each other while keys are changed. Without a key values stay as
they are; `python -m bot doctor` says so. One process has one ring of keys: put in at its start.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# No text that somebody types begins so: a sealed value is told from one that is not.
MARK = "\x02"
_KEY = 32  # bytes
_NAME = 4  # bytes of the SHA-256 of a key, which tell keys apart
_NONCE = 12  # bytes


class BadKey(ValueError):  # noqa: N818 - said to the administrator as one sentence
    """One clear sentence about DATA_KEY."""


class SealBroken(RuntimeError):  # noqa: N818 - it names a state of affairs
    """A sealed value that none of the keys opens: its key is missing, or it was changed."""


@dataclass(frozen=True, slots=True)
class _Key:
    name: bytes
    seal: AESGCM
    index: bytes
    chain: bytes


@dataclass(frozen=True, slots=True)
class Keyring:
    """The key that seals, first, and older ones that only open."""

    keys: tuple[_Key, ...]
    by_name: dict[bytes, _Key] = field(default_factory=dict)


def keyring(text: str) -> Keyring:
    """Return the ring that DATA_KEY spells: keys of 32 bytes in base64, commas between them.

    The first seals, all of them open. Raises BadKey.
    """
    keys = tuple(_key(part.strip()) for part in text.split(",") if part.strip())
    if not keys:
        raise BadKey("is empty; python -m bot keys new prints a key")
    return Keyring(keys, {key.name: key for key in keys})


def new_key() -> str:
    """Return a fresh key as DATA_KEY takes it."""
    return base64.urlsafe_b64encode(os.urandom(_KEY)).decode()


class _Vault:
    ring: Keyring | None = None


def use(ring: Keyring | None) -> None:
    """Seal with the first key of this ring from now on, in the whole process; None: not at all."""
    _Vault.ring = ring


def is_locked() -> bool:
    """Tell whether there is a key."""
    return _Vault.ring is not None


def seal_bytes(plain: bytes) -> bytes:
    """Return what may be written: sealed where there is a key, else as it is."""
    ring = _Vault.ring
    if ring is None:
        return plain
    key = ring.keys[0]
    nonce = os.urandom(_NONCE)
    return MARK.encode() + key.name + nonce + key.seal.encrypt(nonce, plain, None)


def open_bytes(stored: bytes) -> bytes:
    """Return what was sealed, or what was written before there was a key. Raises SealBroken."""
    if not stored.startswith(MARK.encode()):
        return stored
    name = stored[1 : 1 + _NAME]
    key = _Vault.ring.by_name.get(name) if _Vault.ring else None
    if key is None:
        raise SealBroken(f"DATA_KEY lacks the key {name.hex()}")
    nonce = stored[1 + _NAME : 1 + _NAME + _NONCE]
    try:
        return key.seal.decrypt(nonce, stored[1 + _NAME + _NONCE :], None)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("a sealed value was changed") from error


def seal_text(plain: str) -> str:
    """Return what may be written in place of a text; see `seal_bytes`."""
    if _Vault.ring is None:
        return plain.lstrip(MARK)
    return MARK + base64.b64encode(seal_bytes(plain.encode())[1:]).decode()


def open_text(stored: str) -> str:
    """Return the text that was sealed; see `open_bytes`."""
    if not stored.startswith(MARK):
        return stored
    try:
        sealed = base64.b64decode(stored[1:], validate=True)
    except binascii.Error as error:
        raise SealBroken("a sealed value was changed") from error
    return open_bytes(MARK.encode() + sealed).decode()


def key_of(stored: str | bytes) -> str | None:
    """Return the name of the key that sealed this, hexadecimal; None where it is not sealed."""
    if isinstance(stored, bytes):
        return stored[1 : 1 + _NAME].hex() if stored.startswith(MARK.encode()) else None
    return base64.b64decode(stored[1:])[:_NAME].hex() if stored.startswith(MARK) else None


def newest_key() -> str | None:
    """Return the name of the key that seals now, hexadecimal; None where there is none."""
    return _Vault.ring.keys[0].name.hex() if _Vault.ring else None


def blind(value: str) -> str:
    """Return what an index keeps of a value that must be found again: 32 hexadecimal digits.

    HMAC-SHA-256 under the newest key; without a key it is under a fixed one, and somebody who
    knows all possible values can find out which it is.
    """
    return blinds(value)[0]


def blinds(value: str) -> Sequence[str]:
    """Return what an index may hold of a value, of the newest key first: one for each key."""
    secrets = [key.index for key in _Vault.ring.keys] if _Vault.ring else [b"unqosu"]
    return [hmac.digest(secret, value.encode(), "sha256").hex()[:32] for secret in secrets]


def chain_secret() -> bytes:
    """Return the secret under which links of the audit are made; empty without a key."""
    return _Vault.ring.keys[0].chain if _Vault.ring else b""


def chain_secrets() -> Sequence[bytes]:
    """Return all secrets under which links of the audit may have been made, newest first."""
    return [*(key.chain for key in _Vault.ring.keys), b""] if _Vault.ring else [b""]


def _key(text: str) -> _Key:
    try:
        raw = base64.urlsafe_b64decode(text)
    except (binascii.Error, ValueError):
        raise BadKey("is not base64; python -m bot keys new prints a key") from None
    if len(raw) != _KEY:
        raise BadKey(f"holds {len(raw)} bytes and needs {_KEY}; python -m bot keys new prints one")
    name = hashlib.sha256(raw).digest()[:_NAME]
    return _Key(
        name, AESGCM(_derived(raw, "seal")), _derived(raw, "index"), _derived(raw, "chain")
    )


def _derived(raw: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=f"unqosu {purpose}".encode()).derive(raw)
