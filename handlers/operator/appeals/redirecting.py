"""Redirecting an appeal: the body, what the citizen does next, a look at both."""

from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen
from handlers.text import _
from handlers.views.deciding import above, preview_screen, quoted, words_screen
from handlers.views.decision_notices import next_steps
from services.appeals.reasons import checked_reason
from services.appeals.redirecting import checked_body, redirect_appeal, require_redirectable


class Redirecting(Procedure):
    """The steps of a redirection: the first line names the body, further ones are advice."""

    chooses = False

    async def require_possible(self, handling: Handling, decision: Decision) -> None:
        """Raise Refusal where the three working days have passed."""
        seen = (decision.appeal, handling.person.id, handling.now)
        await handling.db.read(require_redirectable, *seen)

    def asking(self, decision: Decision, note: str) -> Screen:
        """Return the request for the body and the advice."""
        title = _("Where is the appeal redirected?")
        hint = _(
            "Write the name of the body in the first line.\n"
            "Below it, if you like: what the citizen should do next, whom to call, what to have "
            "ready."
        )
        return words_screen(decision, title, hint, note)

    def checked(self, words: str) -> str:
        """Return the name of the body and the advice below it."""
        body, advice = _parts(words)
        advice = checked_reason(advice) if advice else ""
        return "\n".join(part for part in (checked_body(body), advice) if part)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return what the citizen will read."""
        body, advice = _parts(decision.words)
        text = above(
            _("The citizen will read this. To change it, just write it anew."),
            quoted("\n".join((body, "", advice or next_steps()))),
        )
        return preview_screen(decision, text, _("✅ Redirect"))

    def done(self, _decision: Decision) -> str:
        """Return the word that it is done."""
        return _("✅ The appeal is redirected.")

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Redirect the appeal."""
        seen = (decision.appeal, decision.version, handling.person.id)
        await handling.db.write(redirect_appeal, *seen, *_parts(decision.words), handling.now)


def _parts(words: str) -> tuple[str, str]:
    body, _newline, advice = words.strip().partition("\n")
    return body.strip(), advice.strip()
