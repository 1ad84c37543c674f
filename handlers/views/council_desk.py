"""Screens of public councils for the staff: composition, activity, tables."""

from collections.abc import Iterator, Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.council_callbacks import (
    ActivityShown,
    ApplicationsListed,
    CouncilDesk,
    CouncilDistricts,
    CouncilRegions,
    CouncilTableAsked,
    CouncilTableSent,
    InactiveListed,
    StaffPlace,
)
from handlers.views.council_words import LEVELS, SEATS, field_line, place_name
from handlers.views.deciding import above
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from services.councils.activity import MISSED, WINDOW
from services.councils.composition import Composition, Places
from services.councils.desk import Desk
from services.councils.members import Inactive, MemberLine
from services.councils.model import Council, CouncilField, Level, Member
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.tables.model import Imported

_MEMBERS = 20


def desk_screen(desk: Desk, *, imports: bool) -> Screen:
    """Return how complete the councils are, and what there is to do."""
    lines = [bold(_("Public councils")), "", *map(_places_line, desk.places)]
    lines += ["", _("Inactive members: {count}").format(count=desk.inactive)]
    rows = [[button(_("🧭 Composition by place"), CouncilRegions(staff=True))]]
    if desk.inactive:
        rows.append([button(_("😴 Inactive members"), InactiveListed())])
    if desk.waiting is not None:
        lines.append(_("Applications that wait: {count}").format(count=desk.waiting))
        rows.append([button(_("🙋 Applications"), ApplicationsListed())])
    if imports:
        rows.append([button(_("📥 Bring a table"), CouncilTableAsked())])
        rows.append([button(_("📤 Take the table"), CouncilTableSent())])
    return Screen("\n".join(lines), keyboard(*rows, [back(PartyDeskShown())]))


def _places_line(places: Places) -> str:
    level = _(LEVELS[places.level])
    if places.level is Level.REPUBLIC:
        words = _("{level}: fields expected: {expected}, complete: {complete} of {places}")
    else:
        words = _(
            "{level}: fields expected: {expected}, complete: {complete} of {places}, "
            "begun: {begun}"
        )
    return words.format(
        level=level,
        expected=places.expected,
        complete=places.complete,
        places=places.places,
        begun=places.begun,
    )


def composition_screen(one: Composition) -> Screen:
    """Return the councils of a place and which fields are missing."""
    place = escape(place_name(one.region, one.district))
    lines = [
        bold(_("Composition: {place}").format(place=place)),
        _("Fields: {filled} of {expected}").format(filled=one.filled, expected=len(one.expected)),
    ]
    if one.missing:
        lines += ["", _("Missing:"), *(f"• {escape(field_line(each))}" for each in one.missing)]
    else:
        lines.append(_("Nothing is missing."))
    fields = {each.code: each for each in one.expected}
    rows = [[_council_button(council, fields.get(council.field))] for council in one.councils]
    if one.region and not one.district and atlas().by_region.get(one.region):
        data = CouncilDistricts(region=one.region, staff=True)
        rows.append([button(_("🏘 Districts and cities"), data)])
    leave = CouncilRegions(staff=True)
    if one.region and one.district:
        return Screen("\n".join(lines), keyboard(*rows, [back(StaffPlace(region=one.region))]))
    return Screen("\n".join(lines), keyboard(*rows, [back(leave)]))


def _council_button(council: Council, field: CouncilField | None) -> InlineKeyboardButton:
    name = council.name(current_language())
    label = name if field is None else field_line(field)
    return button(label, ActivityShown(council=council.code))


def activity_screen(
    council: Council, lines: Sequence[MemberLine], organisation: Organisation
) -> Screen:
    """Return the members of a council with what they have done, the rule below."""
    told = [bold(council.name(current_language())), ""]
    for line in lines[:_MEMBERS]:
        told += _member(line, organisation)
    if len(lines) > _MEMBERS:
        told.append(_("And others: {count}").format(count=len(lines) - _MEMBERS))
    if not lines:
        told.append(_("Nobody yet."))
    rule = _(
        "😴 Inactive: no case answered in {days} days, and either absent from the last "
        "{meetings} meetings, or neither came nor excused themselves in {days} days."
    )
    told += ["", f"<i>{rule.format(days=WINDOW.days, meetings=MISSED)}</i>"]
    place = StaffPlace(region=council.region or "", district=council.district or "")
    return Screen("\n".join(told), keyboard([back(place)]))


def _member(line: MemberLine, organisation: Organisation) -> Iterator[str]:
    mark = "😴 " if line.inactive else ""
    yield f"{mark}<b>{escape(_name(line.member, organisation))}</b>, {_seat(line.member)}"
    record = line.record
    words = _("cases answered: {answered}, in time: {in_time}; meetings: {came} of {held}")
    yield "   " + words.format(
        answered=record.answered, in_time=record.in_time, came=record.came, held=record.held
    )


def inactive_screen(
    found: Sequence[Inactive], organisation: Organisation, *, more: bool
) -> Screen:
    """Return councils with their inactive members, a page at a time."""
    lines = [bold(_("Inactive members"))]
    for one in found:
        lines += ["", bold(one.council.name(current_language()))]
        lines += [
            f"• {escape(_name(member, organisation))}, {_seat(member)}" for member in one.members
        ]
    if not found:
        lines += ["", _("There are none.")]
    rows = [
        [button(one.council.name(current_language()), ActivityShown(council=one.council.code))]
        for one in found
    ]
    onward = [button(_("More ›"), InactiveListed(after=found[-1].council.code))] if more else []
    return Screen("\n".join(lines), keyboard(*rows, onward, [back(CouncilDesk())]))


def table_screen(note: str = "") -> Screen:
    """Return the request for a table."""
    words = _(
        "Send a table as a document: .xlsx with the sheets “Fields”, “Councils”, “Members”, "
        "“Meetings” and “Attendance”, or .csv with one of them. Nothing is taken where one row "
        "is wrong."
    )
    row = [button(_("📤 Take the table"), CouncilTableSent())]
    sample = [button(_("📄 A sample"), CouncilTableSent(sample=True))]
    return Screen(above(note, words), keyboard(row, sample, [back(CouncilDesk())]))


def imported_screen(done: Imported) -> Screen:
    """Return what a table has changed."""
    words = _("✅ The table is taken in. Rows: {rows}, changes: {changes}.")
    onward = _("You can send the next one.")
    text = f"{words.format(rows=done.rows, changes=done.changes)} {onward}"
    return Screen(text, keyboard([back(CouncilDesk())]))


def _name(member: Member, organisation: Organisation) -> str:
    official = organisation.officials.get(member.official)
    return official.name(current_language()) if official else member.official


def _seat(member: Member) -> str:
    return _(SEATS[member.seat]).lower()
