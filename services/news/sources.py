"""Where news comes from by itself: channels and feeds, added, changed and retired by the staff."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.language import Language
from services.people.deeds import Deed
from services.people.model import Role
from services.people.rights import authorise
from services.refusal import N_, Refusal
from services.text.length import shortened
from storage import news as topics
from storage import sources as rows

STAFF = (Role.OPERATOR, Role.ADMINISTRATOR)
TITLE_LENGTH = 200
ADDRESS_LENGTH = 500
PAGE = 8
# What goes out by itself passes no second pair of eyes.
WHO_MAY_AUTOMATE = N_("Only an administrator can switch on “⚡ Publish by itself”.")


class SourceKind(StrEnum):
    """How news arrives from a source."""

    # A Telegram channel with the bot as its administrator.
    CHANNEL = "channel"
    # RSS or Atom, asked every ten minutes.
    FEED = "feed"


@dataclass(frozen=True, slots=True)
class NewSource:
    """What the staff say of a source: its address is a channel's id or a feed's URL."""

    kind: SourceKind
    address: str
    title: str
    topic: str
    language: Language
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A source as it is now; newest is when it last brought something."""

    id: int
    kind: SourceKind
    address: str
    title: str
    topic: str
    language: Language
    automatic: bool
    version: int
    added_at: datetime
    retired_at: datetime | None
    etag: str | None
    last_modified: str | None
    checked_at: datetime | None
    broken_since: datetime | None
    newest: datetime | None = None


@dataclass(frozen=True, slots=True)
class SourcePage:
    """Sources in use, and whether more follow."""

    sources: tuple[Source, ...]
    more: bool


def add_source(connection: Connection, by: int, new: NewSource, now: datetime) -> Source:
    """Take up a source and return it; one that was retired begins anew, as it is said now.

    Raises Refusal for who is none of the staff, for an automatic source of anybody but an
    administrator, for a topic that is gone, and where the source is in use already with other
    settings.

    Key: address.
    """
    authorise(connection, by, Deed.CHANGE_SOURCES)
    if new.automatic:
        _check_may_automate(connection, by)
    _check_topic(connection, new.topic)
    said = {
        "kind": new.kind.value,
        "title": shortened(new.title, TITLE_LENGTH),
        "topic": new.topic,
        "language": new.language.value,
        "automatic": new.automatic,
    }
    begun = {"added_by": by, "added_at": now, "retired_at": None}
    if not rows.add_source(connection, said | begun | {"address": new.address}):
        known = _known(connection, new.address)
        if known.retired_at is not None:
            fresh = {"checked_at": None, "etag": None, "last_modified": None}
            healed = {"broken_since": None, "failures": 0, "version": known.version + 1}
            rows.change_source(connection, known.id, said | begun | fresh | healed)
            _record(connection, by, known.id, known.version + 1, now)
        elif (known.topic, known.language, known.automatic) != (
            new.topic,
            new.language,
            new.automatic,
        ):
            raise Refusal(
                N_("This source is in the list already: {title}. Change it there."),
                title=known.title,
            )
    else:
        _record(connection, by, _known(connection, new.address).id, 0, now)
    return _known(connection, new.address)


def change_source(
    connection: Connection,
    by: int,
    source_id: int,
    version: int,
    now: datetime,
    *,
    topic: str | None = None,
    language: Language | None = None,
    automatic: bool | None = None,
) -> Source:
    """Set what is given and return the source as it is then.

    Changed so already, it stays. Raises Refusal for who is none of the staff, for anybody but an
    administrator who makes it automatic, for a topic that is gone, and where somebody changed or
    retired the source since this version.

    Key: (source, expected version).
    """
    authorise(connection, by, Deed.CHANGE_SOURCES)
    if automatic:
        _check_may_automate(connection, by)
    if topic is not None:
        _check_topic(connection, topic)
    said: dict[str, Any] = {
        "topic": topic,
        "language": language.value if language else None,
        "automatic": automatic,
    }
    given = {name: value for name, value in said.items() if value is not None}
    return _change(connection, by, source_id, version, given, now)


def retire_source(
    connection: Connection, by: int, source_id: int, version: int, now: datetime
) -> Source:
    """Take no more news from a source; what it brought stays. Raises as `change_source` does.

    Key: (source, expected version).
    """
    authorise(connection, by, Deed.CHANGE_SOURCES)
    source = existing(connection, source_id)
    if source.retired_at is not None:
        return source
    return _change(connection, by, source_id, version, {"retired_at": now}, now)


def list_sources(connection: Connection, after: int = 0) -> SourcePage:
    """Return a page of the sources in use, from behind this id on (a query)."""
    found = rows.sources_in_use(connection, after, PAGE + 1)
    shown = tuple(source_of(row, newest) for row, newest in found[:PAGE])
    return SourcePage(shown, len(found) > PAGE)


def find_source(connection: Connection, source_id: int) -> Source | None:
    """Return a source, retired or not (a query)."""
    row = rows.find_source(connection, source_id)
    newest = rows.newest_item(connection, source_id)
    return source_of(row, newest) if row is not None else None


def existing(connection: Connection, source_id: int) -> Source:
    """Return a source, retired or not; raises Refusal where there is none (a query)."""
    source = find_source(connection, source_id)
    if source is None:
        raise Refusal(N_("There is no such source."))
    return source


def in_use(connection: Connection, address: str) -> Source | None:
    """Return the source with this address, where news is taken from it (a query)."""
    row = rows.find_address(connection, address)
    return source_of(row) if row is not None and row["retired_at"] is None else None


def source_of(row: RowMapping | Mapping[str, Any], newest: datetime | None = None) -> Source:
    """Return the source in a row of the table."""
    return Source(
        id=row["id"],
        kind=SourceKind(row["kind"]),
        address=row["address"],
        title=row["title"],
        topic=row["topic"],
        language=Language(row["language"]),
        automatic=row["automatic"],
        version=row["version"],
        added_at=row["added_at"],
        retired_at=row["retired_at"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        checked_at=row["checked_at"],
        broken_since=row["broken_since"],
        newest=newest,
    )


def _record(connection: Connection, by: int, source_id: int, version: int, now: datetime) -> None:
    what, case, key = Deed.CHANGE_SOURCES, f"source:{source_id}", f"v{version}"
    record(connection, who=by, what=what, on=case, now=now, key=key, version=version)


def _change(
    connection: Connection,
    by: int,
    source_id: int,
    version: int,
    given: Mapping[str, Any],
    now: datetime,
) -> Source:
    source = existing(connection, source_id)
    if all(getattr(source, name) == value for name, value in given.items()):
        return source
    changed = rows.change_source(
        connection,
        source_id,
        {**given, "version": version + 1},
        version=version,
        retired_at=None,
    )
    if not changed:
        raise Refusal(N_("Somebody has changed this source meanwhile. Please look once more."))
    _record(connection, by, source_id, version + 1, now)
    return existing(connection, source_id)


def _known(connection: Connection, address: str) -> Source:
    row = rows.find_address(connection, address)
    if row is None:
        raise LookupError(address)
    return source_of(row)


def _check_may_automate(connection: Connection, by: int) -> None:
    try:
        authorise(connection, by, Deed.AUTOMATE_SOURCE)
    except Refusal:
        raise Refusal(WHO_MAY_AUTOMATE) from None


def _check_topic(connection: Connection, topic: str) -> None:
    if not topics.topic_exists(connection, topic):
        raise Refusal(N_("This topic of news no longer exists. Please choose another."))
