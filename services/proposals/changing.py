"""Changing a proposal once: the change names the version that it saw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.proposals.machine import Step, after
from services.proposals.model import ProposalStatus
from services.refusal import N_, Refusal
from storage import proposals as rows

CHANGED = N_("This proposal has been changed meanwhile. Please open it again.")


def find(connection: Connection, proposal_id: int, *, lock: bool = False) -> RowMapping:
    """Return the row of a proposal; raises Refusal where there is none."""
    row = rows.find(connection, proposal_id, lock=lock)
    if row is None:
        raise Refusal(N_("There is no such proposal."))
    return row


def move(
    connection: Connection,
    row: RowMapping,
    step: Step,
    version: int,
    values: Mapping[str, Any],
    now: datetime,
    *,
    by: int | None,
    notes: tuple[str, str] = ("", ""),
    same: Mapping[str, Any] | None = None,
) -> RowMapping | None:
    """Take a step from the version that was seen, write it into the history, return the new row.

    None where the same person has taken just this step before, with what `same` says. Raises
    Refusal where it was changed meanwhile, or the step is not possible.

    Key: (proposal, version).
    """
    if row["version"] != version:
        if _done_before(connection, row, step, version, by, notes, same or {}):
            return None
        raise Refusal(CHANGED)
    target = after(step, ProposalStatus(row["status"]))
    if target is None:
        raise Refusal(N_("This cannot be done with the proposal now."))
    changes = {"status": target.value, **values}
    if not rows.change(connection, row["id"], version, changes):
        raise Refusal(CHANGED)
    state = {
        "proposal_id": row["id"],
        "version": version + 1,
        "status": target.value,
        "at": now,
        "by": by,
        "note_kk": notes[0],
        "note_ru": notes[1],
    }
    rows.add_state(connection, state)
    return find(connection, row["id"])


def _done_before(
    connection: Connection,
    row: RowMapping,
    step: Step,
    version: int,
    by: int | None,
    notes: tuple[str, str],
    same: Mapping[str, Any],
) -> bool:
    done = rows.state_at(connection, row["id"], version + 1)
    if done is None or done["by"] != by:
        return False
    if (done["note_kk"], done["note_ru"]) != notes:
        return False
    later = row["version"] != version + 1
    target = {ProposalStatus(done["status"])}
    reached = any(after(step, status) in target for status in ProposalStatus)
    return reached and (later or all(row[name] == value for name, value in same.items()))
