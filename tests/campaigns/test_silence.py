"""In the days before a vote what goes to many waits, and goes on by itself afterwards."""

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.campaigns.keeping import call_off_campaign
from services.campaigns.silence import (
    authors_to_tell,
    channel_silence,
    let_out,
    overrides,
    require_held,
    silence_for,
    tell_authors,
)
from services.delivery.beginning import any_to_begin, begin_planned
from services.delivery.claiming import Terms, claim
from services.delivery.mailing import find_mailing, launch
from services.delivery.mailing_run import finish, running
from services.delivery.overview import read_card
from services.delivery.target import EVERYBODY, Rhythm, Target
from services.language import Language
from services.news.channel import copy_waits, take_turn
from services.news.digest import due_digests
from services.news.latest import latest
from services.news.model import ChannelText, Draft
from services.news.posts import publish_post
from services.news.rhythm import get_each, get_together
from services.refusal import Refusal
from storage.schema.audit import audit
from storage.schema.delivery import outbox
from storage.schema.people import people
from tests.agreed import agree
from tests.appeals.conftest import ADMINISTRATOR, CITIZEN
from tests.campaigns.conftest import AFTER, BEFORE, DAY, DURING, OPERATOR, SILENT, campaign

SOCIAL, POLITICAL = ({"passport": {"topic_class": name}} for name in ("social", "election"))
POST = Draft("roads", "Жол ашылды", "Дорога открыта", channel=ChannelText.BOTH)
WHY = "Су тасқыны туралы ескерту."
THERE, ELSEWHERE = Target(regions=("61",)), Target(regions=("19",))


def mailing(
    connection: Connection,
    kind: str,
    payload: Mapping[str, Any] | None = None,
    target: Target = EVERYBODY,
) -> int:
    """Launch a mailing long before the silence."""
    return launch(
        connection,
        key=f"{kind}:1",
        kind=kind,
        payload=payload or {},
        created_by=OPERATOR,
        now=DURING,
        target=target,
    )


@pytest.mark.parametrize(
    ("kind", "payload", "waits"),
    [
        ("news", None, True),
        ("news_digest", None, True),
        ("poll_result", SOCIAL, True),
        ("poll_done", None, True),
        ("poll", POLITICAL, True),
        ("poll_reminder", POLITICAL, True),
        ("poll", SOCIAL, False),
        ("poll_reminder", SOCIAL, False),
    ],
)
def test_what_waits(
    connection: Connection, kind: str, payload: Mapping[str, Any] | None, *, waits: bool
) -> None:
    """News, results and polls about elections wait; invitations to other polls go out."""
    number = mailing(connection, kind, payload)
    campaign(connection)
    assert [number] == [one.id for one in running(connection, DURING)]
    assert waits == (running(connection, SILENT) == [])
    assert [number] == [one.id for one in running(connection, AFTER)]


@pytest.mark.parametrize(
    ("target", "waits"),
    [(Target(), True), (THERE, True), (Target(districts=("615200",)), True), (ELSEWHERE, False)],
)
def test_of_a_region(connection: Connection, target: Target, *, waits: bool) -> None:
    """The silence of a region holds what reaches it, and nothing that goes elsewhere."""
    number = mailing(connection, "news", target=target)
    campaign(connection, area="61")
    expected = [] if waits else [number]
    assert expected == [one.id for one in running(connection, SILENT)]
    assert waits == (silence_for(connection, target, SILENT) is not None)


def test_checked_when_people_are_taken_in_hand(connection: Connection) -> None:
    """A mailing under way stops where it is once the silence begins."""
    number = mailing(connection, "news")
    campaign(connection)
    found = find_mailing(connection, number)
    assert found is not None
    assert claim(connection, found, 0, [CITIZEN], Terms(SILENT)) is None
    assert claim(connection, found, 0, [CITIZEN], Terms(DURING)) is not None


def test_a_post_in_the_silence_is_planned(connection: Connection) -> None:
    """It is read nowhere until the day after, is then of that day, and its author was told."""
    campaign(connection)
    number = publish_post(connection, OPERATOR, "post", POST, SILENT).mailing_id
    assert not any_to_begin(connection, SILENT + DAY)
    assert () == latest(connection, Language.KAZAKH).posts
    assert authors_to_tell(connection, SILENT)
    tell_authors(connection, SILENT)
    assert not authors_to_tell(connection, SILENT + DAY)
    kinds = connection.execute(sa.select(outbox.c.person_id, outbox.c.kind)).all()
    assert [(OPERATOR, "silence_waits")] == [tuple(row) for row in kinds]
    assert 1 == begin_planned(connection, AFTER)
    assert [number] == [one.id for one in running(connection, AFTER)]
    (post,) = latest(connection, Language.KAZAKH).posts
    assert AFTER == post.published_at


