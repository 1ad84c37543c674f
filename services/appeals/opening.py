"""Opening the sealed name of a confidential appeal: asked with a reason, let out by somebody else.

Nobody is shown the name or the phone of a confidential appeal otherwise. Who lets it out sees
which appeal and why, and neither the name nor the words. Each opening is kept with its reason,
stands in the history, and the citizen is told of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.reasons import checked_reason
from services.appeals.rights import where_of
from services.audit.recording import record
from services.delivery.approval import NAME, Approval, ask_second, existing
from services.delivery.letting_out import take
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeal_openings as rows
from storage import appeals, people
from storage.outbox import tell

NOTICE = "name_opened"


@dataclass(frozen=True, slots=True)
class SealedName:
    """What the seal of this appeal hides; "" where nothing was left."""

    appeal: int
    name: str
    phone: str


def require_sealed(connection: Connection, appeal_id: int, actor: int) -> None:
    """Raise Refusal where there is nothing to open, or the actor is no administrator."""
    _sealed(connection, appeal_id, actor, Deed.ASK_NAME)


def ask_opening(
    connection: Connection,
    appeal_id: int,
    actor: int,
    message_id: int,
    reason: str,
    now: datetime,
) -> Approval:
    """Ask another administrator or an auditor to let the name be opened; return the request.

    message_id is of the message that gives the reason. Raises Refusal for anybody else, without a
    reason in words, where the appeal is not confidential, and where there is nobody else.

    Key: (appeal, actor, message id).
    """
    appeal = _sealed(connection, appeal_id, actor, Deed.ASK_NAME)
    content = {
        "appeal": appeal_id,
        "number": appeal["number"],
        "section": appeal["section"],
        "reason": checked_reason(reason),
    }
    approval = ask_second(
        connection,
        subject=f"{NAME}:{appeal_id}:{actor}",
        version=message_id,
        content=content,
        rows_in_all=1,
        by=actor,
        now=now,
    )
    record(
        connection,
        who=actor,
        what=Deed.ASK_NAME,
        on=f"appeal:{appeal_id}",
        now=now,
        key=f"approval:{approval.id}",
        approval=approval.id,
    )
    return approval


def open_name(connection: Connection, approval_id: int, actor: int, now: datetime) -> SealedName:
    """Return the name that somebody else has let out, keep that it was opened, tell the citizen.

    Raises Refusal for anybody but who asked, where it was not let out, too late, and the second
    time.

    Key: approval, by its use.
    """
    approval = existing(connection, approval_id)
    if approval.kind != NAME:
        raise Refusal(N_("There is no such request."))
    appeal_id, reason = int(approval.content["appeal"]), str(approval.content["reason"])
    appeal = _sealed(connection, appeal_id, actor, Deed.OPEN_NAME)
    approval = take(connection, approval_id, actor, now)
    opened = {"appeal_id": appeal_id, "actor": actor, "message_id": approval.version}
    if rows.add_opening(connection, {**opened, "at": now, "reason": reason}):
        _tell_citizen(connection, appeal, actor, reason, now)
        record(
            connection,
            who=actor,
            what=Deed.OPEN_NAME,
            on=f"appeal:{appeal_id}",
            now=now,
            key=f"approval:{approval.id}",
            approval=approval.id,
            let_out_by=approval.decided_by,
        )
    return _name(connection, appeal)


def _tell_citizen(
    connection: Connection, appeal: RowMapping, actor: int, reason: str, now: datetime
) -> None:
    if appeal["person_id"] is None:
        return
    payload = {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "official": _official(connection, actor),
        "reason": reason,
    }
    key = f"opened:{appeal['id']}:{len(rows.openings_of(connection, appeal['id']))}"
    tell(connection, appeal["person_id"], NOTICE, key, payload, now)


def _name(connection: Connection, appeal: RowMapping) -> SealedName:
    name = appeal["contact_name"] or ""
    if not name and appeal["person_id"] is not None:
        person = people.find_person(connection, appeal["person_id"])
        name = person["name"] if person else ""
    return SealedName(appeal["id"], name, appeal["contact_phone"] or "")


def _sealed(connection: Connection, appeal_id: int, actor: int, deed: Deed) -> RowMapping:
    reached = authorise(connection, actor, deed)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    reached.require(where_of(appeal))
    if not appeal["confidential"]:
        raise Refusal(N_("This appeal is not confidential: nothing is sealed."))
    return appeal


def _official(connection: Connection, actor: int) -> str | None:
    """Return as which official the actor works too."""
    held = (row["official"] for row in people.current_roles(connection, actor))
    return next((official for official in held if official is not None), None)
