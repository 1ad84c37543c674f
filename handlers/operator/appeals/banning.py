"""Banning the author of an appeal for a while: the end, the reason, a look at both."""

from datetime import UTC, datetime, time

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.filters import Pressed, Works
from handlers.operator.appeals.callbacks import AppealOpened, AppealsDesk
from handlers.operator.appeals.decision import Decision, Handling
from handlers.operator.appeals.decision_callbacks import BanLifted, BansShown, BanUpheld
from handlers.operator.appeals.procedure import Procedure
from handlers.screen import Screen, show
from handlers.text import N_, _
from handlers.views.bans import (
    banned_screen,
    bans_screen,
    lengths_screen,
    lifted_screen,
    upheld_screen,
)
from handlers.views.calendar_days import moment
from handlers.views.deciding import above, preview_screen, quoted, words_screen
from services.appeals.banning import (
    author_ban,
    ban_author,
    bans_in_force,
    lift_ban,
    uphold_ban,
)
from services.appeals.reasons import checked_reason
from services.clock import ALMATY, local_date
from services.people.deeds import Deed
from services.refusal import Refusal
from services.text.dates import find_dates

_LISTED = 20
_END_OF_DAY = time(23, 59)


class Banning(Procedure):
    """The steps of a ban; the choice is its end in seconds of the epoch."""

    async def choice(self, handling: Handling, decision: Decision, note: str) -> Screen:
        """Return the lengths, or the ban that is in force."""
        seen = (decision.appeal, handling.person.id, handling.now)
        ban = await handling.db.write(author_ban, *seen)
        if ban is not None:
            return banned_screen(ban, AppealOpened(appeal=decision.appeal), note)
        return lengths_screen(decision, handling.now, note)

    async def chosen(self, handling: Handling, _decision: Decision, words: str) -> str:
        """Return the end of the day that was typed."""
        days = find_dates(words, local_date(handling.now)).days
        if not days:
            raise Refusal(N_("I see no date here. Please type it like this: 20.04.2026"))
        return str(int(datetime.combine(days[-1], _END_OF_DAY, ALMATY).timestamp()))

    def asking(self, decision: Decision, note: str) -> Screen:
        """Return the request for the reason."""
        title = _("For which reason?")
        hint = _(
            "Until: {time}\n\nWrite in plain words what must not be repeated: the author will "
            "read them."
        )
        return words_screen(decision, title, hint.format(time=moment(_until(decision))), note)

    def checked(self, words: str) -> str:
        """Return the reason as it is kept."""
        return checked_reason(words)

    async def preview(self, _handling: Handling, decision: Decision) -> Screen:
        """Return end and reason as the author will read them."""
        text = above(
            _("The author leaves no new appeals until: {time}").format(
                time=moment(_until(decision))
            ),
            _("They will read this reason. To change it, just write it anew."),
            quoted(decision.words),
        )
        return preview_screen(decision, text, _("🚫 Ban until then"))

    def done(self, decision: Decision) -> str:
        """Return the word that it is done."""
        words = _("✅ The author leaves no new appeals until: {time}.")
        return words.format(time=moment(_until(decision)))

    async def carry_out(self, handling: Handling, decision: Decision) -> None:
        """Ban the author."""
        seen = (decision.appeal, handling.person.id)
        await handling.db.write(ban_author, *seen, _until(decision), decision.words, handling.now)


async def show_bans(callback: CallbackQuery, handling: Handling) -> None:
    """Show the bans in force."""
    bans = await handling.db.write(bans_in_force, handling.person.id, handling.now, _LISTED)
    await show(callback, bans_screen(bans, AppealsDesk()))


async def lift(callback: CallbackQuery, press: BanLifted, handling: Handling) -> None:
    """End a ban; pressed again, say so again."""
    await handling.db.write(lift_ban, press.appeal, press.ban, handling.person.id, handling.now)
    await show(callback, lifted_screen())


async def uphold(callback: CallbackQuery, press: BanUpheld, handling: Handling) -> None:
    """Let a ban stand; pressed again, say so again."""
    await handling.db.write(uphold_ban, press.appeal, press.ban, handling.person.id, handling.now)
    await show(callback, upheld_screen(press.appeal, press.ban))


def _until(decision: Decision) -> datetime:
    return datetime.fromtimestamp(int(decision.value), UTC)


def router() -> Router:
    """Return the router of bans in force."""
    router = Router(name="bans")
    desk = Works(Deed.READ_BANS)
    router.callback_query.register(show_bans, Pressed(BansShown), desk)
    router.callback_query.register(lift, Pressed(BanLifted), desk)
    router.callback_query.register(uphold, Pressed(BanUpheld), Works(Deed.DECIDE_OBJECTION))
    return router
