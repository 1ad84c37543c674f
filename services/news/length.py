"""How long a formatted text is to Telegram: UTF-16 units of what is shown, without the tags."""

from html.parser import HTMLParser

TEXT_LENGTH = 4096  # Bot API, sendMessage.text
CAPTION_LENGTH = 1024  # Bot API, sendPhoto.caption


class _Shown(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.units = 0

    def handle_data(self, data: str) -> None:
        self.units += len(data.encode("utf-16-le")) // 2


def shown_length(html: str) -> int:
    """Return the length of Telegram HTML after its entities are parsed, in UTF-16 units."""
    shown = _Shown()
    shown.feed(html)
    shown.close()
    return shown.units


def room_for(*, photo: bool) -> int:
    """Return how long a post may be: less under a photo."""
    return CAPTION_LENGTH if photo else TEXT_LENGTH
