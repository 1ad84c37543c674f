"""The second pair of eyes for polls: what would invite many people opens only once approved.

Kept with the request are the whole draft and the public half of its key, which stands for the
seed of its sample too: approved is exactly this. A change of the draft withdraws the request.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from services.delivery.approval import Approval, ask_approval, require_asker, withdraw_approval
from services.delivery.policy import Policy
from services.delivery.target import EVERYBODY
from services.news.length import first_line
from services.people.deeds import Deed
from services.people.rights import authorise, entitled
from services.polls.draft import PollDraft
from services.polls.expected import expected
from services.polls.keys import PollKeys
from services.polls.launching import check_launch, launch_poll
from services.polls.reading import poll_of_draft
from services.polls.two_keys import key_of
from storage import approvals as rows
from storage.database import Database

POLL = "poll"
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft: it is a poll, or its approval was asked."""

    poll: int | None
    approval: Approval | None = None


def subject_of(draft_id: str) -> str:
    """Return what an approval of this draft is about."""
    return f"{POLL}:{draft_id}"


async def send_poll(
    db: Database,
    keys: PollKeys,
    draft: PollDraft,
    *,
    policy: Policy,
    created_by: int,
    now: datetime,
    at_work: bool = True,
) -> Sent:
    """Launch the draft, or ask for its approval where it would invite too many; raises Refusal.

    The key comes first and is named by the draft, so that a launch that was interrupted finds it
    again. A draft that already is a poll gets no new key. at_work: False where it opens later,
    in the name of who prepared it.
    """
    await db.read(authorise if at_work else entitled, created_by, Deed.LAUNCH_POLL)
    launched = await db.read(poll_of_draft, draft.id)
    if launched is not None:
        return Sent(launched)
    people = (await db.read(expected, draft.target or EVERYBODY, draft.sample, now)).people
    public_key = await key_of(db, keys, draft)
    return await db.write(
        launch_or_ask, draft, public_key, people, policy, created_by, now, at_work=at_work
    )


def launch_or_ask(
    connection: Connection,
    draft: PollDraft,
    public_key: bytes,
    people: int,
    policy: Policy,
    created_by: int,
    now: datetime,
    *,
    at_work: bool = True,
) -> Sent:
    """Launch the draft; where more people than one alone may write to would be invited, ask first.

    `people` is how many it would invite, counted just before by a query. Raises Refusal as
    `launch_poll` does, and where nobody else could approve it.

    Key: draft id; its version too where somebody is asked.
    """
    if poll_of_draft(connection, draft.id) is None and people > policy.approval_above:
        check_launch(connection, draft, created_by, now, at_work=at_work)
        request = _ask(
            connection, draft, public_key, people, policy, created_by, now, at_work=at_work
        )
        return Sent(None, request)
    withdraw_approval(connection, subject_of(draft.id), created_by, now)
    poll_id = launch_poll(
        connection,
        draft,
        created_by=created_by,
        now=now,
        public_key=public_key,
        at_work=at_work,
    )
    return Sent(poll_id)


def withdraw_draft(connection: Connection, draft_id: str, by: int, now: datetime) -> bool:
    """Withdraw the approval asked for a draft that changed; False where it is a poll already.

    Raises Refusal for who may not launch polls, and where somebody else asked.

    Key: draft id.
    """
    authorise(connection, by, Deed.LAUNCH_POLL)
    require_asker(connection, subject_of(draft_id), by)
    withdraw_approval(connection, subject_of(draft_id), by, now)
    return poll_of_draft(connection, draft_id) is None


def publish_approved(
    connection: Connection, author: int, draft_id: str, content: Mapping[str, Any], now: datetime
) -> None:
    """Launch the poll that was approved, with its approver in the passport; raises Refusal.

    Key: draft id.
    """
    row = rows.latest_of(connection, subject_of(draft_id))
    launch_poll(
        connection,
        PollDraft.of_json(content["draft"]),
        created_by=author,
        now=now,
        public_key=bytes.fromhex(content["public_key"]),
        approved_by=row["decided_by"] if row is not None else None,
    )


def _ask(
    connection: Connection,
    draft: PollDraft,
    public_key: bytes,
    people: int,
    policy: Policy,
    by: int,
    now: datetime,
    *,
    at_work: bool,
) -> Approval:
    title_kk, title_ru = (first_line(title, _TITLE_LENGTH) for title in draft.title)
    return ask_approval(
        connection,
        subject=subject_of(draft.id),
        version=draft.version,
        content={
            "draft": draft.as_json(),
            "public_key": public_key.hex(),
            # What lists of requests call it.
            "text_kk": title_kk,
            "text_ru": title_ru,
        },
        people=people,
        above=policy.approval_above,
        by=by,
        now=now,
        title=(title_kk, title_ru),
        at_work=at_work,
    )
