"""What belongs to nobody, to an official by name, or to many people at once, in the digest."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.notices import renderers
from handlers.views.digest_notices import digest_keyboard, digest_text
from services.digests.composing import compose_digest
from services.digests.facts import Headline
from services.digests.queueing import queue_digests
from services.digests.undistributed import KIND, queue_undistributed
from services.organisation.directory import load_organisation
from services.people.person import join
from services.roadmap.desk import CaseList, list_cases
from storage.appeal_counters import count_day
from storage.appeals import find_appeal
from storage.people import grant_role
from storage.schema.appeals import appeals
from storage.schema.delivery import outbox
from storage.schema.organisation import officials
from tests.digests.conftest import WATER, file_appeal

# Thursday 12 March 2026, 08:30 in Asia/Almaty.
MORNING = datetime(2026, 3, 12, 3, 30, tzinfo=UTC)
YESTERDAY = MORNING - timedelta(days=1)
TODAY = MORNING.date()
SECRETARY, HEAD, ADMINISTRATOR, MEMBER = 401, 402, 403, 404


@pytest.fixture
def staffed(connection: Connection) -> Connection:
    """Add the executive secretary, the head of an office, and an administrator."""
    people = (
        (SECRETARY, "official", "elestetov"),
        (HEAD, "official", "synamaev"),
        (ADMINISTRATOR, "administrator", None),
    )
    for person, role, official in people:
        join(connection, person, "Сынақ", YESTERDAY)
        grant_role(connection, person, role, official, YESTERDAY)
    return connection


@pytest.fixture
def _russian() -> Iterator[None]:
    """Read in Russian."""
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale("ru"):
        yield


def keys(connection: Connection, kind: str) -> list[str]:
    """Return the keys of what is queued of a kind."""
    found = connection.execute(sa.select(outbox.c.key).where(outbox.c.kind == kind))
    return sorted(found.scalars())


def test_the_secretary_counts_what_is_nobodys(staffed: Connection) -> None:
    """Without an office or without an official; the others do not count it."""
    for number, column in enumerate(("office", "official")):
        appeal = file_appeal(staffed, number, "water-supply", "10", YESTERDAY)
        change = sa.update(appeals).where(appeals.c.id == appeal)
        staffed.execute(change.values({column: None}))
    file_appeal(staffed, 9, "water-supply", "10", YESTERDAY)

    secretary = compose_digest(staffed, "elestetov", MORNING)
    assert 2 == secretary.unrouted
    assert not secretary.quiet
    assert 0 == compose_digest(staffed, "mysalbaev", MORNING).unrouted


@pytest.mark.usefixtures("_russian")
def test_administrators_are_told_each_morning(staffed: Connection) -> None:
    """Once a working day, from half past eight on, where there is something to tell."""
    assert 0 == queue_undistributed(staffed, MORNING)
    file_appeal(staffed, 1, "water-supply", "10", YESTERDAY)
    staffed.execute(sa.update(appeals).values(official=None))
    for minutes in (-1, 0, 1, 60, 60 * 24 * 2, 60 * 24 * 4):
        queue_undistributed(staffed, MORNING + timedelta(minutes=minutes))

    assert [
        f"undistributed:2026-03-12:{ADMINISTRATOR}",
        f"undistributed:2026-03-16:{ADMINISTRATOR}",
    ] == keys(staffed, KIND)
    statuses = staffed.execute(sa.select(outbox.c.status).where(outbox.c.kind == KIND)).scalars()
    assert ["given_up", "waiting"] == list(statuses)
    payload = {"day": "2026-03-12", "count": 1}
    notice = renderers()[KIND](payload, load_organisation(staffed))
    assert notice.text.startswith("❓ <b>12.03.2026</b> · Не распределены: 1\n")
    assert notice.keyboard is not None


@pytest.mark.usefixtures("_russian")
def test_a_head_reads_what_was_passed_on(staffed: Connection) -> None:
    """What is the head's by name outside of the own territory has its own number and list."""
    appeal = file_appeal(staffed, 1, "water-supply", "10", YESTERDAY)
    staffed.execute(sa.update(appeals).values(official="synamaev"))
    queue_digests(staffed, MORNING)

    assert f"digest:synamaev:daily:2026-03-12:{HEAD}" in keys(staffed, "digest")
    facts = compose_digest(staffed, "synamaev", MORNING)
    assert (0, 1) == (facts.open, facts.named)
    assert Headline.NAMED is facts.headline
    assert "Передано лично Вам: 1" in digest_text(facts, load_organisation(staffed))
    buttons = digest_keyboard(facts)
    assert buttons is not None
    assert "cases:named:0:0" == buttons.inline_keyboard[0][0].callback_data
    listed = list_cases(staffed, HEAD, CaseList.NAMED, TODAY, after=None, limit=9)
    assert [appeal] == [case.id for case in listed.cases]
    own = list_cases(staffed, WATER, CaseList.NAMED, TODAY, after=None, limit=9)
    assert [] == list(own.cases)


@pytest.mark.usefixtures("_russian")
def test_who_answers_for_nothing_waits_until_they_do(staffed: Connection) -> None:
    """A member of a council without an indicator gets a digest once something is theirs."""
    words = dict.fromkeys(("name_kk", "name_ru", "position_kk", "position_ru"), "Сынақ")
    staffed.execute(sa.insert(officials).values(code="member", body="council", **words))
    join(staffed, MEMBER, "Мүше", YESTERDAY)
    grant_role(staffed, MEMBER, "official", "member", YESTERDAY)
    queue_digests(staffed, MORNING)
    assert not [key for key in keys(staffed, "digest") if ":member:" in f":{key}"]

    file_appeal(staffed, 1, "water-supply", "61", YESTERDAY)
    staffed.execute(sa.update(appeals).values(official="member"))
    queue_digests(staffed, MORNING)

    assert f"digest:member:daily:2026-03-12:{MEMBER}" in keys(staffed, "digest")


@pytest.mark.usefixtures("_russian")
def test_those_who_joined_are_shown(staffed: Connection) -> None:
    """A topic counts those who joined, and comes first where more people are."""
    quiet = file_appeal(staffed, 1, "water-supply", "10", YESTERDAY)
    for number in (2, 3):
        file_appeal(staffed, number, "water-quality", "10", YESTERDAY)
    for _ in range(5):
        row = find_appeal(staffed, quiet)
        assert row is not None
        count_day(staffed, row, YESTERDAY.date(), joined=1)

    facts = compose_digest(staffed, "mysalbaev", MORNING)
    assert [("water-supply", 1, 5), ("water-quality", 2, 0)] == [
        (topic.topic, topic.count, topic.joined) for topic in facts.topics
    ]
    text = digest_text(facts, load_organisation(staffed))
    assert "область Абай" in text


@pytest.mark.usefixtures("_russian")
def test_new_ones_have_a_list(staffed: Connection) -> None:
    """Those that nobody has begun with, by their number."""
    file_appeal(staffed, 1, "water-supply", "10", YESTERDAY)
    facts = compose_digest(staffed, "mysalbaev", MORNING)
    buttons = digest_keyboard(replace(facts, disputed=2))

    assert 1 == facts.fresh
    assert buttons is not None
    lists = [each for row in buttons.inline_keyboard[:2] for each in row]
    assert ["cases:back:0:0", "cases:new:0:0", "cases:open:0:0"] == [
        each.callback_data for each in lists
    ]
    assert "🆕 Не начаты: 1" == lists[1].text
