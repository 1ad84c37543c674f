"""What a reader takes on, gives to others and asks: who may, what is told, what stays."""

import contextlib
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.digests import errands
from services.digests.delegates import delegates, find_delegate, terms
from services.digests.errand import About, ErrandState
from services.digests.errand_lists import errands_given, errands_of_mine, read_errand
from services.digests.model import Period
from services.digests.reading_proof import mark_read
from services.language import Language
from services.people.model import Role
from services.people.person import choose_language, join
from services.refusal import Refusal
from services.roadmap.scope import Area, Scope
from storage.digests_due import add_digest
from storage.errands import count_late
from storage.people import grant_role
from storage.schema.delivery import outbox
from storage.schema.organisation import absences, officials
from storage.schema.people import roles
from tests.digests.conftest import CITIZEN, DEPUTY, JOINED, OPERATOR, UTILITIES, WATER

NOW = datetime(2026, 3, 12, 4, tzinfo=UTC)  # Thursday, 09:00 in Asia/Almaty
DUE = date(2026, 3, 17)
TURKISTAN, SAIRAM, SECRETARY, SECOND = 401, 402, 403, 404
ALL = (WATER, UTILITIES, OPERATOR, TURKISTAN, SAIRAM, SECRETARY, SECOND)
WORDS = (17, "Су тасымалын ұйымдастырыңыз.")


@pytest.fixture(autouse=True)
def staff(connection: Connection) -> None:
    """Let the heads of two offices, the executive secretary and another operator come."""
    people = (
        (TURKISTAN, Role.OFFICIAL, "synamaev"),
        (SAIRAM, Role.OFFICIAL, "ulgilenova"),
        (SECRETARY, Role.OFFICIAL, "elestetov"),
        (SECOND, Role.OPERATOR, None),
    )
    for person, role, official in people:
        join(connection, person, f"Адам {person}", JOINED)
        choose_language(connection, person, Language.KAZAKH)
        grant_role(connection, person, role.value, official, JOINED)


@pytest.fixture
def digest(connection: Connection) -> int:
    """Return a digest of the member of the Bureau who answers for water."""
    added = add_digest(
        connection,
        {
            "official": "mysalbaev",
            "period": "daily",
            "day": date(2026, 3, 12),
            "person_id": WATER,
            "channel": "telegram",
            "composed_at": NOW,
            "facts": {"sections": ["water"], "areas": [{"sections": ["water"]}], "overdue": 2},
        },
    )
    assert added is not None
    return added


def told(connection: Connection) -> list[tuple[int, str]]:
    """Return who was told what, in order."""
    statement = sa.select(outbox.c.person_id, outbox.c.kind).order_by(outbox.c.id)
    return [(row.person_id, row.kind) for row in connection.execute(statement)]


def test_errands_go_to_who_may_see_the_scope(connection: Connection) -> None:
    """Heads of territories and operators; no other section, nobody above, nobody twice."""
    found = {
        actor: {each.person_id for each in delegates(connection, actor, NOW)}
        for actor in (WATER, TURKISTAN, SAIRAM, SECRETARY)
    }

    desk = {OPERATOR, SECOND}
    assert {
        WATER: {TURKISTAN, SAIRAM} | desk,
        TURKISTAN: {SAIRAM} | desk,
        SAIRAM: desk,
        SECRETARY: {WATER, UTILITIES, TURKISTAN, SAIRAM} | desk,
    } == found


def test_the_list_holds_whom_the_check_lets_pass(connection: Connection) -> None:
    """Asked of all at once or of each, also while somebody is away."""
    codes = sorted(connection.execute(sa.select(officials.c.code)).scalars())
    numbers = {code: 500 + number for number, code in enumerate(codes)}
    for code, person in numbers.items():
        join(connection, person, f"Адам {person}", JOINED)
        choose_language(connection, person, Language.KAZAKH)
        grant_role(connection, person, Role.OFFICIAL.value, code, JOINED)
    away = {"since": date(2026, 3, 10), "until": date(2026, 3, 20)}
    connection.execute(sa.insert(absences).values(official="synamaev", deputy="ulgibaev", **away))

    for actor in numbers.values():
        listed = {each.person_id for each in delegates(connection, actor, NOW)}
        assert listed == {
            person for person in (*numbers.values(), *ALL) if passes(connection, actor, person)
        }


