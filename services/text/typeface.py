"""DejaVu Sans, which has every letter of Kazakh and Russian, for documents that are drawn."""

import unicodedata
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

# For a character that the font does not have.
_UNKNOWN = "□"
# Characters that are seen by their effect alone; the font has no picture of them.
_INVISIBLE = frozenset({"Cf", "Cc", "Cs", "Co", "Cn", "Mn", "Me"})


def font_folder() -> Path:
    """Return the folder of the fonts that matplotlib ships, without loading matplotlib."""
    found = find_spec("matplotlib")
    if found is None or not found.submodule_search_locations:
        raise FileNotFoundError("matplotlib")
    return Path(next(iter(found.submodule_search_locations)), "mpl-data", "fonts", "ttf")


def drawable(text: str, has: Callable[[int], bool]) -> str:
    """Return the words with a box for each character that the font does not have."""
    return "".join(_character(each, has) for each in unicodedata.normalize("NFC", text))


def _character(each: str, has: Callable[[int], bool]) -> str:
    if each == "\n" or has(ord(each)):
        return "" if unicodedata.category(each) == "Cf" else each
    if each == "\t":
        return "    "
    return "" if unicodedata.category(each) in _INVISIBLE else _UNKNOWN
