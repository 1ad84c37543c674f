"""The one reminder of a poll, to who was invited and has not answered."""

from collections.abc import Mapping
from typing import Any

from handlers.notice import Notice
from handlers.text import _
from handlers.views.emphasis import bold
from handlers.views.poll_text import poll_keyboard, poll_text
from services.organisation.directory import Organisation
from services.polls.payload import poll_from


def reminder_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "poll_reminder"; no other one follows."""
    poll = poll_from(payload)
    begin = bold(_("🔔 Your answer has not come yet. There is still time:"))
    end = _("This is the only reminder of this poll.")
    return Notice(f"{begin}\n\n{poll_text(poll)}\n\n{end}", poll_keyboard(poll))
