"""The official answer to a proposal: accepted, being done, done with evidence, or declined."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.audit.recording import record
from services.clock import local_date
from services.people.deeds import Deed
from services.proposals.changing import find, move
from services.proposals.machine import ANSWERS, Step
from services.proposals.rights import require_answerer
from services.proposals.telling import tell_author, tell_supporters
from services.proposals.wording import checked_answer
from services.refusal import N_, Refusal
from storage import proposals as rows

MOST_FILES = 5


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo or document that shows that it is done, and the message that brought it."""

    message_id: int
    kind: str  # "photo" or "document"
    file_id: str
    file_unique_id: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a proposal in both languages, and what shows it."""

    step: Step
    kk: str
    ru: str
    files: Sequence[Shown] = ()


def answer(
    connection: Connection,
    actor: int,
    proposal_id: int,
    version: int,
    given: Answer,
    now: datetime,
) -> None:
    """Give the official answer and tell the author and everybody who supports it.

    Raises Refusal without words in both languages (to decline, they are the reason), where it is
    called done and nothing shows it, and where somebody else has answered meanwhile.

    Key: (proposal, version).
    """
    row = find(connection, proposal_id)
    require_answerer(connection, actor, row, local_date(now))
    if given.step not in ANSWERS:
        raise Refusal(N_("This cannot be done with the proposal now."))
    notes = (checked_answer(given.kk), checked_answer(given.ru))
    if given.step is Step.FINISH and not given.files:
        raise Refusal(N_("Please send a photo or a document that shows that it is done."))
    values = {"answer_kk": notes[0], "answer_ru": notes[1], "answered_at": now}
    new = move(connection, row, given.step, version, values, now, by=actor, notes=notes)
    if new is None:
        return
    if given.step is Step.FINISH:
        rows.add_evidence(connection, [_row(proposal_id, file) for file in given.files])
    shown = len(given.files) if given.step is Step.FINISH else 0
    words: dict[str, str | int | None] = {
        "note_kk": notes[0],
        "note_ru": notes[1],
        "evidence": shown,
    }
    tell_author(connection, new, now, **words)
    tell_supporters(connection, new, now, **words)
    on, what = f"proposal:{proposal_id}", Deed.ANSWER_PROPOSAL
    key = str(new["version"])
    record(connection, who=actor, what=what, on=on, now=now, key=key, step=given.step.value)


def _row(proposal_id: int, file: Shown) -> dict[str, int | str]:
    return {
        "proposal_id": proposal_id,
        "message_id": file.message_id,
        "kind": file.kind,
        "file_id": file.file_id,
        "file_unique_id": file.file_unique_id,
    }
