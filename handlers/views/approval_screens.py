"""Screens of the second pair of eyes: what waits, what exactly would go out, what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import N_, _, pick
from handlers.views.approval_callbacks import (
    ApprovalOpened,
    ApprovalsListed,
    Approved,
    DeclineAsked,
    Declined,
    RequestTakenBack,
)
from handlers.views.calendar_days import moment
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from handlers.views.news_notices import topic_line
from handlers.views.post_conditions import conditions, readers_line
from services.delivery.approval import EXPORT, NAME, ApprovalStatus
from services.delivery.policy import Policy
from services.delivery.requests import Request
from services.news.length import first_line
from services.news.model import Draft
from services.organisation.directory import Organisation
from services.polls.approving import POLL
from services.stories.publishing import STORY

_TITLE_LENGTH = 40
_STATES = {
    ApprovalStatus.PENDING: N_("⏳ Waits for approval"),
    ApprovalStatus.APPROVED: N_("✅ Approved by: {name}"),
    ApprovalStatus.DECLINED: N_("✋ Declined by: {name}"),
    ApprovalStatus.WITHDRAWN: N_("↩️ Taken back by its author"),
}


def list_screen(
    requests: Sequence[Request], named: Mapping[int, str], *, first: bool, more: bool
) -> Screen:
    """Return the requests that wait; `named`: what those are called that let no text out."""
    title = bold(_("🔎 Waiting for approval"))
    turning = [] if first else [button(_("« To the beginning"), ApprovalsListed())]
    if not requests:
        text = _("Nothing waits for approval now.")
        return Screen(f"{title}\n\n{text}", keyboard(turning, [back(DeskShown())]))
    if more:
        last = requests[-1].approval.id
        turning.append(button(_("More ›"), ApprovalsListed(after=last)))
    rows = [[_line(request, named)] for request in requests]
    text = _("Choose one to see exactly what would go out.")
    return Screen(f"{title}\n\n{text}", keyboard(*rows, turning, [back(DeskShown())]))


def request_screen(
    request: Request,
    reader: int,
    policy: Policy,
    organisation: Organisation,
    now: datetime,
    note: str = "",
) -> Screen:
    """Return everything beside the texts, which stand above, and what the reader may do."""
    approval = request.approval
    draft = Draft.of_json(approval.content)
    lines = [
        f"{note}\n" if note else "",
        bold(_("🔎 A request for approval")),
        _("Asks: {name}").format(name=escape(request.asker)),
        _("Above is exactly what goes out, in Kazakh and in Russian."),
        _("Topic: {topic}").format(topic=topic_line(draft.topic, organisation)),
        *_conditions(request, draft, policy, now),
        *state_lines(request),
    ]
    waits = approval.status is ApprovalStatus.PENDING
    if waits and draft.publish_at is not None and draft.publish_at <= now:
        lines.append(_("⚠️ Its time has passed while it waited: approved, it goes out at once."))
    return Screen("\n".join(lines).strip(), keyboard(*request_buttons(request, reader)))


def asked_screen(request: Request, policy: Policy, others: int, note: str = "") -> Screen:
    """Tell the author that others were asked, and what happens now."""
    text = _(
        "🔎 More than {limit} people would get this post, so another operator has to look at "
        "it first. Asked: {others}. You will be told when somebody decides."
    )
    text = text.format(limit=spaced(policy.approval_above), others=others)
    change = _("If you want to change the post, take the request back.")
    lines = [note, text, change]
    rows = [own_buttons(request), [button(_("🔎 Waiting for approval"), ApprovalsListed())]]
    return Screen("\n\n".join(line for line in lines if line), keyboard(*rows))


def reason_screen(request: Request, problem: str = "") -> Screen:
    """Ask why it is declined."""
    text = _("Why shall it not go out? Write it: {name} will read your words.")
    if request.approval.kind in {NAME, EXPORT}:
        text = _("Why do you not let it out? Write it: {name} will read your words.")
    lines = [f"⚠️ {problem}" if problem else "", text.format(name=escape(request.asker))]
    leave = back(ApprovalOpened(approval=request.approval.id))
    return Screen("\n\n".join(line for line in lines if line), keyboard([leave]))


def decline_screen(request: Request, reason: str) -> Screen:
    """Show the reason before it is sent."""
    approval = request.approval
    text = _("Decline with this reason? You can also write it anew.")
    yes = Declined(approval=approval.id, seen=approval.seen)
    rows = [
        [button(_("✋ Yes, decline"), yes)],
        [back(ApprovalOpened(approval=approval.id))],
    ]
    return Screen(f"{text}\n<blockquote>{escape(reason)}</blockquote>", keyboard(*rows))


def _conditions(request: Request, draft: Draft, policy: Policy, now: datetime) -> Iterable[str]:
    """Return everything while it may go out; what was not let out has no time any more."""
    approval = request.approval
    if approval.status is ApprovalStatus.PENDING:
        return conditions(draft, approval.people, policy, now)
    count = _("Will get it: {count}").format(count=spaced(approval.people))
    return (readers_line(draft), count)


def state_lines(request: Request) -> Iterable[str]:
    """Yield what became of a request, as HTML lines."""
    approval = request.approval
    yield ""
    yield _(_STATES[approval.status]).format(name=escape(request.decider))
    if approval.decided_at is not None:
        yield moment(approval.decided_at)
    if approval.reason:
        yield _("Reason: {reason}").format(reason=escape(approval.reason))


def request_buttons(request: Request, reader: int) -> list[list[InlineKeyboardButton]]:
    """Return what the reader may do with a request."""
    approval = request.approval
    leave = [back(ApprovalsListed())]
    if approval.asked_by == reader:
        return [own_buttons(request), leave]
    if approval.status is not ApprovalStatus.PENDING:
        return [leave]
    seen = {"approval": approval.id, "seen": approval.seen}
    return [
        [button(_("✅ Approve: exactly this goes out"), Approved(**seen))],
        [button(_("✋ Decline"), DeclineAsked(**seen))],
        leave,
    ]


def own_buttons(request: Request) -> list[InlineKeyboardButton]:
    """Return the author's way to change what was asked about; none once it is out."""
    if request.approval.status is ApprovalStatus.APPROVED or not request.latest:
        return []
    if request.approval.status is ApprovalStatus.PENDING:
        label = _("✏️ Take the request back and change")
    elif request.approval.kind == POLL:
        label = _("✏️ Change the poll")
    elif request.approval.kind == STORY:
        label = _("✏️ Change the story")
    else:
        label = _("✏️ Change the post")
    return [button(label, RequestTakenBack(approval=request.approval.id))]


def _line(request: Request, named: Mapping[int, str]) -> InlineKeyboardButton:
    if (name := named.get(request.approval.id)) is not None:
        return button(name, ApprovalOpened(approval=request.approval.id))
    content = request.approval.content
    title = pick(content.get("text_kk") or "", content.get("text_ru") or "")
    mark = {POLL: "📊 ", STORY: "✅ "}.get(request.approval.kind, "")
    label = f"{mark}{spaced(request.approval.people)} · {first_line(title, _TITLE_LENGTH)}"
    return button(label, ApprovalOpened(approval=request.approval.id))
