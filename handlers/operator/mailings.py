"""Did it go out? The list of mailings, the card of each, and what is done about them."""

import asyncio
from dataclasses import dataclass, replace

from aiogram import Router
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.filters import Pressed, Works
from handlers.provided import provide
from handlers.screen import Screen, acknowledge, send, show
from handlers.text import _
from handlers.views.mailing_callbacks import (
    CancellationAsked,
    CancellationDropped,
    MailingControlled,
    MailingOpened,
    MailingsListed,
    RecallAsked,
    RecallConfirmed,
    ResendAsked,
    ResendConfirmed,
    WorkbookAsked,
)
from handlers.views.mailing_card import (
    cancel_screen,
    card_screen,
    list_screen,
    recall_screen,
    resend_screen,
)
from handlers.views.mailing_progress import progress_screen
from handlers.views.mailing_workbook import file_name, mailing_workbook
from services.clock import Clock
from services.delivery.mailing import Mailing
from services.delivery.mailing_control import Control, control_mailing
from services.delivery.overview import Card, account, mailings_page, read_card
from services.delivery.policy import Policy
from services.delivery.recall import ask_recall, recall_mailing
from services.delivery.resend import resend
from services.delivery.workbook import draw
from services.exports.kinds import Export
from services.exports.plain import note_file
from services.organisation.directory import Organisations
from services.people.deeds import Deed
from services.people.model import Person
from storage.database import Database
from storage.delivery import MailingStatus

_WISHED = {
    Control.PAUSE: {MailingStatus.PAUSED},
    Control.RESUME: {MailingStatus.RUNNING, MailingStatus.FINISHED},
    Control.CANCEL: {MailingStatus.CANCELLED},
}


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks at mailings, and what that takes."""

    person: Person
    db: Database
    clock: Clock
    organisations: Organisations
    policy: Policy

    async def card(self, mailing: int, note: str = "") -> Screen:
        """Return the card of a mailing as it is now."""
        return self._screen(await self._read(mailing), note)

    async def card_after(self, mailing: Mailing, *wished: MailingStatus) -> Screen:
        """Return the card as a press left it, which says so where it brought something else."""
        card = await self._read(mailing.id)
        left = replace(mailing, silent_until=card.mailing.silent_until)
        card = replace(card, mailing=left)
        return self._screen(card, "" if mailing.status in wished else _changed())

    async def _read(self, mailing: int) -> Card:
        return await self.db.read(read_card, self.person.id, mailing, self.clock.now())

    def _screen(self, card: Card, note: str) -> Screen:
        organisation, pace = self.organisations.current, self.policy.per_second
        return card_screen(card, organisation, pace, self.clock.now(), note)


async def list_mailings(callback: CallbackQuery, press: MailingsListed, watch: Watch) -> None:
    """Show the mailings, the newest first."""
    page = await watch.db.read(
        mailings_page, watch.person.id, watch.clock.now(), press.before or None
    )
    await show(callback, list_screen(page, watch.clock.now(), first=not press.before))


async def open_mailing(callback: CallbackQuery, press: MailingOpened, watch: Watch) -> None:
    """Show everything about one mailing."""
    await show(callback, await watch.card(press.mailing))


async def control(callback: CallbackQuery, press: MailingControlled, watch: Watch) -> None:
    """Do it if the mailing is as the button saw it, and show how it is now."""
    now = watch.clock.now()
    seen = (press.mailing, press.control, press.version)
    mailing = await watch.db.write(control_mailing, watch.person.id, *seen, now)
    if press.card:
        wished = _WISHED[press.control]
        await show(callback, await watch.card_after(mailing, *wished))
    else:
        await show(callback, progress_screen(mailing, now))


async def ask_to_cancel(callback: CallbackQuery, press: CancellationAsked) -> None:
    """Ask before something that cannot be taken back; progress goes on above the question."""
    await (show if press.card else send)(callback, cancel_screen(press))


async def keep(callback: CallbackQuery) -> None:
    """Leave the mailing as it is."""
    await show(callback, Screen(_("The mailing was not cancelled.")))


async def ask_to_recall(callback: CallbackQuery, press: RecallAsked, watch: Watch) -> None:
    """Ask before messages are deleted, or say why they cannot be."""
    now = watch.clock.now()
    mailing = await watch.db.read(ask_recall, watch.person.id, press.mailing, now)
    if mailing.status in {MailingStatus.RECALLING, MailingStatus.RECALLED}:
        await show(callback, await watch.card(mailing.id))
        return
    await show(callback, recall_screen(mailing, now))


async def recall(callback: CallbackQuery, press: RecallConfirmed, watch: Watch) -> None:
    """Begin to take the mailing back, and show how it is now."""
    seen = (press.mailing, press.version)
    mailing = await watch.db.write(recall_mailing, watch.person.id, *seen, watch.clock.now())
    wished = (MailingStatus.RECALLING, MailingStatus.RECALLED)
    await show(callback, await watch.card_after(mailing, *wished))


async def ask_to_resend(callback: CallbackQuery, press: ResendAsked, watch: Watch) -> None:
    """Show whom the mailing did not reach."""
    card = await watch.db.read(read_card, watch.person.id, press.mailing, watch.clock.now())
    if card.unreached is None:
        await show(callback, await watch.card(press.mailing, _changed()))
        return
    await show(callback, resend_screen(card.mailing, card.unreached))


async def send_again(callback: CallbackQuery, press: ResendConfirmed, watch: Watch) -> None:
    """Send the mailing to those whom it did not reach, and show how it is now."""
    mailing = await watch.db.write(
        resend,
        watch.person.id,
        press.mailing,
        press.version,
        watch.clock.now(),
        uncertain=press.uncertain,
    )
    wished = (MailingStatus.RUNNING, MailingStatus.FINISHED)
    await show(callback, await watch.card_after(mailing, *wished))


async def make_workbook(callback: CallbackQuery, press: WorkbookAsked, watch: Watch) -> None:
    """Send the numbers of a mailing as a file below."""
    now = watch.clock.now()
    found = await watch.db.read(account, watch.person.id, press.mailing)
    await watch.db.write(note_file, Export.MAILING, press.mailing, watch.person.id, now)
    await acknowledge(callback)
    if not isinstance(callback.message, Message):
        return
    sheets = mailing_workbook(found, watch.organisations.current, now)
    file = BufferedInputFile(await asyncio.to_thread(draw, sheets), file_name(found.mailing, now))
    await callback.message.answer_document(file)


def _changed() -> str:
    return _("It has changed meanwhile. This is how it stands now.")


def router() -> Router:
    """Return the router of mailings: the list, the cards, the buttons under progress."""
    router = provide(Router(name="mailings"), "watch", Watch)
    staff = Works(Deed.READ_MAILINGS)
    presses = router.callback_query
    presses.register(list_mailings, Pressed(MailingsListed), staff)
    presses.register(open_mailing, Pressed(MailingOpened), staff)
    presses.register(control, Pressed(MailingControlled))
    presses.register(ask_to_cancel, Pressed(CancellationAsked))
    presses.register(keep, Pressed(CancellationDropped))
    presses.register(ask_to_recall, Pressed(RecallAsked))
    presses.register(recall, Pressed(RecallConfirmed))
    presses.register(ask_to_resend, Pressed(ResendAsked))
    presses.register(send_again, Pressed(ResendConfirmed))
    presses.register(make_workbook, Pressed(WorkbookAsked))
    return router
