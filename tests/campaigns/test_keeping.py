"""Administrators keep campaigns; each change names the version that it saw and is recorded."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.campaigns.keeping import (
    Plan,
    add_campaign,
    call_off_campaign,
    change_campaign,
    kept_campaigns,
    read_plan,
)
from services.campaigns.model import Phase
from services.polls.political import TopicClass, silent_day, voting_days, withheld
from services.refusal import Refusal
from storage.schema.audit import audit
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN
from tests.campaigns.conftest import (
    BEFORE,
    BEGINS,
    DAY,
    DURING,
    OPERATOR,
    SILENT,
    VOTES,
    campaign,
)

PLAN = Plan("Сайлау", "Выборы", BEGINS, VOTES, "61")


def test_four_lines_make_a_campaign() -> None:
    """Titles in both languages, the first day, the voting day; anything else is refused."""
    said = "Сайлау\n\nВыборы\n20.11.2026\n13.12.2026"
    assert replace(PLAN, area="") == read_plan(said)
    for wrong in ("Сайлау\nВыборы\n20.11.2026", "а\nб\n20.11.2026\n31.11.2026", ""):
        with pytest.raises(Refusal):
            read_plan(wrong)


@pytest.mark.parametrize(
    "plan",
    [
        replace(PLAN, title_ru=""),
        replace(PLAN, votes_on=BEFORE.date() - DAY),
        replace(PLAN, begins_on=VOTES - 4 * DAY),
        replace(PLAN, begins_on=VOTES - 400 * DAY),
        replace(PLAN, area="99"),
    ],
)
def test_what_cannot_be_a_campaign(connection: Connection, plan: Plan) -> None:
    """No title, a day that has passed, too short, too long, nowhere: nothing is kept."""
    with pytest.raises(Refusal):
        add_campaign(connection, "key", plan, ADMINISTRATOR, BEFORE)
    assert [] == kept_campaigns(connection, ADMINISTRATOR, BEFORE)


@pytest.mark.parametrize("person", [CITIZEN, OPERATOR])
def test_only_administrators(connection: Connection, person: int) -> None:
    """Neither citizens nor operators add, change, call off or list campaigns."""
    kept = campaign(connection)
    for command, values in (
        (add_campaign, ("other", PLAN, person)),
        (change_campaign, (kept.campaign.id, 1, PLAN, person)),
        (call_off_campaign, (kept.campaign.id, 1, person)),
        (kept_campaigns, (person,)),
    ):
        with pytest.raises(Refusal):
            command(connection, *values, BEFORE)


def test_a_change_names_the_version_it_saw(connection: Connection) -> None:
    """A second change of the same version is refused; the same one again changes nothing."""
    first = campaign(connection)
    changed = change_campaign(connection, first.campaign.id, 1, PLAN, ADMINISTRATOR, BEFORE)
    assert ("61", 2) == (changed.campaign.area, changed.version)
    again = change_campaign(connection, first.campaign.id, 1, PLAN, ADMINISTRATOR, BEFORE)
    assert changed == again
    with pytest.raises(Refusal, match="changed meanwhile"):
        call_off_campaign(connection, first.campaign.id, 1, ADMINISTRATOR, BEFORE)


def test_called_off_it_counts_no_more(connection: Connection) -> None:
    """It stays in the list, brings no voting day, and cannot be changed."""
    kept = campaign(connection)
    off = call_off_campaign(connection, kept.campaign.id, 1, ADMINISTRATOR, DURING)
    assert Phase.CALLED_OFF is off.phase
    assert [] == voting_days(connection, DURING.date())
    assert off == call_off_campaign(connection, kept.campaign.id, 1, ADMINISTRATOR, DURING)
    with pytest.raises(Refusal, match="over"):
        change_campaign(connection, kept.campaign.id, 2, PLAN, ADMINISTRATOR, DURING)


def test_every_deed_is_in_the_audit(connection: Connection) -> None:
    """Adding, changing and calling off are recorded once each, without words."""
    kept = campaign(connection)
    campaign(connection)
    change_campaign(connection, kept.campaign.id, 1, PLAN, ADMINISTRATOR, BEFORE)
    call_off_campaign(connection, kept.campaign.id, 2, ADMINISTRATOR, BEFORE)
    found = connection.execute(sa.select(audit).order_by(audit.c.number)).mappings().all()
    assert ["added", "changed", "called_off"] == [row["details"]["change"] for row in found]
    assert {("campaign.set", f"campaign:{kept.campaign.id}", ADMINISTRATOR)} == {
        (row["what"], row["on"], row["who"]) for row in found
    }


def test_its_voting_day_is_one_of_the_polls(connection: Connection) -> None:
    """Results of polls about elections wait for it as for any other voting day."""
    campaign(connection)
    (day,) = voting_days(connection, DURING.date())
    assert (VOTES, True) == (day.day, day.of_campaign)
    assert VOTES == withheld(connection, TopicClass.ELECTION, SILENT)
    assert withheld(connection, TopicClass.SOCIAL, SILENT) is None
    assert silent_day([day.day], DURING.date()) is None
