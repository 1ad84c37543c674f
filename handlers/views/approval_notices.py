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
from handlers.views.second_person import KINDS as SECOND
from handlers.views.second_person import second_asked_notice, second_decided_notice
from services.organisation.directory import Organisation
from services.polls.approving import POLL
from services.stories.publishing import STORY


def asked_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "approval_asked", to everybody who may approve."""
    if payload.get("kind") in SECOND:
        return second_asked_notice(payload)
    poll, story = _is_poll(payload), payload.get("kind") == STORY
    title = (
        _("🔎 A poll waits for your approval") if poll else _("🔎 A post waits for your approval")
    )
    if story:
        title = _("🔎 A story waits for your approval")
    lines = [
        bold(title),
        _("Asks: {name}").format(name=escape(payload["asker"])),
        _title_line(payload),
        _("Will get it: {count}").format(count=spaced(payload["people"])),
    ]
    if payload["changed"] and poll:
        lines.append(_("The poll was changed; the former request is void."))
    elif payload["changed"] and story:
        lines.append(_("The story was changed; the former request is void."))
    elif payload["changed"]:
        lines.append(_("The post was changed; the former request is void."))
    look = button(_("👀 See what goes out"), ApprovalOpened(approval=payload["approval"]))
    return Notice("\n".join(lines), keyboard([look]))


def decided_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return the notice of kind "approval_decided", to who asked."""
    if payload.get("kind") in SECOND:
        return second_decided_notice(payload)
    card = button(_("🔎 Open the request"), ApprovalOpened(approval=payload["approval"]))
    title, poll = _title_line(payload), _is_poll(payload)
    story = payload.get("kind") == STORY
    if not payload["approved"]:
        told = _("✋ {name} declined your poll.") if poll else _("✋ {name} declined your post.")
        if story:
            told = _("✋ {name} declined your story.")
        text = told.format(name=escape(payload["name"]))
        reason = _("Reason: {reason}").format(reason=escape(payload["reason"]))
        return Notice(f"{bold(text)}\n{title}\n{reason}", keyboard([card]))
    if poll:
        text = _("✅ {name} approved your poll.").format(name=escape(payload["name"]))
        then = _("It is open now, and people are being invited.")
        return Notice(f"{bold(text)}\n{title}\n{then}", keyboard([card]))
    if story:
        text = _("✅ {name} approved your story.").format(name=escape(payload["name"]))
        then = _("It is published and being told to those who took part.")
        return Notice(f"{bold(text)}\n{title}\n{then}", keyboard([card]))
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


def _is_poll(payload: Mapping[str, Any]) -> bool:
    # Notices that were queued before there were requests about polls name no kind.
    return bool(payload.get("kind") == POLL)


def _title_line(payload: Mapping[str, Any]) -> str:
    line = _("Poll: {title}") if _is_poll(payload) else _("Post: {title}")
    if payload.get("kind") == STORY:
        line = _("Story: {title}")
    return line.format(title=_title(payload))


def _title(payload: Mapping[str, Any]) -> str:
    return escape(pick(payload["title_kk"], payload["title_ru"]))
