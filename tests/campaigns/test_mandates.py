"""While a campaign runs, what comes from its place is a mandate."""

from dataclasses import replace
from datetime import date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.draft import Draft
from services.appeals.reading import appeal_card, list_own
from services.appeals.registration import register_appeal
from services.campaigns.keeping import kept_campaigns
from services.clock import local_date
from services.digests.morning import read_morning
from storage.schema.delivery import outbox
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN
from tests.campaigns.conftest import AFTER, BEFORE, BEGINS, DAY, DURING, SILENT, VOTES, campaign

DRAFT = Draft("d", topic="water-supply", region="19").with_text(5, "Ауылға су керек.")


def register(
    connection: Connection, now: datetime, begun_on: date | None, **changes: object
) -> int | None:
    """Register an appeal and return the campaign that it belongs to."""
    draft = replace(DRAFT, id=f"{now:%d%m}", begun_on=begun_on, **changes)
    appeal = register_appeal(connection, draft, CITIZEN, now)
    return appeal_card(connection, appeal.id, CITIZEN, now.date()).campaign


@pytest.mark.parametrize(
    ("now", "begun_on", "is_mandate"),
    [
        (BEFORE, BEFORE.date(), False),
        (DURING, DURING.date(), True),
        (SILENT, DURING.date(), True),
        (DURING, BEGINS - DAY, False),
        (DURING, None, False),
        (AFTER, VOTES, False),
    ],
)
def test_when_it_is_one(
    connection: Connection, now: datetime, begun_on: date | None, *, is_mandate: bool
) -> None:
    """Begun and sent while the campaign runs; what was begun before it keeps its words."""
    kept = campaign(connection)
    expected = kept.campaign.id if is_mandate else None
    assert expected == register(connection, now, begun_on)


def test_only_in_its_place(connection: Connection) -> None:
    """A campaign of a region takes what comes from there; others leave appeals as ever."""
    kept = campaign(connection, area="61")
    assert register(connection, DURING, DURING.date()) is None
    assert kept.campaign.id == register(connection, SILENT, DURING.date(), region="61")


def test_of_two_the_one_that_votes_first(connection: Connection) -> None:
    """Where two campaigns run at once, it belongs to the nearer vote."""
    campaign(connection, votes_on=VOTES + 20 * DAY, key="later")
    nearer = campaign(connection)
    assert nearer.campaign.id == register(connection, DURING, DURING.date())


def test_marked_wherever_it_is_seen(connection: Connection) -> None:
    """The receipt names the campaign, the list marks the appeal, the campaign counts it."""
    campaign(connection)
    register(connection, DURING, DURING.date())
    receipt = connection.execute(sa.select(outbox.c.payload)).scalars().one()
    assert "Выборы маслихата" == receipt["campaign_ru"]
    (line,) = list_own(connection, CITIZEN, None, 5, local_date(DURING))
    assert line.mandate
    (kept,) = kept_campaigns(connection, ADMINISTRATOR, DURING)
    assert 1 == kept.mandates


def test_counted_in_the_morning(connection: Connection) -> None:
    """Who answers for everything is told how many mandates the running campaigns brought."""
    campaign(connection)
    register(connection, DURING, DURING.date())
    assert 1 == read_morning(connection, SILENT).mandates
    assert 0 == read_morning(connection, AFTER).mandates
