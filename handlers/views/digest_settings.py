"""How a reader wants digests: the hour, days off, the way they take."""

from collections.abc import Collection
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.official.callbacks import DeskOpened
from handlers.official.digest_callbacks import (
    AddressKept,
    ChannelSet,
    DaysOffSet,
    DigestSettings,
    HourSet,
)
from handlers.screen import Screen
from handlers.text import _
from handlers.views.emphasis import bold
from services.digests.due import EARLIEST, LATEST
from services.digests.model import Channel
from services.digests.readers import Preferences

_HALF_HOUR = 30
# What is offered at once, and in how many columns; the rest behind «other hours».
_FROM, _TO, _COLUMNS = 7 * 60, 12 * 60, 4


def settings_screen(chosen: Preferences, channels: Collection[Channel], note: str = "") -> Screen:
    """Return what is chosen now and what may be chosen; • marks what is in force."""
    lines = [
        bold(_("⚙️ Digest")),
        "",
        *([note, ""] if note else []),
        _("🕣 Hour (Astana): {hour}").format(hour=_clock(chosen.minute)),
        _("📅 Days: every day") if chosen.days_off else _("📅 Days: working days"),
        _way(chosen),
    ]
    hours = _hours(chosen, range(_FROM, _TO + 1, _HALF_HOUR))
    days = [
        button(_marked(_("Working days"), chosen=not chosen.days_off), DaysOffSet(wanted=False)),
        button(_marked(_("Every day"), chosen=chosen.days_off), DaysOffSet(wanted=True)),
    ]
    ways = [
        button(_marked(_name(way), chosen=chosen.channel is way), ChannelSet(channel=way))
        for way in Channel
        if way in channels or way is chosen.channel
    ]
    shown = ways if len(ways) > 1 else []
    unusual = chosen.minute not in range(_FROM, _TO + 1, _HALF_HOUR)
    other = [button(_marked(_("Other hours"), chosen=unusual), HourSet())]
    rows = (*hours, other, days, shown, [back(DeskOpened())])
    return Screen("\n".join(lines), keyboard(*rows))


def hours_screen(chosen: Preferences) -> Screen:
    """Return every half hour there is to choose from."""
    title, hint = bold(_("At what hour?")), _("Hours of Astana. Digests never come at night.")
    hours = _hours(chosen, range(EARLIEST, LATEST + 1, _HALF_HOUR))
    return Screen(f"{title}\n\n{hint}", keyboard(*hours, [back(DigestSettings())]))


def address_screen(known: str | None) -> Screen:
    """Ask for an address; one that was given before is offered."""
    words = _(
        "Write the e-mail address to which digests are to go. In Telegram you will get only a "
        "word that a digest has gone, without any numbers."
    )
    kept = []
    if known is not None:
        kept = [button(_("✉️ {address}").format(address=known), AddressKept(words=0))]
    return Screen(words, keyboard(kept, [back(DigestSettings())]))


def confirm_screen(address: str, message_id: int) -> Screen:
    """Show the address back, letter by letter as it will be used."""
    words = _("Digests will go to this address:\n<code>{address}</code>\nIs it right?")
    kept = button(_("✅ Yes, this one"), AddressKept(words=message_id))
    again = button(_("✏️ Another one"), ChannelSet(channel=Channel.EMAIL))
    return Screen(
        words.format(address=escape(address)),
        keyboard([kept], [again], [back(DigestSettings())]),
    )


def address_problem(problem: str) -> Screen:
    """Return what is wrong with the address; the conversation waits for a better one."""
    return Screen(problem, keyboard([back(DigestSettings())]))


def _hours(chosen: Preferences, minutes: range) -> list[list[InlineKeyboardButton]]:
    buttons = [
        button(_marked(_clock(minute), chosen=minute == chosen.minute), HourSet(minute=minute))
        for minute in minutes
    ]
    return in_rows(buttons, _COLUMNS)


def _way(chosen: Preferences) -> str:
    if chosen.channel is Channel.TELEGRAM:
        return _("📨 Way: Telegram")
    return _("📧 Way: e-mail, {address}").format(address=escape(chosen.email or "—"))


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _marked(label: str, *, chosen: bool) -> str:
    return f"• {label}" if chosen else label


def _name(way: Channel) -> str:
    return "Telegram" if way is Channel.TELEGRAM else _("E-mail")
