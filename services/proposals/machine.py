"""The states of a proposal and the moves between them, as a table.

    waiting → published → accepted → being done → done
    besides: refused, withdrawn by the author, merged into another one, declined with a reason

What is not in the table cannot happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.proposals.model import SUPPORTED, ProposalStatus


class Step(StrEnum):
    """What happens to a proposal."""

    PUBLISH = "publish"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    MERGE = "merge"
    ACCEPT = "accept"
    BEGIN = "begin"
    FINISH = "finish"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True)
class Move:
    """From which states something may happen, and the state after it."""

    sources: frozenset[ProposalStatus]
    target: ProposalStatus


_S = ProposalStatus

MOVES: Mapping[Step, Move] = MappingProxyType(
    {
        Step.PUBLISH: Move(frozenset({_S.WAITING}), _S.PUBLISHED),
        Step.REFUSE: Move(frozenset({_S.WAITING}), _S.REFUSED),
        # What is being done is no longer the author's alone.
        Step.WITHDRAW: Move(frozenset({_S.WAITING, _S.PUBLISHED}), _S.WITHDRAWN),
        Step.MERGE: Move(frozenset({_S.WAITING, *SUPPORTED}), _S.MERGED),
        # Declined before: a decision may be thought over once more.
        Step.ACCEPT: Move(frozenset({_S.PUBLISHED, _S.DECLINED}), _S.ACCEPTED),
        Step.BEGIN: Move(frozenset({_S.PUBLISHED, _S.ACCEPTED}), _S.DOING),
        Step.FINISH: Move(frozenset({_S.ACCEPTED, _S.DOING}), _S.DONE),
        Step.DECLINE: Move(SUPPORTED, _S.DECLINED),
    }
)
# What an official answers.
ANSWERS = (Step.ACCEPT, Step.BEGIN, Step.FINISH, Step.DECLINE)


def after(step: Step, status: ProposalStatus) -> ProposalStatus | None:
    """Return the state after the step, None where it cannot happen in this state."""
    move = MOVES[step]
    return move.target if status in move.sources else None


def possible(status: ProposalStatus) -> tuple[Step, ...]:
    """Return what an official may answer in this state."""
    return tuple(step for step in ANSWERS if after(step, status) is not None)
