"""What an administrator reads in the morning of appeals that belong to nobody."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealsListed
from handlers.text import _
from handlers.views.calendar_days import full
from services.appeals.lists import Listed
from services.organisation.directory import Organisation


def undistributed_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return how many there are, with the way to their list."""
    words = _(
        "❓ <b>{date}</b> · Not distributed: {count}\n\n"
        "No office takes these appeals, or nobody answers for them. Please choose a topic and a "
        "place for each, or hand it to somebody, and complete the routes."
    )
    day = full(date.fromisoformat(payload["day"]))
    label = _("❓ Not distributed: {count}").format(count=payload["count"])
    opening = button(label, AppealsListed(kind=Listed.UNROUTED))
    return Notice(words.format(date=day, count=payload["count"]), keyboard([opening]))
