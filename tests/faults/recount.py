"""An independent count of what is kept: plain SQL, beside whoever works with the database."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from services.polls.ballot import BallotForm, open_ballot, voter_tag
from services.polls.keys import PollKey
from services.polls.model import Option, plain_questions
from storage.types import SealedText
from tests.faults.load import Deed, Kind, Load
from tests.faults.scene import Scene

# As tests.faults.scene asks.
_FORM = BallotForm(plain_questions("", "", [Option(n, "", "") for n in range(3)]))
_FILED = sa.text("SELECT id, number, text, draft_id FROM appeals").columns(
    id=sa.Integer, number=sa.Text, text=SealedText, draft_id=sa.Text
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the database holds at one moment; keys of appeals are their words."""

    appeals: Counter[str]
    histories: Counter[str]  # (words, event) that stand more than once, and registrations missing
    opinions: dict[int, tuple[int | None, bool | None]]
    rated: Counter[int]
    ballots: dict[tuple[int, bytes], int]
    counted: tuple[int, int]  # registrations by day, open appeals
    numbers: list[str]
    receipts: Counter[str]
    parked: frozenset[int]
    outbox: Counter[str]
    quarantined: int

    @property
    def undelivered(self) -> int:
        """Messages that wait to be sent or are being sent."""
        return self.outbox["waiting"] + self.outbox["sending"]


class Recount:
    """Looks into the database of a scene without ever writing to it."""

    def __init__(self, scene: Scene) -> None:
        self._engine = sa.create_engine(readable(scene.url), poolclass=sa.NullPool)
        self._keys: dict[int, PollKey] = {}
        self._opened: dict[bytes, int] = {}
        self._scene = scene

    def look(self) -> Facts:
        """Return the facts of this moment."""
        with self._engine.connect() as connection:
            return self._facts(connection)

    def undelivered(self) -> int:
        """Return how many messages wait to be sent or are being sent."""
        statement = "SELECT count(*) FROM outbox WHERE status IN ('waiting', 'sending')"
        with self._engine.connect() as connection:
            return int(connection.execute(sa.text(statement)).scalar_one())

    def holds(self, deed: Deed, facts: Facts) -> bool:
        """Tell whether a deed has become a fact, or is safe on the shelf."""
        if not facts.parked.isdisjoint(deed.updates):
            return True
        match deed.kind:
            case Kind.APPEAL:
                return str(deed.value) in facts.appeals
            case Kind.VOTE:
                return facts.ballots.get(self._ballot(deed)) == deed.value
            case Kind.RATING:
                return facts.opinions[deed.subject][0] == deed.value
            case Kind.SOLVED:
                return facts.opinions[deed.subject][1] == deed.value

    def twice(self, load: Load, facts: Facts) -> list[str]:
        """Return what stands there more often than it was done, in words."""
        votes = {self._ballot(deed) for deed in load.deeds if deed.kind is Kind.VOTE}
        opinions: Counter[int] = Counter()
        for deed in load.deeds:
            if deed.kind in {Kind.RATING, Kind.SOLVED}:
                opinions[deed.subject] += deed.changes
        filed = facts.appeals.total()
        return [
            *(f"appeal: {words}" for words, number in facts.appeals.items() if number > 1),
            *(f"history: {event}" for event in facts.histories),
            *(f"receipt: {words}" for words, number in facts.receipts.items() if number > 1),
            *(f"rated: {appeal}" for appeal in facts.rated - opinions),
            *(f"ballot: {key}" for key in facts.ballots.keys() - votes),
            *([] if facts.counted == (filed, filed) else [f"{facts.counted} for {filed}"]),
            *([] if _without_gaps(facts.numbers) else [f"numbers: {facts.numbers}"]),
        ]

    def _ballot(self, deed: Deed) -> tuple[int, bytes]:
        return deed.subject, voter_tag(self._keys[deed.subject].tag_key, deed.subject, deed.person)

    def _facts(self, connection: sa.Connection) -> Facts:
        def rows(statement: str) -> Iterable[Any]:
            return connection.execute(sa.text(statement))

        filed = {
            row.id: row
            for row in connection.execute(_FILED)
            if not row.draft_id.startswith("answered-")
        }
        events = Counter(
            (filed[row.appeal_id].text, row.kind)
            for row in rows("SELECT appeal_id, kind FROM appeal_events")
            if row.appeal_id in filed
        )
        expected = Counter((row.text, "registered") for row in filed.values())
        odd = (events - expected) + (expected - events)
        receipts = Counter(
            filed[int(row.key.partition(":")[2])].text
            for row in rows("SELECT key FROM outbox WHERE kind = 'receipt'")
        )
        missing = Counter(row.text for row in filed.values()) - receipts
        return Facts(
            appeals=Counter(row.text for row in filed.values()),
            histories=Counter(f"{words}, {kind}" for words, kind in odd)
            + Counter(f"{words}, no receipt" for words in missing),
            opinions={
                row.id: (row.rating, None if row.solved is None else bool(row.solved))
                for row in rows("SELECT id, rating, solved FROM appeals")
                if row.id not in filed
            },
            rated=Counter(
                row.appeal_id
                for row in rows(
                    "SELECT appeal_id FROM appeal_events WHERE kind IN ('rated', 'confirmed')"
                )
            ),
            ballots=dict(self._ballots(connection)),
            counted=(
                int(_one(connection, "SELECT coalesce(sum(registered), 0) FROM appeal_days")),
                int(_one(connection, "SELECT coalesce(sum(count), 0) FROM open_appeals")),
            ),
            numbers=sorted(row.number for row in filed.values()),
            receipts=receipts,
            parked=frozenset(row.update_id for row in rows("SELECT update_id FROM parked")),
            outbox=Counter(row.status for row in rows("SELECT status FROM outbox")),
            quarantined=int(_one(connection, "SELECT count(*) FROM quarantine")),
        )

    def _ballots(self, connection: sa.Connection) -> Iterable[tuple[tuple[int, bytes], int]]:
        self._find_keys(connection)
        for row in connection.execute(sa.text("SELECT poll_id, tag, sealed FROM ballots")):
            sealed = bytes(row.sealed)
            if sealed not in self._opened:
                ballot = open_ballot(self._keys[row.poll_id].secret_key, _FORM, sealed)
                self._opened[sealed] = ballot.answers[0].chosen[0]
            yield (row.poll_id, bytes(row.tag)), self._opened[sealed]

    def _find_keys(self, connection: sa.Connection) -> None:
        if not self._keys:
            for row in connection.execute(sa.text("SELECT id, draft_id, public_key FROM polls")):
                self._keys[row.id] = self._scene.keys.find(row.draft_id, bytes(row.public_key))


def readable(url: str) -> str:
    """Return the address for somebody who only reads, and on SQLite moves no log into the file."""
    scheme, _, path = url.partition(":///")
    if scheme == "sqlite":
        return f"sqlite:///file:{path}?mode=ro&uri=true"
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _one(connection: sa.Connection, statement: str) -> Any:
    return connection.execute(sa.text(statement)).scalar_one()


def _without_gaps(numbers: list[str]) -> bool:
    counters = [int(number.split("-")[1]) for number in numbers]
    return counters == list(range(1, len(counters) + 1))
