"""Inviting to the staff: a role, a place, a section, and a link to forward."""

import secrets

from aiogram import Bot, Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.screen import send, show
from handlers.views.calendar_days import moment
from handlers.views.staff_callbacks import (
    AreaChosen,
    InvitationRevoked,
    InvitationShown,
    InvitationsListed,
    InviteBegun,
    LinkWanted,
    OfficialsShown,
    RegionChosen,
    RoleChosen,
)
from handlers.views.staff_inviting import (
    area_screen,
    district_screen,
    invitation_screen,
    invitations_screen,
    link_message,
    made_before_screen,
    made_screen,
    official_screen,
    role_screen,
    section_screen,
    sure_screen,
)
from services.clock import Clock
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.invitations import (
    LIFETIME,
    UNBOUNDED,
    code_of,
    find_invitation,
    invite,
    list_invitations,
    made_before,
    new_token,
    revoke_invitation,
)
from services.people.model import Person, Role
from services.people.rights import Grant
from services.refusal import N_, Refusal
from storage.database import Database

_ROUND = 3  # bytes


async def begin(callback: CallbackQuery) -> None:
    """Ask to which role; from here on the buttons belong to one round of choosing."""
    await show(callback, role_screen(secrets.token_hex(_ROUND)))


async def choose_place(
    callback: CallbackQuery, press: RoleChosen, organisations: Organisations
) -> None:
    """Ask for which place, which official, or nothing where a role holds everywhere."""
    if press.role in UNBOUNDED:
        await show(callback, sure_screen(press.asked, press.role))
    elif press.role is Role.OFFICIAL:
        await show(callback, official_screen(press.asked, 0, organisations.current))
    else:
        await show(callback, area_screen(press.asked, press.role))


async def choose_district(callback: CallbackQuery, press: RegionChosen) -> None:
    """Ask whether it is the whole region, or which district of it."""
    await show(callback, district_screen(press.asked, press.role, press.region, press.page))


async def choose_section(
    callback: CallbackQuery, press: AreaChosen, organisations: Organisations
) -> None:
    """Ask for which section."""
    screen = section_screen(press.asked, press.role, press.area, organisations.current)
    await show(callback, screen)


async def turn_officials(
    callback: CallbackQuery, press: OfficialsShown, organisations: Organisations
) -> None:
    """Show another page of officials."""
    await show(callback, official_screen(press.asked, press.page, organisations.current))


async def make_link(
    callback: CallbackQuery,
    press: LinkWanted,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
    bot: Bot,
) -> None:
    """Make the link and send it in a message of its own; a round of choosing makes one."""
    earlier = await db.read(made_before, person.id, press.asked)
    if earlier is not None:
        await show(callback, made_before_screen(earlier))
        return
    grant = Grant(press.role, press.area, press.section, press.official or None)
    token, now = new_token(), clock.now()
    await db.write(invite, person.id, grant, press.asked, token, now)
    link = f"https://t.me/{(await bot.me()).username}?start=i_{token}"
    await show(callback, made_screen(code_of(token)))
    until = moment(now + LIFETIME)
    await send(callback, link_message(grant, link, until, organisations.current))


async def show_invitations(
    callback: CallbackQuery,
    press: InvitationsListed,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Show a page of invitations."""
    found = await db.read(list_invitations, person.id, clock.now(), after=press.after)
    await show(callback, invitations_screen(found, organisations.current, first=not press.after))


async def show_invitation(
    callback: CallbackQuery,
    press: InvitationShown,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Show one invitation."""
    await _show_invitation(callback, press.code, db, clock, person, organisations)


async def revoke(
    callback: CallbackQuery,
    press: InvitationRevoked,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    """Let a link lead nowhere any more."""
    await db.write(revoke_invitation, person.id, press.code, clock.now())
    await _show_invitation(callback, press.code, db, clock, person, organisations)


async def _show_invitation(
    callback: CallbackQuery,
    code: str,
    db: Database,
    clock: Clock,
    person: Person,
    organisations: Organisations,
) -> None:
    found = await db.read(find_invitation, person.id, code, clock.now())
    if found is None:
        raise Refusal(N_("There is no such invitation."))
    changing = person.is_a(Role.ADMINISTRATOR)
    await show(callback, invitation_screen(found, organisations.current, changing=changing))


def router() -> Router:
    """Return the router of invitations."""
    router = Router(name="staff invitations")
    inviting, reading = Works(Deed.INVITE), Works(Deed.READ_STAFF)
    router.callback_query.register(begin, Pressed(InviteBegun), inviting)
    router.callback_query.register(choose_place, Pressed(RoleChosen), inviting)
    router.callback_query.register(choose_district, Pressed(RegionChosen), inviting)
    router.callback_query.register(choose_section, Pressed(AreaChosen), inviting)
    router.callback_query.register(turn_officials, Pressed(OfficialsShown), inviting)
    router.callback_query.register(make_link, Pressed(LinkWanted), inviting)
    router.callback_query.register(show_invitations, Pressed(InvitationsListed), reading)
    router.callback_query.register(show_invitation, Pressed(InvitationShown), reading)
    router.callback_query.register(revoke, Pressed(InvitationRevoked), inviting)
    return router
