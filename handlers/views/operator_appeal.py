"""An appeal before those who handle it: its card and what can be done with it."""

from collections.abc import Iterator
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.operator.appeals.actions import offered
from handlers.operator.appeals.callbacks import (
    AppealMore,
    AppealOpened,
    AppealPart,
    HistoryShown,
    NextTaken,
    Part,
)
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.appeal_names import place_line, topic_line, words_of
from handlers.views.calendar_days import full, hour
from services.appeals.dossier import Dossier
from services.appeals.lists import Listed
from services.appeals.model import AppealStatus, Channel, EntryKind
from services.appeals.rights import DESK
from services.clock import local_date
from services.organisation.directory import Organisation
from services.text.length import shortened, utf16_length

# Short enough for a small phone; together they fit into one message of 4,096.
TEXT_ROOM = 700
_LATEST_ROOM = 400
_PARTICULARS_ROOM = 100
ANSWER_ROOM = 500

STATUSES = {
    AppealStatus.REGISTERED: N_("registered"),
    AppealStatus.IN_WORK: N_("in work"),
    AppealStatus.ANSWERED: N_("answered"),
    AppealStatus.CONFIRMED: N_("the citizen says it is solved"),
    AppealStatus.DISPUTED: N_("the citizen says it is not solved"),
    AppealStatus.CLOSED: N_("closed"),
    AppealStatus.REDIRECTED: N_("redirected"),
    AppealStatus.DECLINED: N_("declined"),
    AppealStatus.WITHDRAWN: N_("withdrawn by the citizen"),
    AppealStatus.JOINED: N_("joined to another appeal"),
}
_LATEST = {
    EntryKind.ADDITION: N_("➕ The citizen added on {date}:"),
    EntryKind.REPLY: N_("💬 The citizen replied on {date}:"),
    EntryKind.DISPUTE: N_("❗ Why it is not solved, {date}:"),
}


def card_screen(
    dossier: Dossier,
    organisation: Organisation,
    leave: CallbackData,
    *,
    source: Listed = Listed.NONE,
    of: str = "",
    note: str = "",
) -> Screen:
    """Return the appeal with the most frequent actions; `leave` is where «Back» leads."""
    more = AppealMore(appeal=dossier.card.id, source=source, of=of)
    onward = [back(leave), button(_("⋯ More"), more)]
    if not dossier.roles.isdisjoint(DESK):
        onward.append(button(_("Next ▶️"), NextTaken(after=dossier.card.id)))
    rows = [*_buttons(dossier, first=True), *_parts(dossier), onward]
    return Screen(card_text(dossier, organisation, note), keyboard(*rows))


def more_screen(dossier: Dossier, organisation: Organisation, source: Listed, of: str) -> Screen:
    """Return the same appeal with the less frequent actions."""
    others = _buttons(dossier, first=False)
    history = [button(_("🕘 History"), HistoryShown(appeal=dossier.card.id))]
    leave = AppealOpened(appeal=dossier.card.id, source=source, of=of)
    return Screen(card_text(dossier, organisation), keyboard(*others, history, [back(leave)]))


def card_text(dossier: Dossier, organisation: Organisation, note: str = "") -> str:
    """Return everything that the handler must know at one glance; `note` stands above it."""
    lines = [f"{note}\n"] if note else []
    lines += [*_head(dossier, organisation), *_people(dossier), *_body(dossier, organisation)]
    return "\n".join(lines)


def _head(dossier: Dossier, organisation: Organisation) -> Iterator[str]:
    card = dossier.card
    if dossier.urgent:
        yield _("🚨 <b>Urgent</b>")
    topic = escape(topic_line(card.topic, organisation))
    yield f"<b>№ {escape(card.number)}</b> · {topic}"
    yield f"📍 {escape(place_line(card.region, card.district))}"
    kind = organisation.types.get(dossier.type.value) if dossier.type else None
    chosen = kind.name(current_language()) if kind else _("not chosen yet")
    yield _("🏷 Type: {type}").format(type=escape(chosen))
    yield from _origin(dossier, organisation)
    office = organisation.offices.get(card.office or "")
    if office is None:
        yield _("❓ No office takes this topic in this place")
    else:
        yield _("🏢 Office: {office}").format(office=escape(office.name(current_language())))
    if card.council is not None:
        yield _("🏛 Public council: {council}").format(council=escape(pick(*card.council)))
    if dossier.open and card.official is None:
        yield _("❓ Nobody answers for it yet")
    yield _("🗓 Registered on: {date}").format(date=full(card.registered_on))
    if card.answered_on is not None:
        yield _("✅ Answered on: {date}").format(date=full(card.answered_on))
    if dossier.open:
        yield _term(dossier)
    yield _("📌 Status: {status}").format(status=_(STATUSES[card.status]))
    if dossier.joined_to:
        yield _("🔗 Joined to appeal No. {number}").format(number=escape(dossier.joined_to))


