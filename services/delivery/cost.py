"""What paid broadcasting costs: a tenth of a Star for each message that arrives.

Source: https://core.telegram.org/bots/api#sendmessage (allow_paid_broadcast)
"""

from collections.abc import Mapping
from typing import Any

from services.delivery.mailing import Mailing
from services.delivery.policy import Policy

MESSAGES_PER_STAR = 10


def messages_each(payload: Mapping[str, Any]) -> int:
    """Return how many messages one person gets: an album is as many as its parts, and its text."""
    parts = len(payload.get("media") or ())
    return 1 if parts <= 1 else parts + 1


def stars_for(people: int, payload: Mapping[str, Any]) -> int:
    """Return the whole Stars that are enough to pay for everybody."""
    return -(-people * messages_each(payload) // MESSAGES_PER_STAR)


def affordable(mailing: Mailing, policy: Policy) -> int:
    """Return to how many people more the mailing may go paid for, by its ceiling and ours."""
    if mailing.stars is None:
        return 0
    most = min(mailing.stars, policy.paid_stars) * MESSAGES_PER_STAR
    return max(0, most - mailing.paid) // messages_each(mailing.payload)
