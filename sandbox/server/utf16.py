"""Lengths as Telegram counts them."""


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts everything."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> list[str]:
    """Cut a text into pieces of at most `limit` UTF-16 units."""
    if utf16_length(text) <= limit:
        return [text] if text else []
    pieces: list[str] = []
    piece: list[str] = []
    size = 0
    for sign in text:
        width = utf16_length(sign)
        if size + width > limit:
            pieces.append("".join(piece))
            piece, size = [], 0
        piece.append(sign)
        size += width
    return [*pieces, "".join(piece)]
