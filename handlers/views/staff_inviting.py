"""Inviting somebody to the staff: the steps, the link, and the list of invitations."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import TypeVar
from urllib.parse import urlencode

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import Noop
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
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
    StaffListed,
)
from handlers.views.staff_words import area_words, grant_words, role_name, section_words
from services.organisation.directory import Organisation
from services.people.invitations import Invitation, InvitationState, Page
from services.people.model import Role
from services.people.rights import Grant
from services.places.atlas import atlas

_PAGE = 8  # districts or officials
_STATES = {
    InvitationState.OPEN: N_("⏳ Waits, until {at}"),
    InvitationState.USED: N_("✅ Used"),
    InvitationState.EXPIRED: N_("⌛️ Expired"),
    InvitationState.REVOKED: N_("✖️ Revoked"),
}
_SIGNS = {
    InvitationState.OPEN: "⏳",
    InvitationState.USED: "✅",
    InvitationState.EXPIRED: "⌛️",
    InvitationState.REVOKED: "✖️",
}
_WHAT_THEY_DO = {
    Role.OPERATOR: N_("appeals, polls, news, mailings"),
    Role.MODERATOR: N_("quotes, answers in words, items of sources"),
    Role.ANALYST: N_("reports and numbers, no persons"),
    Role.EDITOR: N_("news, polls, texts of the Road Map"),
    Role.OFFICIAL: N_("answers for sections, reads digests"),
    Role.ADMINISTRATOR: N_("staff, the organisation’s data, everything else"),
    Role.AUDITOR: N_("who did what; reads no case"),
}

T = TypeVar("T")


def role_screen(asked: str) -> Screen:
    """Return the choice of a role."""
    lines = [_("<b>➕ Invitation</b>"), "", _("To which role?"), ""]
    lines += [f"• {role_name(role)}: {_(_WHAT_THEY_DO[role])}" for role in Role]
    buttons = [button(role_name(role), RoleChosen(asked=asked, role=role)) for role in Role]
    return Screen("\n".join(lines), keyboard(*in_rows(buttons, 2), [back(StaffListed())]))


def area_screen(asked: str, role: Role) -> Screen:
    """Return the choice of the whole country or a region."""
    text = _("<b>➕ Invitation: {role}</b>\n\nFor which place?").format(role=role_name(role))
    everywhere = button(_("🇰🇿 The whole country"), AreaChosen(asked=asked, role=role))
    regions = [
        button(
            pick(region.short_kk, region.short_ru),
            RegionChosen(asked=asked, role=role, region=region.kato),
        )
        for region in atlas().regions.values()
    ]
    rows = [[everywhere], *in_rows(regions, 2), [back(InviteBegun())]]
    return Screen(text, keyboard(*rows))


def district_screen(asked: str, role: Role, region: str, page: int) -> Screen:
    """Return the choice of a whole region or one of its districts."""
    name = area_words(region)
    text = _("<b>➕ Invitation: {role}</b>\n\nFor which place?").format(role=role_name(role))
    whole = button(
        _("All of it: {place}").format(place=name), AreaChosen(asked=asked, role=role, area=region)
    )
    districts = atlas().by_region.get(region, ())
    shown, page, pages = _page(districts, page)
    chosen = [
        [button(one.name(current_language()), AreaChosen(asked=asked, role=role, area=one.kato))]
        for one in shown
    ]

    def other(number: int) -> RegionChosen:
        return RegionChosen(asked=asked, role=role, region=region, page=number % pages)

    turns = _turns(page, pages, other(page - 1), other(page + 1)) if pages > 1 else []
    leave = back(RoleChosen(asked=asked, role=role))
    return Screen(f"{text}\n📍 {escape(name)}", keyboard([whole], *chosen, turns, [leave]))


def section_screen(asked: str, role: Role, area: str, organisation: Organisation) -> Screen:
    """Return the choice of a section, or all of them."""
    text = _("<b>➕ Invitation: {role}</b>\n\nFor which section?").format(role=role_name(role))
    every = button(_("All sections"), LinkWanted(asked=asked, role=role, area=area))
    sections = [
        [
            button(
                f"{one.emoji} {one.name(current_language())}",
                LinkWanted(asked=asked, role=role, area=area, section=code),
            )
        ]
        for code, one in organisation.sections.items()
    ]
    leave = back(RoleChosen(asked=asked, role=role))
    return Screen(f"{text}\n📍 {escape(area_words(area))}", keyboard([every], *sections, [leave]))


def official_screen(asked: str, page: int, organisation: Organisation) -> Screen:
    """Return the choice of a person of the organisation's data."""
    text = _("<b>➕ Invitation: {role}</b>\n\nWho is it?").format(role=role_name(Role.OFFICIAL))
    shown, page, pages = _page(tuple(organisation.officials.items()), page)
    chosen = [
        [
            button(
                one.name(current_language()),
                LinkWanted(asked=asked, role=Role.OFFICIAL, official=code),
            )
        ]
        for code, one in shown
    ]

    def other(number: int) -> OfficialsShown:
        return OfficialsShown(asked=asked, page=number % pages)

    turns = _turns(page, pages, other(page - 1), other(page + 1)) if pages > 1 else []
    return Screen(text, keyboard(*chosen, turns, [back(InviteBegun())]))