def _origin(dossier: Dossier, organisation: Organisation) -> Iterator[str]:
    """Yield how it came, and to whom it was written."""
    card = dossier.card
    if card.campaign is not None:
        yield _("🗳 A mandate of an election campaign")
    if card.deputy is not None and card.deputy in organisation.officials:
        name = organisation.officials[card.deputy].name(current_language())
        yield _("✉️ To the deputy: {name}").format(name=escape(name))
    if dossier.news is not None:
        title = escape(pick(*dossier.news))
        yield _("📰 In response to the news: {title}").format(title=title)
    if dossier.channel is Channel.DESK:
        yield _("🏛 Filed at the reception desk")


def _people(dossier: Dossier) -> Iterator[str]:
    if dossier.joins:
        yield _("👥 People who joined: {count}").format(count=dossier.joins)
    if dossier.open:
        yield _who_works(dossier)
    if dossier.confidential:
        yield _("🔒 Confidential: the name is sealed.")
    elif dossier.author:
        yield _("👤 Citizen: {name}").format(name=escape(dossier.author))
    if dossier.phone:
        yield _("📞 Phone: {phone}").format(phone=escape(dossier.phone))
    if dossier.barred:
        yield _("❗ The citizen did not accept your answer, so somebody else answers now.")


def _body(dossier: Dossier, organisation: Organisation) -> Iterator[str]:
    card = dossier.card
    yield f"\n<blockquote>{escape(shortened(words_of(card), TEXT_ROOM))}</blockquote>"
    topic = organisation.topics.get(card.topic)
    for code, words in dossier.particulars.items():
        question = topic.question(code) if topic else None
        asked = question.text(current_language()) if question else code
        yield f"▫️ {escape(asked)} {escape(shortened(words, _PARTICULARS_ROOM))}"
    if dossier.latest is not None:
        title = _(_LATEST[dossier.latest.kind]).format(date=full(local_date(dossier.latest.at)))
        said = escape(shortened(dossier.latest.text, _LATEST_ROOM))
        yield f"\n{title}\n<blockquote>{said}</blockquote>"
    if card.answer is not None:
        title = _("The answer")
        yield f"\n<b>{title}</b>\n{escape(shortened(card.answer, ANSWER_ROOM))}"


def _who_works(dossier: Dossier) -> str:
    if dossier.assignee is None:
        return _("🙋 Nobody works on it yet")
    if dossier.leased_until is None:
        whose = _("you") if dossier.mine else dossier.assignee_name
        return _("🙋 Works on it: {name}").format(name=escape(whose))
    until = hour(dossier.leased_until)
    if dossier.mine:
        words = _("⏱ Kept for you until {time}. Untouched, it then returns to the queue.")
        return words.format(time=until)
    words = _("⏱ Looking at it until {time}: {name}")
    return words.format(time=until, name=escape(dossier.assignee_name))


def _term(dossier: Dossier) -> str:
    date, left = full(dossier.card.due_on), dossier.days_left or 0
    if left < 0:
        words = _("⏳ Due date: {date}. Overdue, working days: {count}")
        return words.format(date=date, count=-left)
    if left == 0:
        return _("⏳ Due date: {date}. That is today").format(date=date)
    return _("⏳ Due date: {date}. Working days left: {count}").format(date=date, count=left)


def _buttons(dossier: Dossier, *, first: bool) -> list[list[InlineKeyboardButton]]:
    """Return the actions that the viewer has now."""
    seen = {"appeal": dossier.card.id, "version": dossier.card.version}
    actions = offered(dossier, first=first)
    return paired([button(_(each.label), each.data(**seen)) for each in actions])


def _parts(dossier: Dossier) -> list[list[InlineKeyboardButton]]:
    """Return a button for each part that the card leaves out."""
    card = dossier.card
    shown = []
    latest = dossier.latest.text if dossier.latest else ""
    rooms = ((card.text, TEXT_ROOM), (card.answer or "", ANSWER_ROOM), (latest, _LATEST_ROOM))
    if any(utf16_length(text) > room for text, room in rooms):
        shown.append((Part.TEXT, _("📄 The whole text")))
    if card.attachments:
        shown.append((Part.FILES, _("📎 Files: {count}").format(count=len(card.attachments))))
    if card.latitude is not None:
        shown.append((Part.MAP, _("📍 On the map")))
    return paired([button(label, AppealPart(appeal=card.id, part=part)) for part, label in shown])
