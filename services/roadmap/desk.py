"""What an official looks into: the own digest, lists of open cases, one case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from services.appeals.model import OPEN, AppealStatus
from services.clock import local_date
from services.digests.composing import SOON, compose_digest
from services.digests.facts import Case, DigestFacts
from services.people.deeds import Deed
from services.people.person import find_person
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.roadmap.responsibility import stands_for
from services.roadmap.scope import scope_of
from storage.digest_readers import find_reader
from storage.open_cases import Page, named_cases, open_cases


class CaseList(StrEnum):
    """Which of the open cases that lie in an official's scope."""

    OVERDUE = "late"
    DUE_SOON = "soon"
    OPEN = "open"
    NEW = "new"
    RETURNED = "back"
    # In the scope of others, passed on to the official by name.
    NAMED = "named"


_STATUSES = {
    CaseList.NEW: frozenset({AppealStatus.REGISTERED}),
    CaseList.RETURNED: frozenset({AppealStatus.DISPUTED}),
}


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of a list, the earliest due first; `more` where others follow the last one."""

    cases: tuple[Case, ...]
    more: bool


def my_digest(connection: Connection, actor: int, now: datetime) -> DigestFacts:
    """Return the digest of the official whose account this person holds; raises Refusal.

    Since the day of the last one that they got.
    """
    official = official_of(connection, Deed.READ_DIGEST, actor)
    reader = find_reader(connection, actor)
    every_day = reader is not None and reader["days_off"]
    return compose_digest(connection, official, now, every_day=every_day)


def official_of(connection: Connection, deed: Deed, actor: int) -> str:
    """Return the code of the official whose account this person holds; raises Refusal."""
    authorise(connection, actor, deed)
    person = find_person(connection, actor)
    if person is None or person.official is None:
        raise Refusal(
            N_("Your account is not tied to an official. Please tell the administrator.")
        )
    return person.official


def list_cases(
    connection: Connection,
    actor: int,
    kind: CaseList,
    today: date,
    *,
    after: tuple[date, int] | None,
    limit: int,
) -> CasePage:
    """Return a page of the actor's open cases from the (due_on, id) key on; raises Refusal."""
    official = official_of(connection, Deed.READ_DIGEST, actor)
    areas = scope_of(connection, official, today).areas
    page = Page(limit + 1, *_range(kind, today), after)
    if kind is CaseList.NAMED:
        officials = stands_for(connection, official, today)
        found = named_cases(connection, officials, areas, page)
    else:
        statuses = {status.value for status in _STATUSES.get(kind, OPEN)}
        found = open_cases(connection, areas, statuses, page)
    return CasePage(tuple(Case(**row) for row in found[:limit]), more=len(found) > limit)


def first_overdue(connection: Connection, actor: int, now: datetime) -> int | None:
    """Return the appeal that is overdue the longest in the actor's scope, None if none is."""
    authorise(connection, actor, Deed.READ_BOARD)
    person = find_person(connection, actor)
    if person is None or person.official is None:
        return None
    today = local_date(now)
    page = list_cases(connection, actor, CaseList.OVERDUE, today, after=None, limit=1)
    return page.cases[0].id if page.cases else None


def _range(kind: CaseList, today: date) -> tuple[date, date]:
    if kind is CaseList.OVERDUE:
        return date.min, today - timedelta(days=1)
    if kind is CaseList.DUE_SOON:
        return today, today + SOON
    return date.min, date.max