def passes(connection: Connection, actor: int, person: int) -> bool:
    """Tell whether the actor may give this person an errand."""
    with contextlib.suppress(Refusal):
        return find_delegate(connection, actor, person, NOW).person_id == person
    return False


def test_who_stands_in_may_be_given_errands(connection: Connection) -> None:
    """The deputy of one who is away, and the one who is away."""
    join(connection, DEPUTY, "Орынбасар", JOINED)
    choose_language(connection, DEPUTY, Language.KAZAKH)
    grant_role(connection, DEPUTY, Role.OFFICIAL.value, "nusqabaeva", JOINED)
    assert DEPUTY not in {each.person_id for each in delegates(connection, WATER, NOW)}

    away = {"since": date(2026, 3, 10), "until": date(2026, 3, 20)}
    connection.execute(
        sa.insert(absences).values(official="mysalbaev", deputy="nusqabaeva", **away)
    )

    assert DEPUTY in {each.person_id for each in delegates(connection, WATER, NOW)}
    assert WATER in {each.person_id for each in delegates(connection, DEPUTY, NOW)}


def test_days_are_working_days(connection: Connection) -> None:
    """One, three, five and ten, over a weekend and Nauryz."""
    assert (
        (1, date(2026, 3, 13)),
        (3, date(2026, 3, 17)),
        (5, date(2026, 3, 19)),
        (10, date(2026, 3, 31)),
    ) == terms(connection, NOW)


def test_an_errand_from_beginning_to_end(connection: Connection, digest: int) -> None:
    """Given, accepted and done: each is told once, and both have it in their lists."""
    given = errands.delegate(connection, WATER, digest, TURKISTAN, DUE, WORDS, NOW)
    about = About(Period.DAILY, NOW.date(), Scope((Area(("water",)),), ("water",)), overdue=2)
    assert about == given.about
    assert given == errands.delegate(connection, WATER, digest, TURKISTAN, DUE, WORDS, NOW)
    assert (given,) == errands_given(connection, WATER, before=0, limit=5).errands
    assert (given,) == errands_of_mine(connection, TURKISTAN, before=0, limit=5).errands

    for _ in range(2):
        accepted = errands.accept_errand(connection, TURKISTAN, given.id, NOW)
        assert accepted.state is ErrandState.ACCEPTED
    for reply in ("Екі көлік шықты.", "Басқа сөз"):
        done = errands.finish_errand(connection, TURKISTAN, given.id, reply, NOW)
        assert (ErrandState.DONE, "Екі көлік шықты.") == (done.state, done.reply)

    assert [
        (TURKISTAN, "errand_given"),
        (WATER, "errand_accepted"),
        (WATER, "errand_done"),
    ] == told(connection)
    assert () == errands_given(connection, WATER, before=0, limit=5).errands


def test_called_off_once_and_never_what_is_done(connection: Connection, digest: int) -> None:
    """Whoever has it is told; what is called off can be neither accepted nor done."""
    first = errands.delegate(connection, WATER, digest, OPERATOR, DUE, (0, ""), NOW)
    for _ in range(2):
        errands.call_off_errand(connection, WATER, first.id, NOW)
    for step in (errands.accept_errand, errands.call_off_errand):
        with pytest.raises(Refusal):
            step(connection, OPERATOR, first.id, NOW)
    with pytest.raises(Refusal):
        errands.finish_errand(connection, OPERATOR, first.id, None, NOW)
    second = errands.delegate(connection, WATER, digest, OPERATOR, DUE, WORDS, NOW)
    errands.finish_errand(connection, OPERATOR, second.id, None, NOW)
    with pytest.raises(Refusal):
        errands.call_off_errand(connection, WATER, second.id, NOW)

    assert [
        (OPERATOR, "errand_given"),
        (OPERATOR, "errand_called_off"),
        (OPERATOR, "errand_given"),
        (WATER, "errand_done"),
    ] == told(connection)


