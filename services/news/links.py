"""Buttons under a post that lead out: their words in both languages and a checked address."""

import re
from urllib.parse import urlsplit

from services.news.model import Link
from services.refusal import N_, Refusal
from services.text.length import utf16_length

MOST_LINKS = 3
WORDS_LENGTH = 40  # UTF-16 units; of more, a small phone shows only the beginning
_ADDRESS_LENGTH = 2048
_ONLY_ADDRESS = ("Толығырақ", "Подробнее")
_HOST = re.compile(r"[^\W_]([\w-]*[^\W_])?(\.[^\W_]([\w-]*[^\W_])?)+(:\d{1,5})?")
_BARE = re.compile(r"[\w.-]+\.[^\W\d_]{2,}(:\d+)?([/?#]\S*)?")


def link_of(text: str) -> Link:
    """Read a button from one line, the address, or three: words in Kazakh, in Russian, address.

    Raises Refusal where it is neither, or where the words or the address do not fit.
    """
    match [line.strip() for line in text.splitlines() if line.strip()]:
        case [address]:
            words_kk, words_ru = _ONLY_ADDRESS
        case [words_kk, words_ru, address]:
            pass
        case _:
            raise Refusal(
                N_(
                    "A button is one line, the address, or three lines: "
                    "words in Kazakh, words in Russian, the address."
                )
            )
    length = max(utf16_length(words_kk), utf16_length(words_ru))
    if length > WORDS_LENGTH:
        raise Refusal(
            N_("On a button {room} characters fit, yours has {length}. Please shorten it."),
            room=WORDS_LENGTH,
            length=length,
        )
    return Link(words_kk, words_ru, address_of(address))


def address_of(text: str) -> str:
    """Return a web address or a tg link as Telegram takes it; raises Refusal for all else."""
    address = f"https://{text}" if _BARE.fullmatch(text) else text
    if not _fits(address):
        raise Refusal(
            N_("This is not a web address: {address}. It begins like this: https://"),
            address=text,
        )
    return address


def _fits(address: str) -> bool:
    if len(address) > _ADDRESS_LENGTH or re.search(r"\s", address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "tg":
        # A button to a person needs that person's consent: Telegram would refuse the post.
        return parts.netloc not in {"", "user"}
    return parts.scheme in {"http", "https"} and _HOST.fullmatch(parts.netloc) is not None
