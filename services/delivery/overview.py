"""Did it go out? Mailings as their staff look at them, the newest first, and each by itself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.campaigns.silence import Override, overrides, with_silence
from services.delivery.mailing import Mailing, mailing_of
from services.delivery.recall import may_recall
from services.delivery.report import Failures, failures, pressed
from services.delivery.resend import Unreached, unreached
from services.delivery.target import Target
from services.delivery.territory import holds_mailing, require_mailing
from services.news.reaction import Presses
from services.people.deeds import Deed
from services.people.rights import authorise, may
from services.refusal import N_, Refusal
from storage import delivery
from storage import mailing_desk as rows
from storage.delivery import DeliveryStatus, MailingStatus

PAGE = 5
_AT_ONCE = 2 * PAGE
# Begin by themselves, every hour.
_LEFT_OUT = ("news_digest",)
_REPORTED = (
    DeliveryStatus.REFUSED,
    DeliveryStatus.GIVEN_UP,
    DeliveryStatus.BLOCKED,
    DeliveryStatus.GONE,
)


@dataclass(frozen=True, slots=True)
class Page:
    """Up to five mailings, the newest first, and whether there are older ones."""

    mailings: tuple[Mailing, ...]
    older: bool


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told about one mailing; `unreached` only where it can be sent again."""

    mailing: Mailing
    # None: listed people.
    target: Target | None
    failures: Failures
    presses: Presses | None
    unreached: Unreached | None
    recallable: bool
    # Who let it out in the silence before a vote, and whether the reader may.
    overrides: tuple[Override, ...] = ()
    may_let_out: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """A mailing in numbers and nobody in person; `words` are all that Telegram said, counted."""

    mailing: Mailing
    # None: listed people.
    target: Target | None
    failures: Failures
    presses: Presses | None
    stayed: int
    nothing: int
    words: tuple[tuple[str, int], ...]


def mailings_page(
    connection: Connection, person_id: int, now: datetime, before: int | None = None
) -> Page:
    """Return mailings older than this one; without one, the newest (a query).

    Those that lie within the reader's reach, and their own. Raises Refusal for who has none.
    """
    reached = authorise(connection, person_id, Deed.READ_MAILINGS)
    found: list[RowMapping] = []
    while len(found) <= PAGE:
        some = rows.mailings_before(connection, before, _AT_ONCE, _LEFT_OUT)
        found += [row for row in some if holds_mailing(reached, row, person_id)]
        if len(some) < _AT_ONCE:
            break
        before = some[-1]["id"]
    mailings = with_silence(connection, [mailing_of(row) for row in found[:PAGE]], now)
    return Page(tuple(mailings), older=len(found) > PAGE)


def read_card(connection: Connection, person_id: int, mailing_id: int, now: datetime) -> Card:
    """Return all about one mailing (a query).

    Raises Refusal for anybody but operators and administrators, and where there is none.
    """
    mailing, target = _found(connection, person_id, mailing_id)
    (mailing,) = with_silence(connection, [mailing], now)
    again = mailing.status is MailingStatus.FINISHED and mailing.failed + mailing.blocked > 0
    return Card(
        mailing,
        target,
        failures(connection, mailing_id),
        pressed(connection, mailing),
        unreached(connection, mailing_id) if again else None,
        recallable=may_recall(mailing, now),
        overrides=overrides(connection, mailing_id),
        may_let_out=mailing.silent_until is not None
        and may(connection, person_id, Deed.OVERRIDE_SILENCE),
    )


def account(connection: Connection, person_id: int, mailing_id: int) -> Account:
    """Return a mailing in numbers; reads its rows, so not for every tap (a query).

    Raises Refusal for anybody but operators and administrators, and where there is none.
    """
    mailing, target = _found(connection, person_id, mailing_id)
    rest = (DeliveryStatus.STAYED, DeliveryStatus.NOTHING)
    counts = rows.count_by_status(connection, mailing_id, rest)
    return Account(
        mailing,
        target,
        failures(connection, mailing_id),
        pressed(connection, mailing),
        stayed=counts.get(DeliveryStatus.STAYED, 0),
        nothing=counts.get(DeliveryStatus.NOTHING, 0),
        words=tuple(rows.words_of_failures(connection, mailing_id, _REPORTED)),
    )


def _found(
    connection: Connection, person_id: int, mailing_id: int
) -> tuple[Mailing, Target | None]:
    reached = authorise(connection, person_id, Deed.READ_MAILINGS)
    row = delivery.find_mailing(connection, mailing_id)
    if row is None:
        raise Refusal(N_("There is no such mailing."))
    require_mailing(reached, row, person_id)
    return mailing_of(row), None if row["listed"] else Target.of_json(row["audience"])
