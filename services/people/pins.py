"""The PIN of a member of staff: six digits that are not the first ones to be tried."""

from itertools import pairwise

from nacl.exceptions import InvalidkeyError
from nacl.pwhash import argon2id

from services.refusal import N_, Refusal

DIGITS = 6
# Argon2id (RFC 9106) as libsodium measures it out for somebody who waits: 64 MiB, about 50 ms.
_OPERATIONS, _MEMORY = argon2id.OPSLIMIT_INTERACTIVE, argon2id.MEMLIMIT_INTERACTIVE
_FEWEST = 4  # different digits


def may_be_pin(text: str) -> bool:
    """Tell whether this has the form of a PIN."""
    return len(text) == DIGITS and text.isascii() and text.isdigit()


def check_form(text: str) -> None:
    """Raise Refusal for what is no PIN at all."""
    if not may_be_pin(text):
        raise Refusal(N_("A PIN has six digits. Please send six digits and nothing else."))


def check_strength(text: str) -> None:
    """Raise Refusal for what is no PIN, or would be guessed among the first."""
    check_form(text)
    if len(set(text)) < _FEWEST or _steps(text) in ({1}, {-1}) or text[:3] == text[3:]:
        raise Refusal(N_("This PIN is too easy to guess. Please choose another one."))


def digest_of(pin: str) -> str:
    """Return what may be kept of a PIN; takes some 50 ms and 64 MB."""
    return argon2id.str(pin.encode(), _OPERATIONS, _MEMORY).decode()


def fits(digest: str, pin: str) -> bool:
    """Tell whether this is the PIN; takes as long as making its digest."""
    try:
        return bool(argon2id.verify(digest.encode(), pin.encode()))
    except InvalidkeyError:
        return False


def _steps(text: str) -> set[int]:
    """Return by how much each digit differs from the one before."""
    return {int(after) - int(before) for before, after in pairwise(text)}
