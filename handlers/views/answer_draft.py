"""An answer that is being written, as the conversation keeps it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from services.roadmap.desk import CaseList


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """The words so far, and the messages that brought them; 0 and "" where there are none.

    desk: whoever writes came from the operators' desk, else from the official's list of a kind.
    last is the newest message that was read, so that one that comes twice changes nothing.
    """

    appeal: int
    version: int
    kind: CaseList = CaseList.OPEN
    desk: bool = False
    text: str = ""
    message: int = 0
    reason: str = ""
    reason_message: int = 0
    last: int = 0

    def is_for(self, appeal: int, version: int) -> bool:
        """Tell whether the draft is for this appeal as it was seen."""
        return (self.appeal, self.version) == (appeal, version)

    def with_text(self, message_id: int, text: str) -> Self:
        """Return the draft with other words; the reason was for the old ones."""
        return replace(
            self,
            text=text,
            message=message_id,
            reason="",
            reason_message=0,
            last=message_id,
        )

    def with_reason(self, message_id: int, reason: str) -> Self:
        """Return the draft with the reason why it is sent as it is."""
        return replace(self, reason=reason, reason_message=message_id, last=message_id)

    def to_data(self) -> dict[str, Any]:
        """Return the draft as JSON."""
        return {**asdict(self), "kind": self.kind.value}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        """Return the draft from JSON."""
        return cls(**{**data, "kind": CaseList(data["kind"])})
