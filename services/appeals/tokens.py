"""What the search for words keeps of a text: no words, only what tells words apart.

A token is a keyed hash of a stem, so that a copy of the database tells nobody without DATA_KEY
which words an appeal holds. Without a key whoever hashes a dictionary can find out.
"""

import hmac
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b

from services.text.stems import stems
from services.text.words import words
from storage import vault

_SHORTEST = 2  # letters; a single one tells nothing
_LONGEST = 12  # digits of an IIN; longer rows of digits are noise
# Letters only: whole words to both databases, and nothing in the languages of their queries.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLACES = 6  # 26⁶ tokens: of 500,000 stems one in 600 shares its token with another


def tokens_of(*texts: str) -> frozenset[str]:
    """Return the tokens to keep of all words in texts, under the newest key."""
    secret = vault.word_secret()
    found: set[str] = set()
    for text in texts:
        for word in words(text):
            found |= _tokens(word, secret)
    return frozenset(found)


def tokens_of_word(word: str) -> frozenset[str]:
    """Return the tokens, any of which stands for a word as ``words`` gives it, under every key.

    None for a single letter; a single digit has one under each key.
    """
    return frozenset().union(*(_tokens(word, secret) for secret in vault.word_secrets()))


def sign_of_key() -> frozenset[str]:
    """Return the token that tells under which key the others beside it were made.

    That is the one of no word at all; nothing without a key.
    """
    secret = vault.word_secret()
    return frozenset({_token("", secret)}) if secret else frozenset()


def signs_of_keys() -> Mapping[str, str]:
    """Return what `sign_of_key` tells under each key of the ring, by the name of the key."""
    secrets = zip(vault.key_names(), vault.word_secrets(), strict=False)  # the last is of no key
    return {name: _token("", secret) for name, secret in secrets}


@lru_cache(maxsize=50_000)
def _tokens(word: str, secret: bytes) -> frozenset[str]:
    if len(word) < _SHORTEST and not word.isdigit():
        return frozenset()
    if word.isdigit() and len(word) > _LONGEST:
        return frozenset()
    return frozenset(_token(stem, secret) for stem in stems(word))


def _token(stem: str, secret: bytes) -> str:
    """Return the opaque token of a stem, six letters of a-z; the one place that makes them."""
    if secret:
        digest = hmac.digest(secret, stem.encode(), "sha256")[:8]
    else:
        digest = blake2b(stem.encode(), digest_size=8).digest()
    number = int.from_bytes(digest, "big")
    letters = []
    for _ in range(_PLACES):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)
