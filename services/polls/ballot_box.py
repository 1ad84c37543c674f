"""Where answers are put: sealed before they reach the database, and never taken out one by one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from services.people.model import Person
from services.people.phone_confirmation import PhoneNeeded, confirmed_since
from services.polls.answering import (
    Filling,
    PollClosed,
    Step,
    Turn,
    cast_draft,
    change_draft,
    kept,
)
from services.polls.answers import check_answers
from services.polls.ballot import NotABallot, open_draft, seal_draft
from services.polls.keys import PollKeys
from services.polls.model import Answer, Answers, Poll, Stream
from services.polls.pulse import Pulse, keep_counts
from services.polls.reading import running_polls
from services.polls.sheet import Sheet, whole
from services.polls.urns import Urn, Urns
from services.refusal import N_, Refusal
from storage import polls as rows
from storage.database import Database
from storage.poll_drafts import is_invited

# More polls than anybody has open at once.
_MOST = 1000


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
        self._urns = Urns(db, keys)
        self._pulse = Pulse()

    async def cast(
        self,
        person: Person,
        poll_id: int,
        option: int,
        now: datetime,
        stream: Stream = Stream.INVITED,
    ) -> Poll:
        """Seal the answer to a plain poll with the person's profile of this moment and keep it.

        Returns the poll once the answer is durable. Raises Refusal: no such poll or option,
        closed, for other people, or its key is missing.
        """
        urn, tag = await self._put(person, poll_id, option, now, stream)
        self._pulse.beat(urn.poll, person, tag, now)
        return urn.poll

    async def _put(
        self, person: Person, poll_id: int, option: int, now: datetime, stream: Stream
    ) -> tuple[Urn, bytes]:
        urn = await self._urns.find(poll_id)
        poll, tag = urn.poll, urn.tag(person)
        if not urn.plain or not 0 <= option < len(poll.options):
            raise Refusal(N_("There is no such answer in this poll."))
        await self._admit(poll, person)
        stream = await self._stream(person, poll, stream)
        sealed = urn.seal(person, {0: Answer(chosen=(option,))}, stream)
        try:
            await self._db.write(cast_ballot, poll.id, tag, sealed, now)
        except PollClosed:
            self._urns.forget(poll_id)
            raise
        return urn, tag

    async def submit(
        self, person: Person, poll_id: int, answers: Answers, stream: Stream, now: datetime
    ) -> Poll:
        """Seal whole answers with the profile of this moment and keep them; forget the sheet.

        Returns the poll once they are durable. Raises Refusal as `cast` does, Unanswered where
        an answer is missing or breaks a rule.
        """
        urn = await self._urns.find(poll_id)
        check_answers(urn.poll.questions, answers)
        await self._admit(urn.poll, person)
        stream = await self._stream(person, urn.poll, stream)
        sealed, tag = urn.seal(person, answers, stream), urn.tag(person)
        await self._writing(poll_id, cast_draft, tag, lambda _box: sealed, now)
        self._pulse.beat(urn.poll, person, tag, now)
        return urn.poll

    async def filling(self, person: Person, poll_id: int) -> Filling:
        """Return how far this person has come with an open poll; raises Refusal."""
        urn = await self._urns.find(poll_id)
        await self._admit(urn.poll, person)
        tag = urn.tag(person)
        box, answered = await self._db.read(kept, poll_id, tag)
        return Filling(urn.poll, urn.unlock(person, box), answered, tag)

    async def begin(
        self, person: Person, poll_id: int, stream: Stream, now: datetime, *, anew: bool = False
    ) -> Filling:
        """Lay an empty sheet before the person, or the one that they began; raises Refusal.

        Somebody who comes by the invitation after all is invited.
        """
        urn = await self._urns.find(poll_id)
        await self._admit(urn.poll, person)
        stream = await self._stream(person, urn.poll, stream)

        def turn(box: bytes | None) -> bytes:
            sheet = None if anew else urn.unlock(person, box)
            if sheet is None:
                return urn.lock(person, Sheet(stream=stream))
            invited = Stream.INVITED in {stream, sheet.stream}
            return urn.lock(person, replace(sheet, stream=Stream.INVITED if invited else stream))

        await self._writing(poll_id, change_draft, urn.tag(person), turn, now)
        return await self.filling(person, poll_id)

    async def change(self, person: Person, poll_id: int, step: Step, now: datetime) -> Filling:
        """Take one step on the person's sheet and keep it locked.

        Without a sheet nothing happens, and none is returned. Raises what the step raises (then
        the sheet stays as it was), and Refusal.
        """
        urn = await self._urns.find(poll_id)
        await self._admit(urn.poll, person)
        sheet: Sheet | None = None
        refused: Refusal | None = None

        def turn(box: bytes | None) -> bytes | None:
            # Raising here would undo what others write in the same transaction.
            nonlocal sheet, refused
            sheet, refused = urn.unlock(person, box), None
            if sheet is None:
                return None
            try:
                sheet, before = step(urn.poll.questions, sheet), sheet
            except Refusal as refusal:
                refused = refusal
                return None
            return None if sheet == before else urn.lock(person, sheet)

        await self._writing(poll_id, change_draft, urn.tag(person), turn, now)
        if refused is not None:
            raise refused
        if sheet is None:
            return await self.filling(person, poll_id)
        return Filling(urn.poll, sheet, tag=urn.tag(person))

    async def seal_sheet(self, person: Person, poll_id: int, now: datetime) -> Filling:
        """Seal the person's whole answers with the profile of this moment, forget the sheet.

        What is returned has no sheet, unless a question is open: then nothing changed. Raises
        Refusal.
        """
        urn = await self._urns.find(poll_id)
        await self._admit(urn.poll, person)

        def turn(box: bytes | None) -> bytes | None:
            sheet = urn.unlock(person, box)
            answers = None if sheet is None else whole(urn.poll.questions, sheet)
            if sheet is None or answers is None:
                return None
            return urn.seal(person, answers, sheet.stream)

        await self._writing(poll_id, cast_draft, urn.tag(person), turn, now)
        filling = await self.filling(person, poll_id)
        if filling.sheet is None:
            self._pulse.beat(urn.poll, person, filling.tag, now)
        return filling

    async def forget_closed(self, now: datetime) -> None:
        """Let go of the keys of polls that take no answers any more; keep counts of minutes."""
        await self._urns.forget_closed(now)
        taken = self._pulse.take(now)
        if taken:
            await self._db.write(keep_counts, self._pulse.process, taken)

    async def answered(self, person: Person, polls: Sequence[Poll]) -> list[bool]:
        """Tell for each poll whether this person's answer is kept; nobody can ask which."""
        tags = [(poll.id, await self._tag(person, poll)) for poll in polls]
        return await self._db.read(ballots_kept, tags)

    async def tags(self, person: Person, now: datetime) -> tuple[tuple[int, bytes], ...]:
        """Return (poll, tag) of this person for each open poll whose key is at hand."""
        found = await self._db.read(running_polls, now, _MOST)
        tags = [(one.poll.id, await self._tag(person, one.poll)) for one in found]
        return tuple((poll, tag) for poll, tag in tags if tag)

    async def draft(
        self, person: Person, poll_id: int, option: int, stream: Stream = Stream.INVITED
    ) -> bytes:
        """Return an answer to a plain poll that only its key opens, fit for a conversation."""
        urn = await self._urns.find(poll_id)
        content = bytes((option, stream is Stream.OPEN))
        return seal_draft(urn.tag_key, poll_id, person.id, content)

    async def cast_draft(self, person: Person, poll_id: int, draft: bytes, now: datetime) -> None:
        """Put the answer of a draft in again with the profile of now; raises Refusal."""
        urn = await self._urns.find(poll_id)
        try:
            option, *opened = open_draft(urn.tag_key, poll_id, person.id, draft)
        except NotABallot:
            raise PollClosed from None
        stream = Stream.OPEN if any(opened) else Stream.INVITED
        await self._put(person, poll_id, option, now, stream)  # counted when it was first put in

    async def _writing(
        self,
        poll_id: int,
        command: Callable[[Connection, int, bytes, Turn, datetime], bool | None],
        tag: bytes,
        turn: Turn,
        now: datetime,
    ) -> None:
        try:
            await self._db.write(command, poll_id, tag, turn, now)
        except PollClosed:
            self._urns.forget(poll_id)
            raise

    async def _admit(self, poll: Poll, person: Person) -> None:
        """Raise Refusal for whom the poll is not, PhoneNeeded where a number is to be confirmed.

        Only polls that want it cost a look; nothing of it goes into the ballot.
        """
        if not poll.target.takes(person):
            raise Refusal(N_("This poll is for other people."))
        if poll.passport.verified and await self._db.read(confirmed_since, person.id) is None:
            raise PhoneNeeded(poll.id)

    async def _stream(self, person: Person, poll: Poll, claimed: Stream) -> Stream:
        """Return how somebody came: a sample has a list, and whoever is on it is invited."""
        if claimed is Stream.INVITED and poll.passport.sample is None:
            return claimed
        listed = await self._db.read(is_invited, poll.id, person.id)
        return Stream.INVITED if listed else Stream.OPEN

    async def _tag(self, person: Person, poll: Poll) -> bytes:
        """Return the person's tag; an impossible one where the poll is out of order."""
        try:
            urn = await self._urns.find(poll.id)
        except Refusal:
            return b""
        return urn.tag(person)
