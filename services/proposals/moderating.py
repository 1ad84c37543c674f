"""Moderating proposals: let out in words without personal data, not let out, joined to another."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record, record_reading
from services.clock import local_date
from services.language import Language
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.masking import masked
from services.proposals.alike import alike, index
from services.proposals.changing import find, move
from services.proposals.machine import Step
from services.proposals.model import (
    SUPPORTED,
    Line,
    ProposalStatus,
    RefusedFor,
    line_of,
    titles_of,
)
from services.proposals.rights import where_of
from services.proposals.telling import tell_author, tell_supporters
from services.proposals.wording import checked_shown, checked_title
from services.refusal import N_, Refusal
from services.roadmap.responsibility import responsible_official
from storage import proposal_board, proposal_supports
from storage import proposals as rows

_PAGE = 6


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal in the list of a moderator: no words of anybody."""

    id: int
    topic: str
    region: str | None
    district: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Waits:
    """A page of what waits for a moderator, the oldest first, and how many there are."""

    lines: tuple[Waiting, ...]
    number: int
    more: bool


@dataclass(frozen=True, slots=True)
class Unmoderated:
    """What a moderator decides on: the words as written, and as they could be shown.

    similar are proposals of the board that may say the same.
    """

    id: int
    version: int
    language: Language
    topic: str
    region: str | None
    district: str | None
    at: datetime
    text: str
    proposed: str
    similar: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """A proposal as the board shall show it: words in their own language, titles in both."""

    title_kk: str
    title_ru: str
    words: str


def list_waiting(connection: Connection, actor: int, after: int = 0) -> Waits:
    """Return a page of what waits for a moderator within the actor's reach (a query)."""
    bounds = authorise(connection, actor, Deed.MODERATE_PROPOSAL).bounds
    waits = ProposalStatus.WAITING.value
    found = proposal_board.waiting(connection, waits, bounds, after, _PAGE + 1)
    lines = tuple(
        Waiting(row["id"], row["topic"], row["region"], row["district"], row["at"])
        for row in found[:_PAGE]
    )
    number = proposal_board.count_waiting(connection, waits, bounds)
    return Waits(lines, number, len(found) > _PAGE)


def open_waiting(
    connection: Connection, actor: int, proposal_id: int, now: datetime
) -> Unmoderated:
    """Return what a moderator decides on; raises Refusal.

    Key: (actor, proposal, ten minutes).
    """
    row = _to_moderate(connection, actor, proposal_id, Deed.MODERATE_PROPOSAL)
    if row["status"] != ProposalStatus.WAITING:
        raise Refusal(N_("Somebody has decided on this proposal already."))
    on, what = f"proposal:{proposal_id}", Deed.MODERATE_PROPOSAL
    record_reading(connection, who=actor, what=what, on=on, now=now)
    text = row["text"] or ""
    place = (row["region"], row["district"])
    return Unmoderated(
        id=row["id"],
        version=row["version"],
        language=Language(row["language"]),
        topic=row["topic"],
        region=row["region"],
        district=row["district"],
        at=row["at"],
        text=text,
        proposed=masked(text),
        similar=tuple(alike(connection, text, place)),
    )


def publish(
    connection: Connection,
    actor: int,
    proposal_id: int,
    version: int,
    wording: Wording,
    now: datetime,
) -> None:
    """Let a proposal out in these words, erase those that were written, and tell the author.

    Raises Refusal for words with personal data in them, and where somebody else was faster.

    Key: (proposal, version).
    """
    row = _to_moderate(connection, actor, proposal_id, Deed.MODERATE_PROPOSAL)
    titles = (checked_title(wording.title_kk), checked_title(wording.title_ru))
    shown = checked_shown(wording.words)
    kazakh = row["language"] == Language.KAZAKH
    values = {
        "number": number_of(proposal_id),
        "title": titles[0] if kazakh else titles[1],
        "title_other": titles[1] if kazakh else titles[0],
        "shown": shown,
        "text": None,
        "published_at": now,
        "moderated_by": actor,
        "official": responsible_official(connection, row["section"], local_date(now)),
    }
    same = {"shown": shown, "title": values["title"], "title_other": values["title_other"]}
    new = move(connection, row, Step.PUBLISH, version, values, now, by=actor, same=same)
    if new is None:
        return
    index(connection, proposal_id, (*titles, shown))
    tell_author(connection, new, now)
    _record(connection, actor, new, now, decision="publish")


