"""What goes with the files of one's own data, and how long what is kept."""

from html import escape

from handlers.buttons import back, button, keyboard
from handlers.callbacks import OpenSettings
from handlers.screen import Screen
from handlers.text import _, ngettext
from handlers.views.emphasis import bold
from handlers.views.mydata_callbacks import ForgetOpened, OwnDataAsked, TermsOpened
from services.people.retention import TERMS, Kind, Term

# What is kept of the staff and by the machine is said in docs/administrator.md.
_SHOWN = (
    Kind.DRAFTS,
    Kind.FILES,
    Kind.APPEALS,
    Kind.NAMED_ANSWERS,
    Kind.ANSWERS_IN_WORDS,
    Kind.LETTERS,
    Kind.MAILINGS,
    Kind.BANS,
    Kind.BLOCKED,
    Kind.AUDIT,
)


def preparing_screen() -> Screen:
    """Return the word that the files are on their way."""
    return Screen(_("⏳ Your data are being put together: it takes less than a minute."))


def sent_screen() -> Screen:
    """Return what stands under the files."""
    text = _(
        "📦 Here is everything that the bot keeps about you: as a document to read (PDF) and for "
        "a computer (JSON). The names of the staff and everything about other people are left "
        "out.\n"
        "\n"
        "These files hold your personal data: keep them to yourself."
    )
    terms = [button(_("⏳ How long it is kept"), TermsOpened())]
    erase = [button(_("🗑 Erase my data"), ForgetOpened())]
    return Screen(text, keyboard(terms, erase, [back(OpenSettings())]))


def wait_screen(time: str) -> Screen:
    """Return the polite word that an hour has not passed."""
    text = _(
        "You were sent your data less than an hour ago: the files are above in this chat. New "
        "ones can be made from this time on: {time}"
    )
    return Screen(text.format(time=time))


def terms_screen(backups: int) -> Screen:
    """Return how long what is kept, and why; backups are how many days' copies there are."""
    lines = [bold(_("How long the bot keeps what")), ""]
    for kind in _SHOWN:
        term = TERMS[kind]
        said = _("{what}: {term} {since}. Why: {reason}.").format(
            what=_(term.what), term=_lasting(term), since=_(term.since), reason=_(term.reason)
        )
        lines.append(f"• {escape(said)}")
    lines += ["", escape(backups_line(backups))]
    own = [button(_("📦 Send me my data"), OwnDataAsked())]
    return Screen("\n".join(lines), keyboard(own, [back(OpenSettings())]))


def backups_line(backups: int) -> str:
    """Return how long the backups keep what was erased."""
    text = ngettext(
        "What is erased stays in the backups for {count} day at most, then they are deleted.",
        "What is erased stays in the backups for {count} days at most, then they are deleted.",
        backups,
    )
    return text.format(count=backups)


def _lasting(term: Term) -> str:
    if term.years:
        return ngettext("{count} year", "{count} years", term.years).format(count=term.years)
    return ngettext("{count} day", "{count} days", term.days).format(count=term.days)
