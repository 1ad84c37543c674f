"""What a member of staff can do with an appeal: the buttons of its card, in their order.

A button names the appeal and the version that was seen. The first ones stand on the card itself,
the others behind «More»; the use case decides, these conditions only keep the card short.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

from aiogram.filters.callback_data import CallbackData

from handlers.official.asking_callbacks import AskBegun, NoteBegun
from handlers.official.callbacks import AnswerBegun
from handlers.operator.appeals.callbacks import AssigneeAsked, WorkBegun, WorkReleased
from handlers.operator.appeals.decision_callbacks import (
    BanAsked,
    DeclineAsked,
    ExtendAsked,
    MergeAsked,
    NameAsked,
    RedirectAsked,
    SortAsked,
)
from handlers.operator.appeals.quote_callbacks import QuoteAsked
from handlers.text import N_
from handlers.views.council_callbacks import ToCouncilAsked
from handlers.views.evidence_callbacks import EvidenceAsked
from services.appeals.dossier import Dossier
from services.appeals.model import OPEN, AppealStatus, Channel
from services.appeals.quoting import NEVER_QUOTED
from services.people.deeds import Deed, may_somewhere
from services.roadmap.desk import CaseList


class Pressing(Protocol):
    """Makes the data of a button; a callback class with exactly these two fields does."""

    def __call__(self, *, appeal: int, version: int) -> CallbackData:
        """Return the data for this appeal as seen in this version."""


def _always(_dossier: Dossier) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Action:
    """One button: its words (a message id), its data, and when it is offered, to whom."""

    label: str
    data: Pressing
    first: bool = False
    statuses: frozenset[AppealStatus] = OPEN
    deed: Deed = Deed.READ_APPEAL
    shown: Callable[[Dossier], bool] = _always


def _answer(*, appeal: int, version: int) -> CallbackData:
    return AnswerBegun(appeal=appeal, version=version, kind=CaseList.OPEN)


def _not_barred(dossier: Dossier) -> bool:
    return not dossier.barred


def _council_near(dossier: Dossier) -> bool:
    return dossier.council_near and not dossier.barred


def _may_begin(dossier: Dossier) -> bool:
    lent = dossier.leased_until is not None
    return not dossier.barred and (dossier.assignee is None or (dossier.mine and lent))


def _may_release(dossier: Dossier) -> bool:
    return dossier.mine and dossier.leased_until is None


def _may_ask(dossier: Dossier) -> bool:
    return not dossier.barred and dossier.channel is not Channel.DESK


def _has_author(dossier: Dossier) -> bool:
    return dossier.channel is not Channel.DESK


def _sealed(dossier: Dossier) -> bool:
    return dossier.confidential


def _quotable(dossier: Dossier) -> bool:
    return _has_author(dossier) and not dossier.confidential


ACTIONS: tuple[Action, ...] = (
    Action(N_("✍️ Answer"), _answer, first=True, deed=Deed.ANSWER, shown=_not_barred),
    Action(N_("🙋 Take it"), WorkBegun, first=True, deed=Deed.BEGIN, shown=_may_begin),
    Action(N_("↩️ Give back"), WorkReleased, first=True, deed=Deed.RELEASE, shown=_may_release),
    Action(N_("❓ Ask the citizen"), AskBegun, first=True, deed=Deed.ASK_CITIZEN, shown=_may_ask),
    Action(N_("📝 Note"), NoteBegun, first=True, deed=Deed.NOTE, statuses=frozenset(AppealStatus)),
    Action(N_("👥 Assign"), AssigneeAsked, deed=Deed.ASSIGN),
    Action(N_("🏷 Type, topic, place"), SortAsked, deed=Deed.SORT),
    Action(N_("⏳ Extend"), ExtendAsked, deed=Deed.EXTEND, shown=_not_barred),
    Action(N_("➡️ Redirect"), RedirectAsked, deed=Deed.REDIRECT, shown=_not_barred),
    Action(N_("🏛 To a council"), ToCouncilAsked, deed=Deed.HAND_TO_COUNCIL, shown=_council_near),
    Action(N_("🔗 Join to another"), MergeAsked, deed=Deed.MERGE, shown=_not_barred),
    Action(N_("✖️ Decline"), DeclineAsked, deed=Deed.DECLINE, shown=_not_barred),
    Action(
        N_("🚫 Ban"), BanAsked, statuses=frozenset(AppealStatus), deed=Deed.BAN, shown=_has_author
    ),
    Action(
        N_("🔓 Open the sealed name"),
        NameAsked,
        statuses=frozenset(AppealStatus),
        deed=Deed.ASK_NAME,
        shown=_sealed,
    ),
    Action(
        N_("💬 Quote"),
        QuoteAsked,
        statuses=frozenset(AppealStatus) - NEVER_QUOTED,
        deed=Deed.APPROVE_QUOTE,
        shown=_quotable,
    ),
    Action(N_("🧾 PDF"), EvidenceAsked, statuses=frozenset(AppealStatus)),
)


def offered(dossier: Dossier, *, first: bool) -> Iterator[Action]:
    """Return what the viewer can do now: on the card itself, or behind «More»."""
    if dossier.by_scope:
        return
    for action in ACTIONS:
        if (
            action.first == first
            and dossier.status in action.statuses
            and may_somewhere(dossier.roles, action.deed)
            and action.shown(dossier)
        ):
            yield action
