"""Registering an appeal: from a draft to a number, a date and a name that answers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.admission import require_admitted
from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.appeals.model import AppealType, RegisteredAppeal
from services.appeals.spoken import looks_like
from services.appeals.surge import watch_surge
from services.clock import local_date
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.refusal import N_, Refusal
from storage import appeals as rows
from storage.people import hold


def register_appeal(
    connection: Connection, draft: Draft, person_id: int, now: datetime
) -> RegisteredAppeal:
    """Register the draft and queue its receipt; the same draft is registered once.

    The appeal is in the language in which it is written; where its words do not tell, in that of
    the draft. Raises ConsentNeeded where the person does not agree to its being kept, Refusal
    where something is missing, the person may not leave an appeal now, or the draft belongs to
    somebody else.

    Key: draft id.
    """
    hold(connection, person_id)  # what is sent twice at once is no flood
    new = rows.find_by_draft(connection, draft.id) is None
    if new:
        require_consent(connection, person_id, ConsentKind.APPEALS)
        require_admitted(connection, person_id, now)
    draft = replace(draft, language=looks_like(draft.text) or draft.language)
    known = file_appeal(connection, draft, Filing(person_id), now)
    if known["person_id"] != person_id:
        raise Refusal(N_("This draft is no longer there. Please begin again: /appeal"))
    if new:
        watch_surge(connection, person_id, now)
    return _registered(known)


def find_registered(
    connection: Connection, draft_id: str, person_id: int
) -> RegisteredAppeal | None:
    """Return the appeal that this person's draft has become, None where it has not."""
    known = rows.find_by_draft(connection, draft_id)
    if known is None or known["person_id"] != person_id:
        return None
    return _registered(known)


def _registered(appeal: RowMapping) -> RegisteredAppeal:
    return RegisteredAppeal(
        id=appeal["id"],
        number=appeal["number"],
        registered_on=local_date(appeal["registered_at"]),
        due_on=appeal["due_on"],
        boardable=appeal["type"] == AppealType.PROPOSAL and not appeal["confidential"],
    )
