"""What was done about the result of a poll: told to its audience, and needed for the archive.

Who answered is forgotten by then, so it goes to everybody whom the poll was for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.delivery.mailing import launch
from services.delivery.target import Target
from services.delivery.territory import require_poll
from services.language import choose
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import poll_telling as rows

DONE_KIND = "poll_done"
SHORTEST, LONGEST = 10, 3000


@dataclass(frozen=True, slots=True)
class Followed:
    """A counted poll and what became of it; the texts are empty until somebody tells."""

    poll: int
    title_kk: str
    title_ru: str
    ended_at: datetime
    target: Target
    text_kk: str = ""
    text_ru: str = ""
    told_at: datetime | None = None
    archived_at: datetime | None = None

    def title(self, language: str) -> str:
        """Return what the poll is called."""
        return choose(language, self.title_kk, self.title_ru)

    def text(self, language: str) -> str:
        """Return what was done."""
        return choose(language, self.text_kk, self.text_ru)


def followed(connection: Connection, poll_id: int) -> Followed | None:
    """Return what became of a poll; None while it is not counted."""
    return _of(rows.find_counted(connection, poll_id))


def followed_among(connection: Connection, polls: Sequence[int]) -> dict[int, Followed]:
    """Return what became of these polls, of those that are counted."""
    found = (_of(row) for row in rows.counted_among(connection, polls))
    return {one.poll: one for one in found if one is not None}


def check_done(text: str) -> str:
    """Return the text without white space around it. Raises Refusal unless it fits."""
    text = text.strip()
    if not SHORTEST <= len(text) <= LONGEST:
        raise Refusal(
            N_("From {least} to {most} characters are needed, you sent: {length}"),
            least=SHORTEST,
            most=LONGEST,
            length=len(text),
        )
    return text


def tell_done(
    connection: Connection, poll_id: int, by: int, texts: tuple[str, str], now: datetime
) -> None:
    """Tell in Kazakh and Russian what was done, and mail it to the poll's audience.

    It is told once. Raises Refusal for citizens, for a poll without a result, and for another
    text where one was told.

    Key: poll.
    """
    reached = authorise(connection, by, Deed.TELL_DONE)
    kk, ru = (check_done(text) for text in texts)
    found = followed(connection, poll_id)
    if found is None:
        raise Refusal(N_("This poll has no result yet."))
    require_poll(reached, found.target)
    if not rows.put_done(connection, poll_id, kk, ru, now):
        if (found.text_kk, found.text_ru) != (kk, ru):
            raise Refusal(N_("What was done about this poll has been told already."))
        return
    launch(
        connection,
        key=f"{DONE_KIND}:{poll_id}",
        kind=DONE_KIND,
        payload=_payload(found, kk, ru),
        created_by=by,
        now=now,
        target=found.target,
    )
    record(connection, who=by, what=Deed.TELL_DONE, on=f"poll:{poll_id}", now=now, key="")


def archive(connection: Connection, poll_id: int, by: int, now: datetime) -> None:
    """Put a poll away; its result stays for everybody.

    Raises Refusal for citizens, and until what was done has been told.

    Key: poll.
    """
    reached = authorise(connection, by, Deed.ARCHIVE_POLL)
    found = followed(connection, poll_id)
    if found is None:
        raise Refusal(N_("This poll has no result yet."))
    require_poll(reached, found.target)
    if found.told_at is None:
        raise Refusal(N_("First tell people what was done about the result."))
    if rows.put_archived(connection, poll_id, now):
        what, case = Deed.ARCHIVE_POLL, f"poll:{poll_id}"
        record(connection, who=by, what=what, on=case, now=now, key="")


def _payload(found: Followed, kk: str, ru: str) -> Mapping[str, Any]:
    return {
        "poll": found.poll,
        "title_kk": found.title_kk,
        "title_ru": found.title_ru,
        "text_kk": kk,
        "text_ru": ru,
    }


def _of(row: RowMapping | None) -> Followed | None:
    if row is None:
        return None
    return Followed(
        poll=row["id"],
        title_kk=row["title_kk"],
        title_ru=row["title_ru"],
        ended_at=row["frozen_at"],
        target=Target.of_json(row["target"]),
        text_kk=row["done_kk"] or "",
        text_ru=row["done_ru"] or "",
        told_at=row["done_at"],
        archived_at=row["archived_at"],
    )
