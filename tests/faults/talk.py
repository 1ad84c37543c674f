"""What a person does who looks at the screen first: each step after the one before was taken."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sandbox.server.updates import FIRST_UPDATE_ID
from tests.faults.balancer import Balancer
from tests.faults.load import TOPIC, Deed, Kind, Load, draft_of, words_of
from tests.faults.scene import DECISION, PATIENCE, REGION

BEST = 5


class Talk:
    """A person by webhook, where a tap may overtake the message before it."""

    def __init__(self, load: Load, balancer: Balancer, person: int) -> None:
        self._load = load
        self._balancer = balancer
        self._person = person
        self._updates: list[int] = []

    async def everything(self, words: Sequence[str]) -> None:
        """Vote, file an appeal in so many messages, rate an answer again and again."""
        load, person = self._load, self._person
        for poll in load.scene.polls:
            load.vote(person, poll, (person + poll) % 3)
        await asyncio.gather(self._file(words), self._change_ones_mind())

    async def _file(self, words: Sequence[str]) -> None:
        load, person = self._load, self._person
        first = len(self._updates)
        with self._noted():
            draft = draft_of(person, load.say(person, "/appeal"))
        await self._taken()
        for data in (f"apt:{draft}:{TOPIC}", f"plc:appeal:{draft}:{REGION}:0"):
            with self._noted():
                load.press(person, data)
            await self._taken()
        for part in words:  # in one breath: they stand in this order all the same
            with self._noted():
                load.say(person, part)
        await self._taken()
        with self._noted():
            tap = load.press(person, f"aps:{draft}")
        updates = tuple(self._updates[first:])
        load.deeds.append(Deed(Kind.APPEAL, person, 0, "\n".join(words), updates, tap))
        await self._taken()

    async def _change_ones_mind(self) -> None:
        load, person = self._load, self._person
        appeal = load.scene.answered[person]
        begun = len(self._updates)
        for rating in range(1, BEST + 1):
            with self._noted():
                tap = load.press(person, f"vrate:{appeal}:{DECISION}:{rating}")
        updates = tuple(self._updates[begun:])
        load.deeds.append(Deed(Kind.RATING, person, appeal, BEST, updates, tap, changes=BEST))

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note the update that is made within."""
        updates = self._load.scene.sandbox.telegram.updates
        self._updates.append(FIRST_UPDATE_ID + updates.made)
        yield

    async def _taken(self) -> None:
        """Wait until the bot has confirmed whatever was said."""
        async with asyncio.timeout(PATIENCE):
            while not self._balancer.answered.issuperset(self._updates):  # noqa: ASYNC110 - it rings no bell
                await asyncio.sleep(0.01)


async def crowd(load: Load, balancer: Balancer, parts: int, at_once: int) -> None:
    """Let everybody talk, so many at once, each appeal in so many messages."""
    people = load.people()

    async def next_ones() -> None:
        for person in people:
            words = [words_of(f"{person}, {part}") for part in range(parts)]
            await Talk(load, balancer, person).everything(words)

    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(next_ones())
