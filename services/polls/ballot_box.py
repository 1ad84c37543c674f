"""Where answers are put: sealed before they reach the database, and never taken out one by one."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from sqlalchemy import Connection

from services.people.model import Person
from services.polls.ballot import (
    Ballot,
    BallotForm,
    NotABallot,
    open_draft,
    seal,
    seal_draft,
    voter_tag,
)
from services.polls.keys import MissingKey, PollKey, PollKeys
from services.polls.model import Answer, Poll, PollStatus
from services.polls.reading import find_poll, running_polls
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database

log = structlog.get_logger(__name__)

# Polls that take answers at the same time; far more than an operator would run.
_CAPACITY = 64


class PollClosed(Refusal):
    """The poll takes no more answers."""

    def __init__(self) -> None:
        super().__init__(N_("This poll is closed: answers are no longer accepted."))


@dataclass(frozen=True, slots=True)
class _Urn:
    poll: Poll
    public_key: bytes
    form: BallotForm
    key: PollKey = field(repr=False)


def cast_ballot(
    connection: Connection, poll_id: int, tag: bytes, sealed: bytes, now: datetime
) -> None:
    """Keep a sealed answer; the natural key is (poll, tag), so a change takes its place.

    Raises PollClosed from the closing time on, and once an operator has closed the poll.

    Key: (poll, voter tag).
    """
    if not rows.put_ballot(connection, poll_id, tag, sealed, now):
        raise PollClosed


def ballots_kept(connection: Connection, tags: Sequence[tuple[int, bytes]]) -> list[bool]:
    """Tell for each (poll, tag) whether a ballot is there."""
    return [rows.has_ballot(connection, poll_id, tag) for poll_id, tag in tags]


class BallotBox:
    """Takes the answers of one process; keeps the facts and keys of open polls at hand."""

    def __init__(self, db: Database, keys: PollKeys) -> None:
        self._db = db
        self._keys = keys
        self._urns: OrderedDict[int, _Urn] = OrderedDict()

    async def cast(self, person: Person, poll_id: int, option: int, now: datetime) -> Poll:
        """Seal the answer with the person's profile of this moment, keep it, return the poll.

        Returns once it is durable. Raises Refusal: no such poll or option, closed, another
        region's, or its key is missing.
        """
        urn = await self._urn(poll_id)
        poll = urn.poll
        if not 0 <= option < len(poll.options):
            raise Refusal(N_("There is no such answer in this poll."))
        _check_audience(poll, person)
        tag = voter_tag(urn.key.tag_key, poll.id, person.id)
        sealed = seal(
            urn.public_key, urn.form, Ballot({0: Answer(chosen=(option,))}, person.profile)
        )
        try:
            await self._db.write(cast_ballot, poll.id, tag, sealed, now)
        except PollClosed:
            self._urns.pop(poll_id, None)
            raise
        return poll

    async def forget_closed(self, now: datetime) -> None:
        """Let go of the keys of polls that take no answers any more."""
        open_now = {running.poll.id for running in await self._db.read(running_polls, now)}
        for poll_id in self._urns.keys() - open_now:
            del self._urns[poll_id]

    async def answered(self, person: Person, polls: Sequence[Poll]) -> list[bool]:
        """Tell for each poll whether this person's answer is kept; nobody can ask which."""
        tags = [(poll.id, await self._tag(person, poll)) for poll in polls]
        return await self._db.read(ballots_kept, tags)

    async def draft(self, person: Person, poll_id: int, option: int) -> bytes:
        """Return an answer under way that only the poll's key opens, fit for a conversation."""
        key = (await self._urn(poll_id)).key
        return seal_draft(key.tag_key, poll_id, person.id, bytes([option]))

    async def cast_draft(self, person: Person, poll_id: int, draft: bytes, now: datetime) -> None:
        """Put the answer of a draft in again with the profile of now; raises Refusal."""
        key = (await self._urn(poll_id)).key
        try:
            option = open_draft(key.tag_key, poll_id, person.id, draft)[0]
        except NotABallot:
            raise PollClosed from None
        await self.cast(person, poll_id, option, now)

    async def _tag(self, person: Person, poll: Poll) -> bytes:
        """Return the person's tag; an impossible one where the poll is out of order."""
        try:
            urn = await self._urn(poll.id)
        except Refusal:
            return b""
        return voter_tag(urn.key.tag_key, poll.id, person.id)

    async def _urn(self, poll_id: int) -> _Urn:
        urn = self._urns.get(poll_id)
        if urn is None:
            urn = self._urns[poll_id] = await self._fetch(poll_id)
            if len(self._urns) > _CAPACITY:
                self._urns.popitem(last=False)
        return urn

    async def _fetch(self, poll_id: int) -> _Urn:
        found = await self._db.read(find_poll, poll_id)
        if found is None:
            raise Refusal(N_("There is no such poll."))
        if found.status is not PollStatus.OPEN:
            raise PollClosed
        try:
            key = await asyncio.to_thread(self._keys.find, found.draft_id, found.public_key)
        except MissingKey as error:
            incident = secrets.token_hex(3).upper()
            log.error(  # noqa: TRY400  # the trace would say no more than the sentence
                "The key of a poll is missing", incident=incident, poll=poll_id, why=str(error)
            )
            raise Refusal(
                N_(
                    "This poll cannot take answers now: its lock is out of order. Nothing was "
                    "recorded. Please tell us this number: {incident}"
                ),
                incident=incident,
            ) from error
        return _Urn(found.poll, found.public_key, BallotForm(found.poll.questions), key)


def _check_audience(poll: Poll, person: Person) -> None:
    if not poll.target.takes(person):
        raise Refusal(N_("This poll is for other people."))
