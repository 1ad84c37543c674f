"""Length as Telegram counts it: in UTF-16 code units, where most emoji are two."""


def utf16_length(text: str) -> int:
    """Return the number of UTF-16 code units of the text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """Return the text, or its beginning with «…», in at most `limit` UTF-16 code units."""
    if utf16_length(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - 1
    for character in text:
        room -= utf16_length(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"
