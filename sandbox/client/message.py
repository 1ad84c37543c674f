"""What a person sees: messages and the pop-ups after taps."""

import re
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
Pattern = str | re.Pattern[str]


class NotSeen(AssertionError):  # noqa: N818  # reads as the failure of a test
    """What a test waited for did not come; the message shows the end of the chat."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The pop-up after a tap; an empty text only ends the button's spinning."""

    text: str
    show_alert: bool
    url: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it was when it was read; `json` is Telegram's own object."""

    json: Json

    @property
    def id(self) -> int:
        """The message's number in its chat."""
        return int(self.json["message_id"])

    @property
    def outgoing(self) -> bool:
        """Whether the bot sent it."""
        return bool(self.json["outgoing"])

    @property
    def text(self) -> str:
        """The text, or the caption; empty for neither."""
        return str(self.json.get("text") or self.json.get("caption") or "")

    @property
    def event(self) -> int:
        """The number of the event that last changed it."""
        return int(self.json["event"])

    @property
    def buttons(self) -> list[list[Json]]:
        """The rows of inline buttons."""
        rows: list[list[Json]] = self.json.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """The texts of the inline buttons, in reading order."""
        return [str(button["text"]) for row in self.buttons for button in row]

    def button(self, label: Pattern) -> Json | None:
        """Return the first button whose text is the label (a pattern: matches it)."""
        for row in self.buttons:
            for button in row:
                if fits(label, str(button["text"])):
                    return button
        return None

    def button_data(self, label: Pattern) -> str:
        """Return the callback data behind a label; raises NotSeen."""
        button = self.button(label)
        if button is None or "callback_data" not in button:
            raise NotSeen(f"no button {label!r} with data among {self.labels}")
        return str(button["callback_data"])


def fits(label: Pattern, text: str) -> bool:
    """Return whether a text is this label; a compiled pattern is searched for in it."""
    if isinstance(label, str):
        return label == text
    return label.search(text) is not None
