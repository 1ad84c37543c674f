"""What taking answers to an open poll needs, kept at hand; what it seals it cannot open again."""

import asyncio
import secrets
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from services.people.model import Person
from services.polls.answering import PollClosed
from services.polls.ballot import (
    Ballot,
    BallotForm,
    NotABallot,
    open_draft,
    seal,
    seal_draft,
    voter_tag,
)
from services.polls.keys import MissingKey, PollKeys
from services.polls.model import Answers, Poll, PollKind, PollStatus, Stream
from services.polls.reading import find_poll, running_polls
from services.polls.sheet import Sheet, SheetForm
from services.refusal import N_, Refusal
from storage.database import Database

log = structlog.get_logger(__name__)

# Polls that take answers at the same time; far more than an operator would run.
_CAPACITY = 64


@dataclass(frozen=True, slots=True)
class Urn:
    """One poll with its public key and the key of its tags."""

    poll: Poll
    form: BallotForm
    sheets: SheetForm
    public_key: bytes
    tag_key: bytes = field(repr=False)
    # `poll.plain`, found out once.
    plain: bool = False

    def tag(self, person: Person) -> bytes:
        """Return the person's voter tag."""
        return voter_tag(self.tag_key, self.poll.id, person.id)

    def seal(self, person: Person, answers: Answers, stream: Stream) -> bytes:
        """Return the sealed ballot, with the person's profile of this moment."""
        # A plain poll warns nobody of names, so none goes in whatever it is called by now.
        named = not self.plain and self.poll.passport.kind is PollKind.NAMED
        return seal(self.public_key, self.form, Ballot(answers, person.profile, stream, named))

    def lock(self, person: Person, sheet: Sheet) -> bytes:
        """Return a box in which the sheet lies; every box of a poll is of one length."""
        plain = self.sheets.encode(sheet)
        return seal_draft(self.tag_key, self.poll.id, person.id, plain)

    def unlock(self, person: Person, box: bytes | None) -> Sheet | None:
        """Return the sheet of a box; None where there is none that this key opens."""
        if box is None:
            return None
        try:
            return self.sheets.decode(open_draft(self.tag_key, self.poll.id, person.id, box))
        except NotABallot:
            return None


class Urns:
    """Fetches urns of open polls, and forgets those of closed ones."""

    def __init__(self, db: Database, keys: PollKeys) -> None:
        self._db = db
        self._keys = keys
        self._urns: OrderedDict[int, Urn] = OrderedDict()

    async def find(self, poll_id: int) -> Urn:
        """Return the urn of a poll; raises Refusal: no such poll, closed, its key is missing."""
        urn = self._urns.get(poll_id)
        if urn is None:
            urn = self._urns[poll_id] = await self._fetch(poll_id)
            if len(self._urns) > _CAPACITY:
                self._urns.popitem(last=False)
        return urn

    def forget(self, poll_id: int) -> None:
        """Let go of a poll and its key."""
        self._urns.pop(poll_id, None)

    async def forget_closed(self, now: datetime) -> None:
        """Let go of the keys of polls that take no answers any more; learn of extensions."""
        open_now = {one.poll.id: one.poll for one in await self._db.read(running_polls, now)}
        for poll_id, urn in list(self._urns.items()):
            if poll_id in open_now:
                self._urns[poll_id] = replace(urn, poll=open_now[poll_id])
            else:
                del self._urns[poll_id]

    async def _fetch(self, poll_id: int) -> Urn:
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
        questions = found.poll.questions
        return Urn(
            poll=found.poll,
            form=BallotForm(questions),
            sheets=SheetForm(questions),
            public_key=found.public_key,
            tag_key=key.tag_key,
            plain=found.poll.plain,
        )
