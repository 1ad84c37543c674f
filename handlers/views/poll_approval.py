"""A poll before it is let out: what exactly would open, and what became of the request."""

from collections.abc import Iterator
from html import escape

from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Event, Screen, send
from handlers.text import _
from handlers.views.approval_callbacks import ApprovalsListed
from handlers.views.approval_screens import own_buttons, request_buttons, state_lines
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from handlers.views.poll_audience import expected_lines
from handlers.views.poll_composer import as_poll
from handlers.views.poll_composer_parts import sides
from handlers.views.poll_passport import passport_lines
from handlers.views.poll_text import poll_keyboard, poll_text
from services.delivery.policy import Policy
from services.delivery.requests import Request
from services.language import Language
from services.polls.draft import PollDraft
from services.polls.expected import Expected

_MOST = 3500  # characters of a message


def draft_of_request(request: Request) -> PollDraft:
    """Return the draft that a request would make a poll."""
    return PollDraft.of_json(request.approval.content["draft"])


async def send_poll_previews(event: Event, draft: PollDraft) -> None:
    """Send the invitation in both languages, and all questions of a survey side by side."""
    poll = as_poll(draft)
    i18n = I18n.get_current(no_error=False)
    for language in Language:
        with i18n.use_locale(language.value):
            screen = Screen(poll_text(poll), poll_keyboard(poll, live=False), poll.photo)
        await send(event, screen)
    if not poll.plain:
        for text in _in_messages(draft):
            await send(event, Screen(text))


def poll_request_screen(request: Request, reader: int, note: str = "") -> Screen:
    """Return everything beside the texts, which stand above, and what the reader may do."""
    approval = request.approval
    draft = draft_of_request(request)
    lines = [
        f"{note}\n" if note else "",
        bold(_("🔎 A request for approval: a poll")),
        _("Asks: {name}").format(name=escape(request.asker)),
        _("Above is exactly what opens, in Kazakh and in Russian."),
        *passport_lines(as_poll(draft)),
        _("Will get it: {count}").format(count=spaced(approval.people)),
        *state_lines(request),
    ]
    return Screen("\n".join(lines).strip(), keyboard(*request_buttons(request, reader)))


def poll_asked_screen(request: Request, policy: Policy, others: int) -> Screen:
    """Tell the author that others were asked, and what happens now."""
    text = _(
        "🔎 This poll would invite more than {limit} people, so another operator has to look at "
        "it first. Asked: {others}. It opens when somebody approves; you will be told."
    )
    text = text.format(limit=spaced(policy.approval_above), others=others)
    change = _("If you want to change the poll, take the request back.")
    rows = [
        own_buttons(request),
        [button(_("🔎 Waiting for approval"), ApprovalsListed())],
        [button(_("🗂 Operator’s desk"), DeskShown())],
    ]
    return Screen(f"{text}\n\n{change}", keyboard(*rows))


def before_launch(draft: PollDraft, found: Expected, policy: Policy) -> list[str]:
    """Return what the check says of invitations, as HTML lines."""
    lines = expected_lines(found, draft.sample)
    if found.people > policy.approval_above:
        text = _("🔎 More than {limit} people: another operator must approve it first")
        lines.append(text.format(limit=spaced(policy.approval_above)))
    return lines


def _in_messages(draft: PollDraft) -> Iterator[str]:
    block = ""
    for one in draft.questions:
        text = f"{one.position + 1}. {sides(one)}"
        if block and len(block) + len(text) > _MOST:
            yield block
            block = ""
        block = f"{block}\n\n{text}".strip()
    yield block
