"""Programmes as citizens see them: the catalogue, one of them, their own."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from html import escape, unescape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyLifeShown
from handlers.views.programme_callbacks import (
    LeavingAsked,
    Left,
    OwnProgrammesShown,
    PhotoShown,
    PlaceTaken,
    ProgrammeOpened,
    ProgrammesShown,
    SignUpBegun,
)
from handlers.views.programme_news import news_button
from handlers.views.programme_words import (
    KINDS,
    STATUSES,
    days_line,
    facts_lines,
    places_line,
    session_line,
    standing_line,
)
from handlers.views.school_callbacks import OwnCertificatesShown
from services.clock import local_date
from services.programmes.catalogue import Card, Page
from services.programmes.model import (
    Programme,
    ProgrammeStatus,
    SignUp,
    SignUpStatus,
)
from services.text.length import shortened, utf16_length

_CAPTION = 1024
_LABEL = 40
_SESSIONS = 4
_TAG = re.compile(r"<[^>]+>")


def catalogue_screen(page: Page, *, everywhere: bool, narrowed: bool, today: date) -> Screen:
    """Return a page of programmes; narrowed: only those for the reader's own place."""
    language = current_language()
    lines = [bold(_("🎓 Programmes"))]
    if narrowed:
        lines.append(_("For your region and for everybody:"))
    rows: list[list[InlineKeyboardButton]] = []
    for each in page.programmes:
        lines += ["", bold(escape(each.title(language))), _when(each, today)]
        opened = ProgrammeOpened(programme=each.id)
        rows.append([button(shortened(each.title(language), _LABEL), opened)])
    if not page.programmes:
        lines += ["", _("There is nothing to sign up for now. Look in again later.")]
    if page.more:
        last = page.programmes[-1]
        more = ProgrammesShown(
            everywhere=everywhere, day=last.begins_on.toordinal(), after=last.id
        )
        rows.append([button(_("More ›"), more)])
    if narrowed:
        rows.append([button(_("🌍 Of all regions"), ProgrammesShown(everywhere=True))])
    rows.append([button(_("🎟 My programmes"), OwnProgrammesShown())])
    return Screen("\n".join(lines), keyboard(*rows, [back(PartyLifeShown())]))


def own_screen(found: Sequence[tuple[Programme, SignUp]], today: date) -> Screen:
    """Return what somebody takes part in or waits for."""
    language = current_language()
    lines, rows = [bold(_("🎟 My programmes"))], []
    for programme, own in found:
        lines += ["", bold(escape(programme.title(language))), days_line(programme)]
        lines.append(_("🏁 It is over") if programme.over(today) else _state(programme, own))
        opened = ProgrammeOpened(programme=programme.id)
        rows.append([button(shortened(programme.title(language), _LABEL), opened)])
    if not found:
        lines += ["", _("You have not signed up for anything yet.")]
    certificates = [button(_("📜 My certificates"), OwnCertificatesShown())]
    return Screen("\n".join(lines), keyboard(*rows, certificates, [back(ProgrammesShown())]))


def card_screen(card: Card, now: datetime, note: str = "") -> Screen:
    """Return a programme whole, with what can be done; its photo where the text fits below it."""
    programme, language, today = card.programme, current_language(), local_date(now)
    lines = [f"{note}\n" if note else "", bold(escape(programme.title(language)))]
    lines += [_(KINDS[programme.kind]), "", programme.text(language)]
    if terms := programme.terms(language):
        lines += ["", bold(_("Terms")), terms]
    lines += ["", *facts_lines(programme, today)]
    ahead = [each for each in card.sessions if each.starts_at > now]
    if ahead:
        lines += ["", bold(_("Coming sessions"))]
        lines += [f"• {session_line(each)}" for each in ahead[:_SESSIONS]]
        if len(ahead) > _SESSIONS:
            lines.append(_("• and {count} more").format(count=len(ahead) - _SESSIONS))
    lines += ["", _standing(card, today)]
    text = "\n".join(lines).strip()
    rows = _rows(card, today)
    if programme.photo is None:
        return Screen(text, keyboard(*rows))
    if utf16_length(unescape(_TAG.sub("", text))) <= _CAPTION:
        return Screen(text, keyboard(*rows), programme.photo)
    photo = [button(_("🖼 Photo"), PhotoShown(programme=programme.id))]
    return Screen(text, keyboard(photo, *rows))


def leaving_screen(card: Card) -> Screen:
    """Ask before somebody leaves."""
    title = escape(card.programme.title(current_language()))
    text = _(
        "Leave the programme “{title}”? Your place goes to the next one on the waiting list. Who "
        "signs up again later stands at its end."
    )
    seen = card.own.version if card.own else 0
    programme = card.programme.id
    return Screen(
        text.format(title=title),
        keyboard(
            [button(_("🚪 Leave"), Left(programme=programme, seen=seen))],
            [back(ProgrammeOpened(programme=programme))],
        ),
    )


def without_photo(screen: Screen) -> Screen:
    """Return the screen as words alone."""
    return replace(screen, photo=None)


def _when(programme: Programme, today: date) -> str:
    days = f"🗓 {days_line(programme)}"
    if not programme.takes_on(today) and programme.places_left != 0:
        return f"{days} · {_(STATUSES[ProgrammeStatus.CLOSED])}"
    places = _("places left: {places}").format(places=places_line(programme))
    return f"{days} · {places}"


def _state(programme: Programme, own: SignUp) -> str:
    if programme.status is ProgrammeStatus.CALLED_OFF:
        return _(STATUSES[programme.status])
    return standing_line(own, None)


def _standing(card: Card, today: date) -> str:
    programme, own = card.programme, card.own
    if programme.status is ProgrammeStatus.CALLED_OFF:
        return bold(_("🚫 This programme was called off."))
    if programme.over(today):
        return _("🏁 It is over")
    if own is not None and own.active:
        return bold(standing_line(own, card.place))
    if not programme.takes_on(today):
        full = programme.places_left == 0 and today <= programme.sign_up_until
        return _("All places are taken.") if full else _("Signing up is over.")
    if own is not None and own.status is SignUpStatus.MISSED:
        return _("The place that was kept for you has gone on. You can sign up again.")
    return ""


def _rows(card: Card, today: date) -> list[list[InlineKeyboardButton]]:
    programme, own = card.programme, card.own
    which, seen = programme.id, own.version if own else 0
    rows = []
    goes_on = programme.status is not ProgrammeStatus.CALLED_OFF and not programme.over(today)
    if own is not None and own.active and goes_on:
        if own.status is SignUpStatus.OFFERED:
            take = PlaceTaken(programme=which, seen=seen)
            rows.append([button(_("✅ Take the place"), take)])
        rows.append(news_button(which, card.hearing))
        rows.append([button(_("🚪 Leave"), LeavingAsked(programme=which, seen=seen))])
    elif goes_on and programme.takes_on(today):
        free = programme.places_left != 0
        label = _("✍️ Sign up") if free else _("⏳ Join the waiting list")
        rows.append([button(label, SignUpBegun(programme=which, seen=seen))])
    return [*rows, [back(ProgrammesShown())]]
