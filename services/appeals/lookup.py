"""Looking an appeal up at the desk: by its number, a phone, or words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from services.appeals.lists import QueueLine, queue_line
from services.appeals.search import Query, find_appeals, parse_query
from services.audit.recording import record_reading
from services.people.deeds import Deed
from services.people.rights import authorise
from storage import appeal_lists as rows


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, the newest first; `more` where older ones follow.

    understood is False where the text held nothing to look for.
    """

    lines: tuple[QueueLine, ...] = ()
    more: bool = False
    understood: bool = True


def search_desk(
    connection: Connection,
    actor: int,
    text: str,
    now: datetime,
    *,
    before: int | None,
    limit: int,
) -> Found:
    """Return what `look_up` finds, and write down by what kind of words it was looked for.

    Key: (actor, kind of words, ten minutes).
    """
    found = look_up(connection, actor, text, before=before, limit=limit)
    case = f"search:{_kind(parse_query(text))}"
    record_reading(connection, who=actor, what=Deed.SEARCH, on=case, now=now)
    return found


def look_up(
    connection: Connection, actor: int, text: str, *, before: int | None, limit: int
) -> Found:
    """Return appeals of any state that are looked for, those below the id `before`.

    Nothing beyond the actor's reach. Raises Refusal.
    """
    bounds = authorise(connection, actor, Deed.SEARCH).bounds
    query = parse_query(text)
    if query == Query():
        return Found(understood=False)
    ids = find_appeals(connection, query, limit=limit + 1, before=before, bounds=bounds)
    found = rows.lines_of(connection, ids[:limit], bounds)
    lines = {row["id"]: queue_line(row) for row in found}
    shown = tuple(lines[each] for each in ids[:limit] if each in lines)
    return Found(shown, more=len(ids) > limit)


def _kind(query: Query) -> str:
    """Return what was asked by; never what it said."""
    if query.phone is not None:
        return "phone"
    return "words" if query.number is None else "number"
