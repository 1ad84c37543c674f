"""Screens of the reception desk: consent, name, phone and language of a visitor, the number."""

from html import escape

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, cancel, keyboard, skip
from handlers.operator.appeals.callbacks import AppealOpened, AppealsDesk
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.appeal_draft import above
from handlers.views.appeal_notices import STATE_SERVICE
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.reception import FiledAppeal
from services.language import Language
from services.organisation.directory import Organisation


class ReceptionBegun(CallbackData, prefix="visit"):
    """To file for a visitor."""


class VisitorAgreed(CallbackData, prefix="visityes"):
    """The visitor of this draft agrees to the keeping of their data."""

    draft: str


class PhoneSkipped(CallbackData, prefix="visitnophone"):
    """The visitor leaves no phone."""

    draft: str


class VisitorsLanguage(CallbackData, prefix="visitlang"):
    """The language in which the visitor shall be answered."""

    draft: str
    language: Language


def consent_screen(draft: str, organisation: Organisation) -> Screen:
    """Return what the visitor is asked aloud."""
    party = organisation.party.name(current_language())
    words = _(
        "Please read this out to the visitor:\n\n<i>“Your name, your phone and your "
        "words are kept, in order to look into your appeal and to answer you (by: {party}). Do "
        "you agree? You can take this back at any time.”</i>"
    )
    title = bold(_("🏛 A visitor"))
    text = f"{title}\n\n{words.format(party=escape(party))}"
    agreed = button(_("✅ The visitor agrees"), VisitorAgreed(draft=draft))
    return Screen(text, keyboard([agreed], [cancel(AppealsDesk())]))


def name_screen(note: str = "") -> Screen:
    """Return the request for the visitor's name, or what was wrong with it."""
    text = note or _("Please write the visitor’s name.")
    return Screen(text, keyboard([cancel(AppealsDesk())]))


def phone_screen(draft: str, note: str = "") -> Screen:
    """Return the request for the visitor's phone, or what was wrong with it."""
    text = _(
        "On which phone can the visitor be reached? Example: +7 701 123 45 67\n\n"
        "Without a phone they have to ask here by the number of the appeal."
    )
    return Screen(
        note or text, keyboard([skip(PhoneSkipped(draft=draft))], [cancel(AppealsDesk())])
    )


def language_screen(draft: str) -> Screen:
    """Return the choice of the visitor's language."""
    buttons = [
        button("Қазақша", VisitorsLanguage(draft=draft, language=Language.KAZAKH)),
        button("Русский", VisitorsLanguage(draft=draft, language=Language.RUSSIAN)),
    ]
    text = _("In which language should the visitor be answered?")
    return Screen(text, keyboard(buttons, [cancel(AppealsDesk())]))


def filed_screen(appeal: FiledAppeal, organisation: Organisation) -> Screen:
    """Return the number and what a party can promise, to be read out."""
    language = current_language()
    text = _(
        "✅ Registered. Please read this out to the visitor, or write it down for them:\n\n"
        "Number: <b>{number}</b>\nRegistered: {registered}\nAnswer due by: {due}"
    )
    words = text.format(
        number=appeal.number, registered=full(appeal.registered_on), due=full(appeal.due_on)
    )
    promise = _("{party} is not a state body, and the term is the party’s own rule.").format(
        party=escape(organisation.party.name(language))
    )
    elsewhere = ""
    if STATE_SERVICE in organisation.texts:
        elsewhere = escape(organisation.text(STATE_SERVICE, language))
    return Screen(
        above(words, "\n".join(filter(None, [promise, elsewhere]))),
        keyboard(
            [button(_("Open the appeal"), AppealOpened(appeal=appeal.id))],
            [button(_("🏛 Next visitor"), ReceptionBegun())],
            [back(AppealsDesk())],
        ),
    )
