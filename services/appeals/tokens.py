"""What the search for words keeps of a text: no words, only what tells words apart."""

from functools import lru_cache
from hashlib import blake2b

from services.text.stems import stems
from services.text.words import words

_SHORTEST = 2  # letters; a single one tells nothing
_LONGEST = 12  # digits of an IIN; longer rows of digits are noise
# Letters only: whole words to both databases, and nothing in the languages of their queries.
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLACES = 6  # 26⁶ tokens: of 500,000 stems one in 600 shares its token with another


def tokens_of(*texts: str) -> frozenset[str]:
    """Return the tokens of all words in texts: six letters of a-z each."""
    found: set[str] = set()
    for text in texts:
        for word in words(text):
            found |= tokens_of_word(word)
    return frozenset(found)


@lru_cache(maxsize=50_000)
def tokens_of_word(word: str) -> frozenset[str]:
    """Return the tokens of a word as ``words`` gives it, any of which stands for it.

    None for a single letter; a single digit has one.
    """
    if len(word) < _SHORTEST and not word.isdigit():
        return frozenset()
    if word.isdigit() and len(word) > _LONGEST:
        return frozenset()
    return frozenset(_token(stem) for stem in stems(word))


def _token(stem: str) -> str:
    """Return the opaque token of a stem; the one place where tokens are made."""
    number = int.from_bytes(blake2b(stem.encode(), digest_size=8).digest(), "big")
    letters = []
    for _ in range(_PLACES):
        number, letter = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[letter])
    return "".join(letters)
