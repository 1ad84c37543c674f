"""One mailing on its way: along its audience, then again to whom it is uncertain."""

import asyncio

import structlog

from bot.allowance import Priority, priority
from bot.sender.crew import Crew
from bot.sender.ledger import Ledger
from bot.sender.post import Parcel, Post
from bot.sender.recorder import Recorder
from bot.sender.rendering import Rendering
from bot.sender.route import Route
from bot.sender.slots import Slots
from bot.sender.weather import Weather
from services.clock import Clock
from services.delivery.mailing import Mailing
from services.delivery.mailing_run import (
    Recipient,
    finish,
    recover,
    waiting_again,
)
from services.delivery.outcome import Outcome, Result
from services.delivery.persistence import MAILING_PAUSES
from services.delivery.quiet_hours import is_quiet
from services.language import Language

log = structlog.get_logger(__name__)

BATCH = 50  # people claimed at once


class Run:
    """Carries one mailing on until it ends, is paused, or must be silent; may begin anew then."""

    def __init__(
        self,
        mailing: Mailing,
        *,
        ledger: Ledger,
        post: Post,
        rendering: Rendering,
        slots: Slots,
        weather: Weather,
        clock: Clock,
    ) -> None:
        self._mailing = mailing
        self._ledger = ledger
        self._post = post
        self._rendering = rendering
        self._slots = slots
        self._weather = weather
        self._clock = clock
        self._parcels: dict[Language, Parcel] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Send until there is nobody left or the mailing may not go on."""
        uncertain = await self._ledger.write(recover, self._mailing.id)
        if uncertain:
            log.info("messages of unknown end", mailing=self._mailing.id, messages=uncertain)
        if not await self._pass(stop, again=False):
            return
        for pause in MAILING_PAUSES:
            if not await self._ledger.read(waiting_again, self._mailing.id):
                break
            await self._rest(pause, stop)
            if not await self._pass(stop, again=True):
                return
        await self._ledger.write(finish, self._mailing.id, self._clock.now())

    async def _pass(self, stop: asyncio.Event, *, again: bool) -> bool:
        """Go through everybody once; tell whether that was possible to the end."""
        route = Route(self._mailing, self._ledger, again=again)
        recorder = Recorder(self._mailing.id, self._ledger, self._slots, self._clock)
        async with recorder, Crew(stop) as crew:
            while self._may_go_on(stop):
                if self._weather.bad_for:
                    await self._rest(self._weather.bad_for, stop)
                    continue
                places = await self._slots.take(BATCH)
                if not places:
                    continue
                recipients = await route.claim(places)
                self._slots.give_back(places - len(recipients or ()))
                if not recipients:
                    return recipients is not None
                for recipient in recipients:
                    crew.start(self._send(recipient, recorder))
        return False

    def _may_go_on(self, stop: asyncio.Event) -> bool:
        silent = not self._mailing.at_night and is_quiet(self._clock.now())
        return not stop.is_set() and not silent

    async def _send(self, recipient: Recipient, recorder: Recorder) -> None:
        priority.set(Priority.MAILING)
        outcome = await self._outcome(recipient)
        self._weather.note(outcome.result)
        recorder.put(recipient.person_id, outcome)

    async def _outcome(self, recipient: Recipient) -> Outcome:
        try:
            parcel = self._parcel(recipient.language)
        except Exception as error:
            # A mailing that nobody can write stops by its refusals; others go on.
            log.exception("a mailing cannot be rendered", mailing=self._mailing.id)
            return Outcome(Result.REFUSED, error=f"not rendered: {type(error).__name__}")
        return await self._post.deliver(recipient.person_id, parcel)

    def _parcel(self, language: Language) -> Parcel:
        if language not in self._parcels:
            notice = self._rendering.notice(self._mailing.kind, self._mailing.payload, language)
            self._parcels[language] = self._post.pack(notice)
        return self._parcels[language]

    @staticmethod
    async def _rest(seconds: float, stop: asyncio.Event) -> None:
        try:
            async with asyncio.timeout(seconds):
                await stop.wait()
        except TimeoutError:
            return
