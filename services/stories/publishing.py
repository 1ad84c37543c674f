"""Publishing a story: in both languages or not at all, and told to those who took part.

To more people than one alone may write to it goes after somebody else has approved it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection

from services.audit.recording import record
from services.campaigns.silence import silence_for
from services.clock import ALMATY
from services.delivery.approval import Approval, ask_approval, require_asker, withdraw_approval
from services.delivery.mailing import launch
from services.delivery.mailing_control import call_off
from services.delivery.policy import Policy
from services.delivery.target import Target
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.stories.checking import check, require_story
from services.stories.model import Draft, Story, StoryStatus
from services.stories.reading import existing, of_draft
from storage import delivery
from storage import stories as rows
from storage.delivery import MailingStatus

STORY = "story"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft: it is published, or its approval was asked."""

    story: Story | None
    approval: Approval | None


def subject_of(draft_id: str) -> str:
    """Return what an approval of this draft is about."""
    return f"{STORY}:{draft_id}"


def mailing_key(story_id: int) -> str:
    """Return the natural key of the mailing that tells a story."""
    return f"{STORY}:{story_id}"


def send_story(
    connection: Connection,
    author: int,
    draft_id: str,
    version: int,
    draft: Draft,
    people: int,
    policy: Policy,
    now: datetime,
) -> Sent:
    """Publish the draft; to more people than the policy lets one alone write to, ask first.

    `people` is how many would be told, counted just before by a query. Raises Refusal for who may
    not write of this, where the draft is unfit, and where nobody else could approve it.

    Key: draft id; its version too where somebody is asked.
    """
    require_story(connection, author, Deed.WRITE_STORY, draft, now)
    check(draft)
    if not _is_out(connection, draft_id) and people > policy.approval_above:
        asked = ask_approval(
            connection,
            subject=subject_of(draft_id),
            version=version,
            # What lists of requests call it stands beside the draft.
            content=draft.as_json() | {"text_kk": draft.title("kk"), "text_ru": draft.title("ru")},
            people=people,
            above=policy.approval_above,
            by=author,
            now=now,
            title=(draft.title("kk"), draft.title("ru")),
        )
        return Sent(None, asked)
    withdraw_approval(connection, subject_of(draft_id), author, now)
    story = put_out(connection, author, draft_id, draft, now)
    return Sent(story, None)


def publish_approved(
    connection: Connection, author: int, draft_id: str, content: Mapping[str, Any], now: datetime
) -> None:
    """Publish the story that somebody else approved; raises Refusal where it no longer fits.

    Key: draft id.
    """
    put_out(connection, author, draft_id, Draft.of_json(content), now)


def put_out(
    connection: Connection, author: int | None, draft_id: str, draft: Draft, now: datetime
) -> Story:
    """Keep the story and let those who took part be listed for it, for whoever has the right.

    In the silence before a vote it waits, in the lists and in the chats, for the day after.

    Key: draft id.
    """
    known = of_draft(connection, draft_id)
    if known is not None and known.status is not StoryStatus.PREPARED:
        return known
    check(draft)
    silence = silence_for(connection, _places(draft), now)
    at = now if silence is None else datetime.combine(silence.open_again, time(), ALMATY)
    story_id = rows.put(
        connection,
        values_of(draft)
        | {
            "draft_id": draft_id,
            "status": StoryStatus.PUBLISHED.value,
            "created_by": author,
            "created_at": now,
            "published_at": at,
        },
        [(tie.kind.value, tie.ref) for tie in draft.ties],
    )
    mailing_id = launch(
        connection,
        key=mailing_key(story_id),
        kind=STORY,
        payload=payload_of(story_id, draft),
        created_by=author,
        now=now,
        target=Target(stories=True),
        recipients=(),
        forget_recipients=True,
    )
    # It begins when everybody is listed.
    planned = {"status": MailingStatus.PLANNED.value}
    delivery.change_mailing(connection, mailing_id, planned, status=MailingStatus.RUNNING.value)
    rows.change(connection, story_id, {"mailing_id": mailing_id})
    if author is not None:
        what, on = Deed.WRITE_STORY, f"story:{story_id}"
        record(connection, who=author, what=what, on=on, now=now, key=draft_id)
    return existing(connection, story_id)


def withdraw_draft(connection: Connection, draft_id: str, by: int, now: datetime) -> bool:
    """Withdraw the approval asked for a draft that changed; False where the story is out.

    Raises Refusal for who writes no stories, and where somebody else asked.

    Key: draft id.
    """
    authorise(connection, by, Deed.WRITE_STORY)
    require_asker(connection, subject_of(draft_id), by)
    withdraw_approval(connection, subject_of(draft_id), by, now)
    return not _is_out(connection, draft_id)


def withdraw_story(
    connection: Connection, by: int, story_id: int, version: int, now: datetime
) -> Story:
    """Show a story no longer, and tell it to nobody more; return it as it is then.

    Withdrawn already, it stays so; one that is only prepared is put away. Raises Refusal for who
    may not write of this, and where somebody changed it since this version.

    Key: (story, expected version).
    """
    story = existing(connection, story_id)
    require_story(connection, by, Deed.WITHDRAW_STORY, story.words, now)
    if story.status is StoryStatus.WITHDRAWN:
        return story
    gone = {
        "status": StoryStatus.WITHDRAWN.value,
        "withdrawn_at": now,
        "listed_to": 0,
        "version": version + 1,
    }
    if not rows.change(connection, story_id, gone, version=version, status=story.status.value):
        raise Refusal(N_("Somebody has changed this story meanwhile. Please look once more."))
    call_off(connection, mailing_key(story_id), now)
    what, on = Deed.WITHDRAW_STORY, f"story:{story_id}"
    record(connection, who=by, what=what, on=on, now=now, key=f"v{version + 1}")
    return existing(connection, story_id)


def payload_of(story_id: int, draft: Draft) -> dict[str, Any]:
    """Return what the renderer of kind "story" needs."""
    return {
        "story": story_id,
        "title_kk": draft.title("kk"),
        "title_ru": draft.title("ru"),
        "words": draft.as_json(),
        # Whose silence before a vote holds it.
        "target": _places(draft).as_json(),
    }


def values_of(draft: Draft) -> dict[str, Any]:
    """Return the columns of a draft."""
    return {
        "said_kk": draft.said_kk,
        "said_ru": draft.said_ru,
        "did_kk": draft.did_kk,
        "did_ru": draft.did_ru,
        "photo": draft.photo,
        "region": draft.region,
        "district": draft.district,
    }


def _places(draft: Draft) -> Target:
    if draft.district is not None:
        return Target(districts=(draft.district,))
    return Target(regions=() if draft.region is None else (draft.region,))


def _is_out(connection: Connection, draft_id: str) -> bool:
    known = of_draft(connection, draft_id)
    return known is not None and known.status is not StoryStatus.PREPARED
