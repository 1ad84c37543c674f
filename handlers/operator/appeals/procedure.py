"""How a decision is made in steps: what each kind of decision brings."""

from aiogram.types import CallbackQuery

from handlers.operator.appeals.decision import Decision, Handling
from handlers.screen import Screen


class Procedure:
    """The steps of one kind of decision; every refusal on the way is shown as a note.

    chooses: a choice comes before the words; writes: words can be given; tells: the citizen is
    told as soon as it is decided.
    """

    chooses: bool = True
    writes: bool = True
    tells: bool = True

    async def require_possible(self, handling: Handling, decision: Decision, /) -> None:
        """Raise Refusal where there is nothing to decide in this way."""

    async def choice(self, handling: Handling, decision: Decision, note: str, /) -> Screen:
        """Return the screen of the choice, with a note above it."""
        raise NotImplementedError

    async def chosen(self, handling: Handling, decision: Decision, words: str, /) -> str:
        """Return the choice that typed words mean; raises Refusal where they mean none."""
        raise NotImplementedError

    def wants_words(self, decision: Decision, /) -> bool:
        """Tell whether words are missing."""
        return self.writes and not decision.words

    def asking(self, decision: Decision, note: str, /) -> Screen:
        """Return the request for words, with a note above it."""
        raise NotImplementedError

    def checked(self, words: str, /) -> str:
        """Return the words as they are kept; raises Refusal."""
        raise NotImplementedError

    async def preview(self, handling: Handling, decision: Decision, /) -> Screen:
        """Return what will be done, as the person concerned will read it."""
        raise NotImplementedError

    def done(self, decision: Decision, /) -> str:
        """Return the word that it is done."""
        raise NotImplementedError

    async def carry_out(self, handling: Handling, decision: Decision, /) -> None:
        """Call the use case; raises Refusal."""
        raise NotImplementedError

    async def show_after(
        self, callback: CallbackQuery, handling: Handling, decision: Decision, /
    ) -> None:
        """Show what follows below the card; most decisions have nothing to show."""
