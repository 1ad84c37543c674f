"""Lengths as Telegram counts them."""


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units, in which Telegram counts everything."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
