"""One mailing on its way: along its audience, then again to whom it is uncertain."""

import asyncio
from collections.abc import Mapping

import structlog

from bot.allowance import Priority, priority
from bot.sender.crew import Crew
from bot.sender.ledger import Ledger
from bot.sender.parcels import Parcels
from bot.sender.post import Post
from bot.sender.recorder import Recorder
from bot.sender.resting import rest
from bot.sender.route import Route, Way
from bot.sender.slots import Slots
from bot.sender.weather import Weather
from services.clock import Clock
from services.delivery.claiming import Recipient, Terms, Variants
from services.delivery.cost import affordable
from services.delivery.mailing import END, Mailing
from services.delivery.mailing_run import finish, recover, waiting_again
from services.delivery.outcome import Outcome, Result
from services.delivery.persistence import MAILING_PAUSES
from services.delivery.policy import Policy
from services.delivery.quiet_hours import is_quiet

log = structlog.get_logger(__name__)

BATCH = 50  # people claimed at once
_BETWEEN_ERASURES = 1.0  # second


class Run:
    """Carries one mailing on until it ends, is paused, or must be silent; may begin anew then."""

    def __init__(
        self,
        mailing: Mailing,
        *,
        ledger: Ledger,
        post: Post,
        parcels: Parcels,
        slots: Slots,
        weather: Weather,
        clock: Clock,
        policy: Policy,
        variants: Mapping[str, Variants],
    ) -> None:
        self._mailing = mailing
        self._ledger = ledger
        self._post = post
        self._parcels = parcels
        self._slots = slots
        self._weather = weather
        self._clock = clock
        self._policy = policy
        self._variants = variants
        # To how many people more it can go paid for; the tables have the last word.
        self._affordable = affordable(mailing, policy)

    async def run(self, stop: asyncio.Event) -> None:
        """Send until there is nobody left or the mailing may not go on."""
        uncertain = await self._ledger.write(recover, self._mailing.id)
        if uncertain:
            log.info("messages of unknown end", mailing=self._mailing.id, messages=uncertain)
        for way in self._ways():
            if not await self._pass(stop, way):
                return
        for pause in MAILING_PAUSES:
            if not await self._ledger.read(waiting_again, self._mailing.id):
                break
            await rest(pause, stop)
            if not await self._pass(stop, Way.AGAIN):
                return
        await self._ledger.write(finish, self._mailing.id, self._clock.now())
        if self._mailing.forgets:
            while not (await self._ledger.erase() or stop.is_set()):
                await rest(_BETWEEN_ERASURES, stop)

    def _ways(self) -> list[Way]:
        """Return whom to go to first; one that had ended goes only to those who wait again."""
        if self._mailing.cursor == END:
            return []
        return [Way.AUDIENCE, Way.LATE] if self._mailing.late_joiners else [Way.AUDIENCE]

    async def _pass(self, stop: asyncio.Event, way: Way) -> bool:
        """Go through everybody once; tell whether that was possible to the end."""
        route = Route(self._mailing, self._ledger, way)
        recorder = Recorder(self._mailing.id, self._ledger, self._slots, self._clock)
        async with recorder, Crew(stop) as crew:
            while self._may_go_on(stop):
                if self._weather.bad_for:
                    await rest(self._weather.bad_for, stop)
                    continue
                paid = self._affordable > 0
                share = min(BATCH, self._affordable) if paid else BATCH
                places = await self._slots.take(share, paid=paid)
                if not places:
                    continue
                recipients = await route.claim(places, self._terms())
                self._slots.give_back(places - len(recipients or ()), paid=paid)
                if not recipients:
                    return recipients is not None
                self._affordable -= len(recipients)
                for recipient in recipients:
                    crew.start(self._send(recipient, recorder, paid=paid))
        return False

    def _terms(self) -> Terms:
        return Terms(self._clock.now(), self._policy, self._variants)

    def _may_go_on(self, stop: asyncio.Event) -> bool:
        silent = not self._mailing.at_night and is_quiet(self._clock.now())
        return not stop.is_set() and not silent

    async def _send(self, recipient: Recipient, recorder: Recorder, *, paid: bool) -> None:
        priority.set(Priority.MAILING)
        outcome = await self._outcome(recipient)
        self._weather.note(outcome.result)
        recorder.put(recipient.person_id, outcome, paid=paid)

    async def _outcome(self, recipient: Recipient) -> Outcome:
        try:
            parcel = self._parcels.of(recipient)
        except Exception as error:
            # A mailing that nobody can write stops by its refusals; others go on.
            log.exception("a mailing cannot be rendered", mailing=self._mailing.id)
            return Outcome(Result.REFUSED, error=f"not rendered: {type(error).__name__}")
        return await self._post.deliver(recipient.person_id, parcel, paid=recipient.paid)
