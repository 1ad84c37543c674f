"""What somebody sees and may do whose role holds in one place, or for one section."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals import asking, banning, lists, queue, reception, sorting
from services.appeals.alarm import NOTICE, raise_alarm
from services.appeals.dossier import read_dossier
from services.appeals.draft import Visitor
from services.appeals.lookup import look_up
from services.appeals.registration import register_appeal
from services.clock import local_date
from services.delivery.overview import mailings_page
from services.delivery.target import Target
from services.news.model import ChannelText
from services.news.model import Draft as PostDraft
from services.news.posts import publish_post
from services.people.model import Role
from services.places.atlas import atlas
from services.polls import closing, launching, themes
from services.refusal import Refusal
from storage.appeals import find_appeal
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.people import roles
from tests.operations.seeded import (
    CITIZEN,
    NEIGHBOUR,
    NEWS,
    NOW,
    OFFICIAL,
    OPERATOR,
    Seeded,
    appeal_draft,
    poll_draft,
)
from tests.people.conftest import ACTOR, Town

TODAY = local_date(NOW)
HERE, ELSEWHERE, ROADS = "10", "75", "roads"
OUT_OF_REACH = "Your role does not reach this place or section."
ONLY_OWN = "Your role lets you write only to people of its own place. Please choose it."


@pytest.fixture
def seeded(town: Town) -> Seeded:
    """Give what the cases are about."""
    return town.seeded


@pytest.fixture
def elsewhere(connection: Connection) -> int:
    """Let the neighbour leave an appeal in the other region, of the same topic."""
    draft = replace(appeal_draft("elsewhere"), region=ELSEWHERE).with_phone("+77017654321")
    return register_appeal(connection, draft, NEIGHBOUR, NOW - timedelta(days=7)).id


def hold(
    connection: Connection, role: Role = Role.OPERATOR, area: str = "", section: str = ""
) -> None:
    """Let the actor hold this role there."""
    grant_role(connection, ACTOR, role.value, None, NOW, area=area, section=section)


def listed(connection: Connection, kind: lists.Listed, of: str = "") -> list[int]:
    """Return the appeals of a list."""
    page = lists.list_appeals(connection, ACTOR, kind, of, TODAY, after=None, limit=9)
    return [line.id for line in page.lines]


def refused(message: str) -> Any:
    """Expect this refusal."""
    return pytest.raises(Refusal, match=message)


def test_the_queue_lends_what_lies_within(
    connection: Connection, seeded: Seeded, elsewhere: int
) -> None:
    """The next appeal is of the own place, though another is due earlier; then none is left."""
    hold(connection, area=HERE)
    assert seeded.open_appeal == queue.take_next(connection, ACTOR, NOW)
    assert queue.take_next(connection, ACTOR, NOW, after=seeded.open_appeal) is None
    assert elsewhere == queue.take_next(connection, OPERATOR, NOW)


def test_two_places_are_one_queue(connection: Connection, seeded: Seeded, elsewhere: int) -> None:
    """Who has two places gets the earliest of both, then the other one."""
    hold(connection, area=HERE)
    hold(connection, area=ELSEWHERE, section="water")
    assert elsewhere == queue.take_next(connection, ACTOR, NOW)
    assert seeded.open_appeal == queue.take_next(connection, ACTOR, NOW, after=elsewhere)


@pytest.mark.usefixtures("elsewhere")
def test_another_section_waits_for_others(connection: Connection) -> None:
    """Who was given the roads is lent no water, and counts none."""
    hold(connection, section=ROADS)
    assert queue.take_next(connection, ACTOR, NOW) is None
    facts = lists.desk_facts(connection, ACTOR, NOW)
    assert (0, 0, 0, 0) == (facts.waiting, facts.new, facts.open, facts.overdue)


def test_lists_leave_out_the_rest(connection: Connection, seeded: Seeded, elsewhere: int) -> None:
    """Each list, its count and the regions of others hold the own place only."""
    hold(connection, area=HERE)
    assert [seeded.open_appeal] == listed(connection, lists.Listed.NEW)
    assert [seeded.open_appeal] == listed(connection, lists.Listed.TOPIC, "water-supply")
    assert [] == listed(connection, lists.Listed.REGION, ELSEWHERE)
    facts = lists.desk_facts(connection, ACTOR, NOW)
    assert (1, 1, 1) == (facts.waiting, facts.new, facts.open)
    hold(connection, area=ELSEWHERE)
    assert [elsewhere, seeded.open_appeal] == listed(connection, lists.Listed.NEW)


@pytest.mark.parametrize("by", ["number", "phone", "words"])
def test_nothing_elsewhere_is_found(connection: Connection, elsewhere: int, by: str) -> None:
    """Neither its number nor its phone nor its words find an appeal of another place."""
    row = find_appeal(connection, elsewhere)
    assert row is not None
    said = {"number": row["number"], "phone": "+77017654321", "words": "ауылда су"}[by]
    hold(connection, area=HERE)
    lines = look_up(connection, ACTOR, said, before=None, limit=9).lines
    assert elsewhere not in [line.id for line in lines]
    hold(connection, area=ELSEWHERE)
    lines = look_up(connection, ACTOR, said, before=None, limit=9).lines
    assert elsewhere in [line.id for line in lines]


def test_a_card_elsewhere_stays_shut(
    connection: Connection, seeded: Seeded, elsewhere: int
) -> None:
    """The card of another place is refused, however its number was learnt."""
    hold(connection, area=HERE)
    assert ACTOR == read_dossier(connection, seeded.open_appeal, ACTOR, TODAY).viewer
    with refused(OUT_OF_REACH):
        read_dossier(connection, elsewhere, ACTOR, TODAY)
    with refused(OUT_OF_REACH):
        asking.note_appeal(connection, elsewhere, ACTOR, 7, "Қоңырау шалдым", NOW)


def test_a_district_is_not_its_region(connection: Connection, seeded: Seeded) -> None:
    """Who was given a district reaches nothing that names the region alone."""
    district = atlas().by_region[HERE][0]
    hold(connection, area=district.kato)
    with refused(OUT_OF_REACH):
        read_dossier(connection, seeded.open_appeal, ACTOR, TODAY)
    there = replace(appeal_draft("district"), district=district.kato)
    found = register_appeal(connection, there, NEIGHBOUR, NOW).id
    assert found == read_dossier(connection, found, ACTOR, TODAY).card.id
    assert [found] == listed(connection, lists.Listed.NEW)


def test_what_is_sorted_away_waits_there(connection: Connection, seeded: Seeded) -> None:
    """Sorted to another section it leaves who sorted it, who still sees what they did."""
    hold(connection, area=HERE, section="water")
    appeal = seeded.open_appeal
    version = queue.begin(connection, appeal, 1, ACTOR, NOW)
    away = sorting.Sorting(topic=ROADS)
    version = sorting.sort_appeal(connection, appeal, version, ACTOR, away, NOW)
    assert version == sorting.sort_appeal(connection, appeal, version - 1, ACTOR, away, NOW)
    assert read_dossier(connection, appeal, ACTOR, TODAY).assignee is None
    with refused(OUT_OF_REACH):
        queue.begin(connection, appeal, version, ACTOR, NOW)
    hold(connection, section=ROADS)
    assert appeal == queue.take_next(connection, ACTOR, NOW)


def test_nobody_is_handed_what_they_do_not_reach(connection: Connection, seeded: Seeded) -> None:
    """An appeal is assigned only to a colleague whose role reaches it."""
    hold(connection, area=ELSEWHERE)
    with refused("This person’s role does not reach the place or section of the appeal."):
        queue.assign(connection, seeded.open_appeal, 1, OPERATOR, ACTOR, NOW)
    hold(connection, area=HERE)
    assert 2 == queue.assign(connection, seeded.open_appeal, 1, OPERATOR, ACTOR, NOW)


def test_alarms_reach_who_reaches_the_place(
    connection: Connection, seeded: Seeded, elsewhere: int
) -> None:
    """An urgent appeal is told to the operators of its place and of everywhere."""
    hold(connection, area=HERE)
    for appeal in (seeded.open_appeal, elsewhere):
        row = find_appeal(connection, appeal)
        assert row is not None
        raise_alarm(connection, row, "Үй өртеніп жатыр", NOW)
    told = sa.select(outbox.c.payload).where(outbox.c.kind == NOTICE, outbox.c.person_id == ACTOR)
    payloads = connection.execute(told).scalars().all()
    assert [seeded.open_appeal] == [payload["appeal"] for payload in payloads]


def test_a_visitor_is_received_for_the_own_place(connection: Connection) -> None:
    """The reception desk files nothing for another place."""
    hold(connection, area=HERE)
    visit = replace(appeal_draft("visit"), visitor=Visitor("Келуші", "2026-11"))
    with refused(OUT_OF_REACH):
        reception.file_for_visitor(connection, replace(visit, region=ELSEWHERE), ACTOR, NOW)


def test_bans_of_other_places_are_not_listed(
    connection: Connection, seeded: Seeded, elsewhere: int
) -> None:
    """Bans are read, and ended, where their appeals are."""
    until = NOW + timedelta(days=3)
    banning.ban_author(connection, elsewhere, OPERATOR, until, "Бір мәтін қайталана берді", NOW)
    hold(connection, area=HERE)
    assert [] == banning.bans_in_force(connection, ACTOR, NOW, 9)
    with refused(OUT_OF_REACH):
        banning.lift_ban(connection, elsewhere, 1, ACTOR, NOW)
    assert seeded.open_appeal != elsewhere


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.EDITOR])
def test_a_poll_asks_the_own_place_only(connection: Connection, role: Role) -> None:
    """Everybody, another region, or another one besides: all three are refused."""
    hold(connection, role, area=HERE)
    for regions in ((), (ELSEWHERE,), (HERE, ELSEWHERE)):
        draft = replace(poll_draft("new"), target=Target(regions=regions))
        with refused(ONLY_OWN):
            launching.launch_poll(
                connection, draft, created_by=ACTOR, now=NOW, public_key=b"k" * 32
            )
    draft = replace(poll_draft("new"), target=Target(regions=(HERE,)))
    poll = launching.launch_poll(
        connection, draft, created_by=ACTOR, now=NOW, public_key=b"k" * 32
    )
    closing.close_early(connection, poll, ACTOR, NOW)


def test_a_poll_of_everybody_is_closed_by_who_reaches_everybody(
    connection: Connection, seeded: Seeded
) -> None:
    """Neither is it closed from one place, nor are its answers read there."""
    hold(connection, area=HERE)
    with refused("This poll goes beyond the place of your role."):
        closing.close_early(connection, seeded.open_poll, ACTOR, NOW)
    assert [] == themes.questions_to_read(connection, ACTOR)


def test_a_post_goes_to_the_own_place_only(connection: Connection) -> None:
    """A district of the own region is within it; a channel is for everybody."""
    hold(connection, Role.EDITOR, area=HERE)
    post = PostDraft(NEWS, "Хабар", "Новость")
    district = atlas().by_region[HERE][0].kato
    own = replace(post, target=Target(districts=(district,)))
    for refusing in (post, replace(own, channel=ChannelText("kk"))):
        with refused(ONLY_OWN):
            publish_post(connection, ACTOR, "post", refusing, NOW)
    assert publish_post(connection, ACTOR, "post", own, NOW).mailing_id


def test_a_role_of_one_section_writes_to_nobody(connection: Connection) -> None:
    """People belong to no section, so there is nobody whom such a role reaches."""
    hold(connection, area=HERE, section="water")
    post = PostDraft(NEWS, "Хабар", "Новость", target=Target(regions=(HERE,)))
    with refused(ONLY_OWN):
        publish_post(connection, ACTOR, "post", post, NOW)


def test_mailings_of_others_elsewhere_are_left_out(connection: Connection) -> None:
    """The list of mailings holds the own ones, and those to the own place by anybody."""
    hold(connection, area=HERE)
    for name, region in (("here", HERE), ("there", ELSEWHERE)):
        post = PostDraft(NEWS, name, name, target=Target(regions=(region,)))
        publish_post(connection, OPERATOR, name, post, NOW)
    shown = mailings_page(connection, ACTOR, NOW).mailings
    assert ["here"] == [mailing.payload["text_ru"] for mailing in shown]


def test_an_official_answers_for_what_is_theirs_only(
    connection: Connection, seeded: Seeded
) -> None:
    """The scope of an official is not a place but what they answer for."""
    connection.execute(sa.delete(roles).where(roles.c.person_id == OFFICIAL))
    grant_role(connection, OFFICIAL, Role.OFFICIAL.value, "elestetov", NOW)
    assert read_dossier(connection, seeded.open_appeal, OFFICIAL, TODAY).by_scope
    with refused("Somebody else answers for this section."):
        queue.begin(connection, seeded.open_appeal, 1, OFFICIAL, NOW)
    with refused("This is for staff only."):
        read_dossier(connection, seeded.open_appeal, CITIZEN, TODAY)
