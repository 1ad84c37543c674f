"""What a digest is about, in words: sections and places."""

from handlers.text import _, current_language, pick
from services.organisation.directory import Organisation
from services.places.atlas import atlas
from services.roadmap.scope import Area, Scope
from services.text.length import shortened

_NAMES = 3
_NAME = 40  # UTF-16 code units


def scope_words(scope: Scope, organisation: Organisation) -> str:
    """Return «💧 Ауыз су, Абай облысы»: the first three names and how many more; plain."""
    if scope.everything:
        return _("all sections, the whole country")
    own = tuple(_section(code, organisation) for code in scope.sections)
    wholly = Area(scope.sections or None)
    areas = tuple(_area(area, organisation) for area in scope.areas if area != wholly)
    names = tuple(dict.fromkeys(own + areas))
    words = ", ".join(names[:_NAMES])
    return f"{words} +{len(names) - _NAMES}" if len(names) > _NAMES else words


def topic_words(code: str, organisation: Organisation) -> str:
    """Return a topic with its sign; plain, at most some forty letters."""
    topic = organisation.topics[code]
    return f"{topic.emoji} {shortened(topic.name(current_language()), _NAME)}"


def place_words(region: str, district: str | None) -> str:
    """Return «Сауран ауданы (Түркістан)», or the region where there is no district; plain."""
    found = atlas().find(region, district or None)
    if found is None:
        return region
    if found.district is None:
        return found.region.name(current_language())
    short = pick(found.region.short_kk, found.region.short_ru)
    return f"{shortened(found.district.name(current_language()), _NAME)} ({short})"


def official_words(code: str, organisation: Organisation) -> str:
    """Return the name of an official; plain. The code of one who is in the data no more."""
    official = organisation.officials.get(code)
    return code if official is None else shortened(official.name(current_language()), _NAME)


def _section(code: str, organisation: Organisation) -> str:
    section = organisation.sections.get(code)
    if section is None:
        return code
    return f"{section.emoji} {shortened(section.name(current_language()), _NAME)}"


def _area(area: Area, organisation: Organisation) -> str:
    names = [_section(code, organisation) for code in (area.sections or ())[:_NAMES]]
    if area.region is not None:
        names.append(place_words(area.region, area.district))
    return " · ".join(names)