def test_the_channel_waits_too(connection: Connection) -> None:
    """The copy of a post stays out of the channel until the day after, even a vote elsewhere."""
    campaign(connection, area="61")
    publish_post(connection, OPERATOR, "post", POST, DURING)
    assert copy_waits(connection, SILENT)
    assert take_turn(connection, SILENT) is None
    assert not copy_waits(connection, SILENT)
    assert take_turn(connection, AFTER) is not None


def test_no_digest_of_news(connection: Connection) -> None:
    """Where the whole country votes, nobody is told news together either."""
    publish_post(connection, OPERATOR, "post", POST, DURING)
    campaign(connection)
    assert [] == due_digests(connection, SILENT)


def test_news_together_passes_over_where_a_vote_is_to_come(connection: Connection) -> None:
    """Of a mailing under way too: whoever lives there is told nothing, the others are."""
    rows = [{"id": 801, "region": "61"}, {"id": 802, "region": "19"}, {"id": 803, "region": None}]
    for row in rows:
        values = {"name": "Тұрғын", "joined_at": BEFORE, "language": "kk", **row}
        connection.execute(sa.insert(people).values(values))
    found = find_mailing(connection, mailing(connection, "news_digest"))
    campaign(connection, area="61")
    assert found is not None
    terms = Terms(
        SILENT, variants={"news_digest": lambda _c, _p, ids, _at: dict.fromkeys(ids, (1,))}
    )
    told = claim(connection, found, 0, [801, 802, 803], terms)
    assert told is not None
    assert [802, 803] == [one.person_id for one in told]


def test_news_asked_for_one_by_one_wait_too(connection: Connection) -> None:
    """What was kept for a digest comes the morning after where its reader asks for it today."""
    agree(connection, CITIZEN)
    get_together(connection, CITIZEN, Rhythm(9), DURING - DAY)
    number = publish_post(connection, OPERATOR, "post", POST, DURING).mailing_id
    finish(connection, number, DURING)
    campaign(connection)
    get_each(connection, CITIZEN, SILENT)
    (letter,) = connection.execute(
        sa.select(outbox).where(outbox.c.kind == "news_digest")
    ).mappings()
    assert AFTER.date() == letter["not_before"].date()


def test_let_out_with_a_reason(connection: Connection) -> None:
    """An administrator lets one thing out; who, when and why stands on its card and is audited."""
    kept = campaign(connection)
    number = publish_post(connection, OPERATOR, "post", POST, SILENT).mailing_id
    require_held(connection, number, ADMINISTRATOR, SILENT)
    card = read_card(connection, ADMINISTRATOR, number, SILENT)
    assert (kept.campaign.votes_on, True) == (card.mailing.silent_until, card.may_let_out)
    let_out(connection, number, WHY, ADMINISTRATOR, SILENT)
    let_out(connection, number, WHY, ADMINISTRATOR, SILENT + DAY)
    assert 1 == begin_planned(connection, SILENT)
    assert take_turn(connection, SILENT) is not None
    assert channel_silence(connection, "news:1", SILENT) is None
    card = read_card(connection, OPERATOR, number, SILENT)
    assert ([(WHY, SILENT)], False) == (
        [(one.reason, one.at) for one in card.overrides],
        card.may_let_out,
    )
    wanted = sa.select(audit).where(audit.c.what == "campaign.override_silence")
    (row,) = connection.execute(wanted).mappings()
    assert (f"mailing:{number}", ADMINISTRATOR) == (row["on"], row["who"])
    assert WHY not in str(row["details"])


@pytest.mark.parametrize(("person", "reason"), [(OPERATOR, WHY), (ADMINISTRATOR, "!!")])
def test_who_may_let_out(connection: Connection, person: int, reason: str) -> None:
    """Not an operator, and not without a reason in words."""
    campaign(connection)
    number = mailing(connection, "news")
    with pytest.raises(Refusal):
        let_out(connection, number, reason, person, SILENT)
    assert () == overrides(connection, number)
    assert [] == running(connection, SILENT)


def test_a_campaign_that_is_called_off_holds_nothing(connection: Connection) -> None:
    """What waited goes out at once."""
    kept = campaign(connection)
    number = mailing(connection, "news")
    call_off_campaign(connection, kept.campaign.id, 1, ADMINISTRATOR, SILENT)
    assert [number] == [one.id for one in running(connection, SILENT)]
    with pytest.raises(Refusal):
        require_held(connection, number, ADMINISTRATOR, SILENT)
