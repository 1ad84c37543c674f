"""What citizens leave during a campaign: «аманат», «наказ», an instruction to those who run.

It is an appeal like any other, with the same term and the same answer; it is only called by its
name and counted apart. A draft that was begun before the campaign keeps its words.
"""

from datetime import date, datetime

from sqlalchemy import Connection

from services.campaigns.model import Campaign, campaign_of
from services.clock import local_date
from storage import campaigns as rows


def campaign_for(
    connection: Connection,
    region: str | None,
    district: str | None,
    begun_on: date | None,
    now: datetime,
) -> Campaign | None:
    """Return the campaign to which an appeal of this place belongs today (a query).

    begun_on is the day on which its draft was begun; None for one of before there were campaigns.
    Of several, the one whose voting day comes first.
    """
    if begun_on is None:
        return None
    running = (campaign_of(row) for row in rows.running(connection, local_date(now)))
    fitting = [
        campaign
        for campaign in running
        if campaign.holds(region, district) and campaign.begins_on <= begun_on
    ]
    return min(fitting, key=lambda one: (one.votes_on, one.id), default=None)
