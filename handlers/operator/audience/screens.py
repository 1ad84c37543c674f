"""What the picker of readers shows."""

from collections.abc import Callable, Sequence

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, in_rows, keyboard
from handlers.callbacks import Noop
from handlers.operator.audience.callbacks import (
    DistrictsListed,
    EverybodyReads,
    Part,
    PartOpened,
    ReadersDone,
    ReadersSet,
    ReadersShown,
)
from handlers.operator.audience.choosing import band_code
from handlers.screen import Screen
from handlers.text import N_, _, current_language, pick
from handlers.views.emphasis import bold
from handlers.views.mailing_progress import spaced
from handlers.views.places import nothing_found, place_label
from handlers.views.profile import SETTLEMENTS, SEXES, band_name
from handlers.views.target_words import LANGUAGES, target_words
from services.delivery.reach import Reach
from services.delivery.target import EVERYBODY, Target
from services.people.birth import BirthBand
from services.places.atlas import atlas
from services.places.model import Place

REGIONS = 14  # a page; all twenty on two
DISTRICTS = 8
_QUESTIONS = {
    Part.LANGUAGE: N_("Readers of which language?"),
    Part.AGE: N_("Born in which years? Several can be chosen."),
    Part.SEX: N_("Men or women?"),
    Part.SETTLEMENT: N_("From cities or from villages?"),
}

Rows = list[list[InlineKeyboardButton]]
Turn = Callable[[int], CallbackData]


