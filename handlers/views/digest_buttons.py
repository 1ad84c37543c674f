"""What to press under a digest: proof of reading, what to do about it, lists and files."""

from datetime import datetime

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.buttons import button, keyboard, paired
from handlers.official.callbacks import CasesListed
from handlers.official.digest_callbacks import (
    BookMade,
    Delegating,
    DigestRead,
    DigestSettings,
    ErrandsListed,
    OperatorsAsked,
    TakingOn,
)
from handlers.text import _
from handlers.views.calendar_days import hour
from handlers.views.digest_numbers import number
from handlers.views.digest_party import party_rows
from services.digests.facts import DigestFacts
from services.roadmap.desk import CaseList

Rows = list[list[InlineKeyboardButton]]


def digest_keyboard(facts: DigestFacts, digest: int = 0) -> InlineKeyboardMarkup | None:
    """Return what is pressed under a digest as it is sent; 0 where it is not kept anywhere."""
    rows = digest_rows(facts, digest, None)
    return keyboard(*rows) if rows else None


def desk_keyboard(
    facts: DigestFacts, digest: int, read_at: datetime | None, more: Rows
) -> InlineKeyboardMarkup:
    """Return what is pressed under the digest of this moment, with errands and settings."""
    own = [button(_("📋 Errands"), ErrandsListed()), button(_("⚙️ Digest"), DigestSettings())]
    return keyboard(*digest_rows(facts, digest, read_at), own, *more)


def digest_rows(facts: DigestFacts, digest: int, read_at: datetime | None) -> Rows:
    """Return the proof of reading, lists that hold something, what may be done, the file."""
    read = read_button(digest) if read_at is None else was_read_button(digest, read_at)
    proof = [[read]] if digest else []
    actions = [] if facts.quiet else action_rows(digest)
    book = [[button(_("📎 Open appeals as a file"), BookMade())]] if facts.open else []
    return [*proof, *case_lists(facts), *actions, *party_rows(facts.party), *book]


def read_button(digest: int) -> InlineKeyboardButton:
    """Return «Ознакомлен», for a digest of any period."""
    return button(_("👁 I have read it"), DigestRead(digest=digest))


def was_read_button(digest: int, read_at: datetime) -> InlineKeyboardButton:
    """Return what «Ознакомлен» becomes."""
    words = _("✅ Read at {time}").format(time=hour(read_at))
    return button(words, DigestRead(digest=digest))


def marked_read(
    shown: InlineKeyboardMarkup, digest: int, read_at: datetime
) -> InlineKeyboardMarkup:
    """Return the buttons of a message with the reading noted, whatever else stands there."""
    data = DigestRead(digest=digest).pack()
    rows = [
        [was_read_button(digest, read_at) if each.callback_data == data else each for each in row]
        for row in shown.inline_keyboard
    ]
    return keyboard(*rows)


def action_rows(digest: int) -> Rows:
    """Return what may be done about a digest of any period."""
    return paired(
        [
            button(_("✋ Take on"), TakingOn(digest=digest)),
            button(_("➡️ Delegate"), Delegating(digest=digest)),
            button(_("❔ Ask the operator"), OperatorsAsked(digest=digest)),
        ]
    )


def case_lists(facts: DigestFacts) -> Rows:
    """Return what to open: only lists that hold something."""
    lists = (
        (facts.overdue, _("🔴 Late: {count}"), CaseList.OVERDUE),
        (facts.due_soon, _("🟡 Soon due: {count}"), CaseList.DUE_SOON),
        (facts.disputed, _("🔁 Returned: {count}"), CaseList.RETURNED),
        (facts.fresh, _("🆕 Not begun: {count}"), CaseList.NEW),
        (facts.named, _("⬆️ To you by name: {count}"), CaseList.NAMED),
        (facts.open, _("📂 Open: {count}"), CaseList.OPEN),
    )
    return paired(
        [
            button(label.format(count=number(count)), CasesListed(kind=kind))
            for count, label, kind in lists
            if count
        ]
    )
