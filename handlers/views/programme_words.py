"""Lines about a programme that several screens share."""

from collections.abc import Iterator
from datetime import date
from html import escape

from handlers.text import N_, _, current_language
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full, moment
from services.programmes.model import (
    FieldKind,
    Programme,
    ProgrammeKind,
    ProgrammeStatus,
    Session,
    SignUp,
    SignUpStatus,
)
from services.text.length import shortened

# Characters of a line, so that a card with all its texts fits into a message.
_SESSION = 100

PROGRAMMES = N_("🎓 Programmes")
KINDS = {ProgrammeKind.PROJECT: N_("🌱 Project"), ProgrammeKind.SCHOOL: N_("🎓 School")}
STATUSES = {
    ProgrammeStatus.DRAFT: N_("📝 Draft: citizens do not see it"),
    ProgrammeStatus.OPEN: N_("🟢 One can sign up"),
    ProgrammeStatus.CLOSED: N_("🔒 Signing up is closed"),
    ProgrammeStatus.CALLED_OFF: N_("🚫 Called off"),
}
FIELD_KINDS = {
    FieldKind.TEXT: N_("Own words"),
    FieldKind.NUMBER: N_("A number"),
    FieldKind.CHOICE: N_("A choice"),
    FieldKind.DATE: N_("A day"),
    FieldKind.PHONE: N_("A phone number"),
    FieldKind.YES_NO: N_("Yes or no"),
}
STANDINGS = {
    SignUpStatus.CONFIRMED: N_("✅ You take part"),
    SignUpStatus.WAITING: N_("⏳ You are on the waiting list"),
    SignUpStatus.OFFERED: N_("🎟 A place has become free for you"),
}


def days_line(programme: Programme) -> str:
    """Return from when to when it goes on."""
    begins, ends = full(programme.begins_on), full(programme.ends_on)
    return begins if begins == ends else f"{begins} – {ends}"


def whom_line(programme: Programme) -> str:
    """Return the place whose people it is for."""
    if programme.region is None:
        return _("all of Kazakhstan")
    return place_line(programme.region, programme.district)


def places_line(programme: Programme) -> str:
    """Return how many places are left, as citizens read it."""
    left = programme.places_left
    if left is None:
        return _("there is a place for everybody")
    if left:
        return str(left)
    if programme.waiting:
        return _("none, but there is a waiting list")
    return _("none")


def facts_lines(programme: Programme, today: date) -> Iterator[str]:
    """Yield for whom, where and when it is, HTML."""
    language = current_language()
    yield _("👥 For whom: {place}").format(place=escape(whom_line(programme)))
    if place := programme.place(language):
        yield _("📍 Where: {place}").format(place=escape(place))
    yield _("🗓 When: {days}").format(days=days_line(programme))
    if programme.status is ProgrammeStatus.OPEN and today <= programme.sign_up_until:
        until = full(programme.sign_up_until)
        yield _("✍️ Sign up until: {day}").format(day=until)
        yield _("🪑 Places left: {places}").format(places=places_line(programme))


def session_line(session: Session) -> str:
    """Return when a session is, what it is about and where; HTML."""
    language = current_language()
    parts = [moment(session.starts_at), session.title(language), session.place(language)]
    return escape(shortened(" · ".join(part for part in parts if part), _SESSION))


def standing_line(own: SignUp, place: int | None) -> str:
    """Return how somebody stands to a programme; place: theirs in the queue."""
    words = _(STANDINGS[own.status])
    if own.status is SignUpStatus.WAITING and place is not None:
        return f"{words}. " + _("Your place in the queue: {place}").format(place=place)
    if own.status is SignUpStatus.OFFERED and own.offered_until is not None:
        kept = _("It is kept for you until {time}").format(time=moment(own.offered_until))
        return f"{words}. {kept}"
    return words
