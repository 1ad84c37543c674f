"""Opening a sealed name: the reason, a look at it, a second person, and the name once."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.decision_callbacks import NameHidden
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.approval_callbacks import NameTaken
from handlers.views.deciding import above, preview_screen, quoted, words_screen
from handlers.views.name_opening import hidden_screen, name_screen
from services.appeals.opening import ask_opening, open_name, require_sealed
from services.appeals.reasons import checked_reason
from services.clock import Clock
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database


class Opening(Procedure):
    """The steps of asking for an opening: there are words only."""

    chooses = False
    tells = False

    async def require_possible(self, handling: Handling, decision: Decision) -> None:
        """Raise Refusal where nothing is sealed, or for another than an administrator."""
        await handling.db.read(require_sealed, decision.appeal, handling.person.id)

    def asking(self, _decision: Decision, note: str) -> Screen:
        """Return the request for the reason."""
        title = _("Why must the name be known?")
        hint = _(
            "The citizen asked to keep it sealed. A second person decides on your reason; if the "
            "name is opened, it stands in the history of the appeal, and the citizen reads it."
        )
        return words_screen(_decision, title, hint, note)

    def checked(self, words: str) -> str:
        """Return the reason as it is kept."""
        return checked_reason(words)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return the reason as the second person and the citizen will read it."""
        text = above(
            _(
                "Another administrator or an auditor decides. They see the number, the section "
                "and this reason:"
            ),
            quoted(decision.words),
            _("To change the words, just write them anew."),
        )
        return preview_screen(decision, text, _("🔏 Ask to open the name"))

    def done(self, _decision: Decision) -> str:
        """Return the word that it is done."""
        return _("🔏 It was asked. You will be told here when somebody decides.")

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Ask the second person."""
        seen = (decision.appeal, handling.person.id, decision.heard)
        await handling.db.write(ask_opening, *seen, decision.words, handling.now)


async def open_once(
    callback: CallbackQuery, press: NameTaken, db: Database, person: Person, clock: Clock
) -> None:
    """Show the name in the place of the button that opened it."""
    sealed = await db.write(open_name, press.approval, person.id, clock.now())
    await show(callback, name_screen(sealed))


async def hide(callback: CallbackQuery, press: NameHidden) -> None:
    """Take the name off the screen."""
    await show(callback, hidden_screen(press.appeal))


def router() -> Router:
    """Return the router of names that were opened."""
    router = Router(name="opened names")
    staff = Works(Deed.OPEN_NAME)
    router.callback_query.register(open_once, Pressed(NameTaken), staff)
    router.callback_query.register(hide, Pressed(NameHidden), staff)
    return router
