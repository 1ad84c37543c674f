"""Screens of registered appeals: the list, one appeal, and what is said of its answer."""

from html import escape

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language, ngettext, pick
from handlers.views.appeal_callbacks import (
    AdditionBegun,
    FollowedAppeals,
    OwnAppeal,
    OwnAppeals,
    WithdrawalAsked,
)
from handlers.views.appeal_draft import begin_button
from handlers.views.appeal_names import MANDATE, place_line, topic_line, type_line
from handlers.views.appeal_verdict import verdict_of
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.evidence_callbacks import OwnEvidenceAsked
from services.appeals.model import OPEN, AppealCard, AppealLine, AppealStatus
from services.organisation.directory import Organisation
from services.text.length import shortened

# Words and answer together with the lines around them fit into one message of 4,096.
_TEXT_ROOM = 1000
_ADDITIONS_ROOM = 400
_ANSWER_ROOM = 2000

_ENDED = {
    AppealStatus.CONFIRMED: N_("Solved"),
    AppealStatus.CLOSED: N_("Closed"),
    AppealStatus.REDIRECTED: N_("Redirected"),
    AppealStatus.DECLINED: N_("Declined"),
    AppealStatus.WITHDRAWN: N_("Withdrawn"),
    AppealStatus.JOINED: N_("Joined to another appeal"),
}
_ENDED_SIGNS = {AppealStatus.CONFIRMED: "✅", AppealStatus.CLOSED: "✅"}


def own_list_screen(
    lines: list[AppealLine],
    organisation: Organisation,
    *,
    first: bool,
    more: bool,
    followed: int = 0,
) -> Screen:
    """Return a page of own appeals; `more` where older ones follow, `followed` how many joined."""
    joined = []
    if followed:
        label = _("🤝 Appeals that I have joined: {count}").format(count=followed)
        joined.append(button(label, FollowedAppeals()))
    if not lines:
        return Screen(_("You have no appeals yet."), keyboard([begin_button()], joined))
    rows = [
        [button(f"{sign_of(line)} № {line.number}", OwnAppeal(appeal=line.id))] for line in lines
    ]
    turning = [] if first else [button(_("‹ Newest"), OwnAppeals())]
    if more:
        turning.append(button(_("Older ›"), OwnAppeals(after=lines[-1].id)))
    title = bold(_("Your appeals"))
    texts = [line_of(line, organisation) for line in lines]
    return Screen("\n\n".join([title, *texts]), keyboard(*rows, turning, joined))


def own_card_screen(card: AppealCard, organisation: Organisation) -> Screen:
    """Return one own appeal with its answer, and the buttons to rate it."""
    lines = [
        f"<b>№ {card.number}</b>",
        *_kind_of(card, organisation),
        _("Topic: {topic}").format(topic=escape(topic_line(card.topic, organisation))),
        _("Place: {place}").format(place=escape(place_line(card.region, card.district))),
        _("Registered: {date}").format(date=full(card.registered_on)),
    ]
    if card.council is not None:
        lines.append(_("🏛 Public council: {council}").format(council=escape(pick(*card.council))))
    if card.status in OPEN:
        lines.append(_("Answer due by: {date}").format(date=full(card.due_on)))
        lines.append(days_left(card.days_left))
    elif card.status in _ENDED:
        lines.append(_(_ENDED[card.status]))
    if card.joins:
        joined = ngettext("{count} person joined", "{count} people joined", card.joins)
        lines.append(joined.format(count=card.joins))
    if card.attachments:
        lines.append(_("Files attached: {count}").format(count=len(card.attachments)))
    lines.append(_quoted(card.text, _TEXT_ROOM))
    if card.additions:
        lines.append(_("Added later:"))
        lines.append(_quoted("\n".join(card.additions), _ADDITIONS_ROOM))
    if card.answer is not None and card.answered_on is not None:
        lines.append(_("Answer of {date}:").format(date=full(card.answered_on)))
        lines.append(_quoted(card.answer, _ANSWER_ROOM))
    rows = verdict_of(card)
    if card.status in OPEN:
        add = button(_("➕ Add something"), AdditionBegun(appeal=card.id))
        withdraw = button(_("↩️ Withdraw"), WithdrawalAsked(appeal=card.id))
        rows = [*rows, [add], [withdraw]]
    rows = [*rows, [button(_("🧾 PDF"), OwnEvidenceAsked(appeal=card.id))]]
    return Screen("\n".join(lines), keyboard(*rows, [back(OwnAppeals())]))


def _kind_of(card: AppealCard, organisation: Organisation) -> list[str]:
    lines = []
    if card.campaign is not None:
        lines.append(_("🗳 A mandate of an election campaign"))
    if card.deputy is not None and card.deputy in organisation.officials:
        name = organisation.officials[card.deputy].name(current_language())
        lines.append(_("✉️ To the deputy: {name}").format(name=escape(name)))
    if card.type is not None:
        lines.append(_("Type: {type}").format(type=escape(type_line(card.type, organisation))))
    if card.confidential:
        lines.append(_("🔒 Confidential: your name and phone are hidden."))
    return lines


def days_left(days: int | None) -> str:
    """Return how many working days are left, or how many it is late; "" once answered."""
    if days is None:
        return ""
    if days == 0:
        return _("The answer is due today.")
    if days > 0:
        return ngettext("{days} working day left", "{days} working days left", days).format(
            days=days
        )
    late = -days
    return ngettext("Late by {days} working day", "Late by {days} working days", late).format(
        days=late
    )


def line_of(line: AppealLine, organisation: Organisation) -> str:
    """Return number, state, topic and place of an appeal in a list."""
    status = status_line(line)
    topic = escape(topic_line(line.topic, organisation))
    place = escape(place_line(line.region, line.district))
    mandate = MANDATE if line.mandate else ""
    return f"{mandate}{sign_of(line)} <b>№ {line.number}</b> · {status}\n{topic}\n{place}"


def status_line(line: AppealLine) -> str:
    """Return where the appeal stands; while it is open, how many days are left."""
    if line.status in OPEN:
        return days_left(line.days_left)
    return _(_ENDED.get(line.status, N_("Answered")))


def sign_of(line: AppealLine) -> str:
    """Return the sign of a button: in time, late, answered, or ended without an answer."""
    if line.status in _ENDED:
        return _ENDED_SIGNS.get(line.status, "▫️")
    if line.status not in OPEN:
        return "✅"
    return "🔴" if line.days_left is not None and line.days_left < 0 else "🟡"


def _quoted(text: str, room: int) -> str:
    return f"<blockquote>{escape(shortened(text, room))}</blockquote>"
