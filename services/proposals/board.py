"""The public board: lists of proposals, one of them with its history, an author's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.clock import local_date
from services.language import Language
from services.proposals.model import (
    PUBLIC,
    Card,
    Evidence,
    Line,
    Moment,
    ProposalStatus,
    RefusedFor,
    line_of,
)
from services.proposals.rights import may_answer, sections_to_answer
from services.refusal import N_, Refusal
from services.text.length import shortened
from storage import proposal_board, proposal_supports
from storage import proposals as rows
from storage.proposal_board import Wanted

PAGE = 6
_OWN = 20
_TEASER = 60
_PUBLIC = tuple(sorted(status.value for status in PUBLIC))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the board."""

    lines: tuple[Line, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class OwnLine:
    """A proposal of the reader's own: also one that is not on the board; label is its beginning.

    refused_for: why a moderator did not let it out.
    """

    id: int
    label: str
    status: ProposalStatus
    supports: int
    refused_for: RefusedFor | None


@dataclass(frozen=True, slots=True)
class OwnCard:
    """A proposal of the reader's own that is not on the board, with the words as written."""

    line: OwnLine
    version: int
    words: str
    at: datetime
    merged_into: Line | None


def list_board(
    connection: Connection,
    *,
    topic: str | None = None,
    status: ProposalStatus | None = None,
    most: bool = False,
    after: tuple[int, int] | None = None,
) -> Page:
    """Return a page of proposals, the newest first, or the most supported (a query).

    after: id and supports of the line behind which it goes on.
    """
    chosen = (status.value,) if status in PUBLIC and status is not None else _PUBLIC
    wanted = Wanted(chosen, topic, most, after)
    return _page(proposal_board.listed(connection, wanted, PAGE + 1))


def topics_on_board(connection: Connection) -> list[tuple[str, int]]:
    """Return each topic of which there are proposals, and how many (a query)."""
    found = proposal_board.topics_in_use(connection, _PUBLIC)
    return [(row["topic"], row["number"]) for row in found]


def list_to_answer(
    connection: Connection,
    actor: int,
    now: datetime,
    *,
    status: ProposalStatus = ProposalStatus.PUBLISHED,
    after: tuple[int, int] | None = None,
) -> Page:
    """Return proposals in this state that the actor answers, the most supported first (a query).

    Raises Refusal for who answers none.
    """
    sections = sections_to_answer(connection, actor, local_date(now))
    states = (status.value,) if status in PUBLIC else _PUBLIC
    return _page(proposal_board.of_sections(connection, sections, states, after, PAGE + 1))


def read_card(connection: Connection, proposal_id: int, person_id: int) -> Card:
    """Return a proposal of the board, the one it was joined to in its place (a query).

    Raises Refusal for one that is not on the board.
    """
    row = rows.find(connection, proposal_id)
    while row is not None and row["status"] == ProposalStatus.MERGED:
        row = rows.find(connection, row["merged_into"])
    if row is None or ProposalStatus(row["status"]) not in PUBLIC:
        raise Refusal(N_("This proposal is no longer on the board."))
    return Card(
        line=line_of(row),
        words=row["shown"] or "",
        language=Language(row["language"]),
        section=row["section"],
        version=row["version"],
        published_at=row["published_at"],
        answers=(row["answer_kk"], row["answer_ru"] or "") if row["answer_kk"] else None,
        answered_at=row["answered_at"],
        official=row["official"],
        own=row["person_id"] == person_id,
        supported=proposal_supports.is_there(connection, row["id"], person_id),
        evidence=len(rows.evidence(connection, row["id"])),
    )


def answers_it(connection: Connection, actor: int, proposal_id: int, now: datetime) -> bool:
    """Tell whether the actor may say what becomes of this proposal (a query)."""
    row = rows.find(connection, proposal_id)
    return row is not None and may_answer(connection, actor, row, local_date(now))


def history(connection: Connection, proposal_id: int) -> list[Moment]:
    """Return every state a proposal of the board has been in, the oldest first (a query)."""
    return [
        Moment(ProposalStatus(row["status"]), row["at"], (row["note_kk"], row["note_ru"]))
        for row in rows.states(connection, proposal_id)
    ]


def evidence(connection: Connection, proposal_id: int) -> list[Evidence]:
    """Return the files that show that it is done (a query)."""
    return [
        Evidence(row["kind"], row["file_id"]) for row in rows.evidence(connection, proposal_id)
    ]


def list_own(connection: Connection, person_id: int) -> list[OwnLine]:
    """Return a person's own newest proposals, the newest first (a query)."""
    found = proposal_board.of_author(connection, person_id, _OWN)
    return [_own_line(row) for row in found if row["erased_at"] is None]


def own_card(connection: Connection, proposal_id: int, person_id: int) -> OwnCard:
    """Return a person's own proposal, whatever its state; raises Refusal (a query)."""
    row = rows.find(connection, proposal_id)
    if row is None or row["person_id"] != person_id:
        raise Refusal(N_("There is no such proposal."))
    other = rows.find(connection, row["merged_into"]) if row["merged_into"] else None
    return OwnCard(
        _own_line(row),
        row["version"],
        row["text"] or row["shown"] or "",
        row["at"],
        line_of(other) if other is not None else None,
    )


def _own_line(row: RowMapping) -> OwnLine:
    title = line_of(row).title(row["language"])
    words = " ".join((row["text"] or "").split())
    reason = row["refused_for"]
    return OwnLine(
        row["id"],
        title or shortened(words, _TEASER),
        ProposalStatus(row["status"]),
        row["supports"],
        RefusedFor(reason) if reason else None,
    )


def _page(found: Iterable[RowMapping]) -> Page:
    lines = [line_of(row) for row in found]
    return Page(tuple(lines[:PAGE]), len(lines) > PAGE)
