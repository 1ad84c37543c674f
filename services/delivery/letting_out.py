"""Deciding about a request for approval: exactly what was seen goes out, once, or it does not."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.approval import (
    EYES,
    Approval,
    ApprovalStatus,
    existing,
    fingerprint,
)
from services.news.approved import publish_approved
from services.news.length import first_line
from services.people.rights import authorise
from services.polls.approving import publish_approved as launch_approved
from services.refusal import N_, Refusal
from services.stories.publishing import publish_approved as tell_approved
from services.text.length import shortened
from storage import approvals as rows
from storage.outbox import tell
from storage.people import find_person

DECIDED = "approval_decided"
REASON_LENGTH = 1000
# Within this after the approval a name or a file is taken, and once.
TAKEN_WITHIN = timedelta(hours=24)
# A press that comes twice, or a file that was lost on its way, shows the same again.
REPEATED = timedelta(minutes=1)
_TITLE_LENGTH = 60

# Puts out what was approved: author, which one of its kind, the frozen content, the moment. A
# name and a file are not put out: who asked takes them.
Publisher = Callable[[Connection, int, str, Mapping[str, Any], datetime], None]
PUBLISHERS: Mapping[str, Publisher] = {
    "news": publish_approved,
    "poll": launch_approved,
    "story": tell_approved,
}


def approve(
    connection: Connection, approval_id: int, seen: str, by: int, now: datetime
) -> Approval:
    """Let out exactly what was seen, in this transaction, and tell who asked; return the request.

    `seen` is the fingerprint of what was shown, or its beginning. Decided or withdrawn already,
    the request is returned as it is and nothing goes out a second time. Raises Refusal for who
    is none of the staff, for who asked, where something else was shown than would go out, and
    where the publisher refuses.

    Key: approval, by its status pending.
    """
    approval = _undecided(connection, approval_id, seen, by)
    if rows.decide(connection, approval_id, ApprovalStatus.APPROVED.value, by, now):
        if (publisher := PUBLISHERS.get(approval.kind)) is not None:
            publisher(connection, approval.asked_by, approval.name, approval.content, now)
        _tell_asker(connection, approval, by, None, now)
        _record(connection, approval, by, now, approved=True)
    return existing(connection, approval_id)


def decline(
    connection: Connection, approval_id: int, seen: str, by: int, reason: str, now: datetime
) -> Approval:
    """Do not let it out, and tell who asked why; return the request as it is then.

    Raises Refusal as `approve` does, and without a reason.

    Key: approval, by its status pending.
    """
    approval = _undecided(connection, approval_id, seen, by)
    words = shortened(reason.strip(), REASON_LENGTH)
    if not words:
        raise Refusal(N_("Please write why: the author has to know what to change."))
    if rows.decide(connection, approval_id, ApprovalStatus.DECLINED.value, by, now, words):
        _tell_asker(connection, approval, by, words, now)
        _record(connection, approval, by, now, approved=False)
    return existing(connection, approval_id)


def take(connection: Connection, approval_id: int, by: int, now: datetime) -> Approval:
    """Let who asked have what was let out: once, within 24 hours; return the request.

    A repetition within a minute is the same taking. Raises Refusal for anybody else, where it
    was not let out, too late, and the second time.

    Key: approval, by its use.
    """
    approval = existing(connection, approval_id)
    if approval.asked_by != by:
        raise Refusal(N_("Only who asked may take what was let out."))
    if approval.status is not ApprovalStatus.APPROVED or approval.decided_at is None:
        raise Refusal(N_("Nobody has let it out yet."))
    if approval.used_at is not None and now - approval.used_at > REPEATED:
        raise Refusal(N_("It was taken already: once only. To have it again, ask anew."))
    if approval.used_at is None and now - approval.decided_at > TAKEN_WITHIN:
        raise Refusal(N_("The 24 hours for it are over. Please ask anew."))
    rows.use(connection, approval_id, now)
    return existing(connection, approval_id)


def _record(
    connection: Connection, approval: Approval, by: int, now: datetime, *, approved: bool
) -> None:
    record(
        connection,
        who=by,
        what=EYES[approval.kind],
        on=approval.subject,
        now=now,
        key=f"approval:{approval.id}",
        approval=approval.id,
        approved=approved,
        asked_by=approval.asked_by,
    )


def _undecided(connection: Connection, approval_id: int, seen: str, by: int) -> Approval:
    approval = existing(connection, approval_id)
    authorise(connection, by, EYES[approval.kind])
    if approval.asked_by == by:
        raise Refusal(N_("Who asked for an approval cannot give it. Somebody else must look."))
    frozen = fingerprint(approval.content)
    if not seen or frozen != approval.fingerprint or not frozen.startswith(seen):
        raise Refusal(N_("This is not what would go out. Please open the request anew."))
    return approval


def _tell_asker(
    connection: Connection, approval: Approval, by: int, reason: str | None, now: datetime
) -> None:
    decider = find_person(connection, by)
    payload = {
        "approval": approval.id,
        "kind": approval.kind,
        "approved": reason is None,
        "name": decider["name"] if decider else "",
        "reason": reason,
        "number": approval.content.get("number"),
        "title_kk": _title(approval, "kk"),
        "title_ru": _title(approval, "ru"),
        "publish_at": approval.content.get("publish_at"),
        "decided_at": now.isoformat(),
    }
    key = f"approval_decided:{approval.id}"
    tell(connection, approval.asked_by, DECIDED, key, payload, now)


def _title(approval: Approval, language: str) -> str:
    content = approval.content
    title = content.get(f"title_{language}") or content.get(f"text_{language}") or ""
    return first_line(title, _TITLE_LENGTH)
