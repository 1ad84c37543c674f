"""Quotes: words of an appeal that a moderator lets the readers of digests and reports see.

The bot proposes the beginning of the appeal with personal data covered; a moderator allows it, or
a shorter wording of their own. Confidential appeals are never quoted, nor what a reception desk
wrote down for a visitor, what its author took back, or what was declined.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping

from services.appeals.changing import fingerprint
from services.appeals.model import AppealStatus
from services.appeals.rights import where_of
from services.appeals.spoken import looks_like
from services.appeals.wording import comment_problem
from services.audit.recording import record, record_reading
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.masking import MASK, masked, personal
from services.refusal import N_, Refusal
from storage import quotes as rows
from storage.appeal_queue import find_to_change
from storage.appeals import find_appeal

# Characters.
LONGEST = 300
NEVER_QUOTED = frozenset({AppealStatus.WITHDRAWN, AppealStatus.DECLINED})

# Between two sentences; what stands behind an ending, a closing quotation mark or not.
_SENTENCE_END = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][»”)\"])) (?=\S)")
_LEFT_OUT = "…"


@dataclass(frozen=True, slots=True)
class Quotable:
    """An appeal that could be quoted: codes, no personal data."""

    id: int
    number: str
    topic: str
    region: str
    district: str | None


@dataclass(frozen=True, slots=True)
class Unquoted:
    """Some appeals that could be quoted; `more` where older ones follow."""

    lines: tuple[Quotable, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be quoted from an appeal; standing: what is quoted now, None where nothing is."""

    appeal: int
    number: str
    text: str
    standing: str | None


def open_proposal(connection: Connection, appeal_id: int, actor: int, now: datetime) -> Proposal:
    """Return what could be quoted, and write down who was shown it; raises Refusal.

    Key: (appeal, actor, ten minutes).
    """
    proposal = propose_quote(connection, appeal_id, actor)
    case = f"appeal:{appeal_id}"
    record_reading(connection, who=actor, what=Deed.READ_APPEAL, on=case, now=now)
    return proposal


def list_unquoted(
    connection: Connection, actor: int, *, before: int | None, limit: int
) -> Unquoted:
    """Return the newest appeals within the actor's reach that could be quoted; raises Refusal.

    Those with an id below `before`; no word of theirs.
    """
    bounds = authorise(connection, actor, Deed.APPROVE_QUOTE).bounds
    found = rows.unquoted(connection, bounds, NEVER_QUOTED, before=before, limit=limit + 1)
    lines = tuple(Quotable(**row) for row in found[:limit])
    return Unquoted(lines, more=len(found) > limit)


def propose_quote(connection: Connection, appeal_id: int, actor: int) -> Proposal:
    """Return what could be quoted, personal data covered, cut at a sentence; raises Refusal."""
    reached = authorise(connection, actor, Deed.APPROVE_QUOTE)
    appeal = _quotable(find_appeal(connection, appeal_id))
    reached.require(where_of(appeal))
    kept = rows.find_quote(connection, appeal_id)
    standing = kept["text"] if kept and kept["withdrawn_at"] is None else None
    return Proposal(appeal_id, appeal["number"], proposal_of(appeal["text"]), standing)


def checked_quote(wording: str) -> str:
    """Return a wording as it is kept; raises Refusal where it is too long or names somebody."""
    text = " ".join(wording.replace("\x00", "").split())
    problem = comment_problem(text)
    if problem is not None:
        raise Refusal(problem)
    if len(text) > LONGEST:
        raise Refusal(N_("This is too long: at most 300 characters. Please shorten it."))
    if personal(text):
        raise Refusal(
            N_(
                "There seem to be personal data in it: a name, a number or an address. "
                "Please leave them out."
            )
        )
    return text


def approve_quote(
    connection: Connection, appeal_id: int, actor: int, wording: str, now: datetime
) -> None:
    """Let others read these words of an appeal; raises Refusal. The same again changes nothing.

    Key: (appeal); the last wording stands.
    """
    reached = authorise(connection, actor, Deed.APPROVE_QUOTE)
    text = checked_quote(wording)
    appeal = _quotable(find_to_change(connection, appeal_id))
    reached.require(where_of(appeal))
    kept = rows.find_quote(connection, appeal_id)
    if kept is not None and kept["withdrawn_at"] is None and kept["text"] == text:
        return
    language = looks_like(text) or appeal["language"]
    place = {"region": appeal["region"], "district": appeal["district"] or ""}
    subject = {"section": appeal["section"], "topic": appeal["topic"]}
    rows.keep_quote(
        connection,
        {
            "appeal_id": appeal_id,
            "language": str(language),
            "text": text,
            "day": local_date(appeal["registered_at"]),
            "by": actor,
            "at": now,
            **place,
            **subject,
        },
    )
    what, mark = Deed.APPROVE_QUOTE, fingerprint(text)
    record(connection, who=actor, what=what, on=f"appeal:{appeal_id}", now=now, key=mark)


def take_back_quote(connection: Connection, appeal_id: int, actor: int, now: datetime) -> None:
    """Let nobody read the quote any more; raises Refusal. Again changes nothing.

    Key: (appeal).
    """
    reached = authorise(connection, actor, Deed.TAKE_BACK_QUOTE)
    appeal = find_appeal(connection, appeal_id)
    if appeal is not None:
        reached.require(where_of(appeal))
    kept = rows.find_quote(connection, appeal_id)
    if rows.withdraw_quote(connection, appeal_id, now) and kept is not None:
        key = kept["at"].isoformat()
        what, case = Deed.TAKE_BACK_QUOTE, f"appeal:{appeal_id}"
        record(connection, who=actor, what=what, on=case, now=now, key=key)


def proposal_of(text: str) -> str:
    """Return the beginning of a text without personal data, in at most LONGEST characters.

    Sentences with personal data give way to «…» where others are left, else what is personal in
    them is covered; whole sentences where one fits, else whole words and «…».
    """
    sentences = _SENTENCE_END.split(" ".join(masked(text).split()))
    plain = [each for each in sentences if MASK not in each]
    if not plain:
        return _words(" ".join(sentences))
    taken, room, left_out = "", LONGEST, False
    for each in sentences:
        if MASK in each:
            left_out = bool(taken)
            continue
        joined = f" {_LEFT_OUT} {each}" if left_out else f" {each}" if taken else each
        if len(joined) > room:
            break
        taken, room, left_out = taken + joined, room - len(joined), False
    return taken or _words(plain[0])


def _words(text: str) -> str:
    """Return whole words in at most LONGEST characters."""
    if len(text) <= LONGEST:
        return text
    words, _space, _rest = text[:LONGEST].rpartition(" ")
    return f"{words[: LONGEST - 1] or text[: LONGEST - 1]}…"


def _quotable(appeal: RowMapping | None) -> RowMapping:
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    if appeal["confidential"]:
        raise Refusal(N_("A confidential appeal is never quoted."))
    if appeal["person_id"] is None:
        raise Refusal(N_("Only what citizens wrote themselves is quoted."))
    if AppealStatus(appeal["status"]) in NEVER_QUOTED:
        raise Refusal(N_("An appeal that was withdrawn or declined is not quoted."))
    return appeal
