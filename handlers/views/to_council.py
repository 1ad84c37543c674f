"""Screens on which an appeal is handed to a public council."""

from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, cancel, keyboard
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_names import topic_line
from handlers.views.council_callbacks import (
    HandedToCouncil,
    TakenFromCouncil,
    ToCouncilAsked,
    ToCouncilChosen,
)
from handlers.views.council_words import whole_place_name
from handlers.views.deciding import above
from handlers.views.emphasis import bold
from services.appeals.to_council import Offer
from services.councils.model import Council
from services.organisation.directory import Organisation


def offer_screen(offer: Offer, press: ToCouncilAsked, organisation: Organisation) -> Screen:
    """Return the councils to which the appeal can go, those of its field first."""
    title = _("To which council should appeal No. {number} go?").format(number=offer.number)
    topic = escape(topic_line(offer.topic, organisation))
    hint = _("Those of its field stand first. The citizen is told, and the due date stays.")
    if not offer.fitting:
        hint = _("No council of its field reaches this place. These do:")
    if not offer.fitting and not offer.others:
        hint = _("There is no public council that reaches this place.")
    rows = [
        [_council_button(one, press)]
        for one in (*offer.fitting, *offer.others)
        if one.code != offer.now
    ]
    taken = []
    if offer.now is not None:
        data = TakenFromCouncil(appeal=press.appeal, version=press.version)
        taken = [button(_("↩️ Take it back from the council"), data)]
    leave = cancel(AppealOpened(appeal=press.appeal))
    return Screen(above(bold(title), topic, hint), keyboard(*rows, taken, [leave]))


def _council_button(one: Council, press: ToCouncilAsked) -> InlineKeyboardButton:
    data = ToCouncilChosen(appeal=press.appeal, version=press.version, council=one.code)
    return button(one.name(current_language()), data)


def confirm_screen(
    council: Council, official: str, press: ToCouncilChosen, organisation: Organisation
) -> Screen:
    """Return who will answer there, and the button that hands it over."""
    language = current_language()
    known = organisation.officials.get(official)
    name = known.name(language) if known else official
    text = above(
        bold(council.name(language)),
        "\n".join(
            (
                _("Territory: {place}").format(place=escape(whole_place_name(council))),
                _("There answers: {name}").format(name=escape(name)),
            )
        ),
        _("Hand the appeal to this council?"),
    )
    data = HandedToCouncil(appeal=press.appeal, version=press.version, council=press.council)
    other = ToCouncilAsked(appeal=press.appeal, version=press.version)
    row = [button(_("✅ Hand it over"), data)]
    return Screen(
        text,
        keyboard(row, [button(_("‹ Back"), other)], [cancel(AppealOpened(appeal=press.appeal))]),
    )
