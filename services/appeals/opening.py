"""Opening the sealed name of a confidential appeal: by an administrator, with a reason.

Nobody is shown the name or the phone of a confidential appeal otherwise. Each opening is kept
with its reason, stands in the history, and the citizen is told of it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.reasons import checked_reason
from services.people.model import Role
from services.people.staff import require
from services.refusal import N_, Refusal
from storage import appeal_openings as rows
from storage import appeals, people
from storage.outbox import tell

NOTICE = "name_opened"


@dataclass(frozen=True, slots=True)
class SealedName:
    """What a seal hides; both "" where nothing was left."""

    name: str
    phone: str


def require_sealed(connection: Connection, appeal_id: int, actor: int) -> None:
    """Raise Refusal where there is nothing to open, or the actor is no administrator."""
    _sealed(connection, appeal_id, actor)


def open_name(
    connection: Connection,
    appeal_id: int,
    actor: int,
    message_id: int,
    reason: str,
    now: datetime,
) -> None:
    """Keep that an administrator opens the name, and why, and tell the citizen.

    message_id is of the message that gives the reason. Raises Refusal for anybody else, without a
    reason in words, and where the appeal is not confidential.

    Key: (appeal, actor, message id).
    """
    appeal = _sealed(connection, appeal_id, actor)
    words = checked_reason(reason)
    opened = {"appeal_id": appeal_id, "actor": actor, "message_id": message_id}
    if not rows.add_opening(connection, {**opened, "at": now, "reason": words}):
        return
    if appeal["person_id"] is not None:
        payload = {
            "appeal": appeal_id,
            "number": appeal["number"],
            "topic": appeal["topic"],
            "official": _official(connection, actor),
            "reason": words,
        }
        key = f"opened:{appeal_id}:{len(rows.openings_of(connection, appeal_id))}"
        tell(connection, appeal["person_id"], NOTICE, key, payload, now)


def opened_name(connection: Connection, appeal_id: int, actor: int, message_id: int) -> SealedName:
    """Return what this actor's own opening by this message shows; raises Refusal without one."""
    appeal = _sealed(connection, appeal_id, actor)
    if not rows.opened_by(connection, appeal_id, actor, message_id):
        raise Refusal(N_("Please write the reason in words."))
    name = appeal["contact_name"] or ""
    if not name and appeal["person_id"] is not None:
        person = people.find_person(connection, appeal["person_id"])
        name = person["name"] if person else ""
    return SealedName(name, appeal["contact_phone"] or "")


def _sealed(connection: Connection, appeal_id: int, actor: int) -> RowMapping:
    require(connection, actor, Role.ADMINISTRATOR)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    if not appeal["confidential"]:
        raise Refusal(N_("This appeal is not confidential: nothing is sealed."))
    return appeal


def _official(connection: Connection, actor: int) -> str | None:
    """Return as which official the actor works too."""
    held = (row["official"] for row in people.current_roles(connection, actor))
    return next((official for official in held if official is not None), None)