def refuse(
    connection: Connection,
    actor: int,
    proposal_id: int,
    version: int,
    reason: RefusedFor,
    now: datetime,
) -> None:
    """Do not let a proposal out, and tell the author why; raises Refusal.

    Key: (proposal, version).
    """
    row = _to_moderate(connection, actor, proposal_id, Deed.MODERATE_PROPOSAL)
    same = {"refused_for": reason.value}
    values = {**same, "moderated_by": actor, "answered_at": now}
    new = move(connection, row, Step.REFUSE, version, values, now, by=actor, same=same)
    if new is not None:
        tell_author(connection, new, now, reason=reason.value)
        _record(connection, actor, new, now, decision="refuse", reason=reason.value)


def merge(
    connection: Connection,
    actor: int,
    proposal_id: int,
    version: int,
    target_id: int,
    now: datetime,
) -> None:
    """Join a proposal to another one that says the same, with everybody who supports it.

    Its author supports the other from now on. Raises Refusal where the other is not open.

    Key: (proposal, version).
    """
    for each in sorted({proposal_id, target_id}):
        find(connection, each, lock=True)
    row = _to_moderate(connection, actor, proposal_id, Deed.MERGE_PROPOSAL)
    target = find(connection, target_id)
    if proposal_id == target_id or ProposalStatus(target["status"]) not in SUPPORTED:
        raise Refusal(N_("It can only be joined to another open proposal of the board."))
    same = {"merged_into": target_id}
    values = {**same, "moderated_by": actor, "text": None, "answered_at": now}
    new = move(connection, row, Step.MERGE, version, values, now, by=actor, same=same)
    if new is None:
        return
    kk, ru = titles_of(target)
    other = {"into": target_id, "into_kk": kk, "into_ru": ru, "into_number": target["number"]}
    tell_author(connection, new, now, **other)
    tell_supporters(connection, new, now, **other)
    rows.forget_stems(connection, proposal_id)
    author = row["person_id"]
    if author is not None:
        proposal_supports.add(connection, proposal_id, author, local_date(now))
    own = [target["person_id"]] if target["person_id"] is not None else []
    proposal_supports.move_all(connection, proposal_id, target_id, own)
    record(
        connection,
        who=actor,
        what=Deed.MERGE_PROPOSAL,
        on=f"proposal:{proposal_id}",
        now=now,
        key=str(new["version"]),
        into=target_id,
    )


def merge_target(connection: Connection, actor: int, proposal_id: int, number: str) -> Line:
    """Return the open proposal of this number; raises Refusal where there is none (a query)."""
    _to_moderate(connection, actor, proposal_id, Deed.MERGE_PROPOSAL)
    row = rows.find_by_number(connection, "".join(filter(str.isdecimal, number)))
    if row is None or row["id"] == proposal_id or ProposalStatus(row["status"]) not in SUPPORTED:
        raise Refusal(N_("There is no open proposal of this number."))
    return line_of(row)


def number_of(proposal_id: int) -> str:
    """Return the number under which the board shows a proposal."""
    return str(proposal_id)


def _to_moderate(connection: Connection, actor: int, proposal_id: int, deed: Deed) -> RowMapping:
    reached = authorise(connection, actor, deed)
    row = find(connection, proposal_id)
    reached.require(where_of(row))
    return row


def _record(
    connection: Connection, actor: int, row: RowMapping, now: datetime, **details: str
) -> None:
    on, key = f"proposal:{row['id']}", str(row["version"])
    what = Deed.MODERATE_PROPOSAL
    record(connection, who=actor, what=what, on=on, now=now, key=key, **details)
