"""An appeal as those who handle it see it, with what they may know of its citizen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.appeals.model import OPEN, AppealCard, AppealStatus, AppealType, Channel
from services.people.model import Role


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
