"""Posts that go out at their time: looking at them, and calling them off."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.news.channel import recall_copy
from services.news.length import first_line
from services.news.model import ChannelText, Draft, Post, PostStatus, post_of
from services.news.posts import mailing_key, require_audience
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import delivery as mailing_rows
from storage import news as post_rows
from storage import planned as rows
from storage.delivery import MailingStatus
from storage.outbox import tell
from storage.people import find_person

CALLED_OFF = "post_called_off"
_TITLE_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Planned:
    """A post that was planned, as it would be composed, and how its mailing stands."""

    post: Post
    draft: Draft
    mailing: MailingStatus

    @property
    def waits(self) -> bool:
        """Tell whether it can still be called off."""
        return self.post.status is PostStatus.PLANNED and self.mailing is MailingStatus.PLANNED


def planned_posts(
    connection: Connection, by: int, after: int | None, limit: int
) -> tuple[tuple[Post, ...], bool]:
    """Return planned posts beyond this one, the nearest first, and whether there are more.

    Raises Refusal for who may not call them off. They hold nobody's data, so all are shown.
    """
    authorise(connection, by, Deed.CALL_OFF_NEWS)
    last = post_rows.find_post(connection, after) if after is not None else None
    beyond = (last["published_at"], last["id"]) if last is not None else None
    found = rows.planned(connection, beyond, limit + 1)
    return tuple(post_of(row) for row in found[:limit]), len(found) > limit


def find_planned(connection: Connection, post_id: int) -> Planned | None:
    """Return a post that was planned, whatever became of it, or None (a query)."""
    row = post_rows.find_post(connection, post_id)
    mailing = mailing_rows.find_by_key(connection, mailing_key(post_id))
    if row is None or mailing is None:
        return None
    return _planned(connection, post_of(row), mailing)


def call_off(connection: Connection, by: int, post_id: int, now: datetime) -> Planned:
    """Let a planned post not go out, and tell its author where somebody else did it.

    Returns the post as it is then; called off already, it stays so. Raises Refusal for who is
    none of the staff, and where its mailing has begun: that is cancelled or recalled there.

    Key: post, by its status planned.
    """
    reached = authorise(connection, by, Deed.CALL_OFF_NEWS)
    planned = find_planned(connection, post_id)
    if planned is None:
        raise Refusal(N_("There is no such post."))
    if planned.post.created_by != by:
        require_audience(reached, planned.draft)
    if planned.post.status is PostStatus.CALLED_OFF:
        return planned
    mailing = mailing_rows.find_by_key(connection, mailing_key(post_id))
    stopped = mailing is not None and mailing_rows.change_mailing(
        connection,
        mailing["id"],
        {
            "status": MailingStatus.CANCELLED.value,
            "finished_at": now,
            "progress_done": True,
            "version": mailing["version"] + 1,
        },
        status=MailingStatus.PLANNED.value,
    )
    values = {"status": PostStatus.CALLED_OFF.value}
    if not stopped or not post_rows.change_post(
        connection, post_id, values, PostStatus.PLANNED.value
    ):
        raise Refusal(N_("This post is going out already. Its mailing can be cancelled."))
    # Its turn in the channel may come at this very moment.
    recall_copy(connection, post_id)
    if planned.post.created_by not in {None, by}:
        _tell_author(connection, planned.post, by, now)
    what, case = Deed.CALL_OFF_NEWS, f"post:{post_id}"
    record(connection, who=by, what=what, on=case, now=now, key="")
    return find_planned(connection, post_id) or planned


def _planned(connection: Connection, post: Post, mailing: RowMapping) -> Planned:
    language = rows.channel_language(connection, post.id)
    draft = Draft(
        topic=post.topic,
        text_kk=post.text_kk,
        text_ru=post.text_ru,
        media=post.media,
        links=post.links,
        target=replace(post.target, topic=None, each=False),
        publish_at=post.published_at,
        late_joiners=mailing["late_joiners"],
        repeat_uncertain=mailing["repeat_uncertain"],
        stars=mailing["stars"],
        channel=ChannelText(language) if language else None,
    )
    return Planned(post, draft, MailingStatus(mailing["status"]))


def _tell_author(connection: Connection, post: Post, by: int, now: datetime) -> None:
    if post.created_by is None:
        return
    who = find_person(connection, by)
    payload = {
        "name": who["name"] if who else "",
        "title_kk": first_line(post.text_kk, _TITLE_LENGTH),
        "title_ru": first_line(post.text_ru, _TITLE_LENGTH),
        "publish_at": post.published_at.isoformat(),
    }
    tell(connection, post.created_by, CALLED_OFF, f"called_off:{post.id}", payload, now)
