"""Text as search compares it: SQLite cannot fold Cyrillic case, and old phones lack ә and ң."""

import unicodedata

_LETTERS = str.maketrans("әғқңөұүһіё", "агкноуухие")


def fold(text: str) -> str:
    """Return the text in lower case, Kazakh letters and ё as their plain Russian neighbours.

    Runs of white space become one space. Folding twice changes nothing.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).lower())
    return " ".join(composed.translate(_LETTERS).split())
