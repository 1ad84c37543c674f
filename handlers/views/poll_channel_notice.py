"""What is said to those who can mend it where a result could not be posted in the channel."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.notice import Notice
from handlers.text import _, pick
from services.organisation.directory import Organisation


def not_posted_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "result_not_posted"."""
    words = _(
        "⚠️ <b>The result is not in the channel, or only in part</b>\n\n{title}\n\n"
        "Please look whether the bot may post there, and post the result by hand: it is under "
        "/polls. The bot does not post it again by itself, so that nothing stands there twice."
    )
    title = pick(payload["title_kk"], payload["title_ru"])
    return Notice(words.format(title=escape(title)))
