"""Screens of the search at the desk of appeals."""

from html import escape

from handlers.buttons import back, button, keyboard
from handlers.operator.appeals.callbacks import AppealsDesk, FoundMore
from handlers.screen import Screen
from handlers.text import _
from handlers.views.operator_desk import line_button
from services.appeals.lists import Listed
from services.appeals.lookup import Found
from services.organisation.directory import Organisation


def search_screen(note: str = "") -> Screen:
    """Return the question what to look for."""
    words = _(
        "What are you looking for?\n\n"
        "Write the number of an appeal, a phone, or a few words of its text: in capital or "
        "small letters, in Cyrillic or Latin."
    )
    return Screen("\n\n".join(filter(None, [note, words])), keyboard([back(AppealsDesk())]))


def found_screen(words: str, found: Found, organisation: Organisation, *, first: bool) -> Screen:
    """Return a page of what was found; `first` where nothing stands before it."""
    if not found.understood:
        return search_screen(_("There is nothing to look for in these words."))
    title = _("🔎 Looked for: {words}").format(words=escape(words))
    if found.lines:
        note = _("The newest stand first. To look for something else, just write it.")
    else:
        note = _("Nothing was found. To look for something else, just write it.")
    rows = [[line_button(line, Listed.FOUND, "", organisation)] for line in found.lines]
    turning = [] if first else [button(_("« To the beginning"), FoundMore())]
    if found.more:
        turning.append(button(_("More ›"), FoundMore(before=found.lines[-1].id)))
    return Screen(f"{title}\n\n{note}", keyboard(*rows, turning, [back(AppealsDesk())]))
