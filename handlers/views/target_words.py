"""Whom something is for, in words: on checks, in requests for approval, on cards of mailings."""

from collections.abc import Iterable
from html import escape

from handlers.text import N_, _, current_language
from handlers.views.profile import SETTLEMENTS, SEXES, band_name
from services.delivery.target import Target
from services.language import Language
from services.places.atlas import atlas
from services.places.model import Place

LANGUAGES = {
    Language.KAZAKH: N_("Kazakh"),
    Language.RUSSIAN: N_("Russian"),
}


def target_words(target: Target) -> str:
    """Return Telegram HTML on one line: «Region: …; years of birth: …», or «everybody».

    The topic is left to who shows it.
    """
    parts = [words for words in _parts(target) if words]
    return "; ".join(parts) if parts else _("everybody")


def _parts(target: Target) -> Iterable[str]:
    if target.regions or target.districts:
        codes = (*target.regions, *target.districts)
        yield _("place: {places}").format(places=_listed(map(_place, codes)))
    if target.ages:
        yield _("years of birth: {years}").format(years=_listed(map(band_name, target.ages)))
    if target.sex is not None:
        yield _("sex: {sex}").format(sex=_lower(SEXES[target.sex]))
    if target.settlement is not None:
        kind = _lower(SETTLEMENTS[target.settlement])
        yield _("settlement: {settlement}").format(settlement=kind)
    if target.language is not None:
        yield _("language: {language}").format(language=_lower(LANGUAGES[target.language]))


def _place(kato: str) -> str:
    place: Place | None = atlas().place(kato)
    return place.name(current_language()) if place else kato


def _lower(message: str) -> str:
    return escape(_(message).lower())


def _listed(names: Iterable[str]) -> str:
    return escape(" + ".join(names))
