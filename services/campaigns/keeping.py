"""Keeping campaigns: adding, correcting, calling off; by administrators, and recorded."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping

from services.audit.recording import record
from services.campaigns.model import SILENCE, Campaign, Phase, campaign_of
from services.clock import ALMATY, local_date
from services.people.deeds import Deed
from services.people.rights import authorise
from services.places.atlas import atlas
from services.refusal import N_, Refusal
from storage import campaigns as rows

LONGEST_TITLE = 200
LONGEST = 366  # days; a campaign for the whole year would be none
_SHOWN = 30
_LINES = 4


class Change(StrEnum):
    """What the audit says was done to a campaign."""

    ADDED = "added"
    CHANGED = "changed"
    CALLED_OFF = "called_off"


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as it is written down, before it is kept."""

    title_kk: str
    title_ru: str
    begins_on: date
    votes_on: date
    area: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A campaign as administrators see it: how it stands, and how many appeals it brought."""

    campaign: Campaign
    version: int
    phase: Phase
    mandates: int


def key_of(plan: Plan) -> str:
    """Return the natural key of a campaign that no message wrote: its own content."""
    words = "\n".join(map(str, (*_values(plan).values(),)))
    return f"plan:{hashlib.sha256(words.encode()).hexdigest()[:32]}"


def read_plan(text: str) -> Plan:
    """Return the campaign of four lines: Kazakh and Russian title, first day, voting day.

    Raises Refusal where they say something else.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) != _LINES:
        raise Refusal(
            N_("Four lines are needed: Kazakh title, Russian title, first day, voting day.")
        )
    return Plan(lines[0], lines[1], _day(lines[2]), _day(lines[3]))


def check_plan(plan: Plan, today: date) -> None:
    """Raise Refusal unless titles, days and place can be those of a campaign."""
    if not all(1 <= len(title) <= LONGEST_TITLE for title in (plan.title_kk, plan.title_ru)):
        raise Refusal(N_("Please send from 1 to {limit} characters."), limit=LONGEST_TITLE)
    if plan.votes_on < today:
        raise Refusal(N_("This day has already passed."))
    if plan.votes_on - SILENCE < plan.begins_on:
        raise Refusal(
            N_("A campaign begins at least {days} days before the voting day."),
            days=SILENCE.days,
        )
    if (plan.votes_on - plan.begins_on).days > LONGEST:
        raise Refusal(N_("A campaign lasts for at most {days} days."), days=LONGEST)
    if plan.area and atlas().place(plan.area) is None:
        raise Refusal(N_("There is no such place."))


def add_campaign(
    connection: Connection, key: str, plan: Plan, by: int | None, now: datetime
) -> Kept:
    """Keep a campaign and return it; its voting day counts for polls about elections too.

    by is None on the command line. Raises Refusal for anybody but administrators, and as
    `check_plan` does.

    Key: a text of the caller's, such as (person, message id).
    """
    _authorise(connection, by)
    check_plan(plan, local_date(now))
    row = rows.add(connection, {"key": key, "created_by": by, "created_at": now, **_values(plan)})
    _record(connection, row["id"], row["version"], Change.ADDED, by, now)
    return _kept(connection, row, now)


def change_campaign(
    connection: Connection, campaign_id: int, version: int, plan: Plan, by: int, now: datetime
) -> Kept:
    """Give a campaign other words, days or another place, and return it as it is then.

    Raises Refusal as `add_campaign` does, where it is over or called off, and where somebody has
    changed it meanwhile.

    Key: (campaign, version).
    """
    _authorise(connection, by)
    check_plan(plan, local_date(now))
    row = _existing(connection, campaign_id)
    if _same(row, plan) and row["version"] == version + 1:
        return _kept(connection, row, now)
    _require_open(row, now)
    if not rows.change(connection, campaign_id, version, _values(plan)):
        raise Refusal(N_("It has changed meanwhile. This is how it stands now."))
    _record(connection, campaign_id, version + 1, Change.CHANGED, by, now)
    return _kept(connection, _existing(connection, campaign_id), now)


def call_off_campaign(
    connection: Connection, campaign_id: int, version: int, by: int | None, now: datetime
) -> Kept:
    """Let a campaign no longer count, and return it; what waited for it goes out by itself.

    Appeals that it brought keep their name. by is None on the command line. Raises Refusal for
    anybody but administrators, where it is over, and where somebody has changed it meanwhile.

    Key: (campaign, version).
    """
    _authorise(connection, by)
    row = _existing(connection, campaign_id)
    if row["called_off_at"] is not None:
        return _kept(connection, row, now)
    _require_open(row, now)
    values = {"called_off_at": now, "called_off_by": by}
    if not rows.change(connection, campaign_id, version, values):
        raise Refusal(N_("It has changed meanwhile. This is how it stands now."))
    _record(connection, campaign_id, version + 1, Change.CALLED_OFF, by, now)
    return _kept(connection, _existing(connection, campaign_id), now)


def kept_campaigns(connection: Connection, by: int | None, now: datetime) -> list[Kept]:
    """Return campaigns, the last voting day first; raises Refusal for non-administrators."""
    _authorise(connection, by)
    return _several(connection, rows.newest(connection, _SHOWN), now)


def kept_campaign(connection: Connection, campaign_id: int, by: int | None, now: datetime) -> Kept:
    """Return one campaign; raises Refusal for non-administrators and where there is none."""
    _authorise(connection, by)
    return _kept(connection, _existing(connection, campaign_id), now)


def _authorise(connection: Connection, by: int | None) -> None:
    if by is not None:
        authorise(connection, by, Deed.SET_CAMPAIGNS)


def _record(
    connection: Connection,
    campaign_id: int,
    version: int,
    change: Change,
    by: int | None,
    now: datetime,
) -> None:
    record(
        connection,
        who=by,
        what=Deed.SET_CAMPAIGNS,
        on=f"campaign:{campaign_id}",
        now=now,
        key=f"v{version}",
        change=change.value,
    )


def _existing(connection: Connection, campaign_id: int) -> RowMapping:
    row = rows.find(connection, campaign_id)
    if row is None:
        raise Refusal(N_("There is no such campaign."))
    return row


def _require_open(row: RowMapping, now: datetime) -> None:
    if row["called_off_at"] is not None or row["votes_on"] < local_date(now):
        raise Refusal(N_("This campaign is over."))


def _same(row: RowMapping, plan: Plan) -> bool:
    return all(row[name] == value for name, value in _values(plan).items())


def _values(plan: Plan) -> dict[str, object]:
    return {
        "title_kk": plan.title_kk,
        "title_ru": plan.title_ru,
        "begins_on": plan.begins_on,
        "votes_on": plan.votes_on,
        "area": plan.area,
    }


def _kept(connection: Connection, row: RowMapping, now: datetime) -> Kept:
    (kept,) = _several(connection, [row], now)
    return kept


def _several(connection: Connection, found: Sequence[RowMapping], now: datetime) -> list[Kept]:
    counts = rows.mandates(connection, [row["id"] for row in found])
    return [
        Kept(
            campaign := campaign_of(row),
            row["version"],
            Phase.CALLED_OFF
            if row["called_off_at"] is not None
            else campaign.phase(local_date(now)),
            counts.get(campaign.id, 0),
        )
        for row in found
    ]


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%d.%m.%Y").replace(tzinfo=ALMATY).date()
    except ValueError:
        raise Refusal(N_("There is no such date. Please write it like this: 06.12.2026")) from None
