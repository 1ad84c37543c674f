"""What Telegram does to any text before it is a message."""

import re

UNSEEN = re.compile("[\\x00-\\x08\\x0b-\\x1f\\u2028-\\u202e]")


def clean(text: str) -> str:
    """Return a text without what Telegram takes out of it.

    Line and paragraph separators, overrides of the writing direction and carriage returns go,
    other control characters become spaces.
    """
    return UNSEEN.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    sign = found.group()
    return "" if sign == "\r" or sign >= "\u2028" else " "