def sure_screen(asked: str, role: Role) -> Screen:
    """Return the question before a link to a role that reaches everything."""
    text = _(
        "<b>➕ Invitation: {role}</b>\n\nThis role holds for the whole country and all sections."
    ).format(role=role_name(role))
    make = button(_("🔗 Make the link"), LinkWanted(asked=asked, role=role))
    return Screen(text, keyboard([make], [back(InviteBegun())]))


def made_screen(code: str) -> Screen:
    """Return that the link stands in a message of its own."""
    text = _(
        "✅ The link is made: it is in the next message. Forward that message to the person. "
        "I do not keep the link itself, so I cannot show it again."
    )
    shown = button(_("🔗 This invitation"), InvitationShown(code=code))
    return Screen(text, keyboard([shown], [back(StaffListed())]))


def made_before_screen(code: str) -> Screen:
    """Return that this round has led to a link already."""
    text = _(
        "This link has been made already; it stands in a message of its own. If it is lost, open "
        "the invitation, revoke it and make another one."
    )
    shown = button(_("🔗 This invitation"), InvitationShown(code=code))
    return Screen(text, keyboard([shown], [back(StaffListed())]))


def link_message(grant: Grant, link: str, until: str, organisation: Organisation) -> Screen:
    """Return the message to forward."""
    party = organisation.party.name(current_language())
    lines = [
        _("<b>You are invited to work in this bot.</b>\n{party}").format(party=escape(party)),
        "",
        *_facts(grant, organisation),
        "",
        _("Open the link and press “Start”. It works once, until {at}:").format(at=until),
        link,
    ]
    words = _("An invitation to work in the bot")
    onward = f"https://t.me/share/url?{urlencode({'url': link, 'text': words})}"
    send = InlineKeyboardButton(text=_("📤 Send the link"), url=onward)
    return Screen("\n".join(lines), keyboard([send]))


def invitations_screen(found: Page, organisation: Organisation, *, first: bool) -> Screen:
    """Return a page of invitations."""
    text = _("<b>🔗 Invitations</b>")
    if not found.invitations:
        text += "\n\n" + _("Nobody has been invited yet.")
    rows = [
        [
            button(
                f"{_SIGNS[one.state]} {grant_words(one.grant, organisation)}",
                InvitationShown(code=one.code),
            )
        ]
        for one in found.invitations
    ]
    if found.more:
        rows.append([button(_("Next ▶️"), InvitationsListed(after=found.invitations[-1].code))])
    if not first:
        rows.append([button(_("« To the beginning"), InvitationsListed())])
    return Screen(text, keyboard(*rows, [back(StaffListed())]))


def invitation_screen(one: Invitation, organisation: Organisation, *, changing: bool) -> Screen:
    """Return one invitation: for what, by whom, until when, what became of it."""
    maker = _("on the server") if one.maker is None else one.maker
    lines = [
        _("<b>🔗 Invitation</b>"),
        "",
        *_facts(one.grant, organisation),
        _("👤 Made by: {name}").format(name=escape(maker)),
        _("🕘 Made: {at}").format(at=moment(one.created_at)),
        _(_STATES[one.state]).format(at=moment(one.expires_at)),
    ]
    if one.user:
        lines.append(_("🙋 Who joined: {name}").format(name=escape(one.user)))
    revocable = changing and one.state is InvitationState.OPEN
    revoke = button(_("✖️ Revoke the link"), InvitationRevoked(code=one.code))
    return Screen(
        "\n".join(lines), keyboard([revoke] if revocable else [], [back(InvitationsListed())])
    )


def _facts(grant: Grant, organisation: Organisation) -> Iterator[str]:
    yield _("Role: {role}").format(role=role_name(grant.role))
    if grant.official is not None:
        official = organisation.officials.get(grant.official)
        if official is not None:
            language = current_language()
            words = f"{official.name(language)}, {official.position(language)}"
            yield _("Person: {name}").format(name=escape(words))
        return
    yield _("Place: {place}").format(place=escape(area_words(grant.area)))
    words = section_words(grant.section, organisation)
    yield _("Section: {section}").format(section=escape(words))


def _page(every: Sequence[T], page: int) -> tuple[Sequence[T], int, int]:
    """Return what stands on a page, its number from 0, and how many pages there are."""
    pages = max(1, -(-len(every) // _PAGE))
    page = min(max(page, 0), pages - 1)
    return every[page * _PAGE : (page + 1) * _PAGE], page, pages


def _turns(
    page: int,
    pages: int,
    before: RegionChosen | OfficialsShown,
    after: RegionChosen | OfficialsShown,
) -> list[InlineKeyboardButton]:
    return [button("‹", before), button(f"{page + 1}/{pages}", Noop()), button("›", after)]
