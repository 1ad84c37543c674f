"""Screens on which an appeal is sorted: its type, topic and place."""

from html import escape

from handlers.buttons import back, button, in_rows, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.operator.appeals.decision_callbacks import (
    SortAsked,
    SortingOpened,
    SortingPart,
    TopicSet,
    TypeSet,
)
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_names import place_line, topic_line, type_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.dossier import Dossier
from services.organisation.directory import Organisation

_COLUMNS = 2


def sort_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return what can be sorted, as it is now."""
    card = dossier.card
    kind = type_line(dossier.type, organisation) if dossier.type else _("not chosen yet")
    lines = [
        bold(_("What should be changed in appeal No. {number}?").format(number=card.number)),
        "",
        _("Type: {type}").format(type=escape(kind)),
        _("Topic: {topic}").format(topic=escape(topic_line(card.topic, organisation))),
        _("Place: {place}").format(place=escape(place_line(card.region, card.district))),
        _("Answer due by: {date}").format(date=full(card.due_on)),
        "",
        _(
            "The due date follows the type; the section and the office follow the topic and the "
            "place."
        ),
    ]
    labels = {
        SortingPart.TYPE: _("Type"),
        SortingPart.TOPIC: _("Topic"),
        SortingPart.PLACE: _("Place"),
    }
    parts = [
        button(label, SortingOpened(appeal=card.id, version=card.version, part=part))
        for part, label in labels.items()
    ]
    return Screen("\n".join(lines), keyboard(parts, [back(AppealOpened(appeal=card.id))]))


def types_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return the types to choose from."""
    seen = {"appeal": dossier.card.id, "version": dossier.card.version}
    buttons = [
        button(type_line(code, organisation), TypeSet(**seen, type=code))
        for code in organisation.types
    ]
    rows = in_rows(buttons, _COLUMNS)
    return Screen(bold(_("Of which type is it?")), keyboard(*rows, [back(SortAsked(**seen))]))


def topics_screen(dossier: Dossier, organisation: Organisation) -> Screen:
    """Return the topics in use to choose from."""
    seen = {"appeal": dossier.card.id, "version": dossier.card.version}
    buttons = [
        button(topic_line(topic.code, organisation), TopicSet(**seen, topic=topic.code))
        for topic in organisation.topics.values()
        if not topic.retired
    ]
    rows = in_rows(buttons, _COLUMNS)
    return Screen(bold(_("Which topic is it?")), keyboard(*rows, [back(SortAsked(**seen))]))