def test_a_question_is_answered_by_the_first_operator(connection: Connection, digest: int) -> None:
    """All operators get it, one answers, and the official gets that answer."""
    asked = errands.ask_operators(connection, WATER, digest, 18, "Жоспарда бар ма?", NOW)
    assert asked == errands.ask_operators(connection, WATER, digest, 18, "Басқа сөз", NOW)
    assert (asked,) == errands_of_mine(connection, SECOND, before=0, limit=5).errands

    with pytest.raises(Refusal):
        errands.finish_errand(connection, OPERATOR, asked.id, None, NOW)
    answered = errands.finish_errand(connection, OPERATOR, asked.id, "Бар, мамырда.", NOW)
    assert answered == errands.finish_errand(connection, OPERATOR, asked.id, None, NOW)
    with pytest.raises(Refusal):
        errands.finish_errand(connection, SECOND, asked.id, "Жоқ.", NOW)

    assert "Бар, мамырда." == read_errand(connection, WATER, asked.id).reply
    assert [
        (OPERATOR, "errand_asked"),
        (SECOND, "errand_asked"),
        (WATER, "errand_answered"),
    ] == told(connection)


def test_taken_on_once(connection: Connection, digest: int) -> None:
    """A second day for the same digest changes nothing; a digest of one's own only."""
    taken = errands.take_on(connection, WATER, digest, DUE, NOW)
    later = DUE + timedelta(days=5)

    assert taken == errands.take_on(connection, WATER, digest, later, NOW)
    assert ErrandState.ACCEPTED is taken.state
    assert [] == told(connection)
    assert 1 == errands.take_on(connection, WATER, 0, later, NOW).id - taken.id


@pytest.mark.parametrize("actor", [UTILITIES, OPERATOR, CITIZEN])
def test_nobody_acts_on_the_digest_of_another(
    connection: Connection, digest: int, actor: int
) -> None:
    """Reading, taking on, giving and asking are refused, and nothing is kept."""
    with pytest.raises(Refusal):
        mark_read(connection, actor, digest, NOW)
    with pytest.raises(Refusal):
        errands.take_on(connection, actor, digest, DUE, NOW)
    with pytest.raises(Refusal):
        errands.delegate(connection, actor, digest, OPERATOR, DUE, WORDS, NOW)
    with pytest.raises(Refusal):
        errands.ask_operators(connection, actor, digest, 18, "Жоспарда бар ма?", NOW)
    assert [] == told(connection)


def test_forged_errands_are_refused(connection: Connection, digest: int) -> None:
    """Somebody who may not see the scope, a day that is past or far, an errand of others."""
    given = errands.delegate(connection, WATER, digest, TURKISTAN, DUE, WORDS, NOW)
    for person, due_on in (
        (UTILITIES, DUE),
        (CITIZEN, DUE),
        (OPERATOR, date(2026, 3, 12)),
        (OPERATOR, date(2027, 3, 12)),
    ):
        with pytest.raises(Refusal):
            errands.delegate(connection, WATER, digest, person, due_on, WORDS, NOW)
    for stranger in (SAIRAM, OPERATOR, CITIZEN):
        with pytest.raises(Refusal):
            read_errand(connection, stranger, given.id)
        with pytest.raises(Refusal):
            errands.accept_errand(connection, stranger, given.id, NOW)
        with pytest.raises(Refusal):
            errands.finish_errand(connection, stranger, given.id, "Бітті", NOW)


def test_late_ones_are_counted_for_both(connection: Connection, digest: int) -> None:
    """From the day after the due date on, until it is done."""
    given = errands.delegate(connection, WATER, digest, TURKISTAN, DUE, WORDS, NOW)
    after = DUE + timedelta(days=1)

    assert 0 == count_late(connection, [WATER], DUE)
    assert [1, 1, 0] == [
        count_late(connection, [person], after) for person in (WATER, TURKISTAN, OPERATOR)
    ]
    errands.finish_errand(connection, TURKISTAN, given.id, None, NOW)
    assert 0 == count_late(connection, [WATER, TURKISTAN], after)


def test_the_first_proof_of_reading_stands(connection: Connection, digest: int) -> None:
    """A second tap keeps the first moment."""
    assert NOW == mark_read(connection, WATER, digest, NOW)
    assert NOW == mark_read(connection, WATER, digest, NOW + timedelta(hours=1))


def test_who_left_hears_nothing(connection: Connection, digest: int) -> None:
    """What becomes of an errand is told to nobody who has no role any more."""
    given = errands.delegate(connection, WATER, digest, TURKISTAN, DUE, WORDS, NOW)
    left = sa.update(roles).where(roles.c.person_id == WATER).values(until=NOW)
    connection.execute(left)
    errands.accept_errand(connection, TURKISTAN, given.id, NOW)
    errands.finish_errand(connection, TURKISTAN, given.id, "Бітті", NOW)

    assert [(TURKISTAN, "errand_given")] == told(connection)
