"""The counters of officials after whatever happens are those of a recount of the history."""

from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.closing import close_silent
from services.appeals.declining import DeclineReason, decline_appeal
from services.appeals.model import OPEN, AppealStatus
from services.appeals.reminding import remind
from services.appeals.verdict import confirm_appeal, dispute_appeal, rate_appeal
from services.digests.period_facts import OfficialLine
from services.performance.rates import Counters, on_time
from services.performance.reading import officials
from services.refusal import Refusal
from services.roadmap.scope import Area, Scope
from storage.appeal_closing import decision
from storage.performance import counters
from tests.appeals_time.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    DUE,
    FRIDAY,
    OPERATOR,
    at,
    register,
    row,
    settled,
)
from tests.unsealing import let_sql_open

WHY = "Қысқа жауап жеткілікті"
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
EVERYTHING = Scope((Area(),), everything=True)

# Who was responsible, and what was due, just before each event; the history itself says who got
# the appeal by a step up or a dispute, and until when. All these appeals begin with the same
# official and the same due date.
RECOUNT = """
WITH told AS (
  SELECT e.*, date(e.at, '+5 hours') AS day,
    coalesce((SELECT json_extract(opened(b.details), '$.official') FROM appeal_events b
      WHERE b.appeal_id = e.appeal_id AND b.version < e.version
        AND b.kind IN ('escalated', 'disputed')
      ORDER BY b.version DESC LIMIT 1), 'mysalbaev') AS official,
    coalesce((SELECT json_extract(opened(b.details), '$.due_on') FROM appeal_events b
      WHERE b.appeal_id = e.appeal_id AND b.version < e.version AND b.kind = 'disputed'
      ORDER BY b.version DESC LIMIT 1), '2026-04-02') AS due_on
  FROM appeal_events e),
decided AS (SELECT * FROM told WHERE kind IN ('answered', 'declined')),
judged AS (
  SELECT t.*, d.official AS closer, d.kind = 'answered' AND d.day <= d.due_on AS in_time,
    d.version AS decision
  FROM told t JOIN decided d ON d.appeal_id = t.appeal_id AND d.version =
    (SELECT max(b.version) FROM decided b
      WHERE b.appeal_id = t.appeal_id AND b.version < t.version)),
counted AS (
  SELECT official, 'answered' AS what, 1 AS more FROM decided WHERE kind = 'answered'
  UNION ALL SELECT official, 'in_time', 1 FROM decided WHERE kind = 'answered' AND day <= due_on
  UNION ALL SELECT closer, 'confirmed', 1 FROM judged WHERE kind = 'confirmed'
  UNION ALL SELECT closer, 'disputed', 1 FROM judged WHERE kind = 'disputed'
  UNION ALL SELECT closer, 'disputed_in_time', 1 FROM judged WHERE kind = 'disputed' AND in_time
  UNION ALL SELECT closer, 'unconfirmed', 1 FROM judged
    WHERE kind = 'closed' AND json_extract(opened(details), '$.outcome') = 'unconfirmed'
  UNION ALL SELECT closer, 'rated', 1 FROM judged WHERE kind = 'rated'
    GROUP BY appeal_id, decision
  UNION ALL SELECT closer, 'rating_sum', json_extract(opened(details), '$.rating') FROM judged j
    WHERE kind = 'rated' AND version = (SELECT max(b.version) FROM judged b
      WHERE b.kind = 'rated' AND b.appeal_id = j.appeal_id AND b.decision = j.decision))
SELECT official, what, sum(more) FROM counted GROUP BY official, what
"""

VERBS = ("answer", "decline", "confirm", "dispute", "rate", "silence", "late")
MOVES = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 2), st.integers(0, 9)),
    min_size=10,
    max_size=30,
)


@settings(max_examples=12, deadline=None)
@given(MOVES)
def test_counters_are_a_recount_of_the_history(moves: list[tuple[str, int, int]]) -> None:
    """Through the real use cases, for every official, whoever has the appeal since."""
    with settled() as connection:
        ids = [register(connection, f"d{number}") for number in range(3)]
        now = at(date(2026, 3, 30))
        for number, (verb, which, days) in enumerate(moves):
            now += timedelta(days=days)
            _do(connection, verb, ids[which], number, now)

        counted = counters(connection, [line.official for line in _lines(connection)], FIRST, LAST)
        found = {
            (official, name): number
            for official, columns in counted.items()
            for name, number in columns.items()
            if number
        }
        let_sql_open(connection)
        recount = connection.exec_driver_sql(RECOUNT)
        assert {(official, what): number for official, what, number in recount} == found


