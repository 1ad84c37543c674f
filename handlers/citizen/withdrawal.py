"""Withdrawing an own appeal, after a look at what that means."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.talk import Talk
from handlers.filters import Pressed
from handlers.provided import provide
from handlers.screen import show
from handlers.views.appeal_additions import withdrawal_screen, withdrawn_screen
from handlers.views.appeal_callbacks import WithdrawalAsked, Withdrawn
from services.appeals.reading import appeal_card, own_number
from services.appeals.withdrawing import withdraw_appeal
from services.clock import local_date


async def ask(callback: CallbackQuery, press: WithdrawalAsked, talk: Talk) -> None:
    """Ask whether the appeal shall really be withdrawn."""
    today = local_date(talk.clock.now())
    card = await talk.db.read(appeal_card, press.appeal, talk.person.id, today)
    await show(callback, withdrawal_screen(card.id, card.number, card.version))


async def withdraw(callback: CallbackQuery, press: Withdrawn, talk: Talk) -> None:
    """Withdraw it; pressed again, say the same."""
    wanted = (press.appeal, press.version, talk.person.id, talk.clock.now())
    await talk.db.write(withdraw_appeal, *wanted)
    number = await talk.db.read(own_number, press.appeal, talk.person.id)
    await show(callback, withdrawn_screen(number))


def router() -> Router:
    """Return the router of the withdrawal."""
    router = provide(Router(name="withdrawal"), "talk", Talk)
    router.callback_query.register(ask, Pressed(WithdrawalAsked))
    router.callback_query.register(withdraw, Pressed(Withdrawn))
    return router
