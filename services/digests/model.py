"""What kinds of digests there are, how they reach their readers, what readers do with them."""

from enum import StrEnum


class Period(StrEnum):
    """What a digest looks back on; monthly and quarterly ones are for the Bureau as a whole."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Channel(StrEnum):
    """Where a digest goes; by e-mail for whoever may not receive service data in Telegram."""

    TELEGRAM = "telegram"
    EMAIL = "email"


class ErrandKind(StrEnum):
    """What a reader does with a digest besides reading it."""

    # Took it on.
    ACCEPTED = "accepted"
    # Gave it to somebody by name, up to a day.
    DELEGATED = "delegated"
    # Asked the operators.
    ASKED = "asked"
