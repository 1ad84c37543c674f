"""News together: one message at a person's hour with what came out since the one before.

Each person has a mark: everything that came out before it has been told. The digest of an hour
brings what came out from the mark up to a minute before that hour, and moves the mark there. So
the half-open periods of one person lie end to end, however the hours were changed and however
late a digest went out, and no post is told twice or left out, except that

- a digest reaches back three weeks and no further, for who could not get any that long;
- a topic that is off at the moment of sending, or a post for others, is not told later either;
- a post that was told in a digest comes once more to who then wants each at once, if it is still
  on its way to others and has not come to them yet.

When somebody changes to digests, the mark stands at that moment, and posts that are on their way
to others one by one are put beside it. When they change back, what is left comes at once.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.campaigns.silence import silent_campaigns
from services.clock import ALMATY, local
from services.delivery.mailing import launch
from services.delivery.target import Rhythm, Target
from services.news.aim import is_meant_for
from services.news.length import first_line
from storage import news_rhythms as rows

NEWS_DIGEST = "news_digest"
# Mailings keep silent from 21:00 to 09:00.
HOURS = range(9, 21)
REACH = timedelta(days=21)
# What is published in the very minute of the hour may not be written yet; the next one has it.
SETTLED = timedelta(minutes=1)

_TITLE_LENGTH = 90
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """A digest whose hour has come: for whom, and when that was."""

    rhythm: Rhythm
    at: datetime

    @property
    def key(self) -> str:
        """Return the natural key of its mailing."""
        when = "day" if self.rhythm.weekday is None else self.rhythm.weekday
        return f"{NEWS_DIGEST}:{local(self.at).date()}:{self.rhythm.hour}:{when}"

    @property
    def until(self) -> datetime:
        """Return the moment before which posts belong to it."""
        return self.at - SETTLED


def last_hours(now: datetime) -> list[Due]:
    """Return the last digest of every rhythm whose hour has come, the earliest first."""
    here = local(now)
    found = []
    for back in range(8):
        day = here.date() - timedelta(days=back)
        for hour in HOURS:
            at = datetime.combine(day, time(hour), ALMATY)
            if now - 7 * _DAY < at <= now:
                found.append(Due(Rhythm(hour, day.weekday()), at))
            if now - _DAY < at <= now:
                found.append(Due(Rhythm(hour), at))
    return sorted(found, key=lambda due: due.at)


def due_digests(
    connection: Connection, now: datetime, looked_at: Collection[Due] = ()
) -> list[Due]:
    """Return the digests that are to be launched (a query), without those looked at before.

    Of each rhythm only the last hour counts: after days without the bot its people get one
    digest with everything. There is none where nobody waits for a post, and in the silence before
    a vote of the whole country none at all.
    """
    if not rows.anybody_chose(connection):
        return []
    if any(not campaign.area for campaign in silent_campaigns(connection, now)):
        return []
    last = [due for due in last_hours(now) if due not in looked_at]
    launched = rows.launched(connection, [due.key for due in last])
    return [due for due in last if due.key not in launched and _is_wanted(connection, due)]


def launch_digest(connection: Connection, due: Due, now: datetime) -> int:
    """Launch the mailing of one hour and return its id.

    It does not count towards the weekly ceiling: a digest is what its readers asked for.

    Key: the day, the hour and the rhythm.
    """
    return launch(
        connection,
        key=due.key,
        kind=NEWS_DIGEST,
        payload=digest_of(
            rows.out_between(connection, due.at - REACH, due.until), due.at, due.until
        ),
        created_by=None,
        now=now,
        target=Target(rhythm=due.rhythm),
    )


def variants(
    connection: Connection,
    payload: Mapping[str, Any],
    ids: Sequence[int],
    _started_at: datetime,
) -> Mapping[int, tuple[int, ...]]:
    """Return the posts that each of these people is told now, the newest first; move their marks.

    Called once for each person of a digest, in the transaction that takes them in hand. Who
    chose this rhythm after its hour waits for the next. A post that was taken back since the
    digest began is not told.

    Key: (mailing, person), by the row in deliveries; a mark only moves on.
    """
    at, until = _moments(payload)
    people = [row for row in rows.of_people(connection, ids) if row["chosen_at"] <= at]
    muted = rows.muted_among(connection, ids)
    posts = _Posts(payload["posts"])
    found = {row["person_id"]: posts.untold(row, until, muted, row["pending"]) for row in people}
    rows.told(connection, list(found), until)
    out = rows.still_out(connection, {post for told in found.values() for post in told})
    return {person: tuple(post for post in told if post in out) for person, told in found.items()}


def rest_of(
    connection: Connection, rhythm: RowMapping, arriving: Collection[int], now: datetime
) -> dict[str, Any] | None:
    """Return the payload of a last digest, with what a person was not told yet; None if nothing.

    `arriving` are the posts that will come to this person one by one.
    """
    person = rhythm["person_id"]
    end = now + timedelta(microseconds=1)
    payload = digest_of(rows.out_between(connection, now - REACH, end), now, end)
    (row,) = rows.of_people(connection, [person])
    posts = _Posts(one for one in payload["posts"] if one["id"] not in arriving)
    muted = rows.muted_among(connection, [person])
    variant = posts.untold(row, end, muted, row["pending"])
    if not variant:
        return None
    told = [one for one in payload["posts"] if one["id"] in variant]
    return payload | {"posts": told, "variant": list(variant)}


def digest_of(posts: Iterable[RowMapping], at: datetime, until: datetime) -> dict[str, Any]:
    """Return the payload of kind "news_digest": these posts in this order."""
    return {
        "at": at.isoformat(),
        "until": until.isoformat(),
        "posts": [
            {
                "id": row["id"],
                "topic": row["topic"],
                "title_kk": first_line(row["text_kk"], _TITLE_LENGTH),
                "title_ru": first_line(row["text_ru"], _TITLE_LENGTH),
                "at": row["published_at"].isoformat(),
                "target": row["audience"],
            }
            for row in posts
        ],
    }


class _Posts:
    """The posts of a payload, the newest first, read once for all people of a batch."""

    def __init__(self, listed: Iterable[Mapping[str, Any]]) -> None:
        self._posts = [
            (
                one["id"],
                one["topic"],
                datetime.fromisoformat(one["at"]),
                Target.of_json(one["target"]),
            )
            for one in listed
        ]

    def untold(
        self,
        person: RowMapping,
        until: datetime,
        muted: Collection[tuple[int, str]],
        pending: Collection[int],
    ) -> tuple[int, ...]:
        """Return what this person wants to hear and has not heard."""
        known = takewhile(lambda one: bool(pending) or one[2] >= person["since"], self._posts)
        return tuple(
            post
            for post, topic, at, target in known
            if (person["since"] <= at < until or post in pending)
            and (person["person_id"], topic) not in muted
            and is_meant_for(target, person)
        )


def _moments(payload: Mapping[str, Any]) -> tuple[datetime, datetime]:
    return datetime.fromisoformat(payload["at"]), datetime.fromisoformat(payload["until"])


def _is_wanted(connection: Connection, due: Due) -> bool:
    newest = rows.last_before(connection, due.until)
    if newest is None or newest < due.at - REACH:
        return False
    return rows.somebody_waits(
        connection,
        hour=due.rhythm.hour,
        weekday=due.rhythm.weekday,
        at=due.at,
        newest=newest,
    )
