"""How long what the bot keeps is kept, and why: the one table of terms.

The nightly job, `python -m bot retention`, docs/administrator.md and the screen that people read
all go by it.
"""

from calendar import isleap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.refusal import N_


class Kind(StrEnum):
    """What has a term, in the order in which it is looked through."""

    DRAFTS = "drafts"
    UNREADABLE = "unreadable"
    LETTERS = "letters"
    MAILINGS = "mailings"
    ANSWERS_IN_WORDS = "answers-in-words"
    NAMED_ANSWERS = "named-answers"
    FILES = "files"
    APPEALS = "appeals"
    UNSHOWN_PROPOSALS = "unshown-proposals"
    PROPOSALS = "proposals"
    SIGNUPS = "signups"
    CERTIFICATES = "certificates"
    BANS = "bans"
    KEPT_BANS = "kept-bans"
    INVITATIONS = "invitations"
    REQUESTS = "requests"
    APPLICATIONS = "applications"
    ERRANDS = "errands"
    DIGESTS = "digests"
    AUDIT = "audit"
    LEAVING = "leaving"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept: days or years, none at all where both are 0.

    what, since and reason are message ids.
    """

    what: str
    since: str
    reason: str
    days: int = 0
    years: int = 0

    def before(self, now: datetime) -> datetime:
        """Return the moment before which it has been kept long enough."""
        if not self.years:
            return now - timedelta(days=self.days)
        year = now.year - self.years
        day = 28 if (now.month, now.day) == (2, 29) and not isleap(year) else now.day
        return now.replace(year=year, day=day)


_ENDED, _CLOSED = N_("since its end"), N_("since the poll closed")

TERMS: Mapping[Kind, Term] = {
    Kind.DRAFTS: Term(
        N_("What you began to write and left"),
        N_("since you last touched it"),
        N_("after a month hardly anybody goes on with it"),
        days=30,
    ),
    Kind.UNREADABLE: Term(
        N_("A message that the bot could not read"),
        N_("since it came"),
        N_("so that the mistake can be found and mended"),
        days=30,
    ),
    Kind.LETTERS: Term(
        N_("What the bot wrote to you"),
        N_("since it was sent"),
        N_("so that it can be found out whether it arrived"),
        days=90,
    ),
    Kind.MAILINGS: Term(
        N_("Which mailing reached you"),
        N_("since the mailing ended"),
        N_("so that it can be corrected or taken back, and nobody gets too many"),
        years=1,
    ),
    Kind.ANSWERS_IN_WORDS: Term(
        N_("Answers in own words to a poll, without a name"),
        _CLOSED,
        N_("so that their themes can be counted"),
        days=30,
    ),
    Kind.NAMED_ANSWERS: Term(
        N_("Who answered what in a named poll"),
        _CLOSED,
        N_("so that those who asked can act on it"),
        days=90,
    ),
    Kind.FILES: Term(
        N_("Photos, voice messages and files of an appeal"),
        _ENDED,
        N_("so that the answer can be checked; files say more of people than words"),
        years=1,
    ),
    Kind.APPEALS: Term(
        N_("The words of an appeal, and whose it is"),
        _ENDED,
        N_("the general limitation period: three years (Civil Code, article 178)"),
        years=3,
    ),
    Kind.UNSHOWN_PROPOSALS: Term(
        N_("A proposal that is not on the board: its words, and whose it is"),
        N_("since a moderator or its author decided so"),
        N_("so that its author can ask why"),
        days=90,
    ),
    Kind.PROPOSALS: Term(
        N_("Whose a proposal of the board is, and who supports it"),
        N_("since it was done or declined"),
        N_("so that they can be told if that changes"),
        years=3,
    ),
    Kind.BANS: Term(
        N_("A ban on leaving appeals"),
        _ENDED,
        N_("so that it is seen whether it comes to that again"),
        years=3,
    ),
    Kind.KEPT_BANS: Term(
        N_("The keyed mark of a ban, of somebody whose data were erased"),
        _ENDED,
        N_("so that nobody is rid of a ban by erasing their data"),
    ),
    Kind.INVITATIONS: Term(
        N_("An invitation to work here"),
        N_("since it expired"),
        N_("so that it can be checked whom it was given to"),
        days=90,
    ),
    Kind.REQUESTS: Term(
        N_("What a second person was asked to let out, and why"),
        N_("since it was asked"),
        N_("so that it can be checked who let out what"),
        years=3,
    ),
    Kind.APPLICATIONS: Term(
        N_("An application to a public council"),
        N_("since it was decided, or came where nobody decided"),
        N_("so that whoever was accepted can be asked, and nobody is asked twice"),
        years=1,
    ),
    Kind.SIGNUPS: Term(
        N_("What you wrote to sign up for a programme"),
        N_("since the programme ended"),
        N_("so that questions about taking part and certificates can be answered"),
        years=1,
    ),
    Kind.CERTIFICATES: Term(
        N_("The name on a certificate"),
        N_("since it was issued"),
        N_("so that it can be checked for whom a certificate was issued"),
        years=5,
    ),
    Kind.ERRANDS: Term(
        N_("Errands of the staff"),
        N_("since they were given"),
        N_("so that the work of several years can be compared"),
        years=3,
    ),
    Kind.DIGESTS: Term(
        N_("Digests for officials"),
        N_("since their day"),
        N_("so that the work of several years can be compared"),
        years=3,
    ),
    Kind.AUDIT: Term(
        N_("The record of who read or changed what"),
        N_("since the entry"),
        N_("so that misuse of personal data can be looked into later"),
        years=5,
    ),
    Kind.LEAVING: Term(
        N_("What is left of somebody who asked to be forgotten"),
        N_("since the end of their last appeal"),
        N_("only the answer was waited for"),
    ),
    Kind.BLOCKED: Term(
        N_("Everything about somebody who blocked the bot"),
        N_("since they did so"),
        N_("whoever stays away so long is not expected back"),
        years=3,
    ),
}
