"""What staff are told about approvals and planned posts."""

from collections.abc import Mapping
from datetime import datetime
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.approval_callbacks import ApprovalOpened
from handlers.views.calendar_days import moment
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from services.organisation.directory import Organisation


def asked_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "approval_asked", to everybody who may approve."""
    lines = [
        bold(_("🔎 A post waits for your approval")),
        _("Asks: {name}").format(name=escape(payload["asker"])),
        _("Post: {title}").format(title=_title(payload)),
        _("Will get it: {count}").format(count=spaced(payload["people"])),
    ]
    if payload["changed"]:
        lines.append(_("The post was changed; the former request is void."))
    look = button(_("👀 See what goes out"), ApprovalOpened(approval=payload["approval"]))
    return Notice("\n".join(lines), keyboard([look]))


def decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "approval_decided", to who asked."""
    card = button(_("🔎 Open the request"), ApprovalOpened(approval=payload["approval"]))
    title = _("Post: {title}").format(title=_title(payload))
    if not payload["approved"]:
        text = _("✋ {name} declined your post.").format(name=escape(payload["name"]))
        reason = _("Reason: {reason}").format(reason=escape(payload["reason"]))
        return Notice(f"{bold(text)}\n{title}\n{reason}", keyboard([card]))
    text = _("✅ {name} approved your post.").format(name=escape(payload["name"]))
    at, decided = payload["publish_at"], datetime.fromisoformat(payload["decided_at"])
    then = _("It is being sent. You will get a message with the result.")
    if at and datetime.fromisoformat(at) > decided:
        then = _("🗓 Goes out: {time}").format(time=moment(datetime.fromisoformat(at)))
    return Notice(f"{bold(text)}\n{title}\n{then}", keyboard([card]))


def called_off_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "post_called_off", to the author of a planned post."""
    text = _("✋ {name} called off your planned post.").format(name=escape(payload["name"]))
    at = _("It was to go out: {time}").format(
        time=moment(datetime.fromisoformat(payload["publish_at"]))
    )
    title = _("Post: {title}").format(title=_title(payload))
    return Notice(f"{bold(text)}\n{title}\n{at}")


def _title(payload: Mapping[str, Any]) -> str:
    return escape(pick(payload["title_kk"], payload["title_ru"]))
