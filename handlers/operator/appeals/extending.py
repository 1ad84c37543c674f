"""Extending a term: the new date, the reason, a look at both."""

from datetime import date

from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import full
from handlers.views.deciding import above, dates_screen, preview_screen, quoted, words_screen
from services.appeals.extending import extend_appeal, possible_extension, proposed_date
from services.appeals.reasons import checked_reason
from services.clock import local_date
from services.refusal import Refusal
from services.text.dates import find_dates


class Extending(Procedure):
    """The steps of an extension; the choice is a date in ISO form."""

    async def choice(self, handling: Handling, decision: Decision, note: str) -> Screen:
        """Return the dates on offer."""
        seen = (decision.appeal, decision.version, handling.person.id)
        extension = await handling.db.read(possible_extension, *seen, handling.now)
        return dates_screen(decision, extension, note)

    async def chosen(self, handling: Handling, decision: Decision, words: str) -> str:
        """Return the working day that a typed date, or one from a button, comes to."""
        days = find_dates(words, local_date(handling.now)).days
        if not days:
            raise Refusal(N_("I see no date here. Please type it like this: 20.04.2026"))
        seen = (decision.appeal, decision.version, handling.person.id)
        until = await handling.db.read(proposed_date, *seen, days[-1], handling.now)
        return until.isoformat()

    def asking(self, decision: Decision, note: str) -> Screen:
        """Return the request for the reason."""
        title = _("Why is more time needed?")
        hint = _(
            "New due date: {date}\n\nThe citizen will read the reason: what has been done, and "
            "what the answer is waiting for."
        )
        return words_screen(decision, title, hint.format(date=_day(decision)), note)

    def checked(self, words: str) -> str:
        """Return the reason as it is kept."""
        return checked_reason(words)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return date and reason as the citizen will read them."""
        text = above(
            _("New due date: {date}").format(date=_day(decision)),
            _("The citizen will read this reason. To change it, just write it anew."),
            quoted(decision.words),
        )
        return preview_screen(decision, text, _("✅ Extend the term"))

    def done(self, decision: Decision) -> str:
        """Return the word that it is done."""
        words = _("✅ The term is extended. New due date: {date}.")
        return words.format(date=_day(decision))

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Extend the term."""
        until = date.fromisoformat(decision.value)
        seen = (decision.appeal, decision.version, handling.person.id)
        await handling.db.write(extend_appeal, *seen, until, decision.words, handling.now)


def _day(decision: Decision) -> str:
    return full(date.fromisoformat(decision.value))
