"""Words that all screens of public councils share."""

from datetime import date, timedelta
from html import escape

from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import full
from services.councils.model import (
    ApplicationStatus,
    Council,
    CouncilField,
    FormerMember,
    Level,
    Member,
    Seat,
    level_of,
)
from services.organisation.directory import Organisation
from services.places.atlas import atlas

_DAY = timedelta(days=1)
SEATS = {
    Seat.CHAIR: N_("Chair"),
    Seat.DEPUTY: N_("Deputy chair"),
    Seat.SECRETARY: N_("Secretary"),
    Seat.MEMBER: N_("Member"),
}
LEVELS = {
    Level.REPUBLIC: N_("Republic"),
    Level.REGION: N_("Regions"),
    Level.DISTRICT: N_("Districts"),
}
APPLICATION_STATUSES = {
    ApplicationStatus.SENT: N_("⏳ is being looked at"),
    ApplicationStatus.ACCEPTED: N_("✅ accepted"),
    ApplicationStatus.DECLINED: N_("declined"),
}


def place_name(region: str | None, district: str | None) -> str:
    """Return the territory of councils in the current language: the narrowest name."""
    found = None if region is None else atlas().find(region, district)
    if found is None:
        return _("the whole country")
    narrow = found.region if found.district is None else found.district
    return narrow.name(current_language())


def whole_place_name(council: Council) -> str:
    """Return the territory of a council, a district with its region."""
    if level_of(council.region, council.district) is Level.DISTRICT:
        region = place_name(council.region, None)
        return f"{place_name(council.region, council.district)}, {region}"
    return place_name(council.region, council.district)


def field_line(field: CouncilField) -> str:
    """Return «🌿 Ecology»."""
    return f"{field.emoji} {field.name(current_language())}"


def council_name(council: Council) -> str:
    """Return what a council is called, for HTML."""
    return escape(council.name(current_language()))


def member_line(member: Member, organisation: Organisation) -> str:
    """Return seat, name and position of a member, and since when they sit, for HTML."""
    language = current_language()
    official = organisation.officials.get(member.official)
    name = official.name(language) if official else member.official
    position = official.position(language) if official else ""
    who = f"<b>{escape(name)}</b>" + (f", {escape(position)}" if position else "")
    since = _("since {date}").format(date=full(member.since))
    return f"{_(SEATS[member.seat])}: {who} ({since})"


def former_line(former: FormerMember, organisation: Organisation) -> str:
    """Return seat and name of somebody who sat in a council, and from when to when, for HTML."""
    official = organisation.officials.get(former.official)
    name = official.name(current_language()) if official else former.official
    days = f"{full(former.since)} – {full(former.until - _DAY)}"
    return f"{_(SEATS[former.seat])}: <b>{escape(name)}</b> ({days})"


def day_of(ordinal: int) -> date:
    """Return the day that a button names; a forged one is some day of the calendar."""
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def named(kk: str, ru: str) -> str:
    """Return words of the data in the current language, for HTML."""
    return escape(pick(kk, ru))
