"""What the holders of a poll's two keys see while they set and give their passphrases."""

from datetime import datetime
from html import escape

from handlers.buttons import cancel, keyboard
from handlers.screen import Screen
from handlers.text import _, pick
from handlers.views.emphasis import bold
from handlers.views.poll_text import moment
from services.polls.passphrases import SHORTEST

Titles = tuple[str, str]  # in Kazakh and in Russian


def setting_screen(titles: Titles, *, again: bool) -> Screen:
    """Return the request for a passphrase, `again` where it was said once before."""
    if again:
        return once_screen()
    blocks = [
        bold(_("🔑 Your passphrase for this poll")),
        escape(pick(*titles)),
        _(
            "Think of four or five words that have nothing to do with each other, {number} "
            "characters or more, and send them in one message. I delete the message at once and "
            "keep the words nowhere."
        ).format(number=SHORTEST),
        bold(
            _(
                "⚠️ Write the passphrase on paper and put it away safely. If it is lost, all "
                "answers of this poll are lost for good: nobody can restore it, neither the "
                "administrator nor the makers of the bot."
            )
        ),
        _(
            "Tell it to nobody, your colleague with the second key included. The message passes "
            "through Telegram’s servers: do not use a passphrase that opens anything else."
        ),
    ]
    return Screen("\n\n".join(blocks), keyboard([cancel()]))


def once_screen() -> Screen:
    """Return the request for the second saying."""
    text = _(
        "👌 The message is deleted. Now send the same passphrase once more: a slip of the finger "
        "must not lock you out."
    )
    return Screen(text, keyboard([cancel()]))


def different_screen() -> Screen:
    """Return the request to begin anew."""
    text = _("The two were not the same. Nothing is set yet: please send the passphrase anew.")
    return Screen(text, keyboard([cancel()]))


def set_screen(closes_at: datetime | None, *, open_now: bool) -> Screen:
    """Return that the passphrase is set, and what comes next."""
    blocks = [bold(_("✅ Your passphrase is set"))]
    if open_now:
        blocks.append(_("Both are set, and the poll is open."))
    else:
        blocks.append(_("The poll opens as soon as your colleague has set the second one."))
    if closes_at is not None:
        ask = _(
            "I will ask you for it when the poll is over: {moment}. Keep the paper until then."
        )
        blocks.append(ask.format(moment=moment(closes_at)))
    return Screen("\n\n".join(blocks))


def giving_screen(titles: Titles) -> Screen:
    """Return the request for the passphrase after the closing."""
    blocks = [
        bold(_("🔑 Your passphrase, please")),
        escape(pick(*titles)),
        _(
            "The poll is over, its answers are locked. Send your passphrase in one message: I "
            "delete it at once. The answers are counted when both of you have sent theirs."
        ),
    ]
    return Screen("\n\n".join(blocks), keyboard([cancel()]))


def given_screen(*, both: bool) -> Screen:
    """Return that the passphrase fits."""
    text = _(
        "✅ It fits. The answers are counted as soon as your colleague has sent the other one."
    )
    if both:
        text = _("✅ It fits, and the other one is here too: the answers are being counted.")
    return Screen(text)


def problem_screen(problem: str) -> Screen:
    """Return what is wrong with what was sent."""
    return Screen(f"⚠️ {problem}", keyboard([cancel()]))


def not_deleted() -> str:
    """Return the request to delete a message that the bot could not."""
    return _("⚠️ I could not delete your message. Please delete it yourself, for both sides.")
