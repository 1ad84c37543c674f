"""An appeal as those who handle it see it, with what they may know of its citizen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.model import (
    OPEN,
    AppealCard,
    AppealStatus,
    AppealType,
    Channel,
    EntryKind,
)
from services.appeals.reading import card_of
from services.appeals.rights import may_know_citizen, require_reader
from services.audit.recording import record_reading
from services.calendar.calendar import load_calendar
from services.calendar.working_days import working_days_between
from services.clock import local_date
from services.news.length import first_line
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeals, people
from storage.appeal_entries import last_entry
from storage.council_reading import any_reaching
from storage.news import find_post

# What the citizen said after the appeal itself.
_CITIZENS = (EntryKind.ADDITION, EntryKind.REPLY, EntryKind.DISPUTE)
_NEWS_LENGTH = 90
_SAME = (
    "answered_by",
    "confidential",
    "urgent",
    "extensions",
    "level",
    "joins",
    "counted_from",
    "assignee",
    "leased_until",
)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody said of an appeal, in its newest wording."""

    kind: EntryKind
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """One appeal before one member of staff, `viewer`.

    days_left: working days to the due date, negative where overdue, None once answered. author
    and phone are empty where the appeal is confidential. assignee_name is of the member of staff
    who works on it, or has it lent until leased_until.
    """

    card: AppealCard
    days_left: int | None
    author: str
    answered_by: int | None
    type: AppealType | None
    channel: Channel
    phone: str | None
    confidential: bool
    urgent: bool
    extensions: int
    level: int
    joins: int
    counted_from: date
    assignee: int | None
    assignee_name: str
    leased_until: datetime | None
    # The number of the appeal that this one was joined to.
    joined_to: str | None
    viewer: int
    # What the viewer is: for the screen, the use cases ask again.
    roles: frozenset[Role]
    # The citizen did not accept the viewer's answer: somebody else answers now.
    barred: bool
    particulars: Mapping[str, str] = field(default_factory=dict)
    # The viewer only answers for a scope in which it lies: they read, and know no citizen.
    by_scope: bool = False
    # The newest words of the citizen after the appeal itself.
    latest: Words | None = None
    # Whether a public council reaches its place.
    council_near: bool = False
    # The first line of the post that it responds to, in Kazakh and in Russian.
    news: tuple[str, str] | None = None

    @property
    def status(self) -> AppealStatus:
        """Return where the appeal stands."""
        return self.card.status

    @property
    def open(self) -> bool:
        """Tell whether somebody still owes the citizen an answer."""
        return self.card.status in OPEN

    @property
    def mine(self) -> bool:
        """Tell whether the viewer works on it."""
        return self.assignee == self.viewer


def open_dossier(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Dossier:
    """Return an appeal to those who handle it, and write down that they saw it; raises Refusal.

    The only way by which a citizen's name or phone comes before the staff.

    Key: (appeal, actor, ten minutes).
    """
    dossier = read_dossier(connection, appeal_id, actor, local_date(now))
    case = f"appeal:{appeal_id}"
    record_reading(connection, who=actor, what=Deed.READ_APPEAL, on=case, now=now)
    return dossier


def read_dossier(connection: Connection, appeal_id: int, actor: int, today: date) -> Dossier:
    """Return the same to a use case that shows nobody anything by itself (a query)."""
    reached = authorise(connection, actor, Deed.READ_APPEAL)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    require_reader(connection, reached, appeal, actor, today)
    days_left = None
    if AppealStatus(appeal["status"]) in OPEN:
        calendar = load_calendar(connection, today)
        days_left = working_days_between(today, appeal["due_on"], calendar)
    by_scope = not may_know_citizen(connection, reached, appeal, actor, today)
    sealed = appeal["confidential"] or by_scope
    card = card_of(connection, appeal, days_left)
    roles = frozenset(Role(row["role"]) for row in people.current_roles(connection, actor))
    return Dossier(
        card=_without_enclosures(card) if by_scope else card,
        by_scope=by_scope,
        days_left=days_left,
        author="" if sealed else _author(connection, appeal),
        phone=None if sealed else appeal["contact_phone"],
        type=AppealType(appeal["type"]) if appeal["type"] else None,
        channel=Channel(appeal["channel"]),
        assignee_name=_name(connection, appeal["assignee"]),
        joined_to=_number(connection, appeal["joined_to"]),
        viewer=actor,
        roles=roles,
        barred=appeal["barred"] == actor,
        particulars=appeal["particulars"] or {},
        latest=_latest(connection, appeal_id),
        news=_news(connection, appeal["post_id"]),
        council_near=any_reaching(connection, appeal["region"], appeal["district"], today),
        **{name: appeal[name] for name in _SAME},
    )


def _without_enclosures(card: AppealCard) -> AppealCard:
    """Return the card without what may show who the citizen is: files and the point."""
    return replace(card, attachments=(), latitude=None, longitude=None)


def _author(connection: Connection, appeal: RowMapping) -> str:
    """Return the name that was left on purpose, else the first name and no more."""
    if appeal["contact_name"]:
        name: str = appeal["contact_name"]
        return name
    words = _name(connection, appeal["person_id"]).split()
    return words[0] if words else ""


def _name(connection: Connection, person_id: int | None) -> str:
    person = None if person_id is None else people.find_person(connection, person_id)
    return person["name"] if person else ""


def _number(connection: Connection, appeal_id: int | None) -> str | None:
    other = None if appeal_id is None else appeals.find_appeal(connection, appeal_id)
    return other["number"] if other else None


def _latest(connection: Connection, appeal_id: int) -> Words | None:
    row = last_entry(connection, appeal_id, [kind.value for kind in _CITIZENS])
    return Words(EntryKind(row["kind"]), row["text"], row["at"]) if row else None


def _news(connection: Connection, post_id: int | None) -> tuple[str, str] | None:
    post = None if post_id is None else find_post(connection, post_id)
    if post is None:
        return None
    return first_line(post["text_kk"], _NEWS_LENGTH), first_line(post["text_ru"], _NEWS_LENGTH)
