"""What the citizen and the followers read when an appeal changes: one function for each event.

The payload is what services.appeals.changing.tell_all queues: `appeal`, `number`, `topic`,
`version`, `event`, `own` (False for a follower) and what the change's own notice adds.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from handlers.notice import Notice
from handlers.views.appeal_answer_notices import (
    answered_notice,
    asked_notice,
    closed_notice,
    confirmed_notice,
    disputed_notice,
    rechecked_notice,
)
from handlers.views.begun_notice import begun_notice
from handlers.views.council_notices import to_council_notice
from handlers.views.decision_notices import (
    declined_notice,
    extended_notice,
    joined_notice,
    redirected_notice,
    sorted_notice,
    withdrawn_notice,
)
from services.appeals.model import AppealEvent
from services.organisation.directory import Organisation

EventView = Callable[[Mapping[str, Any], Organisation], Notice]

# Each capability brings the words of its own events.
EVENTS: Mapping[AppealEvent, EventView] = MappingProxyType(
    {
        AppealEvent.ANSWERED: answered_notice,
        AppealEvent.ASKED: asked_notice,
        # Handing a new appeal to a colleague begins the work as taking it does.
        AppealEvent.ASSIGNED: begun_notice,
        AppealEvent.BEGUN: begun_notice,
        AppealEvent.CLOSED: closed_notice,
        AppealEvent.CONFIRMED: confirmed_notice,
        AppealEvent.DECLINED: declined_notice,
        AppealEvent.DISPUTED: disputed_notice,
        AppealEvent.EXTENDED: extended_notice,
        AppealEvent.JOINED: joined_notice,
        AppealEvent.RECHECKED: rechecked_notice,
        AppealEvent.REDIRECTED: redirected_notice,
        AppealEvent.SORTED: sorted_notice,
        AppealEvent.TO_COUNCIL: to_council_notice,
        AppealEvent.WITHDRAWN: withdrawn_notice,
    }
)


def change_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the news of a change; raises KeyError for an event of which nobody is told."""
    return EVENTS[AppealEvent(payload["event"])](payload, organisation)
