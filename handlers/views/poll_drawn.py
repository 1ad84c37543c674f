"""What everybody reads of the draw of a sample before it is counted."""

from handlers.text import _
from services.polls.model import Poll


def drawn_line(poll: Poll) -> str:
    """Return what an invitation says of the draw; empty where nobody was drawn."""
    hashed = fingerprint(poll)
    if not hashed:
        return ""
    told = _("🎲 People are invited by a random draw. Its fingerprint (SHA-256): {hash}")
    return f"<i>{told.format(hash=hashed)}</i>"


def fingerprint(poll: Poll) -> str:
    """Return the hash of the seed as it was published before the draw, as HTML."""
    found = (poll.passport.sample or {}).get("seed_hash")
    return f"<code>{found}</code>" if found else ""
