"""Declining an appeal: the reason, own words where they are needed, a look at both."""

from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.deciding import (
    DECLINE_REASONS,
    above,
    preview_screen,
    quoted,
    reasons_screen,
    words_screen,
)
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.dossier import open_dossier
from services.appeals.reasons import checked_reason
from services.refusal import Refusal


class Declining(Procedure):
    """The steps of declining; the choice is a DeclineReason."""

    async def choice(self, handling: Handling, decision: Decision, note: str) -> Screen:
        """Return the reasons."""
        seen = (decision.appeal, handling.person.id, handling.now)
        dossier = await handling.db.write(open_dossier, *seen)
        return reasons_screen(decision, dossier.card.number, note)

    async def chosen(self, _handling: Handling, _decision: Decision, words: str) -> str:
        """Return the reason of a button; typed words choose nothing."""
        if words not in set(DeclineReason):
            raise Refusal(N_("Please choose the reason first."))
        return words

    def wants_words(self, decision: Decision) -> bool:
        """Another reason than the listed ones needs words."""
        return decision.value == DeclineReason.OTHER and not decision.words

    def asking(self, decision: Decision, note: str) -> Screen:
        """Return the request for the reason in own words."""
        title = _("For which reason?")
        hint = _("Write it in plain words: the citizen will read them and may disagree.")
        return words_screen(decision, title, hint, note)

    def checked(self, words: str) -> str:
        """Return the words as they are kept."""
        return checked_reason(words)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return the reason as the citizen will read it."""
        reason = DeclineReason(decision.value)
        listed = "" if reason is DeclineReason.OTHER else _(DECLINE_REASONS[reason])
        hint = _("To change the words, just write them anew.")
        if not decision.words:
            hint = _("To add words of your own, just write them.")
        said = "\n".join(part for part in (listed, decision.words) if part)
        text = above(_("The citizen will read this reason:"), quoted(said), hint)
        return preview_screen(decision, text, _("✅ Decline"))

    def done(self, _decision: Decision) -> str:
        """Return the word that it is done."""
        return _("✅ The appeal is declined.")

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Decline the appeal."""
        seen = (decision.appeal, decision.version, handling.person.id)
        reason = DeclineReason(decision.value)
        await handling.db.write(decline_appeal, *seen, reason, decision.words, handling.now)
