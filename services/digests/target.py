"""The share of answers in time that the party aims at: data, as all of its rules are."""

from sqlalchemy import Connection

from storage import organisation as rows

# Key of the text of the organisation's file, and what holds where it is missing or no share.
TARGET_TEXT = "target_in_time"
DEFAULT = 0.9


def target_in_time(connection: Connection) -> float:
    """Return the share in time that is aimed at, above 0 and at most 1."""
    texts = {row["key"]: row["kk"] for row in rows.party_texts(connection)}
    return read_target(texts.get(TARGET_TEXT, ""))


def read_target(text: str) -> float:
    """Return the share that a text names, as «0.9», «0,9» or «90 %»; DEFAULT where it is none."""
    words = text.replace(",", ".").replace("\N{NO-BREAK SPACE}", " ").strip()
    per_cent = words.endswith("%")
    try:
        share = float(words.removesuffix("%").strip()) / (100 if per_cent else 1)
    except ValueError:
        return DEFAULT
    return share if 0 < share <= 1 else DEFAULT
