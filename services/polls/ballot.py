"""The secret ballot: who answered becomes a tag, what they answered becomes a sealed box.

The tag is HMAC-SHA-256 (RFC 2104) under a key of the poll over (poll, person): the same person
overwrites the same ballot, and without the key nobody can tell whose it is, nor match tags of
two polls. The box is X25519 with XSalsa20-Poly1305 (libsodium's sealed box): whoever writes it
cannot open it again. The answer and the profile of that moment go in together, padded to one
length, so that nothing can be told from a size.
"""

import hmac
import struct
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from services.people.model import Profile, Settlement, Sex

KEY_LENGTH = 32
TAG_LENGTH = 32
PLAIN_LENGTH = 64
# libsodium's crypto_box_SEALBYTES: an ephemeral public key and a Poly1305 tag.
SEALED_LENGTH = PLAIN_LENGTH + 48

_VERSION = 1
# version, region, district, born_from, born_to, sex, settlement, number of chosen options
_HEAD = struct.Struct(">B2s6sHHBBB")
_SEXES = (None, Sex.MALE, Sex.FEMALE)
_SETTLEMENTS = (None, Settlement.URBAN, Settlement.RURAL)


class NotABallot(ValueError):  # noqa: N818  # the counting sets it aside, it stops nothing
    """These bytes cannot be opened with this key, or what is inside makes no sense."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """Positions of the chosen options and the profile at the moment of answering."""

    chosen: tuple[int, ...]
    profile: Profile


def voter_tag(tag_key: bytes, poll_id: int, person_id: int) -> bytes:
    """Return the 32 bytes under which this person's ballot in this poll is kept."""
    return hmac.digest(tag_key, struct.pack(">cqq", b"t", poll_id, person_id), "sha256")


def seal(public_key: bytes, ballot: Ballot) -> bytes:
    """Return the sealed ballot, always SEALED_LENGTH bytes."""
    return SealedBox(PublicKey(public_key)).encrypt(_encode(ballot))


def open_ballot(secret_key: bytes, sealed: bytes) -> Ballot:
    """Return the ballot; raises NotABallot."""
    try:
        plain = SealedBox(PrivateKey(secret_key)).decrypt(sealed)
    except (CryptoError, ValueError) as error:
        raise NotABallot("cannot be opened with this key") from error
    return _decode(plain)


def seal_draft(tag_key: bytes, poll_id: int, person_id: int, option: int) -> bytes:
    """Return an answer under way, readable only with the poll's tag key."""
    return bytes(_draft_box(tag_key, poll_id, person_id).encrypt(bytes([option])))


def open_draft(tag_key: bytes, poll_id: int, person_id: int, draft: bytes) -> int:
    """Return the option of an answer under way; raises NotABallot."""
    try:
        return _draft_box(tag_key, poll_id, person_id).decrypt(draft)[0]
    except (CryptoError, ValueError) as error:
        raise NotABallot("cannot be opened with this key") from error


def _draft_box(tag_key: bytes, poll_id: int, person_id: int) -> SecretBox:
    return SecretBox(hmac.digest(tag_key, struct.pack(">cqq", b"d", poll_id, person_id), "sha256"))


def _encode(ballot: Ballot) -> bytes:
    profile = ballot.profile
    head = _HEAD.pack(
        _VERSION,
        (profile.region or "").encode("ascii"),
        (profile.district or "").encode("ascii"),
        profile.born_from or 0,
        profile.born_to or 0,
        _SEXES.index(profile.sex),
        _SETTLEMENTS.index(profile.settlement),
        len(ballot.chosen),
    )
    plain = head + bytes(ballot.chosen)
    if len(plain) > PLAIN_LENGTH:
        raise ValueError(f"a ballot holds at most {PLAIN_LENGTH - _HEAD.size} chosen options")
    return plain.ljust(PLAIN_LENGTH, b"\0")


def _decode(plain: bytes) -> Ballot:
    if len(plain) != PLAIN_LENGTH or plain[0] != _VERSION:
        raise NotABallot("unknown encoding")
    _, region, district, born_from, born_to, sex, settlement, number = _HEAD.unpack_from(plain)
    try:
        profile = Profile(
            region=_text(region),
            district=_text(district),
            born_from=born_from or None,
            born_to=born_to or None,
            sex=_SEXES[sex],
            settlement=_SETTLEMENTS[settlement],
        )
    except (IndexError, UnicodeDecodeError) as error:
        raise NotABallot("unknown encoding") from error
    return Ballot(tuple(plain[_HEAD.size : _HEAD.size + number]), profile)


def _text(field: bytes) -> str | None:
    return field.rstrip(b"\0").decode("ascii") or None
