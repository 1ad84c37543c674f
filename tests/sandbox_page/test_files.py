"""What the page is made of; needs no browser."""

import gzip
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "sandbox" / "page"
SOURCES = sorted(path for path in PAGE.iterdir() if path.suffix in {".html", ".css", ".js"})
OWN = ("http://www.w3.org/2000/svg", "https://t.me/", "https://$")
COMPRESSED_LIMIT = 60_000


def test_nothing_from_elsewhere() -> None:
    """The page names no address outside itself: nothing leaves the computer."""
    found = {
        (path.name, address)
        for path in SOURCES
        for address in re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
        if not address.startswith(OWN)
    }
    assert set() == found


def test_no_markup_from_text() -> None:
    """No script turns text into markup."""
    found = {
        path.name
        for path in SOURCES
        if re.search(r"innerHTML|outerHTML|insertAdjacentHTML", path.read_text(encoding="utf-8"))
    }
    assert set() == found


def test_small() -> None:
    """The whole page is light for an old phone."""
    assert len(gzip.compress(b"".join(path.read_bytes() for path in SOURCES))) < COMPRESSED_LIMIT


def test_words_in_both_languages() -> None:
    """Each phrase of the page is there in Kazakh and Russian with the same placeholders."""
    text = (PAGE / "words.js").read_text(encoding="utf-8")
    words = re.findall(r'^  (\w+): \[\s*"([^"]+)",\s*"([^"]+)",?\s*\]', text, re.MULTILINE)
    assert len(words) == len(re.findall(r"^  \w+: \[", text, re.MULTILINE))
    uneven = [
        key
        for key, kazakh, russian in words
        if sorted(re.findall(r"{\w+}", kazakh)) != sorted(re.findall(r"{\w+}", russian))
    ]
    assert [] == uneven
