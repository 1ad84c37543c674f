"""Deleting what has been kept long enough, a few rows at a time, so that nothing waits for it.

For each kind one condition counts in a dry run and chooses in a real one.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit import retention as audit
from services.audit.acts import Act
from services.audit.recording import record
from services.clock import local_date
from services.people.retention import TERMS, Kind
from services.polls.named import forget_names
from services.polls.themes import forget_texts
from services.rights import certificates, programmes, proposals
from services.rights.erasing import Wish, finish_leaving, forget_person
from storage import audit_reading, rights_appeals, rights_due, rights_letters
from storage import poll_named as names
from storage import poll_texts as texts
from storage import rights_person as people
from storage.council_applications import old_applications
from storage.database import Database
from storage.facts import read_fact, write_fact
from storage.rights_due import Due, Rows
from storage.schema.polls import poll_named, poll_texts

BATCH = 100
_NIGHT = "retention"
_PEOPLE = 5  # erased in one transaction: each has many rows

_ROWS: Mapping[Kind, Callable[[datetime], Rows]] = {
    Kind.DRAFTS: rights_due.drafts,
    Kind.UNREADABLE: rights_due.unreadable,
    Kind.LETTERS: rights_due.letters,
    Kind.BANS: rights_due.ended_bans,
    Kind.KEPT_BANS: rights_due.kept_bans_over,
    Kind.INVITATIONS: rights_due.old_invitations,
    Kind.REQUESTS: rights_due.old_requests,
    Kind.APPLICATIONS: old_applications,
    Kind.ERRANDS: rights_due.old_errands,
    Kind.DIGESTS: rights_due.old_digests,
}


@dataclass(frozen=True, slots=True)
class Retained:
    """What has been kept long enough, of one kind."""

    kind: Kind
    due: Due


@dataclass(frozen=True, slots=True)
class Round:
    """What deleting needs: the moment before which it is time, how many at most, the moment now.

    bots are whose conversations there are.
    """

    before: datetime
    now: datetime
    bots: tuple[int, ...] = ()
    limit: int = BATCH


def count_due(connection: Connection, now: datetime) -> list[Retained]:
    """Return what has been kept long enough, kind by kind (a query)."""
    return [Retained(kind, _count(connection, kind, now)) for kind in Kind]


def is_due(connection: Connection, kind: Kind, now: datetime) -> bool:
    """Tell whether `take` would find something of this kind (a query)."""
    before = TERMS[kind].before(now)
    if kind in _ROWS:
        return rights_due.any_due(connection, _ROWS[kind](before))
    if kind in _FOUND:
        return bool(_FOUND[kind](connection, before))
    return _COUNTS[kind](connection, before).count > 0


def take(
    connection: Connection, kind: Kind, bots: tuple[int, ...], now: datetime, limit: int = BATCH
) -> int:
    """Delete or anonymise some of what has been kept long enough; return how many, 0 at the end.

    bots are whose conversations there are.

    Key: the row, by its age.
    """
    before = TERMS[kind].before(now)
    if kind in _ROWS:
        return rights_due.delete(connection, _ROWS[kind](before), limit)
    return _TAKES[kind](connection, Round(before, now, bots, limit))


def note_taken(connection: Connection, kind: Kind, count: int, now: datetime) -> None:
    """Write into the audit how many rows of a kind were deleted because of their age.

    Key: (kind, day, number).
    """
    key = f"{local_date(now).isoformat()}:{count}"
    on = f"retention:{kind.value}"
    record(connection, who=None, what=Act.RETAIN, on=on, now=now, key=key, count=count)


async def retain(db: Database, bots: tuple[int, ...], now: datetime) -> dict[Kind, int]:
    """Delete everything that has been kept long enough; return how much of each kind it was.

    Each few rows are a transaction of their own: what else is written comes in between.
    """
    taken = dict.fromkeys(Kind, 0)
    for kind in Kind:
        while await db.read(is_due, kind, now):
            done = await db.write(take, kind, bots, now)
            taken[kind] += done
            if not done and kind is not Kind.LEAVING:
                break
        if taken[kind]:
            await db.write(note_taken, kind, taken[kind], now)
    if any(taken.values()):
        await db.scrub(anew=False)
    return taken


def night_over(connection: Connection, now: datetime) -> bool:
    """Tell whether the round of this night was gone (a query)."""
    return read_fact(connection, _NIGHT) == local_date(now).isoformat()


def note_night(connection: Connection, now: datetime) -> None:
    """Note that the round of this night was gone. Key: the day."""
    if night_over(connection, now):
        return
    write_fact(connection, _NIGHT, local_date(now).isoformat(), now)


def _count(connection: Connection, kind: Kind, now: datetime) -> Due:
    before = TERMS[kind].before(now)
    if kind in _ROWS:
        return rights_due.count(connection, _ROWS[kind](before))
    return _COUNTS[kind](connection, before)


def _count_recipients(connection: Connection, before: datetime) -> Due:
    counted = [
        (rights_letters.count_recipients(connection, mailing), finished)
        for mailing, finished in rights_letters.mailings_over(connection, before)
    ]
    return Due(sum(count for count, _ in counted), counted[0][1] if counted else None)


def _count_texts(connection: Connection, before: datetime) -> Due:
    polls = texts.polls_with_texts(connection, before)
    return rights_due.by_poll(connection, poll_texts, polls)


def _count_names(connection: Connection, before: datetime) -> Due:
    polls = names.polls_with_names(connection, before)
    return rights_due.by_poll(connection, poll_named, polls)


def _count_files(connection: Connection, before: datetime) -> Due:
    return Due(*rights_appeals.count_files(connection, rights_appeals.old_files(before)))


def _count_audit(connection: Connection, before: datetime) -> Due:
    count = audit.count_old(connection, before)
    oldest = audit_reading.oldest(connection, 1)
    return Due(count, oldest[0]["at"]) if count else Due(0, None)


def _forget_recipients(connection: Connection, work: Round) -> int:
    gone = 0
    for mailing, _finished in rights_letters.mailings_over(connection, work.before, work.limit):
        gone += rights_letters.delete_recipients(connection, mailing, work.limit - gone)
        if gone >= work.limit:
            break
    return gone


def _erase_files(connection: Connection, work: Round) -> int:
    old = rights_appeals.old_files(work.before)
    found = rights_appeals.find_files(connection, old, work.limit)
    which = rights_appeals.these_files(found)
    return rights_appeals.erase_files(connection, which, work.now) if found else 0


def _anonymise(connection: Connection, work: Round) -> int:
    found = rights_appeals.ended_before(connection, work.before, work.limit)
    rights_appeals.anonymise(connection, found, work.now, followers=True)
    return len(found)


def _finish(connection: Connection, work: Round) -> int:
    found = people.leaving(connection, 0, _PEOPLE)
    return sum(finish_leaving(connection, person, work.bots, work.now) for person in found)


def _forget_blocked(connection: Connection, work: Round) -> int:
    found = people.blocked_before(connection, work.before, _PEOPLE)
    wish = Wish(bots=work.bots)
    return sum(forget_person(connection, person, wish, work.now) for person in found)


_FOUND: Mapping[Kind, Callable[[Connection, datetime], Sequence[object]]] = {
    Kind.MAILINGS: lambda connection, before: rights_letters.mailings_over(connection, before, 1),
    Kind.FILES: lambda connection, before: rights_appeals.find_files(
        connection, rights_appeals.old_files(before), 1
    ),
    Kind.APPEALS: lambda connection, before: rights_appeals.ended_before(connection, before, 1),
    Kind.UNSHOWN_PROPOSALS: lambda connection, before: proposals.find_due(
        connection, proposals.UNSHOWN, before, 1
    ),
    Kind.PROPOSALS: lambda connection, before: proposals.find_due(
        connection, proposals.ENDED, before, 1
    ),
    Kind.SIGNUPS: lambda connection, before: programmes.find_due(connection, before, 1),
    Kind.CERTIFICATES: lambda connection, before: certificates.find_due(connection, before, 1),
    Kind.LEAVING: lambda connection, _before: people.leaving(connection, 0, 1),
    Kind.BLOCKED: lambda connection, before: people.blocked_before(connection, before, 1),
}
_COUNTS: Mapping[Kind, Callable[[Connection, datetime], Due]] = {
    Kind.MAILINGS: _count_recipients,
    Kind.ANSWERS_IN_WORDS: _count_texts,
    Kind.NAMED_ANSWERS: _count_names,
    Kind.FILES: _count_files,
    Kind.APPEALS: lambda connection, before: Due(*rights_appeals.count_ended(connection, before)),
    Kind.AUDIT: _count_audit,
    Kind.UNSHOWN_PROPOSALS: lambda connection, before: proposals.count_due(
        connection, proposals.UNSHOWN, before
    ),
    Kind.PROPOSALS: lambda connection, before: proposals.count_due(
        connection, proposals.ENDED, before
    ),
    Kind.SIGNUPS: programmes.count_due,
    Kind.CERTIFICATES: certificates.count_due,
    Kind.LEAVING: lambda connection, _before: Due(*people.count_leaving(connection)),
    Kind.BLOCKED: lambda connection, before: Due(*people.count_blocked(connection, before)),
}
_TAKES: Mapping[Kind, Callable[[Connection, Round], int]] = {
    Kind.MAILINGS: _forget_recipients,
    Kind.CERTIFICATES: lambda connection, work: certificates.forget_due(
        connection, work.before, work.limit
    ),
    Kind.ANSWERS_IN_WORDS: lambda connection, work: forget_texts(connection, work.now),
    Kind.NAMED_ANSWERS: lambda connection, work: forget_names(connection, work.now),
    Kind.FILES: _erase_files,
    Kind.APPEALS: _anonymise,
    Kind.AUDIT: lambda connection, work: audit.forget_old(connection, work.before, work.limit),
    Kind.UNSHOWN_PROPOSALS: lambda connection, work: proposals.forget_due(
        connection, proposals.UNSHOWN, work.before, work.now, work.limit
    ),
    Kind.PROPOSALS: lambda connection, work: proposals.forget_due(
        connection, proposals.ENDED, work.before, work.now, work.limit
    ),
    Kind.SIGNUPS: lambda connection, work: programmes.forget_due(
        connection, work.before, work.now, work.limit
    ),
    Kind.LEAVING: _finish,
    Kind.BLOCKED: _forget_blocked,
}
