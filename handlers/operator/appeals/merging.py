"""Joining an appeal to another one: a similar one or a number, and a look at it."""

from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen
from handlers.text import _
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full
from handlers.views.deciding import above, preview_screen, quoted, targets_screen
from services.appeals.dossier import Dossier, open_dossier
from services.appeals.merging import merge_appeal, merge_target, mergeable
from services.text.length import shortened

_EXCERPT = 300


class Merging(Procedure):
    """The steps of joining; the choice is the number of the other appeal."""

    writes = False

    async def choice(self, handling: Handling, decision: Decision, note: str) -> Screen:
        """Return what is similar."""
        seen = (decision.appeal, handling.person.id, handling.now)
        found = await handling.db.write(mergeable, *seen)
        number = (await _dossier(handling, decision.appeal)).card.number
        return targets_screen(decision, number, found, note)

    async def chosen(self, handling: Handling, decision: Decision, words: str) -> str:
        """Return the id of the appeal with this number."""
        seen = (decision.appeal, handling.person.id, words)
        target = await handling.db.read(merge_target, *seen, handling.now)
        return str(target["id"])

    async def preview(self, handling: Handling, decision: Decision) -> Screen:
        """Return both appeals, one above the other."""
        own = await _dossier(handling, decision.appeal)
        other = await _dossier(handling, int(decision.value))
        text = above(
            _("Appeal No. {number} will be joined to this one:").format(number=own.card.number),
            f"<b>№ {other.card.number}</b> · {full(other.card.registered_on)}\n"
            f"📍 {place_line(other.card.region, other.card.district)}",
            quoted(shortened(other.card.text, _EXCERPT)),
            _(
                "The citizen is told, and from then on gets the news of the other appeal. This "
                "cannot be taken back."
            ),
        )
        return preview_screen(decision, text, _("✅ Join them"))

    def done(self, _decision: Decision) -> str:
        """Return the word that it is done."""
        return _("✅ The appeal is joined to the other one.")

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Join the appeal to the other one."""
        seen = (decision.appeal, decision.version, handling.person.id)
        await handling.db.write(merge_appeal, *seen, int(decision.value), handling.now)


async def _dossier(handling: Handling, appeal: int) -> Dossier:
    seen = (appeal, handling.person.id, handling.now)
    return await handling.db.write(open_dossier, *seen)
