"""Telegram HTML around words; babel does not look for messages inside f-strings."""


def bold(text: str) -> str:
    """Return the text, already escaped, in bold."""
    return f"<b>{text}</b>"
