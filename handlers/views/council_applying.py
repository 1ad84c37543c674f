"""Screens on which a citizen offers themselves for a public council."""

from html import escape

from handlers.buttons import button, cancel, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.council_callbacks import ApplicationSent, ApplyPhoneSkipped, CouncilShown
from handlers.views.deciding import above
from handlers.views.emphasis import bold
from services.councils.model import Council
from services.text.length import shortened

_ABOUT_ROOM = 1500


def name_screen(council: Council, name: str, note: str = "") -> Screen:
    """Return the question for the name."""
    words = _("Step 1 of 3. Please write your first and last name as the council shall know you.")
    return _asking(council, above(note, bold(name), words))


def about_screen(council: Council, name: str, note: str = "") -> Screen:
    """Return the question what they do and why they want it."""
    words = _(
        "Step 2 of 3. Please tell in one message what you do, what you know about, and why you "
        "want to join the council. No address and no number of a document."
    )
    return _asking(council, above(note, bold(name), words))


def phone_screen(council: Council, name: str, draft: str, note: str = "") -> Screen:
    """Return the question for a phone, which may be left out."""
    words = _(
        "Step 3 of 3. By which phone number can you be called? For example: +7 701 123 45 67. "
        "You may leave it out: the answer comes here in any case."
    )
    skipped = [button(_("Skip ›"), ApplyPhoneSkipped(draft=draft))]
    leave = [cancel(CouncilShown(council=council.code))]
    return Screen(above(note, bold(name), words), keyboard(skipped, leave))


def preview_screen(
    council: Council, name: str, said: tuple[str, str, str | None], sent: ApplicationSent
) -> Screen:
    """Return what will be sent; said: name, words, phone of the citizen."""
    who, about, phone = said
    lines = [
        bold(_("Shall I send it like this?")),
        _("To the council: {council}").format(council=escape(name)),
        _("Name: {name}").format(name=escape(who)),
        _("Phone: {phone}").format(phone=escape(phone) if phone else _("not given")),
        f"<blockquote>{escape(shortened(about, _ABOUT_ROOM))}</blockquote>",
        _("Only the chair of the council, the deputy chair and administrators will read it."),
    ]
    row = [button(_("✅ Yes, send it"), sent)]
    return Screen("\n".join(lines), keyboard(row, [cancel(CouncilShown(council=council.code))]))


def _asking(council: Council, text: str) -> Screen:
    return Screen(text, keyboard([cancel(CouncilShown(council=council.code))]))
