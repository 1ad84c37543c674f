"""How often a person hears news: each post at once, or together once a day or once a week."""

from datetime import datetime, time

from sqlalchemy import Connection

from services.campaigns.silence import silence_around
from services.clock import ALMATY
from services.delivery.target import Rhythm
from services.news.digest import HOURS, NEWS_DIGEST, rest_of
from services.news.posts import NEWS
from services.people.agreement import require_consent
from services.people.consent import ConsentKind
from services.people.model import Profile
from services.people.person import find_person
from services.refusal import N_, Refusal
from storage import news_rhythms as rows
from storage.outbox import tell

WEEKDAYS = range(7)  # 0 is Monday


def rhythm_of(connection: Connection, person_id: int) -> Rhythm | None:
    """Return when a person gets news together; None where each post comes at once (a query)."""
    row = rows.find(connection, person_id)
    return Rhythm(row["hour"], row["weekday"]) if row is not None else None


def get_together(connection: Connection, person_id: int, rhythm: Rhythm, now: datetime) -> None:
    """Let news come together at this hour; the same again changes nothing.

    Raises ConsentNeeded for who does not agree to get news.

    Posts that are on their way one by one and have not reached this person will be in the first
    digest. Raises Refusal for an hour at which mailings keep silent.

    Key: person; the button says which hour and day.
    """
    if rhythm.hour not in HOURS or rhythm.weekday not in {None, *WEEKDAYS}:
        raise Refusal(N_("News comes together from 9 in the morning to 8 in the evening."))
    require_consent(connection, person_id, ConsentKind.NEWS)
    if find_person(connection, person_id) is None or rhythm == rhythm_of(connection, person_id):
        return
    rows.keep(
        connection,
        {
            "person_id": person_id,
            "hour": rhythm.hour,
            "weekday": rhythm.weekday,
            "chosen_at": now,
            "since": now,
            "pending": sorted(rows.on_their_way(connection, person_id, NEWS, now)),
        },
    )


def get_each(connection: Connection, person_id: int, now: datetime) -> None:
    """Let each post come at once again; what was kept for the next digest is told now.

    Key: person; where each comes at once already nothing changes.
    """
    row = rows.find(connection, person_id)
    if row is None:
        return
    person = find_person(connection, person_id)
    if person is not None and not person.muted:
        arriving = rows.on_their_way(connection, person_id, NEWS, now)
        rest = rest_of(connection, row, arriving, now)
        if rest is not None:
            key = f"{NEWS_DIGEST}:{person_id}:{row['since'].isoformat()}"
            later = _after_silence(connection, person.profile, now)
            tell(connection, person_id, NEWS_DIGEST, key, rest, now, not_before=later)
    rows.forget(connection, person_id)


def _after_silence(connection: Connection, profile: Profile, now: datetime) -> datetime | None:
    """Return the morning after the vote for which this person is told no news today, if one is."""
    campaign = silence_around(connection, profile.region, profile.district, now)
    if campaign is None:
        return None
    return datetime.combine(campaign.open_again, time(HOURS.start), ALMATY)
