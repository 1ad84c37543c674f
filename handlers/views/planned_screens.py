"""Screens of posts that go out at their time."""

from collections.abc import Sequence
from datetime import datetime

from handlers.buttons import back, button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.approval_callbacks import (
    CalledOff,
    CallOffAsked,
    PlannedListed,
    PlannedOpened,
    PlannedTakenBack,
)
from handlers.views.calendar_days import hour, short
from handlers.views.emphasis import bold
from handlers.views.news_notices import topic_line
from handlers.views.post_conditions import conditions
from services.clock import local_date
from services.delivery.policy import Policy
from services.news.length import first_line
from services.news.model import Post, PostStatus
from services.news.planned import Planned
from services.organisation.directory import Organisation

_TITLE_LENGTH = 40


def list_screen(posts: Sequence[Post], *, first: bool, more: bool) -> Screen:
    """Return the planned posts, the nearest first."""
    title = bold(_("🗓 Planned posts"))
    turning = [] if first else [button(_("« To the beginning"), PlannedListed())]
    if not posts:
        text = _("No post is planned now.")
        return Screen(f"{title}\n\n{text}", keyboard(turning, [back(DeskShown())]))
    if more:
        turning.append(button(_("More ›"), PlannedListed(after=posts[-1].id)))
    rows = [[button(_line(post), PlannedOpened(post=post.id))] for post in posts]
    text = _("Choose one to look at it, change it or call it off.")
    return Screen(f"{title}\n\n{text}", keyboard(*rows, turning, [back(DeskShown())]))


def planned_screen(
    planned: Planned,
    people: int,
    policy: Policy,
    organisation: Organisation,
    now: datetime,
    waits: str = "",
) -> Screen:
    """Return everything beside the texts, which stand above, and what can still be done.

    waits: that it waits for the end of the silence before a vote, as HTML.
    """
    lines = [
        bold(_("🗓 A planned post")),
        _("Topic: {topic}").format(topic=topic_line(planned.post.topic, organisation)),
    ]
    if not planned.waits:
        lines.append(_state(planned))
        return Screen("\n".join(lines), keyboard([back(PlannedListed())]))
    lines += [waits] if waits else []
    lines += conditions(planned.draft, people, policy, now)
    post = planned.post.id
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(_("✏️ Take back to the composer"), PlannedTakenBack(post=post))],
            [button(_("✖️ Do not send"), CallOffAsked(post=post))],
            [back(PlannedListed())],
        ),
    )


def call_off_screen(post: int) -> Screen:
    """Ask before something that cannot be taken back."""
    text = _("Shall this post not go out at all? Its text stays nowhere but in this chat.")
    yes = button(_("✖️ Yes, do not send"), CalledOff(post=post))
    return Screen(text, keyboard([yes], [back(PlannedOpened(post=post))]))


def _state(planned: Planned) -> str:
    if planned.post.status is PostStatus.CALLED_OFF:
        return _("✖️ It was called off and does not go out.")
    return _("📨 It is going out already. Its mailing can be cancelled or taken back.")


def _line(post: Post) -> str:
    at = post.published_at
    title = first_line(post.text(current_language()), _TITLE_LENGTH)
    return f"{short(local_date(at))} {hour(at)} · {title}"
