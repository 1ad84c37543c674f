"""HTML character references, of which Telegram knows numbers and four names."""

import re

LAST_CODE = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")


def decode_reference(text: str, position: int) -> tuple[str, int]:
    """Return the character that a reference at `&` stands for and where it ends.

    Telegram knows numbers and four names; anything else is the plain sign `&`.
    """
    found = REFERENCE.match(text, position)
    if found is None:
        return "&", position + 1
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        if name not in NAMED:
            return "&", position + 1
        return NAMED[name], found.end()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= LAST_CODE or code in SURROGATES:
        return "&", position + 1
    return chr(code), found.end()


def decode_all(text: str) -> str:
    """Return an attribute's value with its character references decoded."""
    pieces, position = [], 0
    while (found := text.find("&", position)) >= 0:
        pieces.append(text[position:found])
        decoded, position = decode_reference(text, found)
        pieces.append(decoded)
    return "".join([*pieces, text[position:]])
