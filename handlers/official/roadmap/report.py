"""The report between two messages: kept in the conversation, so that it survives a restart."""

from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup

from services.appeals.model import AttachmentKind
from services.roadmap.fact import Evidence

_KEY = "fact"


class Reporting(StatesGroup):
    """What the bot waits for."""

    value = State()
    comment = State()
    evidence = State()


@dataclass(frozen=True, slots=True)
class Report:
    """What was said so far of an indicator.

    message: the one that gave the value, 0 while there is none; the report's key. heard: the
    last message that was taken for something; sent: the report is kept, its id.
    """

    code: str
    value: Decimal = Decimal(0)
    message: int = 0
    comment: str | None = None
    evidence: tuple[Evidence, ...] = ()
    album: str | None = None
    heard: int = 0
    sent: int = 0

    def with_value(self, message_id: int, value: Decimal) -> "Report":
        """Return the report with another value: a report of its own."""
        return replace(self, value=value, message=message_id, heard=message_id)

    def with_comment(self, message_id: int, comment: str | None) -> "Report":
        """Return the report with these words, None without any."""
        return replace(self, comment=comment, heard=max(self.heard, message_id))

    def with_evidence(self, evidence: Evidence, album: str | None) -> "Report":
        """Return the report with one more photo or document."""
        known = {each.message_id: each for each in (*self.evidence, evidence)}
        files = tuple(known[message] for message in sorted(known))
        heard = max(self.heard, evidence.message_id)
        return replace(self, evidence=files, album=album, heard=heard)

    def to_data(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        files = [asdict(each) | {"kind": each.kind.value} for each in self.evidence]
        return asdict(self) | {"value": str(self.value), "evidence": files}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Report":
        """Return what `to_data` wrote."""
        files = tuple(
            Evidence(**each | {"kind": AttachmentKind(each["kind"])}) for each in data["evidence"]
        )
        return cls(**data | {"value": Decimal(data["value"]), "evidence": files})


async def report_of(state: FSMContext) -> Report | None:
    """Return what is being reported, None where nothing is."""
    kept = (await state.get_data()).get(_KEY)
    return Report.from_data(kept) if kept else None


async def keep(state: FSMContext, report: Report) -> Report:
    """Keep the report and return it."""
    await state.update_data({_KEY: report.to_data()})
    return report
