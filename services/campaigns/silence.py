"""The days of silence: what the party publishes to many waits until the day after voting.

From the fifth day before a voting day to the end of that day, in the place of the campaign, these
stand still and go on by themselves afterwards:

- posts of the news, at once or planned, from sources or from the staff, with their copies in the
  channel, and news told together;
- results of polls and what was done about them, in the chats and in the channel, and stories of
  what was done;
- what became of a proposal, told to who supports it;
- invitations to polls about elections and reminders of them.

Everything that one person is told about their own matter goes out as ever: replies, receipts,
terms, alarms, digests of officials. So do invitations to other polls.

A post for several places that reaches the campaign's own waits as a whole. An administrator may
let one thing out with a written reason, which stays beside it and is recorded.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from services.appeals.reasons import checked_reason
from services.audit.recording import record
from services.campaigns.model import SILENCE, Campaign, campaign_of
from services.clock import local_date
from services.delivery.mailing import Mailing, find_mailing, mailing_of
from services.delivery.target import Target
from services.people.deeds import Deed
from services.people.rights import authorise
from services.polls.political import is_political
from services.refusal import N_, Refusal
from storage import campaigns as rows
from storage import delivery
from storage.delivery import MailingStatus
from storage.outbox import tell
from storage.outbox_keys import told_already
from storage.people import find_person

WAITS = "silence_waits"
# By kind of a mailing. Others are not of this: they answer what somebody asked for themselves.
_PUBLISHED = frozenset({"news", "poll_result", "poll_done", "proposal_moved", "story"})
_TOGETHER = "news_digest"
_POLITICAL_ONLY = frozenset({"poll", "poll_reminder"})


@dataclass(frozen=True, slots=True)
class Override:
    """Who let something out in spite of the silence, when and why."""

    name: str
    at: datetime
    reason: str


def silent_campaigns(connection: Connection, now: datetime) -> list[Campaign]:
    """Return the campaigns in whose silence this day lies, the last to end first (a query)."""
    found = rows.voting_within(connection, local_date(now), SILENCE)
    return sorted(map(campaign_of, found), key=lambda one: (one.votes_on, one.id), reverse=True)


def silence_for(connection: Connection, target: Target, now: datetime) -> Campaign | None:
    """Return the campaign for which news to these people would wait today (a query)."""
    places = (*target.regions, *target.districts)
    silent = silent_campaigns(connection, now)
    return next((one for one in silent if one.reaches(places)), None)


def silence_of(connection: Connection, mailing: Mailing, now: datetime) -> Campaign | None:
    """Return the campaign for which a mailing waits today, None where it may go (a query)."""
    silent = [one for one in silent_campaigns(connection, now) if _stops(one, mailing)]
    return _not_let_out(connection, mailing.id, silent) if silent else None


def silence_around(
    connection: Connection, region: str | None, district: str | None, now: datetime
) -> Campaign | None:
    """Return the campaign for which who lives there is told no news today (a query)."""
    silent = silent_campaigns(connection, now)
    return next((one for one in silent if one.holds(region, district)), None)


def passed_over(
    connection: Connection, mailing: Mailing, people: Sequence[int], now: datetime
) -> frozenset[int]:
    """Return those of these people whom news told together passes over today (a query).

    They live where a vote is to come; what they were not told is in their next one.
    """
    silent = silent_campaigns(connection, now) if mailing.kind == _TOGETHER else []
    if not silent:
        return frozenset()
    return frozenset(
        row["id"]
        for row in rows.places_of(connection, people)
        if any(one.holds(row["region"], row["district"]) for one in silent)
    )


def channel_silence(connection: Connection, key: str, now: datetime) -> Campaign | None:
    """Return the campaign for which the channel waits with what this mailing tells (a query).

    Everybody everywhere reads the channel, so that the silence of any place holds there.
    """
    silent = silent_campaigns(connection, now)
    if not silent:
        return None
    row = delivery.find_by_key(connection, key)
    return silent[0] if row is None else _not_let_out(connection, row["id"], silent)


def overrides(connection: Connection, mailing_id: int) -> tuple[Override, ...]:
    """Return who let this mailing out, when and why (a query)."""
    found = {}
    for row in rows.overrides_of(connection, subject_of(mailing_id)):
        person = find_person(connection, row["by"])
        told = Override(person["name"] if person else "", row["at"], row["reason"])
        found[row["by"], row["at"]] = told
    return tuple(found.values())


def let_out(
    connection: Connection, mailing_id: int, reason: str, by: int, now: datetime
) -> Mailing:
    """Let a mailing go out in spite of the silence, and keep why; return the mailing.

    The copy of its post or of its result in the channel goes with it. One that is let out
    already, or that nothing holds, stays as it is. Raises Refusal for anybody but administrators,
    without a reason in words, and where there is no such mailing.

    Key: (mailing, campaign).
    """
    authorise(connection, by, Deed.OVERRIDE_SILENCE)
    words = checked_reason(reason)
    mailing = find_mailing(connection, mailing_id)
    if mailing is None:
        raise Refusal(N_("There is no such mailing."))
    values = {"by": by, "at": now, "reason": words}
    for campaign in silent_campaigns(connection, now):
        if rows.put_override(connection, subject_of(mailing_id), campaign.id, values):
            record(
                connection,
                who=by,
                what=Deed.OVERRIDE_SILENCE,
                on=subject_of(mailing_id),
                now=now,
                key=f"campaign:{campaign.id}",
                campaign=campaign.id,
            )
    return mailing


def require_held(connection: Connection, mailing_id: int, by: int, now: datetime) -> None:
    """Raise Refusal where an administrator need not let this mailing out."""
    authorise(connection, by, Deed.OVERRIDE_SILENCE)
    mailing = find_mailing(connection, mailing_id)
    if mailing is None:
        raise Refusal(N_("There is no such mailing."))
    if silence_of(connection, mailing, now) is None:
        raise Refusal(N_("Nothing holds this mailing now."))


def waiting(connection: Connection, now: datetime) -> list[tuple[Mailing, Campaign]]:
    """Return mailings that would go out now but for the silence (a query)."""
    if not silent_campaigns(connection, now):
        return []
    running = delivery.mailings_with_status(connection, MailingStatus.RUNNING)
    mailings = map(mailing_of, [*running, *delivery.planned_by(connection, now)])
    found = ((mailing, silence_of(connection, mailing, now)) for mailing in mailings)
    return [(mailing, campaign) for mailing, campaign in found if campaign is not None]


def authors_to_tell(connection: Connection, now: datetime) -> bool:
    """Tell whether the author of something that waits has not been told so (a query)."""
    notices = {
        _notice(mailing, campaign)
        for mailing, campaign in waiting(connection, now)
        if mailing.created_by is not None
    }
    return bool(notices) and not notices <= told_already(connection, sorted(notices))


def tell_authors(connection: Connection, now: datetime) -> None:
    """Tell the authors of what waits, each once, until which day.

    Key: (mailing, campaign).
    """
    for mailing, campaign in waiting(connection, now):
        if mailing.created_by is None:
            continue
        payload = {
            "mailing": mailing.id,
            "title_kk": mailing.payload.get("title_kk", ""),
            "title_ru": mailing.payload.get("title_ru", ""),
            "votes_on": campaign.votes_on.isoformat(),
            "campaign_kk": campaign.title_kk,
            "campaign_ru": campaign.title_ru,
        }
        tell(connection, mailing.created_by, WAITS, _notice(mailing, campaign), payload, now)


def with_silence(
    connection: Connection, mailings: Sequence[Mailing], now: datetime
) -> list[Mailing]:
    """Return the mailings with the voting day for which each waits, if it does (a query)."""
    if not silent_campaigns(connection, now):
        return list(mailings)
    return [_with_silence(connection, mailing, now) for mailing in mailings]


def subject_of(mailing_id: int) -> str:
    """Return by which name an override of a mailing is kept."""
    return f"mailing:{mailing_id}"


def _with_silence(connection: Connection, mailing: Mailing, now: datetime) -> Mailing:
    at = now
    if mailing.status is MailingStatus.PLANNED:
        at = max(now, mailing.starts_at or mailing.started_at)
    elif mailing.status is not MailingStatus.RUNNING:
        return mailing
    campaign = silence_of(connection, mailing, at)
    return mailing if campaign is None else replace(mailing, silent_until=campaign.votes_on)


def _stops(campaign: Campaign, mailing: Mailing) -> bool:
    payload = mailing.payload
    if mailing.kind == _TOGETHER:
        # Of a local campaign only the people of its place are passed over.
        return not campaign.area
    if mailing.kind in _POLITICAL_ONLY:
        if not is_political(payload.get("passport", {}).get("topic_class", "")):
            return False
    elif mailing.kind not in _PUBLISHED:
        return False
    meant = Target.of_json(payload.get("target", {}))
    places = (*mailing.audience.regions, *mailing.audience.districts)
    return campaign.reaches(places or (*meant.regions, *meant.districts))


def _not_let_out(
    connection: Connection, mailing_id: int, silent: list[Campaign]
) -> Campaign | None:
    overridden = rows.overrides_of(connection, subject_of(mailing_id))
    let_go = {row["campaign_id"] for row in overridden}
    return next((one for one in silent if one.id not in let_go), None)


def _notice(mailing: Mailing, campaign: Campaign) -> str:
    return f"silence:{mailing.id}:{campaign.id}:{campaign.votes_on}"
