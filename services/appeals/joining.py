"""Joining an open appeal of somebody else about the same matter, and leaving it again.

Who joins follows the appeal: the same news, the same answer. Joining is never automatic.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.alarm import raise_alarm
from services.appeals.draft import Draft
from services.appeals.flood import require_no_flood_of_joins
from services.appeals.messages import entry_key, file_row, message_key
from services.appeals.model import OPEN, EntryKind
from services.appeals.search import index_text
from services.appeals.similar.finding import SimilarAppeal, similar_open
from services.clock import local_date
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.refusal import N_, Refusal
from storage import appeal_additions, appeal_entries, appeal_followers
from storage import appeals as rows
from storage.appeal_counters import count_day
from storage.appeal_merges import add_joins, follow
from storage.outbox import tell
from storage.people import hold

NOTICE = "appeal_joined"
_OFFERED = 3
_OPEN = frozenset(status.value for status in OPEN)


@dataclass(frozen=True, slots=True)
class JoinedAppeal:
    """An appeal that somebody has joined."""

    id: int
    number: str
    due_on: date


def similar_to(
    connection: Connection, draft: Draft, person_id: int, now: datetime
) -> list[SimilarAppeal]:
    """Return at most three open appeals of others that may be about the draft's matter.

    The draft must have topic, region and words. What the person follows already is left out.
    """
    if draft.topic is None or draft.region is None:
        return []
    found = similar_open(
        connection,
        topic=draft.topic,
        region=draft.region,
        district=draft.district,
        text=draft.text,
        exclude_person=person_id,
        now=now,
        limit=_OFFERED,
    )
    return [
        similar
        for similar in found
        if appeal_followers.followed_appeal(connection, similar.id, person_id) is None
    ]


def join_appeal(
    connection: Connection, appeal_id: int, person_id: int, draft: Draft, now: datetime
) -> JoinedAppeal:
    """Let a person follow an open appeal of somebody else, and keep their words and files.

    Joining again changes nothing. Raises ConsentNeeded where the person does not agree to their
    words being kept, Refusal where the appeal is not open any more or is the person's own.

    Key: (appeal, person).
    """
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None or appeal["confidential"]:
        raise Refusal(N_("There is no such appeal."))
    if appeal["person_id"] == person_id:
        raise Refusal(N_("This is your own appeal."))
    require_consent(connection, person_id, ConsentKind.APPEALS)
    hold(connection, person_id)  # what is sent twice at once is no flood
    if appeal_followers.followed_appeal(connection, appeal_id, person_id) is None:
        require_no_flood_of_joins(connection, person_id, now)
    if not follow(connection, appeal_id, [person_id], now):
        return _joined(appeal)
    if not add_joins(connection, appeal_id, 1, _OPEN):
        raise Refusal(N_("This appeal is not open any more. Please send your own."))
    _keep_words(connection, appeal, person_id, draft, now)
    count_day(connection, appeal, local_date(now), joined=1)
    key = f"joined:{appeal_id}:{person_id}:{draft.id}"
    tell(connection, person_id, NOTICE, key, _receipt(appeal), now)
    index_text(connection, appeal_id, draft.text)
    raise_alarm(connection, appeal, draft.text, now)
    return _joined(appeal)


def find_joined(connection: Connection, appeal_id: int, person_id: int) -> JoinedAppeal | None:
    """Return an appeal that this person has joined, None where they have not."""
    appeal = appeal_followers.followed_appeal(connection, appeal_id, person_id)
    return None if appeal is None else _joined(appeal)


def leave_appeal(connection: Connection, appeal_id: int, person_id: int) -> str:
    """Let a person follow an appeal no more and return its number; again changes nothing.

    What they said stays. Raises Refusal where there is no such appeal.

    Key: (appeal, person).
    """
    appeal = rows.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    appeal_followers.unfollow(connection, appeal_id, person_id)
    number: str = appeal["number"]
    return number


def _keep_words(
    connection: Connection, appeal: RowMapping, person_id: int, draft: Draft, now: datetime
) -> None:
    for message_id, words in draft.messages.items():
        appeal_entries.add_entry(
            connection,
            {
                "appeal_id": appeal["id"],
                "key": entry_key(person_id, message_id),
                "kind": EntryKind.JOIN.value,
                "author": person_id,
                "text": words,
                "at": now,
            },
        )
    for message_id, file in draft.files.items():
        row = file_row(appeal["id"], message_key(person_id, message_id), file)
        appeal_additions.add_attachment(connection, row)


def _receipt(appeal: RowMapping) -> dict[str, object]:
    due_on: date = appeal["due_on"]
    return {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "topic": appeal["topic"],
        "region": appeal["region"],
        "district": appeal["district"],
        "due_on": due_on.isoformat(),
    }


def _joined(appeal: RowMapping) -> JoinedAppeal:
    return JoinedAppeal(appeal["id"], appeal["number"], appeal["due_on"])


__all__ = [
    "JoinedAppeal",
    "SimilarAppeal",
    "find_joined",
    "join_appeal",
    "leave_appeal",
    "similar_to",
]
