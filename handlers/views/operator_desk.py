"""Screens of the desk of appeals: what waits, lists and how to narrow them, colleagues."""

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.appeals.callbacks import (
    AppealOpened,
    AppealsDesk,
    AppealsListed,
    Assigned,
    AssigneeAsked,
    DutySet,
    ListsShown,
    NextTaken,
    SearchBegun,
)
from handlers.operator.appeals.decision_callbacks import BansShown
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import N_, _, pick
from handlers.views.appeal_names import MANDATE, topic_line
from handlers.views.calendar_days import short
from handlers.views.emphasis import bold
from handlers.views.reception import ReceptionBegun
from services.appeals.lists import COUNTED, DeskFacts, Listed, QueueLine, QueuePage
from services.organisation.directory import Organisation
from services.people.colleagues import Colleagues
from services.places.atlas import atlas

_TITLES = {
    Listed.MINE: N_("🙋 My appeals in work"),
    Listed.OVERDUE: N_("🔴 Overdue appeals"),
    Listed.TODAY: N_("⏰ Appeals due today"),
    Listed.NEW: N_("🆕 New appeals"),
    Listed.UNROUTED: N_("❓ Not distributed"),
}


def appeals_desk_screen(facts: DeskFacts) -> Screen:
    """Return what waits, and the ways to it."""
    lines = [
        bold(_("📥 Appeals")),
        "",
        _("Waiting for somebody: {count}").format(count=_number(facts.waiting)),
        _("🙋 Mine: {count}").format(count=_number(facts.mine)),
        _("🆕 New: {count}").format(count=_number(facts.new)),
        _("🔴 Overdue: {count}").format(count=facts.overdue),
        _("⏰ Due today: {count}").format(count=facts.today),
        _("❓ Not distributed: {count}").format(count=_number(facts.unrouted)),
        _("Open in all: {count}").format(count=facts.open),
    ]
    if facts.on_duty:
        lines += ["", _("🚨 You are on duty: urgent appeals come to you at once.")]
    duty = _("🔕 Go off duty") if facts.on_duty else _("🚨 Go on duty")
    return Screen(
        "\n".join(lines),
        keyboard(
            [button(_("▶️ Next appeal"), NextTaken())],
            [_list(_("🙋 Mine"), Listed.MINE), _list(_("🆕 New"), Listed.NEW)],
            [_list(_("🔴 Overdue"), Listed.OVERDUE), _list(_("⏰ Due today"), Listed.TODAY)],
            [
                button(_("📋 Other lists"), ListsShown(kind=Listed.NONE)),
                button(_("🔎 Search"), SearchBegun()),
            ],
            [button(_("🏛 A visitor"), ReceptionBegun()), button(_("🚫 Bans"), BansShown())],
            [button(duty, DutySet(on=not facts.on_duty))],
            [back(DeskShown())],
        ),
    )


def lists_screen() -> Screen:
    """Return the less frequent lists."""
    return Screen(
        _("Which list?"),
        keyboard(
            [_list(_("❓ Not distributed"), Listed.UNROUTED)],
            [button(_("📍 By region"), ListsShown(kind=Listed.REGION))],
            [button(_("🏷 By topic"), ListsShown(kind=Listed.TOPIC))],
            [back(AppealsDesk())],
        ),
    )


def list_screen(
    kind: Listed, of: str, page: QueuePage, organisation: Organisation, *, first: bool
) -> Screen:
    """Return a page of a list; `first` where nothing stands before it."""
    title = bold(_title(kind, of, organisation))
    leave = back(ListsShown(kind=kind) if of else AppealsDesk())
    beginning = button(_("« To the beginning"), AppealsListed(kind=kind, of=of))
    turning = [] if first else [beginning]
    if not page.lines:
        words = _("There is nothing in this list now.")
        return Screen(f"{title}\n\n{words}", keyboard(turning, [leave]))
    words = _("The nearest due date stands first. Choose an appeal to open it.")
    rows = [[line_button(line, kind, of, organisation)] for line in page.lines]
    if page.more:
        last = page.lines[-1]
        onward = AppealsListed(kind=kind, of=of, due=last.due_on.toordinal(), after=last.id)
        turning.append(button(_("More ›"), onward))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, turning, [leave]))


def regions_screen() -> Screen:
    """Return the regions by which a list is narrowed."""
    buttons = [
        button(
            pick(region.short_kk, region.short_ru),
            AppealsListed(kind=Listed.REGION, of=region.kato),
        )
        for region in atlas().regions.values()
    ]
    words = _("From which region?")
    return Screen(words, keyboard(*in_rows(buttons, 2), [back(ListsShown(kind=Listed.NONE))]))


def topics_screen(organisation: Organisation) -> Screen:
    """Return the topics by which a list is narrowed; retired ones may still have open appeals."""
    buttons = [
        button(topic_line(code, organisation), AppealsListed(kind=Listed.TOPIC, of=code))
        for code in organisation.topics
    ]
    words = _("About which topic?")
    return Screen(words, keyboard(*in_rows(buttons, 2), [back(ListsShown(kind=Listed.NONE))]))


def line_button(
    line: QueueLine, kind: Listed, of: str, organisation: Organisation
) -> InlineKeyboardButton:
    """Return an appeal of a list: due date, topic, place, number."""
    topic = organisation.topics.get(line.topic)
    urgent = "🚨 " if line.urgent else ""
    mandate = MANDATE if line.campaign is not None else ""
    emoji = topic.emoji if topic else ""
    label = f"{urgent}{mandate}{short(line.due_on)} {emoji} {_narrow_place(line)} · {line.number}"
    return button(label, AppealOpened(appeal=line.id, source=kind, of=of))


def colleagues_screen(appeal: int, version: int, found: Colleagues, after: int) -> Screen:
    """Return the staff to whom an appeal can be handed."""
    words = _("To whom shall this appeal be handed?")
    rows = [
        [button(name, Assigned(appeal=appeal, version=version, person=person))]
        for person, name in found.people
    ]
    turning = []
    if after:
        turning.append(
            button(_("« To the beginning"), AssigneeAsked(appeal=appeal, version=version))
        )
    if found.more:
        last, _name = found.people[-1]
        onward = AssigneeAsked(appeal=appeal, version=version, after=last)
        turning.append(button(_("More ›"), onward))
    leave = back(AppealOpened(appeal=appeal))
    return Screen(words, keyboard(*rows, turning, [leave]))


def _title(kind: Listed, of: str, organisation: Organisation) -> str:
    if kind is Listed.REGION:
        region = atlas().regions.get(of)
        return pick(region.name_kk, region.name_ru) if region else of
    if kind is Listed.TOPIC:
        return topic_line(of, organisation)
    return _(_TITLES.get(kind, _TITLES[Listed.NEW]))


def _list(label: str, kind: Listed) -> InlineKeyboardButton:
    return button(label, AppealsListed(kind=kind))


def _number(count: int) -> str:
    """Return a number that was counted to COUNTED and no further."""
    return f"{COUNTED - 1}+" if count == COUNTED else str(count)


def _narrow_place(line: QueueLine) -> str:
    found = atlas().find(line.region, line.district)
    if found is None:
        return line.region
    if found.district is not None:
        return pick(found.district.name_kk, found.district.name_ru)
    return pick(found.region.short_kk, found.region.short_ru)
