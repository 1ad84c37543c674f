"""Pausing, resuming and cancelling a mailing under its progress message."""

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.filters import Pressed
from handlers.screen import Screen, send, show
from handlers.text import _
from handlers.views.mailing_progress import (
    CancellationAsked,
    CancellationDropped,
    MailingControlled,
    progress_screen,
)
from services.clock import Clock
from services.delivery.mailing_control import Control, control_mailing
from services.people.model import Person
from storage.database import Database


async def control(
    callback: CallbackQuery,
    press: MailingControlled,
    person: Person,
    db: Database,
    clock: Clock,
) -> None:
    """Do it if the mailing is as the button saw it, and show how it is now."""
    now = clock.now()
    mailing = await db.write(
        control_mailing, person.id, press.mailing, press.control, press.version, now
    )
    await show(callback, progress_screen(mailing, now))


async def ask(callback: CallbackQuery, press: CancellationAsked) -> None:
    """Ask before something that cannot be taken back."""
    cancelled = MailingControlled(
        control=Control.CANCEL, mailing=press.mailing, version=press.version
    )
    screen = Screen(
        _("Cancel the mailing for good? Those who already have the message keep it."),
        keyboard(
            [button(_("✖️ Yes, cancel it"), cancelled)],
            [button(_("No, leave it as it is"), CancellationDropped())],
        ),
    )
    await send(callback, screen)


async def keep(callback: CallbackQuery) -> None:
    """Leave the mailing as it is."""
    await show(callback, Screen(_("The mailing was not cancelled.")))


def router() -> Router:
    """Return the router of the buttons under a mailing's progress."""
    router = Router(name="mailings")
    router.callback_query.register(control, Pressed(MailingControlled))
    router.callback_query.register(ask, Pressed(CancellationAsked))
    router.callback_query.register(keep, Pressed(CancellationDropped))
    return router
