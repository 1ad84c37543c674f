"""What happened to an appeal and what was said of it, in its order, for those who handle it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.model import AppealEvent, EntryKind
from services.appeals.rights import require_reader
from services.audit.recording import record_reading
from services.clock import local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import appeal_changes, appeal_entries, appeal_openings, appeal_reminders, appeals
from storage.rights_appeals import ERASED
from storage.staff import staff_names

_OF_VERSION = re.compile(r"v(\d+)")


class Speaker(StrEnum):
    """Who acted or spoke."""

    CITIZEN = "citizen"
    FOLLOWER = "follower"
    STAFF = "staff"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Said:
    """Words in their newest wording; earlier ones with the moment until which each stood."""

    kind: EntryKind
    text: str
    earlier: tuple[tuple[str, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened, with the words that made it, or words alone (event is None).

    name is of the member of staff who acted, and whom of the one to whom it was handed; both ""
    where there is none: citizens stay nameless here.
    """

    at: datetime
    speaker: Speaker
    name: str
    event: AppealEvent | None = None
    whom: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    # Which member of staff; None for everybody else.
    staff: int | None = None


def open_history(
    connection: Connection, appeal_id: int, actor: int, now: datetime
) -> tuple[Moment, ...]:
    """Return everything about an appeal, and write down who was shown it; raises Refusal.

    Key: (appeal, actor, ten minutes).
    """
    moments = read_history(connection, appeal_id, actor, local_date(now))
    case = f"appeal:{appeal_id}"
    record_reading(connection, who=actor, what=Deed.READ_HISTORY, on=case, now=now)
    return moments


def read_history(
    connection: Connection, appeal_id: int, actor: int, today: date
) -> tuple[Moment, ...]:
    """Return everything about an appeal, the oldest first, to a use case (a query)."""
    reached = authorise(connection, actor, Deed.READ_HISTORY)
    appeal = appeals.find_appeal(connection, appeal_id)
    if appeal is None:
        raise Refusal(N_("There is no such appeal."))
    require_reader(connection, reached, appeal, actor, today)
    return moments_of(connection, appeal)


def moments_of(connection: Connection, appeal: RowMapping) -> tuple[Moment, ...]:
    """Return everything about an appeal, the oldest first; who may read it was asked before."""
    appeal_id = appeal["id"]
    events = appeal_changes.history(connection, appeal_id)
    entries = appeal_entries.entries_of(connection, appeal_id)
    ids = {row["actor"] for row in events} | {row["author"] for row in entries}
    ids |= {row["details"].get("assignee") for row in events}
    names = staff_names(connection, [each for each in ids if each is not None])
    said = _by_version(entries, _earlier(connection, appeal_id))
    moments = [*_happened(events, said, appeal, names), *_spoken(said, appeal, names)]
    moments += [*_told(connection, appeal_id), *_opened(connection, appeal_id)]
    return tuple(sorted(moments, key=lambda moment: moment.at))


def _happened(
    events: Sequence[RowMapping],
    said: Mapping[int | None, list[tuple[RowMapping, Said]]],
    appeal: RowMapping,
    names: Mapping[int, str],
) -> Iterator[Moment]:
    for row in events:
        speaker, name = _who(row["actor"], appeal, names)
        yield Moment(
            row["at"],
            speaker,
            name,
            AppealEvent(row["kind"]),
            names.get(row["details"].get("assignee") or 0, ""),
            row["details"],
            tuple(words for _entry, words in said.get(row["version"], ())),
            row["actor"] if speaker is Speaker.STAFF else None,
        )


def _told(connection: Connection, appeal_id: int) -> Iterator[Moment]:
    """Yield when the next level was told that the appeal is late; passing it on is an event."""
    for row in appeal_reminders.given_after_due(connection, appeal_id):
        if row["stage"] == 1:
            details = {"told": True, "official": row["official"]}
            yield Moment(row["at"], Speaker.CLOCK, "", AppealEvent.ESCALATED, details=details)


def _opened(connection: Connection, appeal_id: int) -> Iterator[Moment]:
    """Yield who opened the sealed name, when and why."""
    openings = appeal_openings.openings_of(connection, appeal_id)
    names = staff_names(connection, [row["actor"] for row in openings])
    for row in openings:
        reason = Said(EntryKind.REASON, row["reason"])
        name = names.get(row["actor"], "")
        yield Moment(
            row["at"],
            Speaker.STAFF,
            name,
            AppealEvent.NAME_OPENED,
            said=(reason,),
            staff=row["actor"],
        )


def _spoken(
    said: Mapping[int | None, list[tuple[RowMapping, Said]]],
    appeal: RowMapping,
    names: Mapping[int, str],
) -> Iterator[Moment]:
    for row, words in said.get(None, ()):
        speaker, name = _who(row["author"], appeal, names)
        if words.kind is EntryKind.JOIN:
            # Whoever works here joins as anybody else.
            speaker, name = Speaker.FOLLOWER, ""
        staff = row["author"] if speaker is Speaker.STAFF else None
        yield Moment(row["at"], speaker, name, said=(words,), staff=staff)


def _by_version(
    entries: Sequence[RowMapping], earlier: Mapping[int, list[tuple[str, datetime]]]
) -> dict[int | None, list[tuple[RowMapping, Said]]]:
    """Return the entries by the version of the change that they belong to, None for the others."""
    found = defaultdict(list)
    for row in entries:
        of_version = _OF_VERSION.match(row["key"])
        version = int(of_version[1]) if of_version else None
        words = Said(EntryKind(row["kind"]), row["text"], tuple(earlier.get(row["id"], ())))
        found[version].append((row, words))
    return found


def _earlier(connection: Connection, appeal_id: int) -> dict[int, list[tuple[str, datetime]]]:
    found = defaultdict(list)
    for row in appeal_entries.revisions_of(connection, appeal_id):
        found[row["entry_id"]].append((row["text"], row["until"]))
    return found


def _who(
    person_id: int | None, appeal: RowMapping, names: Mapping[int, str]
) -> tuple[Speaker, str]:
    if person_id is None:
        return Speaker.CLOCK, ""
    if person_id in {ERASED, appeal["person_id"]}:
        return Speaker.CITIZEN, ""
    if person_id in names:
        return Speaker.STAFF, names[person_id]
    return Speaker.FOLLOWER, ""
