"""Going along the chain of the audit: that every row is there as it was written, in its place.

A row that was changed, or put in another's place, no longer matches its own link; one that was
taken out leaves a gap in the numbers; a tail that was cut off leaves the end behind. Somebody who
holds the key, or writes all links anew under none, is found by an anchor: the number and the link
of a row, which somebody else kept elsewhere.
"""

import hmac
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, RowMapping

from services.audit.chain_keys import known_secrets
from storage import audit_reading as rows
from storage.audit import link
from storage.schema.audit_keeping import missing_keepers

# Further troubles are counted and not named: one mistake is enough to look into a backup.
NAMED = 50


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row as somebody noted it outside of the database."""

    number: int
    link: str

    @classmethod
    def parse(cls, text: str) -> "Anchor":
        """Read "17:3f…" as it was printed. Raises ValueError."""
        number, _, noted = text.partition(":")
        if not noted:
            raise ValueError(text)
        return cls(int(number), noted)

    def __str__(self) -> str:
        return f"{self.number}:{self.link}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: how many rows, the newest of them, and what is wrong, each a sentence.

    unkeyed is the number of rows that were bound without a key; troubles beyond NAMED are only in
    `count`. before: the number of the newest row that retention took out.
    """

    rows: int
    last: Anchor | None
    unkeyed: int
    troubles: tuple[str, ...]
    count: int
    before: int

    @property
    def intact(self) -> bool:
        """Tell whether nothing is wrong."""
        return not self.count


@dataclass(slots=True)
class _Walk:
    """Where a walk along the chain stands."""

    secrets: Sequence[bytes]  # the oldest first
    last: Anchor
    # Which secrets may still come: a chain never goes back to an older one.
    oldest: int = 0
    rows: int = 0
    unkeyed: int = 0
    troubles: list[str] = field(default_factory=list)
    count: int = 0

    def say(self, trouble: str) -> None:
        self.count += 1
        if len(self.troubles) < NAMED:
            self.troubles.append(trouble)


def verify(
    connection: Connection, anchors: Sequence[Anchor] = (), *, newest: int | None = None
) -> Verdict:
    """Return whether the audit is whole, and like these anchors (a query).

    `newest`: go along so many of the newest rows only, believing the link of the row before them.
    Holds some thousand rows in memory at once, however many there are.
    """
    ends = rows.ends(connection)
    before = Anchor(ends["before"], ends["before_link"]) if ends else Anchor(0, "")
    begin = before if ends is None else _begin(connection, before, ends["last"], newest)
    walk = _Walk(known_secrets(connection), begin)
    noted = {anchor.number: anchor.link for anchor in anchors}
    for name in sorted(missing_keepers(connection)):
        walk.say(f"the database no longer forbids changes: trigger {name} is missing or altered")
    rest = rows.in_order(connection)
    if begin != before:
        rest = rows.in_order(connection, begin.number)
    for row in rest:
        _step(walk, row)
        if noted.pop(row["number"], row["link"]) != row["link"]:
            walk.say(f"row {row['number']}: its link is not the one that was noted as an anchor")
    for trouble in _at_the_end(walk, ends, noted, before):
        walk.say(trouble)
    last = walk.last if walk.rows else None
    troubles = tuple(walk.troubles)
    return Verdict(walk.rows, last, walk.unkeyed, troubles, walk.count, before.number)


def _begin(connection: Connection, before: Anchor, last: int, newest: int | None) -> Anchor:
    """Return the row behind which a walk begins."""
    number = before.number if newest is None else last - newest
    link_ = rows.link_of(connection, number) if number > before.number else None
    return before if link_ is None else Anchor(number, link_)


def newest(connection: Connection) -> Anchor | None:
    """Return the newest row, to be noted outside of the database (a query)."""
    ends = rows.ends(connection)
    return Anchor(ends["last"], ends["last_link"]) if ends and ends["last"] else None


def _step(walk: _Walk, row: RowMapping) -> None:
    number, expected = row["number"], walk.last.number + 1
    walk.rows += 1
    if number < expected:
        walk.say(f"row {number}: it lies before the beginning of the audit")
        return
    if number > expected:
        walk.say(f"{_span(expected, number - 1)} removed")
    else:
        _compare(walk, row)
    walk.last = Anchor(number, row["link"])


def _compare(walk: _Walk, row: RowMapping) -> None:
    """Find under which secret the row was bound; without a gap before it, one must fit."""
    for place, secret in enumerate(walk.secrets):
        if not hmac.compare_digest(link(secret, walk.last.link, row), row["link"]):
            continue
        if place < walk.oldest:
            walk.say(f"row {row['number']}: it was bound under a key that was given up before")
        walk.oldest = max(walk.oldest, place)
        walk.unkeyed += not secret
        return
    walk.say(
        f"row {row['number']}: it was changed, inserted or moved here, "
        "or DATA_KEY lacks the key under which it was written"
    )


def _at_the_end(
    walk: _Walk, ends: RowMapping | None, noted: Mapping[int, str], before: Anchor
) -> Iterator[str]:
    if ends is None:
        if walk.rows:
            yield "where the audit ends was removed"
    elif ends["last"] > walk.last.number:
        yield f"{_span(walk.last.number + 1, ends['last'])} cut off at the end"
    elif ends["last"] < walk.last.number:
        yield f"{_span(ends['last'] + 1, walk.last.number)} inserted behind the end"
    elif ends["last_link"] != walk.last.link:
        yield f"row {walk.last.number}: its link is not the one that the end of the audit notes"
    for number, link_ in sorted(noted.items()):
        if number > before.number:
            yield f"row {number}: it was noted as an anchor and is not there"
        elif number == before.number and link_ != before.link:
            yield f"row {number}: its link is not the one that was noted as an anchor"


def _span(first: int, last: int) -> str:
    if first == last:
        return f"row {first}: it was"
    return f"rows {first} to {last}: they were"
