"""Erasing what is kept about a person, because they ask for it or because they have long left.

Everything happens in one transaction. What stays is nobody's: numbers, days, topics, districts
and ratings of appeals, counters, sealed answers of open polls (they hold no person, are counted
with the others and destroyed at the closing), and acts in the audit under a keyed hash. A ban in
force stays as a keyed hash until its end. What somebody did as staff stays with the cases under a
number, without a name.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.appeals.banning import OBJECTION
from services.appeals.joining import leave_appeal
from services.appeals.messages import own_keys
from services.appeals.model import OPEN, AppealStatus
from services.appeals.search import index_anew
from services.appeals.withdrawing import withdraw_appeal
from services.audit.acts import Act
from services.audit.own import record_own
from services.people.model import Role
from services.programmes.forgetting import forget as forget_signups
from services.proposals.leaving import count_on_board, forget_author
from services.refusal import N_, Refusal
from storage import (
    appeal_followers,
    certificates,
    kept_bans,
    people,
    rights_appeals,
    rights_letters,
)
from storage import rights_person as rows
from storage.bans import ban_in_force, numbers_of
from storage.former_staff import note_left

_MOST_FOLLOWED = 100_000


@dataclass(frozen=True, slots=True)
class OpenAppeal:
    """An appeal under consideration: what shall become of it is the person's to say."""

    id: int
    number: str
    topic: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody who wants to be forgotten has chosen, and where their traces lie.

    answered_first are the open appeals to be answered first, taken_back those to be taken back;
    bots are whose conversations there are; sheets are (poll, tag) of answers to polls that may
    have been begun. off_board: proposals that nobody has answered leave the board too; else they
    stay there without an author.
    """

    answered_first: frozenset[int] = frozenset()
    taken_back: frozenset[int] = frozenset()
    bots: tuple[int, ...] = ()
    sheets: tuple[tuple[int, bytes], ...] = ()
    off_board: bool = False


@dataclass(frozen=True, slots=True)
class Before:
    """What somebody who wants to be forgotten is told first.

    leaving: they have asked before, and wait for open appeals; worked: they were staff once;
    on_board: how many of their proposals everybody reads; certified: they have a certificate.
    """

    open: tuple[OpenAppeal, ...]
    banned: bool
    worked: bool
    leaving: bool
    on_board: int = 0
    certified: bool = False


def before_forgetting(connection: Connection, person_id: int, now: datetime) -> Before:
    """Return what is at stake; raises Refusal for who works here (a query)."""
    _require_no_staff(connection, person_id)
    person = people.find_person(connection, person_id)
    asked = person is not None and person["leaving_since"] is not None
    return Before(
        open=open_appeals(connection, person_id),
        banned=ban_in_force(connection, person_id, now) is not None,
        worked=rows.ever_worked(connection, person_id),
        leaving=asked and not rows.has_come_back(connection, person_id),
        on_board=count_on_board(connection, person_id),
        certified=bool(certificates.of_person(connection, person_id)),
    )


def open_appeals(connection: Connection, person_id: int) -> tuple[OpenAppeal, ...]:
    """Return the appeals of this person that are under consideration, the oldest first."""
    return tuple(
        OpenAppeal(row["id"], row["number"], row["topic"])
        for row in rows.own_appeals(connection, person_id)
        if AppealStatus(row["status"]) in OPEN
    )


def forget_person(connection: Connection, person_id: int, wish: Wish, now: datetime) -> bool:
    """Erase everything about a person and tell whether all of it is gone.

    False: appeals that shall be answered first go on. Of the person their number and language are
    kept for that long, and `finish_leaving` ends it. Raises Refusal for who works here, and where
    an open appeal is in neither part of the wish.

    Key: person.
    """
    people.hold(connection, person_id)
    person = people.find_person(connection, person_id)
    if person is None:
        return True
    _require_no_staff(connection, person_id)
    _settle_open(connection, person_id, wish, now)
    kept = {each.id for each in open_appeals(connection, person_id)}
    _erase(connection, person_id, wish, kept, now)
    key = f"{person['joined_at']:%Y%m%d%H%M%S}:{len(kept)}"
    record_own(connection, person_id, Act.ERASE_OWN_DATA, now, key=key, later=len(kept))
    if kept:
        rows.reduce_person(connection, person_id, now)
        return False
    rows.delete_person(connection, person_id)
    return True


def finish_leaving(
    connection: Connection, person_id: int, bots: tuple[int, ...], now: datetime
) -> bool:
    """Erase the rest of somebody whose last appeal has ended; tell whether they are gone.

    Who has agreed to something anew meanwhile has come back, and stays.

    Key: person.
    """
    if rows.has_come_back(connection, person_id):
        rows.stay(connection, person_id)
        return False
    if person_id not in rows.leaving(connection, person_id - 1, 1):
        return False
    return forget_person(connection, person_id, Wish(bots=bots), now)


def leaving_due(connection: Connection, after: int, limit: int) -> list[int]:
    """Return whom `finish_leaving` would look at beyond this id (a query)."""
    return list(rows.leaving(connection, after, limit))


def _require_no_staff(connection: Connection, person_id: int) -> None:
    if people.current_roles(connection, person_id):
        raise Refusal(
            N_(
                "You work here. Please ask an administrator to release you from your role first; "
                "then your data can be erased."
            )
        )


def _settle_open(connection: Connection, person_id: int, wish: Wish, now: datetime) -> None:
    for appeal in rows.own_appeals(connection, person_id):
        if AppealStatus(appeal["status"]) not in OPEN or appeal["id"] in wish.answered_first:
            continue
        if appeal["id"] not in wish.taken_back:
            raise Refusal(
                N_("There is an appeal under consideration of which nothing is said: {number}"),
                number=appeal["number"],
            )
        withdraw_appeal(connection, appeal["id"], appeal["version"], person_id, now)


def _erase(
    connection: Connection, person_id: int, wish: Wish, kept: Collection[int], now: datetime
) -> None:
    ended = [row["id"] for row in rows.own_appeals(connection, person_id) if row["id"] not in kept]
    for part in rights_appeals.parts(ended):
        rights_appeals.anonymise(connection, part, now, followers=False)
    _erase_joins(connection, person_id, now)
    forget_author(connection, person_id, now, take_down=wish.off_board)
    forget_signups(connection, person_id, now)
    objections = [
        f"{OBJECTION}:{person_id}:{number}" for number in numbers_of(connection, person_id)
    ]
    rights_letters.delete_letters(connection, objections)
    kept_bans.keep_ban(connection, person_id, now)
    note_left(connection, person_id, Role.ADMINISTRATOR.value, now)
    rows.forget_rows(connection, person_id)
    rights_letters.forget_letters(connection, person_id)
    rights_letters.forget_mailings(connection, person_id)
    rows.forget_sheets(connection, wish.sheets)
    rows.forget_conversation(connection, person_id, wish.bots)
    rows.forget_raw_updates(connection, person_id)


def _erase_joins(connection: Connection, person_id: int, now: datetime) -> None:
    for appeal_id in rows.forget_joins(connection, person_id, own_keys(person_id), now):
        index_anew(connection, appeal_id)
    for appeal in appeal_followers.followed_appeals(connection, person_id, None, _MOST_FOLLOWED):
        # Where the matter is open there is one less to whom it matters; an end stays as it was.
        if AppealStatus(appeal["status"]) in OPEN:
            leave_appeal(connection, appeal["id"], person_id)
    rows.follow_nothing(connection, person_id)
