"""Each purpose is agreed to and taken back by itself, and use cases ask for it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.additions import Addition, add_to_appeal, revise_message
from services.appeals.draft import Draft
from services.appeals.joining import join_appeal
from services.appeals.registration import register_appeal
from services.delivery.target import EVERYBODY, Rhythm, Target
from services.language import Language
from services.news.rhythm import get_together, rhythm_of
from services.news.subscription import mute_all, mute_topic
from services.people import consent as texts
from services.people.consent import ConsentKind, Edition, consent_text, current_version
from services.people.consents import consents_of, give_consent, withdraw_consent
from services.people.model import Person, Profile, Sex
from services.people.person import find_person, invite_to_polls, tell_profile
from services.refusal import ConsentNeeded, Refusal
from storage import audience as readers
from storage import migrations
from storage.schema.appeals import appeal_entries, appeals
from storage.schema.audit import audit
from storage.schema.people import consents, people
from tests.appeals.conftest import CITIZEN, NEIGHBOUR

NOW = datetime(2026, 3, 6, 5, tzinfo=UTC)
DRAFT = Draft("a1", topic="water-supply", region="19", district="196200").with_text(5, "Су жоқ")
TOLD = Profile(region="19", born_from=1997, born_to=2008, sex=Sex.FEMALE)
LATER = NOW + timedelta(minutes=1)


def give(connection: Connection, kind: ConsentKind, now: datetime = NOW) -> Person:
    """Let the citizen agree to the text in force."""
    version = current_version(kind)
    person = give_consent(connection, CITIZEN, kind, version, Language.KAZAKH, now)
    assert person is not None
    return person


def withdraw(connection: Connection, kind: ConsentKind, now: datetime = NOW) -> Person:
    """Let the citizen take it back."""
    person = withdraw_consent(connection, CITIZEN, kind, now)
    assert person is not None
    return person


def found(connection: Connection) -> Person:
    """Return the citizen as an update sees them."""
    person = find_person(connection, CITIZEN)
    assert person is not None
    return person


def count(connection: Connection, target: Target) -> int:
    """Return to how many of the five people, all with a language, this would go."""
    connection.execute(sa.update(people).values(language="kk"))
    return readers.count(connection, target.audience(NOW))


@pytest.mark.parametrize("kind", ConsentKind)
def test_one_leaves_the_others(connection: Connection, kind: ConsentKind) -> None:
    """A consent is taken back alone, twice as well as once, and can be given again."""
    for _ in range(2):
        assert set(ConsentKind) - {kind} == set(withdraw(connection, kind).consents)
    assert not found(connection).agrees(kind)
    assert give(connection, kind, LATER).agrees(kind)
    given = [one for one in consents_of(connection, CITIZEN) if one.kind is kind]
    assert [(current_version(kind), LATER, None)] == [
        (one.version, one.given_at, one.withdrawn_at) for one in given
    ]


def test_a_second_tap_keeps_the_first_date(connection: Connection) -> None:
    """Agreeing again to the same text changes nothing, and is written down once."""
    withdraw(connection, ConsentKind.NEWS)
    give(connection, ConsentKind.NEWS, NOW)
    give(connection, ConsentKind.NEWS, LATER)
    news = [one for one in consents_of(connection, CITIZEN) if one.kind is ConsentKind.NEWS]
    assert [NOW] == [one.given_at for one in news]
    assert ["consent.withdraw", "consent.give"] == list(
        connection.scalars(sa.select(audit.c.what).order_by(audit.c.number))
    )


def test_only_the_text_in_force(connection: Connection) -> None:
    """A button with another version, old or forged, agrees to nothing."""
    for version in ("2026-11", "../../../etc/passwd"):
        with pytest.raises(Refusal):
            give_consent(connection, CITIZEN, ConsentKind.NEWS, version, Language.RUSSIAN, NOW)
    with pytest.raises(LookupError):
        consent_text(ConsentKind.NEWS, Language.RUSSIAN, "../appeals/2026-11.3")


def test_nothing_of_an_appeal_is_kept(connection: Connection) -> None:
    """Without consent no appeal, no addition, no edit and no joining; the open one goes on."""
    appeal = register_appeal(connection, DRAFT, CITIZEN, NOW).id
    other = register_appeal(
        connection,
        Draft("b")
        .with_topic("water-supply")
        .with_place("19", None, keep_point=False)
        .with_text(9, "Бізде де су жоқ"),
        NEIGHBOUR,
        NOW,
    ).id
    withdraw(connection, ConsentKind.APPEALS)
    before = [tuple(row) for row in connection.execute(sa.select(appeal_entries))]
    refused: list[Callable[[], object]] = [
        lambda: register_appeal(connection, Draft("a2").with_text(6, "Тағы"), CITIZEN, NOW),
        lambda: join_appeal(connection, other, CITIZEN, DRAFT, NOW),
        lambda: add_to_appeal(connection, appeal, CITIZEN, Addition(7, "Әлі жоқ"), NOW),
    ]
    for command in refused:
        with pytest.raises(ConsentNeeded):
            command()
    assert () == revise_message(connection, CITIZEN, 5, "Басқа сөз", NOW)
    assert before == [tuple(row) for row in connection.execute(sa.select(appeal_entries))]
    assert ["registered", "registered"] == list(connection.scalars(sa.select(appeals.c.status)))
    give(connection, ConsentKind.APPEALS, LATER)
    add_to_appeal(connection, appeal, CITIZEN, Addition(7, "Әлі жоқ"), NOW)


def test_what_was_registered_is_shown_again(connection: Connection) -> None:
    """A tap that is repeated after the consent was taken back shows the same number."""
    first = register_appeal(connection, DRAFT, CITIZEN, NOW)
    withdraw(connection, ConsentKind.APPEALS)
    assert first == register_appeal(connection, DRAFT, CITIZEN, LATER)


def test_the_profile_is_erased_at_once(connection: Connection) -> None:
    """What was told is gone from samples and cuts; nothing need be agreed to in order to skip."""
    tell_profile(connection, CITIZEN, TOLD, NOW)
    region = Target(regions=("19",))
    assert 1 == count(connection, region)
    person = withdraw(connection, ConsentKind.POLL_PROFILE)
    assert Profile(asked=True) == person.profile
    assert (0, False) == (count(connection, region), region.takes(person))
    with pytest.raises(ConsentNeeded):
        tell_profile(connection, CITIZEN, TOLD, NOW)
    tell_profile(connection, CITIZEN, Profile(), NOW)


def test_news_stop_at_once(connection: Connection) -> None:
    """News pass by who took it back, what is on its way too; polls do not, and can be stopped."""
    everything = Target(topic="any")
    everybody = count(connection, everything)
    waiting = everything.audience(NOW)
    assert withdraw(connection, ConsentKind.NEWS).muted
    assert everybody - 1 == count(connection, everything)
    assert [] == readers.still_there(connection, waiting, [CITIZEN])
    assert everybody == count(connection, EVERYBODY)
    for _ in range(2):
        stopped = invite_to_polls(connection, CITIZEN, NOW, invited=False)
    assert stopped is not None
    assert (True, everybody - 1) == (stopped.uninvited, count(connection, EVERYBODY))
    invite_to_polls(connection, CITIZEN, NOW, invited=True)
    assert everybody == count(connection, EVERYBODY)


def test_wishes_for_news_go_with_the_consent(connection: Connection) -> None:
    """The hour of reading is erased; news comes again only after a new consent, and all of it."""
    get_together(connection, CITIZEN, Rhythm(18), NOW)
    mute_all(connection, CITIZEN, NOW, muted=True)
    withdraw(connection, ConsentKind.NEWS)
    assert rhythm_of(connection, CITIZEN) is None
    for command in (
        lambda: mute_all(connection, CITIZEN, NOW, muted=False),
        lambda: get_together(connection, CITIZEN, Rhythm(18), NOW),
    ):
        with pytest.raises(ConsentNeeded):
            command()
    mute_all(connection, CITIZEN, NOW, muted=True)  # silence needs no consent
    assert not give(connection, ConsentKind.NEWS, LATER).muted
    with pytest.raises(Refusal):
        mute_topic(connection, CITIZEN, "nonsense", muted=True)


def test_a_text_that_asks_for_more(connection: Connection) -> None:
    """Who agreed to an older text is asked anew at the next need; the old one can be read."""
    newer = {kind: Edition("2027-01") for kind in ConsentKind}
    with patch.object(texts, "_IN_FORCE", newer):
        assert not found(connection).agrees(ConsentKind.APPEALS)
        with pytest.raises(ConsentNeeded):
            register_appeal(connection, DRAFT, CITIZEN, NOW)
        give(connection, ConsentKind.APPEALS)
        register_appeal(connection, DRAFT, CITIZEN, NOW)
        own = [one for one in consents_of(connection, CITIZEN) if one.kind is ConsentKind.APPEALS]
        assert ["2026-11.3", "2027-01"] == [one.version for one in own]
        assert "Текст 2026-11.3" in consent_text(own[0].kind, Language.RUSSIAN, own[0].version)
        withdraw(connection, ConsentKind.APPEALS)
        assert ConsentKind.APPEALS not in found(connection).consents


def test_the_one_text_of_before(tmp_path: Path) -> None:
    """Who agreed to the one text agrees to its three purposes; who took it back, to none."""
    url = f"sqlite:///{tmp_path}/old.db"
    migrations.upgrade(url)
    migrations.downgrade(url, "0005")
    engine = sa.create_engine(url)
    with engine.begin() as old:
        for person in (1, 2):
            old.execute(
                sa.text("INSERT INTO people (id, name, joined_at) VALUES (:id, 'Сынақ', :at)"),
                {"id": person, "at": "2026-01-05 06:00:00"},
            )
            old.execute(
                sa.text(
                    "INSERT INTO consents (person_id, kind, version, language, given_at,"
                    " withdrawn_at) VALUES (:id, 'personal_data', '2026-11.2', 'ru', :at, :back)"
                ),
                {"id": person, "at": "2026-01-05 06:00:00", "back": None if person == 1 else NOW},
            )
    migrations.upgrade(url)
    with engine.begin() as new:
        agreeing, refusing = find_person(new, 1), find_person(new, 2)
        assert agreeing is not None
        assert refusing is not None
        whole = (ConsentKind.APPEALS, ConsentKind.POLL_PROFILE, ConsentKind.NEWS)
        assert all(agreeing.agrees(kind) is (kind in whole) for kind in ConsentKind)
        assert (False, {}) == (agreeing.muted, refusing.consents)
        withdraw_consent(new, 1, ConsentKind.NEWS, NOW)
    migrations.downgrade(url, "0005")
    with engine.begin() as old:
        rows = old.execute(sa.select(consents.c.person_id, consents.c.kind)).all()
    engine.dispose()
    assert [] == rows
