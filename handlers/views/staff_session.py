"""What staff see when a PIN is needed."""

from datetime import datetime, timedelta

from handlers.buttons import cancel, keyboard
from handlers.screen import Screen
from handlers.text import _


def typing_screen() -> Screen:
    """Return the request for the PIN."""
    text = _(
        "🔒 <b>Your working session has ended: nobody has used it for a long time.</b>\n\n"
        "Send your PIN: six digits. I delete the message at once.\n\n"
        "Forgotten? An administrator can reset it. What a citizen can do works without a PIN."
    )
    return Screen(text, keyboard([cancel()]))


def choosing_screen() -> Screen:
    """Return the request for a PIN that does not exist yet."""
    text = _(
        "🔐 <b>Choose a PIN for your work.</b>\n\n"
        "Without it whoever picks up your phone could read citizens’ appeals. I ask for it when "
        "nobody has used the bot for a long time.\n\n"
        "Send six digits, not a birthday and not 123456. I delete the message at once. Tell the "
        "PIN to nobody."
    )
    return Screen(text, keyboard([cancel()]))


def begun_screen() -> Screen:
    """Return that work goes on."""
    return Screen(_("🔓 Your session goes on. Please press the button, or send the words, again."))


def chosen_screen() -> Screen:
    """Return that the PIN is kept."""
    return Screen(
        _(
            "✅ Your PIN is set, and your working session has begun. If you were about to do "
            "something, please press the button again."
        )
    )


def wrong_screen(left: int, wait_until: datetime | None, now: datetime) -> Screen:
    """Return how many tries are left, or how long to wait."""
    if wait_until is not None:
        minutes = -(-(wait_until - now) // timedelta(minutes=1))
        text = _("❌ This is not your PIN. Please wait before the next try (minutes): {minutes}")
        return Screen(text.format(minutes=minutes), keyboard([cancel()]))
    text = _("❌ This is not your PIN. Tries left: {left}").format(left=left)
    return Screen(text, keyboard([cancel()]))


def problem_screen(problem: str) -> Screen:
    """Return why a PIN was not taken."""
    return Screen(problem, keyboard([cancel()]))


def not_deleted() -> str:
    """Return the request to delete the message oneself."""
    return _("⚠️ I could not delete your message with the PIN. Please delete it yourself.")
