"""Opening a sealed name: the reason, a look at it, and the name once, in a message of its own."""

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.decision_callbacks import NameHidden
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.deciding import above, preview_screen, quoted, words_screen
from handlers.views.name_opening import hidden_screen, name_screen
from services.appeals.opening import open_name, opened_name, require_sealed
from services.appeals.reasons import checked_reason
from services.people.model import Role


class Opening(Procedure):
    """The steps of an opening: there are words only."""

    chooses = False

    async def require_possible(self, handling: Handling, decision: Decision) -> None:
        """Raise Refusal where nothing is sealed, or for another than an administrator."""
        await handling.db.read(require_sealed, decision.appeal, handling.person.id)

    def asking(self, _decision: Decision, note: str) -> Screen:
        """Return the request for the reason."""
        title = _("Why must the name be known?")
        hint = _(
            "The citizen asked to keep it sealed. Your reason is recorded in the history of the "
            "appeal, and the citizen will read it."
        )
        return words_screen(_decision, title, hint, note)

    def checked(self, words: str) -> str:
        """Return the reason as it is kept."""
        return checked_reason(words)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return the reason as the citizen will read it."""
        text = above(
            _("The name will be shown to you once. The citizen will read this reason:"),
            quoted(decision.words),
            _("To change the words, just write them anew."),
        )
        return preview_screen(decision, text, _("🔓 Open the name"))

    def done(self, _decision: Decision) -> str:
        """Return the word that it is done."""
        return _("🔓 The name was opened, and it is recorded.")

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Record the opening."""
        seen = (decision.appeal, handling.person.id, decision.heard)
        await handling.db.write(open_name, *seen, decision.words, handling.now)

    async def show_after(
        self, callback: CallbackQuery, handling: Handling, decision: Decision
    ) -> None:
        """Send the name below the card."""
        if isinstance(callback.message, Message):
            seen = (decision.appeal, handling.person.id, decision.heard)
            name = await handling.db.read(opened_name, *seen)
            await send(callback.message, name_screen(decision.appeal, name))


async def hide(callback: CallbackQuery, press: NameHidden) -> None:
    """Take the name off the screen."""
    await show(callback, hidden_screen(press.appeal))


def router() -> Router:
    """Return the router of names that were opened."""
    router = Router(name="opened names")
    staff = Works(Role.ADMINISTRATOR)
    router.callback_query.register(hide, Pressed(NameHidden), staff)
    return router
