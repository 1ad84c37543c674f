from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: it is ok, or the words say what to do."""

    subject: str
    ok: bool
    words: str