def _lines(connection: Connection) -> tuple[OfficialLine, ...]:
    return officials(connection, EVERYTHING, FIRST, LAST, LAST)


def _do(connection: Connection, verb: str, appeal: int, number: int, now: datetime) -> None:
    """Try to do something that may be refused."""
    seen = row(connection, appeal)
    decided = decision(connection, appeal) or 0
    try:
        match verb:
            case "answer" if AppealStatus(seen["status"]) in OPEN:
                by = OPERATOR if seen["barred"] == ADMINISTRATOR else ADMINISTRATOR
                words = f"Құбыр жөнделді, су берілді. Жауапты: су арнасы. {number}"
                answer_appeal(connection, appeal, seen["version"], by, words, now, reason=WHY)
            case "decline" if AppealStatus(seen["status"]) in OPEN:
                by = OPERATOR if seen["barred"] == ADMINISTRATOR else ADMINISTRATOR
                reason = DeclineReason.COURT
                decline_appeal(connection, appeal, seen["version"], by, reason, "", now)
            case "confirm":
                confirm_appeal(connection, appeal, decided, CITIZEN, now)
            case "dispute":
                dispute_appeal(connection, appeal, decided, CITIZEN, number, "Су жоқ", now)
            case "rate":
                rate_appeal(connection, appeal, decided, CITIZEN, 1 + number % 5, now)
            case "silence":
                close_silent(connection, now)
            case "late":
                remind(connection, now)
    except Refusal:
        return


def test_a_dispute_counts_against_who_answered_though_passed_on_since(
    connection: Connection,
) -> None:
    """Whoever has the appeal when it is answered again has the second answer only."""
    answered, version = 25, 1
    for number in range(answered):
        appeal = register(connection, f"d{number}")
        answer_appeal(
            connection, appeal, version, ADMINISTRATOR, "Су берілді.", FRIDAY, reason=WHY
        )
    late = at(date(2026, 3, 10))
    dispute_appeal(connection, appeal, 2, CITIZEN, 7, "Су жоқ", late)
    remind(connection, at(date(2026, 3, 26)))
    seen = row(connection, appeal)
    assert ("central", "qiyalbaev", 2) == (seen["office"], seen["official"], seen["level"])
    before = _counted(connection, "mysalbaev")
    assert (answered, answered, 1, 1) == (
        before.answered,
        before.in_time,
        before.disputed,
        before.disputed_in_time,
    )
    assert 24 / 25 == on_time(before)

    words = "Су қайта берілді."
    done = at(DUE)
    answer_appeal(connection, appeal, seen["version"], OPERATOR, words, done, reason=WHY)
    assert before == _counted(connection, "mysalbaev")
    assert Counters(answered=1) == _counted(connection, "qiyalbaev")


def test_a_rating_changed_counts_once(connection: Connection) -> None:
    """The last one stands; a second answer is rated anew."""
    appeal = register(connection)
    answer_appeal(connection, appeal, 1, ADMINISTRATOR, "Су берілді.", FRIDAY, reason=WHY)
    for rating in (2, 5, 4, 4):
        rate_appeal(connection, appeal, 2, CITIZEN, rating, FRIDAY)
    found = _counted(connection, "mysalbaev")
    assert (1, 4) == (found.rated, found.rating_sum)


def test_a_declined_appeal_disputed_is_no_answer_disputed(connection: Connection) -> None:
    """It counts against who declined it, and takes nobody's answer out of those in time."""
    appeal = register(connection)
    answer_appeal(connection, appeal, 1, ADMINISTRATOR, "Су берілді.", FRIDAY, reason=WHY)
    rate_appeal(connection, appeal, 2, CITIZEN, 5, FRIDAY)
    dispute_appeal(connection, appeal, 2, CITIZEN, 7, "Су жоқ", FRIDAY)
    seen = row(connection, appeal)
    reason = DeclineReason.COURT
    decline_appeal(connection, appeal, seen["version"], OPERATOR, reason, "", FRIDAY)
    dispute_appeal(connection, appeal, seen["version"] + 1, CITIZEN, 8, "Су жоқ", FRIDAY)

    first = Counters(1, 1, disputed=1, disputed_in_time=1, rated=1, rating_sum=5)
    assert first == _counted(connection, "mysalbaev")
    assert Counters(disputed=1) == _counted(connection, "synamaev")


def _counted(connection: Connection, official: str) -> Counters:
    return Counters(**counters(connection, [official], FIRST, LAST).get(official, {}))
