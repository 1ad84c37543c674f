"""The staff: the list, somebody's card, and the questions before something ends."""

from collections.abc import Iterator
from hashlib import sha256
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import full, moment
from handlers.views.staff_callbacks import (
    EndAsked,
    EndConfirmed,
    InvitationsListed,
    InviteBegun,
    MemberShown,
    ResetAsked,
    ResetConfirmed,
    StaffListed,
)
from handlers.views.staff_words import grant_words, grants_lines, role_name
from services.clock import local_date
from services.organisation.directory import Organisation
from services.people.dismissal import Left
from services.people.rights import Grant
from services.people.sessions import Session
from services.people.staff import Held, Member, Members

_WHICH = 8  # hexadecimal digits
_SESSIONS = {
    Session.OPEN: N_("🟢 Session: open"),
    Session.ENDED: N_("🔒 Session: ended, waits for the PIN"),
    Session.NO_PIN: N_("⚪️ Session: no PIN chosen yet"),
}


def staff_screen(found: Members, *, changing: bool, first: bool) -> Screen:
    """Return a page of the staff; `changing` where the reader may invite and dismiss."""
    text = _("<b>👥 Staff</b>\n\nChoose a person to see what they may do.")
    rows = [
        [button(f"{name} · {', '.join(map(role_name, roles))}", MemberShown(person=person))]
        for person, name, roles in found.people
    ]
    if found.more:
        rows.append([button(_("Next ▶️"), StaffListed(after=found.people[-1][0]))])
    if not first:
        rows.append([button(_("« To the beginning"), StaffListed())])
    inviting = [button(_("➕ Invite"), InviteBegun())] if changing else []
    rows.append([*inviting, button(_("🔗 Invitations"), InvitationsListed())])
    return Screen(text, keyboard(*rows))


def member_screen(
    member: Member, organisation: Organisation, *, changing: bool, note: str = ""
) -> Screen:
    """Return the card of one of the staff, with what can be ended."""
    lines = [
        *([note, ""] if note else []),
        f"<b>👤 {escape(member.name)}</b>",
        "",
        *(_held_line(held, organisation) for held in member.held),
        "",
        _(_SESSIONS[member.session]),
    ]
    if member.used_at is not None:
        lines.append(_("🕘 Last use: {at}").format(at=moment(member.used_at)))
    rows = list(_changes(member, organisation)) if changing else []
    return Screen("\n".join(lines), keyboard(*rows, [back(StaffListed())]))


def gone_screen(note: str = "") -> Screen:
    """Return that somebody is none of the staff."""
    text = note or _("This person is none of the staff.")
    return Screen(text, keyboard([back(StaffListed())]))


def end_screen(member: Member, which: str, organisation: Organisation) -> Screen:
    """Return the question before something ends, with what becomes of the work."""
    grants = grants_of(member, which)
    lines = [
        _("End this role of {name}?").format(name=f"<b>{escape(member.name)}</b>")
        if which
        else _("Dismiss {name}? All of this ends:").format(name=f"<b>{escape(member.name)}</b>"),
        *(escape(line) for line in grants_lines(grants, organisation)),
        "",
        _(
            "Access ends at once. Appeals they work on go back to the queue, and errands to "
            "whoever gave them. The person is told."
        ),
    ]
    confirmed = EndConfirmed(person=member.id, which=which)
    sure = button(_("⛔️ Yes, end it"), confirmed)
    return Screen("\n".join(lines), keyboard([sure], [back(MemberShown(person=member.id))]))


def ended_note(left: Left) -> str:
    """Return what became of it."""
    lines = [_("✅ Ended. Access is closed.")]
    if left.appeals:
        lines.append(_("Appeals handed over: {count}").format(count=left.appeals))
    if left.errands:
        lines.append(_("Errands given back: {count}").format(count=left.errands))
    return "\n".join(lines)


def reset_screen(member: Member) -> Screen:
    """Return the question before a PIN is forgotten."""
    text = _(
        "Reset the PIN of {name}? At their next step the bot asks them for a new one. "
        "Do it only if they asked you for it themselves."
    ).format(name=f"<b>{escape(member.name)}</b>")
    sure = button(_("🔑 Yes, reset"), ResetConfirmed(person=member.id))
    return Screen(text, keyboard([sure], [back(MemberShown(person=member.id))]))


def grants_of(member: Member, which: str) -> list[Grant]:
    """Return what a button means: one of the grants, or all of them."""
    return [held.grant for held in member.held if which in {"", which_of(held.grant)}]


def which_of(grant: Grant) -> str:
    """Return what names a grant of somebody in a button."""
    name = f"{grant.role}|{grant.area}|{grant.section}"
    return sha256(name.encode()).hexdigest()[:_WHICH]


def _held_line(held: Held, organisation: Organisation) -> str:
    words = escape(grant_words(held.grant, organisation))
    return _("• {role}, since {at}").format(role=words, at=full(local_date(held.since)))


def _changes(member: Member, organisation: Organisation) -> Iterator[list[InlineKeyboardButton]]:
    if len(member.held) > 1:
        for held in member.held:
            words = grant_words(held.grant, organisation)
            which = which_of(held.grant)
            asked = EndAsked(person=member.id, which=which)
            yield [button(_("✖️ End: {role}").format(role=words), asked)]
    yield [button(_("⛔️ Dismiss"), EndAsked(person=member.id))]
    if member.used_at is not None:
        yield [button(_("🔑 Reset the PIN"), ResetAsked(person=member.id))]