class Chooser:
    """The screens of one picker: its host and key stand in every button."""

    def __init__(self, host: str, key: str, target: Target, reached: Reach) -> None:
        self._at = {"host": host, "key": key}
        self._target = target
        self._reached = reached

    def main(self, last: list[InlineKeyboardButton]) -> Screen:
        """Return what is chosen, how many that reaches, and the ways to change it."""
        lines = [bold(_("👥 Who gets it?")), *self._state()]
        everybody = button(_("👥 To everybody"), EverybodyReads(**self._at))
        done = button(_("✅ Go on with these people"), ReadersDone(**self._at))
        rows = [
            [everybody],
            [
                self._open(_("📍 Regions"), Part.REGION),
                button(_("🏘 Districts"), DistrictsListed(**self._at)),
            ],
            [self._open(_("🎂 Years of birth"), Part.AGE), self._open(_("🚻 Sex"), Part.SEX)],
            [
                self._open(_("🌆 City or village"), Part.SETTLEMENT),
                self._open(_("🌐 Language"), Part.LANGUAGE),
            ],
            [done] if self._target != EVERYBODY else [],
        ]
        return Screen("\n".join(lines), keyboard(*rows, last))

    def regions(self, page: int) -> Screen:
        """Return a page of the regions, the chosen ones marked."""
        found = list(atlas().regions.values())
        page, pages = _within(page, len(found), REGIONS)
        buttons = [
            self._choice(
                pick(region.short_kk, region.short_ru),
                Part.REGION,
                region.kato,
                on=region.kato in self._target.regions,
            )
            for region in found[page * REGIONS : (page + 1) * REGIONS]
        ]
        turning = _turning(
            page, pages, lambda to: PartOpened(**self._at, part=Part.REGION, page=to)
        )
        hint = _("Several can be chosen. You can also type a name here.")
        lines = [bold(_("People of which regions?")), *self._state(), "", hint]
        rows = [*in_rows(buttons, 2), turning, self._leave(Part.REGION)]
        return Screen("\n".join(lines), keyboard(*rows))

    def regions_of_districts(self, page: int) -> Screen:
        """Return a page of the regions whose districts are to be chosen from."""
        found = [code for code in atlas().regions if atlas().by_region.get(code)]
        page, pages = _within(page, len(found), REGIONS)
        buttons = []
        for code in found[page * REGIONS : (page + 1) * REGIONS]:
            region = atlas().regions[code]
            inside = sum(district.startswith(code) for district in self._target.districts)
            name = pick(region.short_kk, region.short_ru)
            label = f"{name} · {inside}" if inside else name
            buttons.append(button(label, DistrictsListed(**self._at, region=code)))
        turning = _turning(page, pages, lambda to: DistrictsListed(**self._at, page=to))
        hint = _("Choose the region first, or type the name of a district.")
        lines = [bold(_("People of which districts?")), *self._state(), "", hint]
        rows = [*in_rows(buttons, 2), turning, self._leave(Part.DISTRICT)]
        return Screen("\n".join(lines), keyboard(*rows))

    def districts(self, region: str, page: int) -> Screen:
        """Return a page of a region's districts, the chosen ones marked."""
        found = atlas().by_region[region]
        page, pages = _within(page, len(found), DISTRICTS)
        rows = [
            [
                self._choice(
                    district.name(current_language()),
                    Part.DISTRICT,
                    district.kato,
                    on=district.kato in self._target.districts,
                )
            ]
            for district in found[page * DISTRICTS : (page + 1) * DISTRICTS]
        ]
        turning = _turning(
            page, pages, lambda to: DistrictsListed(**self._at, region=region, page=to)
        )
        name = atlas().regions[region].name(current_language())
        title = bold(_("Region: {region}").format(region=name))
        lines = [title, *self._state()]
        leave = [back(DistrictsListed(**self._at)), self._ready()]
        return Screen("\n".join(lines), keyboard(*rows, turning, leave))

    def part(self, part: Part, bands: Sequence[BirthBand]) -> Screen:
        """Return the values of a part that has few, the chosen ones marked."""
        lines = [bold(_(_QUESTIONS[part])), *self._state()]
        choices = [[choice] for choice in self._choices(part, bands)]
        return Screen("\n".join(lines), keyboard(*choices, self._leave(part)))

    def found(self, words: str, places: Sequence[Place]) -> Screen:
        """Return the places that a typed name may mean."""
        rows: Rows = []
        for place in places:
            part = Part.REGION if place.district is None else Part.DISTRICT
            chosen = (*self._target.regions, *self._target.districts)
            choice = self._choice(place_label(place), part, place.kato, on=place.kato in chosen)
            rows.append([choice])
        text = _("Is it one of these?") if places else nothing_found(words)
        lists = [self._open(_("📍 Regions"), Part.REGION), self._ready()]
        return Screen(text, keyboard(*rows, lists))

    def _state(self) -> list[str]:
        lines = [
            _("Chosen: {target}").format(target=target_words(self._target)),
            _("Can be reached now: {number}").format(number=spaced(self._reached.people)),
        ]
        if self._asks_of_profile():
            text = _("Who left this part of the profile unsaid is not among them: {number}")
            lines.append(text.format(number=spaced(self._reached.unsaid)))
        return lines

    def _asks_of_profile(self) -> bool:
        target = self._target
        asked = (target.regions, target.districts, target.ages, target.sex, target.settlement)
        return any(asked)

    def _choices(self, part: Part, bands: Sequence[BirthBand]) -> list[InlineKeyboardButton]:
        target = self._target
        match part:
            case Part.AGE:
                known = list(dict.fromkeys((*bands, *target.ages)))
                return [
                    self._choice(band_name(band), part, band_code(band), on=band in target.ages)
                    for band in known
                ]
            case Part.SEX:
                return [
                    self._choice(_(name), part, sex.value, on=sex is target.sex)
                    for sex, name in SEXES.items()
                ]
            case Part.SETTLEMENT:
                return [
                    self._choice(_(name), part, kind.value, on=kind is target.settlement)
                    for kind, name in SETTLEMENTS.items()
                ]
            case _:
                return [
                    self._choice(_(name), part, language.value, on=language is target.language)
                    for language, name in LANGUAGES.items()
                ]

    def _choice(self, label: str, part: Part, value: str, *, on: bool) -> InlineKeyboardButton:
        """Return a value that a press chooses, or that it takes away where it is chosen."""
        press = ReadersSet(**self._at, part=part, value=value, on=not on)
        return button(f"✅ {label}" if on else label, press)

    def _open(self, label: str, part: Part) -> InlineKeyboardButton:
        return button(label, PartOpened(**self._at, part=part))

    def _leave(self, part: Part) -> list[InlineKeyboardButton]:
        none = button(_("Does not matter"), ReadersSet(**self._at, part=part))
        return [none, self._ready()]

    def _ready(self) -> InlineKeyboardButton:
        return button(_("✅ Ready"), ReadersShown(**self._at))


def _within(page: int, count: int, size: int) -> tuple[int, int]:
    pages = max(1, -(-count // size))
    return min(max(page, 0), pages - 1), pages


def _turning(page: int, pages: int, to: Turn) -> list[InlineKeyboardButton]:
    if pages == 1:
        return []
    before, after = to((page - 1) % pages), to((page + 1) % pages)
    return [button("‹", before), button(f"{page + 1}/{pages}", Noop()), button("›", after)]
