"""Screens on which a place is chosen."""

from collections.abc import Iterable, Sequence
from html import escape

from aiogram.filters.callback_data import CallbackData
from aiogram.types import (
    InlineKeyboardButton,
    KeyboardButton,
    ReplyKeyboardMarkup,
)

from handlers.buttons import button, in_rows
from handlers.callbacks import Noop
from handlers.menu import menu_keyboard
from handlers.screen import Screen
from handlers.text import _, current_language, pick
from services.people.model import Person
from services.places.model import District, Place, Region

# All 20 regions fit on one screen in two columns, every region's districts on two pages.
REGION_COLUMNS = 2
PAGE = 10

Rows = list[list[InlineKeyboardButton]]


class PlaceChosen(CallbackData, prefix="plc"):
    """A place; `key` is the host's own, `near` where a shared location suggested it."""

    host: str
    key: str
    kato: str
    near: bool = False


class RegionOpened(CallbackData, prefix="plr"):
    """The districts of a region, a page of them."""

    host: str
    key: str
    region: str
    page: int = 0


class RegionsOpened(CallbackData, prefix="pll"):
    """The list of all regions."""

    host: str
    key: str


class LocationAsked(CallbackData, prefix="plg"):
    """The wish to share a location instead."""

    host: str
    key: str


def regions_rows(regions: Iterable[Region], host: str, key: str, *, whole: bool) -> Rows:
    """Return a button a region; `whole` where the region itself is the choice."""
    return in_rows(
        [
            button(
                pick(region.short_kk, region.short_ru),
                PlaceChosen(host=host, key=key, kato=region.kato)
                if whole
                else RegionOpened(host=host, key=key, region=region.kato),
            )
            for region in regions
        ],
        REGION_COLUMNS,
    )


def district_rows(
    districts: Sequence[District], host: str, key: str, region: str, page: int
) -> Rows:
    """Return a page of districts and «‹ 2/3 ›» where there are several."""
    language = current_language()
    pages = max(1, -(-len(districts) // PAGE))
    page = min(max(page, 0), pages - 1)
    shown = districts[page * PAGE : (page + 1) * PAGE]
    rows = [
        [button(district.name(language), PlaceChosen(host=host, key=key, kato=district.kato))]
        for district in shown
    ]
    if pages > 1:
        before = RegionOpened(host=host, key=key, region=region, page=(page - 1) % pages)
        after = RegionOpened(host=host, key=key, region=region, page=(page + 1) % pages)
        rows.append(
            [button("‹", before), button(f"{page + 1}/{pages}", Noop()), button("›", after)]
        )
    return rows


def place_rows(
    places: Iterable[Place], host: str, key: str, *, whole: bool, near: bool = False
) -> Rows:
    """Return a button a found place; a region leads to its districts unless it is the choice."""
    rows = []
    for place in places:
        data: CallbackData
        if place.district is None and not whole:
            data = RegionOpened(host=host, key=key, region=place.region.kato)
        else:
            data = PlaceChosen(host=host, key=key, kato=place.kato, near=near)
        rows.append([button(place_label(place), data)])
    return rows


def place_label(place: Place) -> str:
    """Return the place for a button: the narrower name first, for buttons are cut at the end."""
    if place.district is None:
        return place.region.name(current_language())
    region = pick(place.region.short_kk, place.region.short_ru)
    return f"{place.district.name(current_language())} · {region}"


def location_button(host: str, key: str) -> InlineKeyboardButton:
    """Return «share my location»."""
    return button(_("📍 Share my location"), LocationAsked(host=host, key=key))


def location_request(person: Person) -> Screen:
    """Return the only kind of button that Telegram lets ask for a location, over the menu."""
    share = KeyboardButton(text=_("📍 Send where I am"), request_location=True)
    menu = menu_keyboard(person)
    keyboard = ReplyKeyboardMarkup(
        keyboard=[[share], *menu.keyboard], resize_keyboard=True, is_persistent=True
    )
    return Screen(
        _("Press “📍 Send where I am” below. Or choose the place in the list above."), keyboard
    )


def location_taken(person: Person) -> Screen:
    """Return the thanks that bring the usual menu back."""
    return Screen(_("Thank you, the location has come."), menu_keyboard(person))


def nothing_found(words: str) -> str:
    """Return what to do where nothing is alike."""
    text = _("Nothing was found for “{words}”. Please check the spelling or choose in the list.")
    return text.format(words=escape(words))


def abroad() -> str:
    """Return what to do with a point outside of the country."""
    return _(
        "This point is outside of Kazakhstan. Please choose the region in the list "
        "or type its name."
    )
