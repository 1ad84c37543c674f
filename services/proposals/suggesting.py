"""Suggesting something: a draft, or an appeal, becomes a proposal that waits for a moderator."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping

from services.appeals.admission import require_not_banned
from services.appeals.flood import next_possible
from services.appeals.model import AppealType
from services.appeals.spoken import looks_like
from services.language import Language
from services.organisation.directory import load_topic
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.places.atlas import atlas
from services.proposals.draft import Draft
from services.proposals.model import ProposalStatus
from services.proposals.wording import LONGEST, checked_text
from services.refusal import N_, Refusal
from services.text.length import shortened
from services.text.moments import day_and_time
from storage import proposals as rows
from storage.appeals import find_appeal
from storage.people import hold

# Three thought through well are a day’s work; more of one person would crowd others out.
LIMITS = ((3, timedelta(days=1)),)


def suggest(connection: Connection, draft: Draft, person_id: int, now: datetime) -> int:
    """Write a draft as a proposal that waits for a moderator, and return its id.

    The same draft becomes one proposal. Raises ConsentNeeded where the person does not agree to
    its being shown, Refusal where something is missing, the person is banned or has suggested
    three within a day.

    Key: draft id.
    """
    values = {
        "draft_id": draft.id,
        "language": (looks_like(draft.text) or draft.language).value,
        "topic": draft.topic or "",
        "region": draft.region,
        "district": draft.district,
        "text": draft.text,
    }
    proposal: int = _add(connection, values, person_id, now)["id"]
    return proposal


def put_on_board(connection: Connection, appeal_id: int, person_id: int, now: datetime) -> int:
    """Suggest the words of one's own appeal for the board too, and return the proposal's id.

    The appeal goes on as it is. Raises what `suggest` raises, and Refusal for an appeal that is
    somebody else's, sealed, erased, or no proposal.

    Key: appeal.
    """
    appeal = find_appeal(connection, appeal_id)
    if appeal is None or appeal["person_id"] != person_id:
        raise Refusal(N_("There is no such appeal."))
    if appeal["type"] != AppealType.PROPOSAL or appeal["confidential"] or not appeal["text"]:
        raise Refusal(N_("Only an open appeal that is a proposal can be put on the board."))
    values = {
        "draft_id": draft_of_appeal(appeal_id),
        "language": appeal["language"] or Language.KAZAKH.value,
        "topic": appeal["topic"],
        "region": appeal["region"],
        "district": appeal["district"],
        "text": shortened(appeal["text"], LONGEST),
    }
    proposal: int = _add(connection, values, person_id, now)["id"]
    return proposal


def draft_of_appeal(appeal_id: int) -> str:
    """Return the draft id of a proposal that was an appeal."""
    return f"appeal:{appeal_id}"


def suggested(connection: Connection, draft_id: str, person_id: int) -> int | None:
    """Return the proposal that this person's draft has become, None where it has not (a query)."""
    row = rows.find_by_draft(connection, draft_id)
    return row["id"] if row is not None and row["person_id"] == person_id else None


def require_room(connection: Connection, person_id: int, now: datetime) -> None:
    """Raise Refusal where a person may not suggest anything just now (a query)."""
    require_not_banned(connection, person_id, now)
    (most, span), *_ = LIMITS
    times = rows.sent_by(connection, person_id, now - span, most)
    possible = next_possible(times, now, LIMITS)
    if possible is not None:
        raise Refusal(
            N_(
                "You have sent three proposals within a day. The next one can be sent from: "
                "{time}. Nothing is lost: your draft is kept."
            ),
            time=day_and_time(possible),
        )


def _add(
    connection: Connection, values: dict[str, str | None], person_id: int, now: datetime
) -> RowMapping:
    hold(connection, person_id)  # what is sent twice at once is one
    draft_id = values["draft_id"] or ""
    known = rows.find_by_draft(connection, draft_id)
    if known is None:
        require_consent(connection, person_id, ConsentKind.PROPOSALS)
        require_room(connection, person_id, now)
        whole = {**values, **_checked(connection, values), "person_id": person_id, "at": now}
        known = rows.add(connection, {**whole, "status": ProposalStatus.WAITING.value})
    known = known or rows.find_by_draft(connection, draft_id)
    if known is None or known["person_id"] != person_id:
        raise Refusal(N_("This draft is no longer there. Please begin again: /proposals"))
    return known


def _checked(connection: Connection, values: dict[str, str | None]) -> dict[str, str]:
    """Return the section and the words as they are kept; raises Refusal."""
    topic = load_topic(connection, values["topic"] or "")
    if topic is None or topic.retired:
        raise Refusal(N_("This topic is no longer in use. Please choose another one."))
    region, district = values["region"], values["district"]
    if region is not None and atlas().find(region, district) is None:
        raise Refusal(N_("Please choose the region first."))
    return {"section": topic.section, "text": checked_text(values["text"] or "")}
