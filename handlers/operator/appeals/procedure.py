"""How a decision is made in steps: what each kind of decision must bring."""

from typing import Protocol

from sqlalchemy import Connection

from datetime import datetime

from handlers.operator.appeals.decision import Decision, Handling
from handlers.screen import Screen


class Procedure(Protocol):
    """The steps of one kind of decision; every `raise` is a Refusal that is shown politely."""

    async def choice(self, handling: Handling, decision: Decision, note: str) -> Screen:
        """Return the screen of the choice, with a note above it."""

    async def chosen(self, handling: Handling, decision: Decision, words: str) -> str:
        """Return the choice that typed words mean."""

    def wants_words(self, decision: Decision) -> bool:
        """Tell whether words are missing."""

    def asking(self, decision: Decision, note: str) -> Screen:
        """Return the request for words, with a note above it."""

    def checked(self, words: str) -> str:
        """Return the words as they are kept."""

    async def preview(self, handling: Handling, decision: Decision) -> Screen:
        """Return what will be done, as the person concerned will read it."""

    def done(self, decision: Decision) -> str:
        """Return the word that it is done."""

    def carry_out(
        self, connection: Connection, decision: Decision, actor: int, now: datetime
    ) -> None:
        """Do it. Key: (appeal, expected version)."""
