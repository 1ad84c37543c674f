"""Sealing what people wrote and how to reach them, before it comes to the database.

AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, under a key that HKDF-SHA-256 derives
from DATA_KEY for each purpose. A sealed value names the key that it needs, so that values of an
old and of a new key stand beside each other while keys are changed. Without a key values stay as
they are; `python -m bot doctor` says so. One process has one ring of keys: put in at its start.

NIST allows 2³² values under one key, then two of them have the same nonce with a chance of 2⁻³³:
that is 136 values a second for a year, so a new key once a year is enough. A value is not tied to
its row or column: whoever can put a sealed value elsewhere can as well give themselves a role.
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

# No text that somebody types and no file that is kept begins so: it tells what is sealed.
MARK = "\x02"
_MARK = b"\x02"
_KEY = 32  # bytes
_NAME = 4  # bytes of the SHA-256 of a key, which tell keys apart
_NONCE = 12  # bytes
_BODY = _NAME + _NONCE  # where what was sealed begins
_WHOLE = 5  # letters of base64 that are made of the name of a key alone
_BLIND = 24  # hexadecimal digits of a blind behind the name of its key: 96 bits
_NOBODY = bytes(_NAME)  # stands for the name of the key where there is none


class BadKey(ValueError):  # noqa: N818 - said to the administrator as one sentence
    """One clear sentence about DATA_KEY."""


class SealBroken(RuntimeError):  # noqa: N818 - it names a state of affairs
    """A sealed value that none of the keys opens: its key is missing, or it was changed."""


@dataclass(frozen=True, slots=True, repr=False)
class _Key:
    name: bytes
    seal: AESGCM
    index: bytes
    words: bytes
    chain: bytes


@dataclass(frozen=True, slots=True, repr=False)
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
    return plain if ring is None else _MARK + _sealed(ring, plain)


def open_bytes(stored: bytes) -> bytes:
    """Return what was sealed, or what was written before there was a key. Raises SealBroken."""
    return _opened(stored[1:]) if stored.startswith(_MARK) else stored


def seal_text(plain: str) -> str:
    """Return what may be written in place of a text; see `seal_bytes`."""
    ring = _Vault.ring
    if ring is None:
        return plain.lstrip(MARK)
    return MARK + binascii.b2a_base64(_sealed(ring, plain.encode()), newline=False).decode()


def open_text(stored: str) -> str:
    """Return the text that was sealed; see `open_bytes`."""
    if not stored.startswith(MARK):
        return stored
    try:
        sealed = binascii.a2b_base64(stored[1:], strict_mode=True)
    except ValueError as error:
        raise SealBroken("a sealed value was changed") from error
    return _opened(sealed).decode()


def key_of(stored: str | bytes) -> str | None:
    """Return the name of the key that sealed this, hexadecimal; None where it is not sealed.

    The beginning is enough: 5 bytes, or 7 letters of a text.
    """
    if isinstance(stored, bytes):
        return stored[1 : 1 + _NAME].hex() if stored.startswith(_MARK) else None
    return base64.b64decode(stored[1:7] + "AA")[:_NAME].hex() if stored[:1] == MARK else None


def newest_key() -> str | None:
    """Return the name of the key that seals now, hexadecimal; None where there is none."""
    return _Vault.ring.keys[0].name.hex() if _Vault.ring else None


def key_names() -> Sequence[str]:
    """Return the names of all keys of the ring, hexadecimal, the newest first."""
    return [key.name.hex() for key in _Vault.ring.keys] if _Vault.ring else []


def sealed_prefix(name: str) -> str:
    """Return how each text begins that the key of this name has sealed.

    Names that differ in their last two bits only begin alike.
    """
    return MARK + base64.b64encode(bytes.fromhex(name)).decode()[:_WHOLE]


def blind(value: str) -> str:
    """Return what an index keeps of a value that must be found again: 32 hexadecimal digits.

    The name of the newest key, then HMAC-SHA-256 under it; without a key it is under a fixed one,
    and somebody who knows all possible values can find out which it is.
    """
    return blinds(value)[0]


def blinds(value: str) -> Sequence[str]:
    """Return all that an index may hold of a value: of each key, newest first, then of none."""
    secrets = [(key.name, key.index) for key in _Vault.ring.keys] if _Vault.ring else []
    return [
        name.hex() + hmac.digest(secret, value.encode(), "sha256").hex()[:_BLIND]
        for name, secret in [*secrets, (_NOBODY, b"unqosu")]
    ]


def key_of_blind(kept: str) -> str | None:
    """Return the name of the key that a blind was made under; None where it was none."""
    name = kept[: 2 * _NAME]
    return None if name == _NOBODY.hex() else name


def blind_prefix() -> str:
    """Return how each blind begins that is made now."""
    return newest_key() or _NOBODY.hex()


def word_secret() -> bytes:
    """Return the secret under which tokens of words are made; empty without a key."""
    return _Vault.ring.keys[0].words if _Vault.ring else b""


def word_secrets() -> Sequence[bytes]:
    """Return all secrets under which tokens of words may have been made, newest first."""
    return [*(key.words for key in _Vault.ring.keys), b""] if _Vault.ring else [b""]


def chain_secret() -> bytes:
    """Return the secret under which links of the audit are made; empty without a key."""
    return _Vault.ring.keys[0].chain if _Vault.ring else b""


def chain_secrets() -> Sequence[bytes]:
    """Return all secrets under which links of the audit may have been made, newest first."""
    return [*(key.chain for key in _Vault.ring.keys), b""] if _Vault.ring else [b""]


def _sealed(ring: Keyring, plain: bytes) -> bytes:
    key, nonce = ring.keys[0], os.urandom(_NONCE)
    return key.name + nonce + key.seal.encrypt(nonce, plain, None)


def _opened(sealed: bytes) -> bytes:
    name = sealed[:_NAME]
    key = _Vault.ring.by_name.get(name) if _Vault.ring else None
    if key is None:
        raise SealBroken(f"DATA_KEY lacks the key {name.hex()}")
    try:
        return key.seal.decrypt(sealed[_NAME:_BODY], sealed[_BODY:], None)
    except (InvalidTag, ValueError) as error:
        raise SealBroken("a sealed value was changed") from error


def _key(text: str) -> _Key:
    try:
        raw = base64.b64decode(text, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise BadKey("is not base64; python -m bot keys new prints a key") from None
    if len(raw) != _KEY:
        raise BadKey(f"holds {len(raw)} bytes and needs {_KEY}; python -m bot keys new prints one")
    name = hashlib.sha256(raw).digest()[:_NAME]
    index, words, chain = (_derived(raw, purpose) for purpose in ("index", "words", "chain"))
    return _Key(name, AESGCM(_derived(raw, "seal")), index, words, chain)


def _derived(raw: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), _KEY, salt=None, info=f"unqosu {purpose}".encode()).derive(raw)
