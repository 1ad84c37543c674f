"""What «Send» does: the post goes out, or somebody else is asked to look at it first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.delivery.approval import Approval, ask_approval, require_asker, withdraw_approval
from services.delivery.policy import Policy
from services.news.length import first_line
from services.news.model import Draft
from services.news.posts import NEWS, Published, check, publish_post, require_audience
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage.news import post_of_draft

_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a draft: it is published, or its approval was asked."""

    published: Published | None
    approval: Approval | None


def send_post(
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

    `people` is how many it would reach. Counting a million of them takes longer than a command
    may hold the one who writes, so it is counted just before by a query: whoever joins between
    the two does not change who must look. Raises Refusal for anybody but operators and
    administrators, where the draft is unfit, its time has passed or it costs too much, and where
    nobody else could approve it.

    Key: draft id; its version too where somebody is asked.
    """
    require_audience(authorise(connection, author, Deed.PUBLISH_NEWS), draft)
    check(draft)
    if post_of_draft(connection, draft_id) is None:
        _check_time_and_price(draft, policy, now)
        if people > policy.approval_above:
            return Sent(
                None, _ask(connection, author, draft_id, version, draft, people, policy, now)
            )
    withdraw_approval(connection, subject_of(draft_id), author, now)
    return Sent(publish_post(connection, author, draft_id, draft, now), None)


def withdraw_draft(connection: Connection, draft_id: str, by: int, now: datetime) -> bool:
    """Withdraw the approval asked for a draft that changed; False where its post went out.

    Raises Refusal for who may not write news, and where somebody else asked.

    Key: draft id.
    """
    authorise(connection, by, Deed.PUBLISH_NEWS)
    require_asker(connection, subject_of(draft_id), by)
    withdraw_approval(connection, subject_of(draft_id), by, now)
    return post_of_draft(connection, draft_id) is None


def subject_of(draft_id: str) -> str:
    """Return what an approval of this draft is about."""
    return f"{NEWS}:{draft_id}"


def _check_time_and_price(draft: Draft, policy: Policy, now: datetime) -> None:
    if draft.publish_at is not None and draft.publish_at <= now:
        raise Refusal(
            N_("The time at which the post was to go out has passed. Please choose another.")
        )
    if draft.stars is not None and draft.stars > policy.paid_stars:
        raise Refusal(
            N_(
                "Paid sending would cost {stars} Stars, and at most {most} are allowed. "
                "Please choose fewer people or send without payment."
            ),
            stars=draft.stars,
            most=policy.paid_stars,
        )


def _ask(
    connection: Connection,
    author: int,
    draft_id: str,
    version: int,
    draft: Draft,
    people: int,
    policy: Policy,
    now: datetime,
) -> Approval:
    return ask_approval(
        connection,
        subject=subject_of(draft_id),
        version=version,
        content=draft.as_json(),
        people=people,
        above=policy.approval_above,
        by=author,
        now=now,
        title=(
            first_line(draft.text_kk, _TITLE_LENGTH),
            first_line(draft.text_ru, _TITLE_LENGTH),
        ),
    )
