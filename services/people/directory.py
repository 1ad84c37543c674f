"""People as updates need them, cached with write-through where one process writes alone."""

from collections import OrderedDict
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from sqlalchemy import Connection

from services.clock import Clock
from services.language import Language
from services.people.model import Person
from services.people.person import find_person, join
from storage.database import Database

P = ParamSpec("P")

_CAPACITY = 50_000


class Directory:
    """Finds people by Telegram id; every change of a person goes through `change`.

    Memory is trusted on SQLite only, where no other process can write; on PostgreSQL the person's
    last update may have gone to another replica, so each one reads the database. Rights are
    checked by the use cases in any case.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._alone = db.dialect == "sqlite"
        self._cache: OrderedDict[int, Person] = OrderedDict()

    async def find(self, person_id: int) -> Person | None:
        """Return the person, from memory where possible."""
        cached = self._cache.get(person_id)
        if cached is not None:
            self._cache.move_to_end(person_id)
            return cached
        person = await self._db.read(find_person, person_id)
        return self._keep(person) if person else None

    async def join(self, person_id: int, name: str) -> Person:
        """Register somebody who came; they are reachable from now on."""
        return self._keep(await self._db.write(join, person_id, name, self._clock.now()))

    async def change(
        self,
        command: Callable[Concatenate[Connection, int, P], Person | None],
        person_id: int,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Person:
        """Run a command that returns the person as it left them, and remember that."""
        person = await self._db.write(command, person_id, *args, **kwargs)
        if person is None:
            raise LookupError(person_id)
        return self._keep(person)

    def language(self, person_id: int) -> Language | None:
        """Return the language of a person who is in memory; the database is not asked."""
        known = self._cache.get(person_id)
        return known.language if known else None

    def forget(self, person_id: int) -> None:
        """Drop a person from memory: somebody else changed them."""
        self._cache.pop(person_id, None)

    def _keep(self, person: Person) -> Person:
        if not self._alone:
            return person
        self._cache[person.id] = person
        self._cache.move_to_end(person.id)
        if len(self._cache) > _CAPACITY:
            self._cache.popitem(last=False)
        return person
