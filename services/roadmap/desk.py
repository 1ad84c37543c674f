"""What an official looks into: the own digest, lists of open cases, one case."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, RowMapping

from services.appeals.model import OPEN, AppealCard
from services.appeals.reading import appeal_for_official
from services.calendar.calendar import load_calendar
from services.calendar.working_days import working_days_between
from services.clock import local_date
from services.digests.composing import SOON, compose_digest
from services.digests.facts import Case, DigestFacts
from services.people.model import Role
from services.people.person import find_person
from services.people.staff import require
from services.refusal import N_, Refusal
from services.roadmap.responsibility import sections_of
from storage import appeals, people
from storage import digests as rows


class CaseList(StrEnum):
    """Which of the open cases of an official's sections."""

    OVERDUE = "late"
    DUE_SOON = "soon"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases of a list, the earliest due first; `more` where others follow the last one."""

    cases: tuple[Case, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case for those who handle it.

    days_left: working days to the due date, negative where overdue, None once answered. author
    is the citizen's first name and no more. answered_by is the person who gave the answer.
    """

    card: AppealCard
    days_left: int | None
    author: str
    answered_by: int | None


def my_digest(connection: Connection, actor: int, now: datetime) -> DigestFacts:
    """Return the digest of the official whose account this person holds; raises Refusal."""
    return compose_digest(connection, official_of(connection, actor), now)


def official_of(connection: Connection, actor: int) -> str:
    """Return the code of the official whose account this person holds; raises Refusal."""
    require(connection, actor, Role.OFFICIAL)
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
    sections = sections_of(connection, official_of(connection, actor), today)
    first, last = _range(kind, today)
    statuses = {status.value for status in OPEN}
    found = rows.open_cases(
        connection, sections, statuses, first=first, last=last, after=after, limit=limit + 1
    )
    return CasePage(tuple(Case(**row) for row in found[:limit]), more=len(found) > limit)


def open_case(connection: Connection, appeal_id: int, actor: int, today: date) -> CaseFile:
    """Return a case to those who handle it; raises Refusal for others."""
    card = appeal_for_official(connection, appeal_id, actor)
    days_left = None
    if card.status in OPEN:
        calendar = load_calendar(connection, today)
        days_left = working_days_between(today, card.due_on, calendar)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise LookupError(appeal_id)
    author = _first_name(connection, appeal)
    return CaseFile(card, days_left, author, appeal["answered_by"])


def first_overdue(connection: Connection, actor: int, now: datetime) -> int | None:
    """Return the appeal that is overdue the longest in the actor's sections, None if none is."""
    require(connection, actor, Role.OFFICIAL, Role.ADMINISTRATOR)
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


def _first_name(connection: Connection, appeal: RowMapping) -> str:
    if appeal["person_id"] is None:
        name = appeal["contact_name"]
    else:
        person = people.find_person(connection, appeal["person_id"])
        name = person["name"] if person else None
    words = (name or "").split()
    return words[0] if words else ""
