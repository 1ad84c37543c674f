"""Screens of public councils for citizens: by place, one council, its meetings."""

from collections.abc import Sequence
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import full
from handlers.views.council_callbacks import (
    ApplicationTakenBack,
    Applying,
    CouncilDesk,
    CouncilDistricts,
    CouncilRegions,
    CouncilsAt,
    CouncilShown,
    CouncilsOpened,
    MeetingsShown,
    StaffPlace,
)
from handlers.views.council_words import (
    APPLICATION_STATUSES,
    council_name,
    field_line,
    former_line,
    member_line,
    place_name,
    whole_place_name,
)
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from services.clock import local_date
from services.councils.applying import OwnApplication
from services.councils.composition import Composition, Gathering
from services.councils.model import ApplicationStatus, Council, CouncilField, Meeting
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.places.model import Place
from services.text.length import shortened

COUNCILS = N_("🏛 Public councils")
# Members that one screen names; councils are smaller than this.
_MEMBERS = 25
_MEETINGS = 3
_TITLE = 150
_COLUMNS = 2


def own_place_screen(found: Sequence[Composition]) -> Screen:
    """Return the way to the councils of one's own place, the narrowest first.

    A place without a council is named in the text: a button would open an empty screen.
    """
    text = "\n\n".join(
        (
            bold(_("Public councils")),
            _(
                "Public councils at the party look into matters of one field: they discuss, check "
                "and answer appeals. Here you see who sits in them. You can offer yourself too."
            ),
        )
    )
    lacking = [_place_title(one) for one in found if not one.councils]
    if lacking:
        told = _("No council here yet: {places}").format(places=escape(", ".join(lacking)))
        text = f"{text}\n\n{told}"
    rows = [[_place_button(one)] for one in found if one.councils]
    other = [button(_("📍 Another place"), CouncilRegions())]
    return Screen(text, keyboard(*rows, other, [back(PartyLifeShown())]))


def _place_title(one: Composition) -> str:
    return place_name(one.region, one.district) if one.region else _("🇰🇿 The whole country")


def _place_button(one: Composition) -> InlineKeyboardButton:
    label = f"{_place_title(one)} · {len(one.councils)}"
    return button(label, CouncilsAt(region=one.region or "", district=one.district or ""))


def regions_screen(*, staff: bool = False) -> Screen:
    """Return the choice of a region."""
    regions = atlas().regions.values()
    language = current_language()
    rows = in_rows(
        [
            button(
                pick(one.short_kk, one.short_ru),
                StaffPlace(region=one.kato) if staff else CouncilsAt(region=one.kato),
            )
            for one in sorted(regions, key=lambda one: one.name(language))
        ],
        _COLUMNS,
    )
    whole = StaffPlace() if staff else CouncilsAt()
    country = [button(_("🇰🇿 The whole country"), whole)]
    leave = [back(CouncilDesk() if staff else CouncilsOpened())]
    return Screen(_("Please choose the region."), keyboard(country, *rows, leave))


def districts_screen(region: str, *, staff: bool = False) -> Screen:
    """Return the choice of a district of a region."""
    language = current_language()
    rows = in_rows(
        [
            button(
                one.name(language),
                StaffPlace(region=region, district=one.kato)
                if staff
                else CouncilsAt(region=region, district=one.kato),
            )
            for one in atlas().by_region.get(region, ())
        ],
        _COLUMNS,
    )
    leave = back(StaffPlace(region=region) if staff else CouncilsAt(region=region))
    return Screen(_("Please choose the district or the city."), keyboard(*rows, [leave]))


def place_screen(one: Composition) -> Screen:
    """Return the councils of one place, field by field."""
    title = _("Public councils: {place}").format(
        place=escape(place_name(one.region, one.district))
    )
    fields = {field.code: field for field in one.expected}
    rows = [
        [button(_council_label(council, fields), CouncilShown(council=council.code))]
        for council in one.councils
    ]
    told = _("Choose a council to see who sits in it.")
    if not one.councils:
        told = _("There are no public councils in this place yet.")
    districts = []
    if one.region and not one.district and atlas().by_region.get(one.region):
        districts = [button(_("🏘 Districts and cities"), CouncilDistricts(region=one.region))]
    leave = [back(CouncilsOpened())]
    return Screen("\n\n".join((bold(title), told)), keyboard(*rows, districts, leave))


