"""The states of an appeal and the moves between them, as a table.

    registered → in work → answered → confirmed or disputed → closed
    besides: redirected, declined with a reason, withdrawn by the citizen, joined to another one

A disputed appeal is open again, one level higher. What is not in the table cannot happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from services.appeals.model import OPEN, AppealEvent, AppealStatus


@dataclass(frozen=True, slots=True)
class Move:
    """From which states something may happen, and the state after it; None: as before."""

    sources: frozenset[AppealStatus]
    target: AppealStatus | None


def _to(target: AppealStatus | None, *sources: AppealStatus) -> Move:
    return Move(frozenset(sources) or OPEN, target)


_S = AppealStatus
_ENDED_WELL = (_S.ANSWERED, _S.CONFIRMED)

MOVES: Mapping[AppealEvent, Move] = MappingProxyType(
    {
        AppealEvent.BEGUN: _to(_S.IN_WORK, _S.REGISTERED, _S.DISPUTED),
        AppealEvent.ASSIGNED: _to(_S.IN_WORK),
        AppealEvent.SORTED: _to(None),
        AppealEvent.ASKED: _to(_S.IN_WORK),
        AppealEvent.EXTENDED: _to(_S.IN_WORK),
        AppealEvent.ESCALATED: _to(None),
        AppealEvent.HANDED_OVER: _to(None),
        AppealEvent.TO_COUNCIL: _to(None),
        AppealEvent.ANSWERED: _to(_S.ANSWERED),
        AppealEvent.REDIRECTED: _to(_S.REDIRECTED),
        AppealEvent.DECLINED: _to(_S.DECLINED),
        AppealEvent.WITHDRAWN: _to(_S.WITHDRAWN),
        AppealEvent.JOINED: _to(_S.JOINED),
        # The citizen may think better of a confirmation until it is closed; a closed one is
        # disputed where a promise was not kept (services.appeals.verdict holds that condition).
        AppealEvent.CONFIRMED: _to(_S.CONFIRMED, _S.ANSWERED),
        AppealEvent.DISPUTED: _to(_S.DISPUTED, *_ENDED_WELL, _S.DECLINED, _S.CLOSED),
        AppealEvent.RATED: _to(None, *_ENDED_WELL, _S.CLOSED),
        AppealEvent.CLOSED: _to(_S.CLOSED, *_ENDED_WELL, _S.DECLINED),
        AppealEvent.RECHECKED: _to(None, _S.CONFIRMED, _S.CLOSED),
    }
)


def after(event: AppealEvent, status: AppealStatus) -> AppealStatus | None:
    """Return the state after the event, None where it cannot happen in this state."""
    move = MOVES[event]
    if status not in move.sources:
        return None
    return status if move.target is None else move.target
