"""The history of an appeal: what happened and what was said, page by page."""

from collections.abc import Iterator, Sequence
from html import escape

from handlers.buttons import back, button, keyboard
from handlers.operator.appeals.callbacks import AppealOpened, AppealPart, HistoryShown, Part
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import moment
from services.appeals.history import Moment, Said, Speaker
from services.appeals.model import AppealEvent, EntryKind
from services.organisation.directory import Organisation
from services.text.length import shortened, utf16_length

_PAGE_ROOM = 2500
_WORDS_ROOM = 400
_EARLIER_ROOM = 200
_EARLIER = 3

EVENTS = {
    AppealEvent.REGISTERED: N_("Registered"),
    AppealEvent.BEGUN: N_("Taken into work"),
    AppealEvent.ASSIGNED: N_("Given back into the queue"),
    AppealEvent.SORTED: N_("Topic, type or place changed"),
    AppealEvent.ASKED: N_("The citizen was asked"),
    AppealEvent.EXTENDED: N_("The due date was moved"),
    AppealEvent.ESCALATED: N_("Passed on to the next level"),
    AppealEvent.HANDED_OVER: N_("Handed over to another official"),
    AppealEvent.TO_COUNCIL: N_("Taken back from the public council"),
    AppealEvent.ANSWERED: N_("Answered"),
    AppealEvent.REDIRECTED: N_("Redirected"),
    AppealEvent.DECLINED: N_("Declined"),
    AppealEvent.WITHDRAWN: N_("Withdrawn"),
    AppealEvent.JOINED: N_("Joined to another appeal"),
    AppealEvent.CONFIRMED: N_("Solved, says the citizen"),
    AppealEvent.DISPUTED: N_("Not solved, says the citizen"),
    AppealEvent.RATED: N_("The answer was rated"),
    AppealEvent.CLOSED: N_("Closed"),
    AppealEvent.RECHECKED: N_("The promise was checked"),
    AppealEvent.NAME_OPENED: N_("The sealed name was opened"),
}
KINDS = {
    EntryKind.TEXT: N_("💬 Text"),
    EntryKind.ADDITION: N_("➕ Addition"),
    EntryKind.JOIN: N_("👥 Said when joining"),
    EntryKind.QUESTION: N_("❓ Question"),
    EntryKind.REPLY: N_("💬 Reply"),
    EntryKind.ANSWER: N_("✍️ The answer"),
    EntryKind.DISPUTE: N_("❗ Why it is not solved"),
    EntryKind.REASON: N_("📄 Reason"),
    EntryKind.NOTE: N_("📝 Internal note"),
}
SPEAKERS = {
    Speaker.CITIZEN: N_("citizen"),
    Speaker.FOLLOWER: N_("somebody who joined"),
    Speaker.STAFF: N_("staff"),
    Speaker.CLOCK: N_("automatically"),
}


def history_screen(
    appeal: int, number: str, moments: Sequence[Moment], page: int, organisation: Organisation
) -> Screen:
    """Return a page of the history, each in the order of time; page 0 is the newest."""
    pages = list(_pages(["\n".join(_lines(each, organisation)) for each in moments]))
    page = min(page, len(pages) - 1)
    title = _("<b>History of appeal No. {number}</b>").format(number=escape(number))
    turning = []
    if page + 1 < len(pages):
        turning.append(button(_("‹ Earlier"), HistoryShown(appeal=appeal, page=page + 1)))
    if page:
        turning.append(button(_("Later ›"), HistoryShown(appeal=appeal, page=page - 1)))
    text = "\n\n".join([title, *pages[len(pages) - 1 - page]])
    whole = []
    if any(is_shortened(said) for each in moments for said in each.said):
        whole.append(button(_("📄 The whole text"), AppealPart(appeal=appeal, part=Part.TEXT)))
    return Screen(text, keyboard(turning, whole, [back(AppealOpened(appeal=appeal))]))


def is_shortened(said: Said) -> bool:
    """Tell whether the history shows the beginning of these words only."""
    return utf16_length(said.text) > _WORDS_ROOM


def _pages(blocks: Sequence[str]) -> Iterator[list[str]]:
    """Yield the blocks in pages that fit into a message; the newest page is filled first."""
    pages: list[list[str]] = [[]]
    room = _PAGE_ROOM
    for block in reversed(blocks):
        length = utf16_length(block) + 2
        if length > room and pages[-1]:
            pages.append([])
            room = _PAGE_ROOM
        pages[-1].insert(0, block)
        room -= length
    yield from reversed(pages)


def _lines(each: Moment, organisation: Organisation) -> Iterator[str]:
    who = escape(each.name) or _(SPEAKERS[each.speaker])
    yield f"<b>{moment(each.at)}</b> · {who}"
    if each.event is not None:
        yield _event(each, each.event, organisation)
    for said in each.said:
        yield from _words(said)


def _event(each: Moment, event: AppealEvent, organisation: Organisation) -> str:
    if event is AppealEvent.ASSIGNED and each.whom:
        return _("Handed to: {name}").format(name=escape(each.whom))
    if event is AppealEvent.ESCALATED:
        return escape(climbed(each, organisation))
    told = [*deputy_of(each, event), *council_of(each, event), *_plain(each, event)]
    return escape(" · ".join(told))


def deputy_of(each: Moment, event: AppealEvent) -> list[str]:
    """Return to which deputy it was written, where it was."""
    if event is not AppealEvent.REGISTERED:
        return []
    name = pick(each.details.get("deputy_kk") or "", each.details.get("deputy_ru") or "")
    return [_("✉️ To the deputy: {name}").format(name=name)] if name else []


def council_of(each: Moment, event: AppealEvent) -> list[str]:
    """Return to which public council it went, where it did."""
    if event not in {AppealEvent.REGISTERED, AppealEvent.TO_COUNCIL}:
        return []
    name = pick(each.details.get("council_kk") or "", each.details.get("council_ru") or "")
    return [_("Handed to the public council: {council}").format(council=name)] if name else []


def _plain(each: Moment, event: AppealEvent) -> list[str]:
    """Return the usual words; a council that got it stands in their place."""
    handed = event is AppealEvent.TO_COUNCIL and each.details.get("council")
    return [] if handed else [_(EVENTS[event])]


def climbed(each: Moment, organisation: Organisation) -> str:
    """Return the words of a step up: who was told, or who got the appeal."""
    official = organisation.officials.get(each.details.get("official") or "")
    told = bool(each.details.get("told"))
    if official is None:
        return _("Overdue: the next level was told") if told else _(EVENTS[AppealEvent.ESCALATED])
    language = current_language()
    who = f"{official.name(language)}, {official.position(language)}"
    if told:
        return _("Overdue, the next level was told: {who}").format(who=who)
    return _("Overdue, passed on to the next level: {who}").format(who=who)


def _words(said: Said) -> Iterator[str]:
    kind = _(KINDS[said.kind])
    if said.earlier:
        changed = _("changed later")
        kind = f"{kind} ({changed})"
    yield f"<i>{kind}:</i> {escape(shortened(said.text, _WORDS_ROOM))}"
    for text, until in said.earlier[-_EARLIER:]:
        words = _("✎ Earlier wording, until {time}:").format(time=moment(until))
        yield f"<i>{words}</i> <s>{escape(shortened(text, _EARLIER_ROOM))}</s>"