def _council_label(council: Council, fields: dict[str, CouncilField]) -> str:
    field = fields.get(council.field)
    return field_line(field) if field is not None else council.name(current_language())


def council_screen(
    gathering: Gathering,
    organisation: Organisation,
    own: OwnApplication | None,
    note: str = "",
) -> Screen:
    """Return one council: field, territory, since when, who sits in it, the newest meetings."""
    council = gathering.council
    members = [member_line(one, organisation) for one in gathering.members[:_MEMBERS]]
    if len(gathering.members) > _MEMBERS:
        members.append(_("And others: {count}").format(count=len(gathering.members) - _MEMBERS))
    lines = [
        *([f"{note}\n"] if note else []),
        bold(council.name(current_language())),
        _("Field: {field}").format(field=escape(field_line(gathering.field))),
        _("Territory: {place}").format(place=escape(whole_place_name(council))),
        _("At work since: {date}").format(date=full(council.since)),
    ]
    if council.takes_appeals and gathering.members:
        lines.append(_("Appeals of this field from this territory go to it by themselves."))
    lines += ["", bold(_("Who sits in it")), *(members or [_("Nobody yet.")])]
    if gathering.former:
        former = [former_line(one, organisation) for one in gathering.former]
        lines += ["", bold(_("Who sat in it before")), *former]
    lines += ["", bold(_("Meetings"))]
    lines += [meeting_line(one) for one in gathering.meetings[:_MEETINGS]] or [
        _("No meeting is told of yet.")
    ]
    if own is not None:
        status = _(APPLICATION_STATUSES[own.status])
        told = _("Your application of {date}: {status}")
        day = full(local_date(own.at))
        lines += ["", told.format(date=day, status=status)]
    return Screen("\n".join(lines), keyboard(*_council_rows(gathering, own)))


def _council_rows(
    gathering: Gathering, own: OwnApplication | None
) -> list[list[InlineKeyboardButton]]:
    council = gathering.council
    rows = []
    if len(gathering.meetings) > _MEETINGS:
        rows.append([button(_("🗓 All meetings"), MeetingsShown(council=council.code))])
    if own is not None and own.status is ApplicationStatus.SENT:
        taken = ApplicationTakenBack(application=own.id)
        rows.append([button(_("↩️ Take my application back"), taken)])
    else:
        rows.append([button(_("🙋 Offer myself for the council"), Applying(council=council.code))])
    place = CouncilsAt(region=council.region or "", district=council.district or "")
    return [*rows, [back(place)]]


def meeting_line(meeting: Meeting) -> str:
    """Return the day and subject of a meeting, and how many came, for HTML."""
    title = escape(shortened(pick(meeting.title_kk, meeting.title_ru), _TITLE))
    line = f"• {full(meeting.held_on)}: {title}"
    if meeting.present is None:
        return line
    came = _("members present: {count}").format(count=meeting.present)
    return f"{line} ({came})"


def meetings_screen(council: Council, meetings: Sequence[Meeting], *, more: bool) -> Screen:
    """Return a page of the meetings of a council."""
    title = _("Meetings: {council}").format(council=council_name(council))
    lines = [meeting_line(one) for one in meetings] or [_("No meeting is told of yet.")]
    onward = []
    if more:
        before = meetings[-1].held_on.toordinal()
        onward = [button(_("Older ›"), MeetingsShown(council=council.code, before=before))]
    leave = [back(CouncilShown(council=council.code))]
    return Screen("\n".join([f"<b>{title}</b>", "", *lines]), keyboard(onward, leave))


def own_places(place: Place | None) -> list[tuple[str | None, str | None]]:
    """Return the territories in which somebody lives, the narrowest first."""
    found: list[tuple[str | None, str | None]] = []
    if place is not None and place.district is not None:
        found.append((place.region.kato, place.district.kato))
    if place is not None:
        found.append((place.region.kato, None))
    return [*found, (None, None)]
