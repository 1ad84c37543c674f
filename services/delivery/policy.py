"""What this installation allows mailings: how many, to how many, and at what price."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Policy:
    """The administrator's limits, from the settings."""

    # A mailing to more people than this needs another operator's approval.
    approval_above: int = 1000
    # The most mailings that one person gets in seven days.
    per_week: int = 5
    # The most Stars that one mailing may cost with paid broadcasting; 0: it is off.
    paid_stars: int = 0
    # What Telegram allows the bot; above thirty only with paid broadcasting.
    per_second: int = 30
    # The party's channel, by its id or @name; None: there is none.
    channel: int | str | None = None


USUAL = Policy()
