"""The reception desk: an operator files for a visitor, into the same queue.

The visitor has no chat here, so nobody is told anything by the bot: the number is read out, and
the answer is given by phone or at the desk.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.appeals.model import Channel
from services.appeals.rights import where_of
from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeals as rows

NAME_LIMIT = 200
_LETTERS = 2


@dataclass(frozen=True, slots=True)
class FiledAppeal:
    """What the visitor is told aloud; dates are days of Asia/Almaty."""

    id: int
    number: str
    registered_on: date
    due_on: date


def file_for_visitor(
    connection: Connection, draft: Draft, actor: int, now: datetime
) -> FiledAppeal:
    """File a visitor's draft as an operator or an administrator; the same draft is filed once.

    Raises Refusal where something is missing, the matter lies beyond the actor’s reach, or the
    visitor has not agreed to the keeping of their data.

    Key: draft id.
    """
    reached = authorise(connection, actor, Deed.RECEIVE)
    visitor = draft.visitor
    if visitor is None or not visitor.consent:
        raise Refusal(N_("Please ask the visitor first whether they agree."))
    filing = Filing(
        None,
        Channel.DESK,
        filed_by=actor,
        contact_name=checked_name(visitor.name),
        consent=visitor.consent,
    )
    filed = file_appeal(connection, draft, filing, now)
    reached.require(where_of(filed))
    case = f"appeal:{filed['id']}"
    record(connection, who=actor, what=Deed.RECEIVE, on=case, now=now, key=draft.id)
    return _filed(filed)


def find_filed(connection: Connection, draft_id: str, actor: int) -> FiledAppeal | None:
    """Return the appeal that this operator's draft for a visitor has become, None where none."""
    known = rows.find_by_draft(connection, draft_id)
    if known is None or known["person_id"] is not None or known["filed_by"] != actor:
        return None
    return _filed(known)


def checked_name(name: str) -> str:
    """Return a visitor's name in one line; raises Refusal where it is none."""
    name = " ".join(name.replace("\x00", "").split())
    if sum(character.isalpha() for character in name) < _LETTERS:
        raise Refusal(N_("Please write the visitor’s name."))
    if len(name) > NAME_LIMIT:
        raise Refusal(N_("This name is too long: at most 200 characters."))
    return name


def _filed(appeal: RowMapping) -> FiledAppeal:
    return FiledAppeal(
        id=appeal["id"],
        number=appeal["number"],
        registered_on=local_date(appeal["registered_at"]),
        due_on=appeal["due_on"],
    )
