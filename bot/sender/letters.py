"""The outbox goes out: personal messages, in order for each person."""

import asyncio

import structlog

from bot.allowance import Priority, priority
from bot.sender.bell import Bell
from bot.sender.crew import Crew
from bot.sender.ledger import Ledger
from bot.sender.post import Post
from bot.sender.rendering import Rendering
from bot.sender.weather import Weather
from services.clock import Clock
from services.delivery.letters import (
    Letter,
    any_due,
    claim_letters,
    record_letter,
    recover_letters,
)
from services.delivery.outcome import Outcome, Result

log = structlog.get_logger(__name__)

IN_FLIGHT = 30  # letters at once, each to another person
POLL = 0.25  # seconds between looks into the outbox when nobody rings
SWEEP = 30.0  # seconds between looks for letters that a lost connection left as being sent


class Letters:
    """Sends what is due in the outbox until told to stop."""

    def __init__(
        self, ledger: Ledger, post: Post, rendering: Rendering, clock: Clock, weather: Weather
    ) -> None:
        self._ledger = ledger
        self._post = post
        self._rendering = rendering
        self._clock = clock
        self._weather = weather
        self._in_flight: set[int] = set()
        self.bell = Bell()

    async def run(self, stop: asyncio.Event) -> None:
        """Send again what was uncertain, then whatever becomes due."""
        uncertain = await self._ledger.write(recover_letters)
        if uncertain:
            log.info("letters of unknown end are sent again", letters=uncertain)
        loop = asyncio.get_running_loop()
        swept = loop.time()
        async with Crew(stop) as crew:
            while not stop.is_set():
                if await self._send_due(crew):
                    continue
                if loop.time() - swept > SWEEP:
                    await self._ledger.write(recover_letters, tuple(self._in_flight))
                    swept = loop.time()
                await self.bell.sleep(self._weather.bad_for or POLL)

    async def _send_due(self, crew: Crew) -> bool:
        """Start what is due as far as there is room; tell whether there was anything."""
        room = IN_FLIGHT - len(self._in_flight)
        now = self._clock.now()
        if not room or self._weather.bad_for or not await self._ledger.read(any_due, now):
            return False
        letters = await self._ledger.write(claim_letters, now, room)
        for letter in letters:
            self._in_flight.add(letter.id)
            crew.start(self._send(letter))
        return bool(letters)

    async def _send(self, letter: Letter) -> None:
        priority.set(Priority.LETTER)
        try:
            outcome = await self._outcome(letter)
            self._weather.note(outcome.result)
            await self._ledger.write(record_letter, letter.id, outcome, self._clock.now())
        finally:
            self._in_flight.discard(letter.id)
            self.bell.ring()

    async def _outcome(self, letter: Letter) -> Outcome:
        try:
            notice = self._rendering.notice(letter.kind, letter.payload, letter.language)
            parcel = self._post.pack(notice)
        except Exception as error:
            # One letter that nobody can write must not stop all the others.
            log.exception("a letter cannot be rendered", letter=letter.id, kind=letter.kind)
            return Outcome(Result.REFUSED, error=f"not rendered: {type(error).__name__}")
        return await self._post.deliver(letter.person_id, parcel)
