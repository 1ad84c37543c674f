"""The second pair of eyes: what one alone may not do is let out by somebody else, word for word.

So go out what reaches many people, a sealed name, and a file that holds persons or their words.
What is asked for is kept whole, with the SHA-256 of its canonical JSON. Approved is exactly that:
a change makes another request and ends the former one.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.people.deeds import RIGHTS, Deed
from services.people.rights import authorise, entitled, may
from services.refusal import N_, Refusal
from storage import approvals as rows
from storage.outbox import tell
from storage.people import find_person

ASKED = "approval_asked"
NAME, EXPORT = "opening", "export"
# By kind of a request: what whoever lets it out does.
EYES = {
    "news": Deed.LET_SEND,
    "poll": Deed.LET_SEND,
    "story": Deed.LET_SEND,
    NAME: Deed.LET_NAME,
    EXPORT: Deed.LET_EXPORT,
}
# And what whoever asks for it does.
ASKERS = {
    "news": Deed.ASK_SEND,
    "poll": Deed.ASK_SEND,
    "story": Deed.ASK_SEND,
    NAME: Deed.ASK_NAME,
    EXPORT: Deed.ASK_EXPORT,
}
# Of the fingerprint in a button, which holds 64 bytes in all.
SEEN = 16


class ApprovalStatus(StrEnum):
    """How far a request has come."""

    PENDING = "pending"
    APPROVED = "approved"
    DECLINED = "declined"
    # By its author, or because a newer version took its place.
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Approval:
    """A request: about what, what exactly would go out, to how many, and what became of it."""

    id: int
    subject: str
    version: int
    fingerprint: str
    content: Mapping[str, Any]
    people: int
    status: ApprovalStatus
    asked_by: int
    asked_at: datetime
    decided_by: int | None
    decided_at: datetime | None
    reason: str | None
    # When who asked took what was let out: a sealed name, a file.
    used_at: datetime | None = None

    @property
    def kind(self) -> str:
        """What it is about: the part of the subject before its colon."""
        return self.subject.partition(":")[0]

    @property
    def name(self) -> str:
        """Which one of its kind: the part of the subject behind its colon."""
        return self.subject.partition(":")[2]

    @property
    def seen(self) -> str:
        """The beginning of the fingerprint, as a button carries it."""
        return self.fingerprint[:SEEN]


def fingerprint(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def ask_approval(
    connection: Connection,
    *,
    subject: str,
    version: int,
    content: Mapping[str, Any],
    people: int,
    above: int,
    by: int,
    now: datetime,
    title: tuple[str, str] = ("", ""),
    at_work: bool = True,
) -> Approval:
    """Keep exactly this and ask all others who may let it out; return the request.

    What waited about an earlier version is withdrawn, and those asked read that it changed. The
    title is shown in Kazakh and in Russian; `above` is how many people need no approval; at_work:
    False where it is asked later, in the name of who prepared it. Raises Refusal for who is none
    of the staff, and where there is nobody else to ask.

    Key: (subject, version).
    """
    (authorise if at_work else entitled)(connection, by, Deed.ASK_SEND)
    if not others_who_may(connection, by, Deed.LET_SEND):
        raise Refusal(
            N_(
                "A mailing to so many people must be approved by another operator or "
                "administrator, and there is nobody else yet. An administrator invites an "
                "operator on the server: python -m bot invite operator. "
                "Without approval it may go to at most {limit} people."
            ),
            limit=above,
        )
    request = (subject, version, content, people)
    told = {"title_kk": title[0], "title_ru": title[1]}
    approval = _keep(connection, request, by, now, told)
    case = f"approval:{approval.id}"
    record(connection, who=by, what=Deed.ASK_SEND, on=case, now=now, key="", people=people)
    return approval


def ask_second(
    connection: Connection,
    *,
    subject: str,
    version: int,
    content: Mapping[str, Any],
    rows_in_all: int,
    by: int,
    now: datetime,
) -> Approval:
    """Ask all other administrators and auditors to let out a name or a file; return the request.

    version: the number of the message that gives the reason. An earlier request of the same
    subject that waits is withdrawn. Whether this person may ask is for the caller to check.
    Raises Refusal where there is nobody else.

    Key: (subject, version).
    """
    kind = subject.partition(":")[0]
    if not others_who_may(connection, by, EYES[kind]):
        raise Refusal(
            N_(
                "This needs a second person: another administrator or an auditor, and there is "
                "nobody else yet. Please invite one first."
            )
        )
    told = {name: content.get(name) for name in ("number", "title_kk", "title_ru", "reason")}
    return _keep(connection, (subject, version, content, rows_in_all), by, now, told)


def _keep(
    connection: Connection,
    request: tuple[str, int, Mapping[str, Any], int],
    by: int,
    now: datetime,
    told: Mapping[str, Any],
) -> Approval:
    subject, version, content, people = request
    former = rows.latest_of(connection, subject)
    row, new = rows.add_approval(
        connection,
        {
            "subject": subject,
            "version": version,
            "fingerprint": fingerprint(content),
            "content": dict(content),
            "people": people,
            "asked_by": by,
            "asked_at": now,
        },
    )
    approval = approval_of(row)
    if new:
        rows.withdraw_all(connection, subject, by, now, but=version)
        asker = find_person(connection, by)
        payload = {
            "approval": approval.id,
            "kind": approval.kind,
            "asker": asker["name"] if asker else "",
            "people": people,
            "changed": former is not None,
            **told,
        }
        for person in others_who_may(connection, by, EYES[approval.kind]):
            tell(connection, person, ASKED, f"approval:{approval.id}:{person}", payload, now)
    return approval


def require_asker(connection: Connection, subject: str, by: int) -> None:
    """Raise Refusal where what waits about this subject was asked by somebody else (a query)."""
    latest = rows.latest_of(connection, subject)
    waits = latest is not None and latest["status"] == ApprovalStatus.PENDING.value
    if latest is not None and waits and latest["asked_by"] != by:
        raise Refusal(N_("Only who asked for an approval can take the request back."))


def withdraw_approval(connection: Connection, subject: str, by: int, now: datetime) -> bool:
    """Withdraw what waits about this subject; False where nothing waits. Key: subject."""
    if not rows.withdraw_all(connection, subject, by, now):
        return False
    what, key = Deed.ASK_SEND, f"withdrawn:{subject}:{now.isoformat()}"
    record(connection, who=by, what=what, on="approval", now=now, key=key, withdrawn=True)
    return True


def take_back_request(
    connection: Connection, approval_id: int, by: int, now: datetime
) -> Approval:
    """Withdraw a request of one's own, to change it; return it as it is then.

    Raises Refusal for anybody but who asked, and where it was decided already.

    Key: approval, by its status pending.
    """
    approval = existing(connection, approval_id)
    authorise(connection, by, ASKERS[approval.kind])
    if approval.asked_by != by:
        raise Refusal(N_("Only who asked for an approval can take the request back."))
    if approval.status is ApprovalStatus.PENDING:
        rows.decide(connection, approval_id, ApprovalStatus.WITHDRAWN.value, by, now)
        what, case = ASKERS[approval.kind], f"approval:{approval_id}"
        record(connection, who=by, what=what, on=case, now=now, key="back", withdrawn=True)
        approval = existing(connection, approval_id)
    if approval.status is ApprovalStatus.APPROVED:
        raise Refusal(N_("It has been approved already."))
    return approval


def others_who_may(connection: Connection, but: int, deed: Deed = Deed.LET_SEND) -> Sequence[int]:
    """Return who else can look at it and be written to (a query)."""
    held = sorted(role.value for role in RIGHTS[deed].roles)
    return rows.who_may(connection, held, but=but)


def kinds_for(connection: Connection, person_id: int) -> tuple[str, ...]:
    """Return the kinds of requests that this person may let out (a query).

    Raises Refusal where there are none, SessionEnded as `authorise` does.
    """
    kinds = tuple(kind for kind, deed in EYES.items() if may(connection, person_id, deed))
    authorise(connection, person_id, EYES[kinds[0]] if kinds else Deed.LET_SEND)
    return kinds


def find_approval(connection: Connection, approval_id: int) -> Approval | None:
    """Return a request as it is now (a query)."""
    row = rows.find_approval(connection, approval_id)
    return approval_of(row) if row is not None else None


def existing(connection: Connection, approval_id: int) -> Approval:
    """Return a request as it is now; raises Refusal where there is none (a query)."""
    approval = find_approval(connection, approval_id)
    if approval is None:
        raise Refusal(N_("There is no such request."))
    return approval


def is_latest(connection: Connection, approval: Approval) -> bool:
    """Tell whether nothing newer was asked about the same subject (a query)."""
    row = rows.latest_of(connection, approval.subject)
    return row is None or row["id"] == approval.id


def pending_approvals(
    connection: Connection, kinds: Sequence[str], after: int, limit: int
) -> tuple[tuple[Approval, ...], bool]:
    """Return requests of these kinds that wait, beyond this id, and whether there are more."""
    found = rows.pending(connection, kinds, after, limit + 1)
    return tuple(approval_of(row) for row in found[:limit]), len(found) > limit


def approval_of(row: RowMapping) -> Approval:
    """Return the request in a row of the table."""
    return Approval(**dict(row) | {"status": ApprovalStatus(row["status"])})
