"""Names of what an appeal is about, as all its screens and messages say them."""

from handlers.text import _, current_language
from services.appeals.model import AppealCard
from services.organisation.directory import Organisation
from services.places.atlas import atlas

# Before what came during an election campaign, in a list.
MANDATE = "🗳 "


def type_line(code: str, organisation: Organisation) -> str:
    """Return «⚠️ Complaint» in the current language."""
    kind = organisation.types.get(code)
    return f"{kind.emoji} {kind.name(current_language())}" if kind else code


def topic_line(code: str, organisation: Organisation) -> str:
    """Return «💧 Water» in the current language."""
    topic = organisation.topics.get(code)
    return f"{topic.emoji} {topic.name(current_language())}" if topic else code


def place_line(region: str, district: str | None) -> str:
    """Return the place in the current language."""
    place = atlas().find(region, district)
    return place.name(current_language()) if place else region


def words_of(card: AppealCard) -> str:
    """Return what an appeal says, or that its words are erased."""
    return card.text or _("The words of this appeal are erased.")
