"""Screens on which people tell about themselves, if they like."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, cancel, keyboard
from handlers.callbacks import OpenSettings
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from services.people.birth import BirthBand, birth_bands
from services.people.model import Profile, Settlement, Sex
from services.places.atlas import atlas

SEXES = {Sex.FEMALE: N_("Female"), Sex.MALE: N_("Male")}
SETTLEMENTS = {Settlement.URBAN: N_("A city or town"), Settlement.RURAL: N_("A village")}


class ProfileStep(StrEnum):
    """What is asked, in this order, after why it is asked."""

    INTRO = "intro"
    PLACE = "place"
    BIRTH = "birth"
    SEX = "sex"
    SETTLEMENT = "settlement"


class ProfileOpened(CallbackData, prefix="profile"):
    """The profile, from the settings."""


class ProfileAsked(CallbackData, prefix="prg"):
    """One question of the profile."""

    step: ProfileStep


class ProfileUnsaid(CallbackData, prefix="prx"):
    """No answer to any question."""


class PlaceUnsaid(CallbackData, prefix="prp"):
    """No place."""


class BornIn(CallbackData, prefix="prb"):
    """Years of birth; 0 stands for an open end, two zeros for no answer."""

    since: int
    until: int


class SexTold(CallbackData, prefix="prs"):
    """Sex, "" for no answer."""

    sex: str


class SettlementTold(CallbackData, prefix="prt"):
    """Type of settlement, "" for no answer."""

    settlement: str


def intro_screen(known: Profile | None = None) -> Screen:
    """Return why the questions are asked, before the first of them.

    With what is known, as the settings open it, it leads back there and can erase what was told.
    """
    text = _(
        "<b>A few words about you</b>\n\n"
        "Four short questions: region, years of birth, sex, city or village. They are used only "
        "to count answers by groups. You need not answer any of them."
    )
    rows = [[button(_("Answer the questions"), ProfileAsked(step=ProfileStep.PLACE))]]
    if known is None:
        rows.append([button(_("I would rather not say anything"), ProfileUnsaid())])
        return Screen(text, keyboard(*rows))
    if known != Profile(asked=known.asked):
        rows.append([button(_("🗑 Erase what I told"), ProfileUnsaid())])
    return Screen(text, keyboard(*rows, [back(OpenSettings())]))


def birth_screen(today: date) -> Screen:
    """Return the question about the years of birth."""
    bands = [
        [button(band_name(band), BornIn(since=band.since or 0, until=band.until))]
        for band in birth_bands(today)
    ]
    return _question(_("When were you born?"), bands, BornIn(since=0, until=0), ProfileStep.PLACE)


def sex_screen() -> Screen:
    """Return the question about the sex."""
    sexes = [[button(_(name), SexTold(sex=sex)) for sex, name in SEXES.items()]]
    return _question(_("Your sex?"), sexes, SexTold(sex=""), ProfileStep.BIRTH)


def settlement_screen() -> Screen:
    """Return the question about the type of settlement."""
    kinds = [
        [button(_(name), SettlementTold(settlement=kind)) for kind, name in SETTLEMENTS.items()]
    ]
    unsaid = SettlementTold(settlement="")
    return _question(_("Where do you live?"), kinds, unsaid, ProfileStep.SEX)


def thanks_screen(then: str) -> Screen:
    """Return the way back to what needed the profile."""
    onward = InlineKeyboardButton(text=_("Continue ›"), callback_data=then)
    return Screen(_("Thank you. You can change this at any time: /settings"), keyboard([onward]))


def profile_lines(profile: Profile) -> list[str]:
    """Return what the person has told, a line each."""
    place = atlas().find(profile.region, profile.district)
    unsaid = _("not given")
    born = unsaid
    if profile.born_to is not None:
        born = band_name(BirthBand(profile.born_from, profile.born_to))
    return [
        _("Region: {region}").format(region=place.name(current_language()) if place else unsaid),
        _("Years of birth: {years}").format(years=born),
        _("Sex: {sex}").format(sex=_(SEXES[profile.sex]) if profile.sex else unsaid),
        _("Settlement: {settlement}").format(
            settlement=_(SETTLEMENTS[profile.settlement]) if profile.settlement else unsaid
        ),
    ]


def band_name(band: BirthBand) -> str:
    """Return «1997–2008», or «1951 and earlier»."""
    if band.since is None:
        return _("{year} and earlier").format(year=band.until)
    return f"{band.since}–{band.until}"


def _question(
    text: str,
    answers: Iterable[list[InlineKeyboardButton]],
    unsaid: CallbackData,
    previous: ProfileStep,
) -> Screen:
    rows = [
        *answers,
        [button(_("I would rather not say"), unsaid)],
        [back(ProfileAsked(step=previous)), cancel()],
    ]
    return Screen(f"<b>{text}</b>", keyboard(*rows))
