"""Screens of what is brought to an own appeal after it was sent, and of its withdrawal."""

from collections.abc import Sequence

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_callbacks import OwnAppeal, OwnAppeals, Withdrawn
from handlers.views.appeal_draft import above, stop_note
from handlers.views.emphasis import bold
from services.appeals.additions import NumberedAppeal
from services.appeals.stops import triggered
from services.organisation.directory import Organisation


def adding_screen(appeal: NumberedAppeal) -> Screen:
    """Return the request for what is to be added."""
    title = bold(_("What would you like to add to appeal № {number}?"))
    text = _(
        "Write here, send photos, videos, voice messages, documents or a location: each is "
        "added at once."
    )
    return Screen(
        f"{title.format(number=appeal.number)}\n\n{text}",
        keyboard([back(OwnAppeal(appeal=appeal.id))]),
    )


def added_screen(appeal: NumberedAppeal, words: str, organisation: Organisation) -> Screen:
    """Return the word that it is added, below where help comes from sooner, if need be."""
    text = _("✅ Added to appeal № {number}. You can send more.").format(number=appeal.number)
    done = button(_("Open the appeal"), OwnAppeal(appeal=appeal.id, receipt=True))
    stop = stop_note(triggered(organisation.stops, None, words))
    return Screen(above(stop, text), keyboard([done]))


def revised_screen(numbers: Sequence[str], words: str, organisation: Organisation) -> Screen:
    """Return the word that an edit counts, and that the wording before is kept."""
    text = _("✏️ Your correction is kept in appeal № {number}. The wording before it is kept too.")
    stop = stop_note(triggered(organisation.stops, None, words))
    return Screen(above(stop, "\n".join(text.format(number=number) for number in numbers)))


def withdrawal_screen(appeal: int, number: str, version: int) -> Screen:
    """Return the question whether the appeal shall really be withdrawn."""
    title = bold(_("Withdraw appeal № {number}?").format(number=number))
    text = _("Nobody will answer it any more. This cannot be undone, but you can leave a new one.")
    yes = button(_("↩️ Yes, withdraw"), Withdrawn(appeal=appeal, version=version))
    return Screen(f"{title}\n\n{text}", keyboard([yes], [back(OwnAppeal(appeal=appeal))]))


def withdrawn_screen(number: str) -> Screen:
    """Return the word that the appeal is withdrawn."""
    text = _("↩️ Appeal № {number} is withdrawn.").format(number=number)
    return Screen(text, keyboard([button(_("📋 My appeals"), OwnAppeals())]))
