"""What is shown of a formatted text, and how long that is to Telegram: UTF-16 units, no tags."""

from collections.abc import Sequence
from html.parser import HTMLParser

from services.text.length import shortened, utf16_length

TEXT_LENGTH = 4096  # Bot API, sendMessage.text
CAPTION_LENGTH = 1024  # Bot API, sendPhoto.caption


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def plain_text(html: str) -> str:
    """Return what Telegram shows of its HTML, without the formatting."""
    shown = _Shown()
    shown.feed(html)
    shown.close()
    return shown.text


def shown_length(html: str) -> int:
    """Return the length of Telegram HTML after its entities are parsed, in UTF-16 units."""
    return utf16_length(plain_text(html))


def first_line(html: str, length: int) -> str:
    """Return the first line of what is shown, shortened to this many UTF-16 units."""
    line = next(iter(plain_text(html).strip().splitlines()), "")
    return shortened(line, length)


def room_for(media: Sequence[object]) -> int:
    """Return how long a post may be: less under a picture or a file, but not below an album.

    An album takes no buttons: it goes ahead, and the text follows as a message of its own.
    """
    return CAPTION_LENGTH if len(media) == 1 else TEXT_LENGTH
