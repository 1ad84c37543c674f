"""Who publishes a round, and who corrects it: always another person, always openly."""

from decimal import Decimal

import pytest
from sqlalchemy import Connection

from services.people.model import Role
from services.people.person import join
from services.ratings.approving import publish_round, return_round
from services.ratings.correcting import (
    Wanted,
    ask_correction,
    decline_correction,
    make_correction,
)
from services.ratings.desk import read_correction, read_round, read_rounds
from services.ratings.importing import import_table, put_table
from services.ratings.model import CorrectionStatus, RoundStatus
from services.ratings.standing import sheet_of, table_of
from services.refusal import Refusal
from storage.people import grant_role
from storage.schema.delivery import outbox
from tests.agreed import agree
from tests.digests.conftest import JOINED, OPERATOR
from tests.ratings.conftest import BRINGER, NOW, SECOND, TODAY
from tests.ratings.conftest import plain_table as brought

WANTED = Wanted("2026-1", "ulgi-2", "score", Decimal(95), "Қате терілген.", "Опечатка.", "601:7")


def told(connection: Connection) -> list[tuple[int, str]]:
    """Return whom the bot is to tell what."""
    return [(row.person_id, row.kind) for row in connection.execute(outbox.select())]


def test_another_person_publishes(connection: Connection) -> None:
    """Whoever brought a round does not publish it; citizens see nothing of it before."""
    import_table(connection, BRINGER, brought(), NOW)
    assert [(SECOND, "rating_waits")] == told(connection)
    assert table_of(connection, "sairam", TODAY).round is None
    for person in (BRINGER, OPERATOR):
        with pytest.raises(Refusal):
            publish_round(connection, person, "2026-1", 1, NOW)
    for _ in range(2):
        found = publish_round(connection, SECOND, "2026-1", 1, NOW)
        assert (RoundStatus.PUBLISHED, 2, SECOND) == (
            found.status,
            found.version,
            found.approved_by,
        )
    assert [(SECOND, "rating_waits"), (BRINGER, "rating_decided")] == told(connection)
    table = table_of(connection, "sairam", TODAY)
    assert [("ulgi-1", 1), ("ulgi-2", 2), ("ulgi-3", 3)] == [
        (each.deputy, each.place) for each in table.standings
    ]


def test_brought_at_the_command_line(connection: Connection) -> None:
    """Such a round waits too, and any editor may publish it."""
    put_table(connection, brought(), NOW)
    assert {(BRINGER, "rating_waits"), (SECOND, "rating_waits")} == set(told(connection))
    assert RoundStatus.PUBLISHED is publish_round(connection, BRINGER, "2026-1", 1, NOW).status


def test_sent_back(connection: Connection) -> None:
    """A round is sent back with a reason, is mended and waits anew."""
    import_table(connection, BRINGER, brought(), NOW)
    with pytest.raises(Refusal):
        return_round(connection, SECOND, "2026-1", 1, "  ", NOW)
    found = return_round(connection, SECOND, "2026-1", 1, "Қатысу қайдан алынды?", NOW)
    assert (RoundStatus.RETURNED, "Қатысу қайдан алынды?") == (found.status, found.reason)
    with pytest.raises(Refusal):
        publish_round(connection, SECOND, "2026-1", 2, NOW)
    import_table(connection, BRINGER, brought(), NOW)
    opened = read_round(connection, SECOND, "2026-1").kept.round
    assert (RoundStatus.AWAITING, 3, None) == (opened.status, opened.version, opened.reason)


def test_a_correction_moves_others(rated: Connection) -> None:
    """A corrected score moves places; before and after stay beside each line that changed."""
    asked = ask_correction(rated, BRINGER, WANTED, NOW)
    assert asked == ask_correction(rated, BRINGER, WANTED, NOW)
    assert 2 == sheet_of(rated, "ulgi-2", TODAY).history[0].line.place
    assert () == sheet_of(rated, "ulgi-2", TODAY).corrections
    with pytest.raises(Refusal):
        make_correction(rated, BRINGER, asked.id, NOW)
    for _ in range(2):
        made = make_correction(rated, SECOND, asked.id, NOW)
        assert (CorrectionStatus.MADE, "71", "95", "2", "1") == (
            made.status,
            made.before["score"],
            made.after["score"],
            made.before["place"],
            made.after["place"],
        )
    line = sheet_of(rated, "ulgi-2", TODAY).history[0].line
    assert (Decimal(95), 1, Decimal(85)) == (
        line.score,
        line.place,
        line.values["attendance"],
    )
    other = sheet_of(rated, "ulgi-1", TODAY)
    assert 2 == other.history[0].line.place
    assert [({"place": "1"}, {"place": "2"}, "Опечатка.")] == [
        (each.before, each.after, each.reason_ru) for each in other.corrections
    ]
    assert () == sheet_of(rated, "ulgi-3", TODAY).corrections
    assert (BRINGER, "rating_correction_decided") in told(rated)


def test_a_value_is_corrected(rated: Connection) -> None:
    """A corrected indicator moves nobody."""
    wanted = Wanted("2026-1", "ulgi-3", "meetings", Decimal(12), "Қате.", "Ошибка.", "601:8")
    made = make_correction(rated, SECOND, ask_correction(rated, BRINGER, wanted, NOW).id, NOW)
    sheet = sheet_of(rated, "ulgi-3", TODAY)
    assert (Decimal(12), 3, 1) == (
        sheet.history[0].line.values["meetings"],
        sheet.history[0].line.place,
        len(sheet.corrections),
    )
    assert "9" == made.before["values"]["meetings"]  # type: ignore[index]


def test_declined_and_refused(rated: Connection) -> None:
    """What is declined changes nothing; what says nothing, or stands there already, is refused."""
    asked = ask_correction(rated, BRINGER, WANTED, NOW)
    for changed in (
        {"key": "601:9"},
        {"key": "601:9", "deputy": "ulgi-3", "value": Decimal(64)},
        {"key": "601:9", "deputy": "ulgi-3", "reason_kk": " "},
        {"key": "601:9", "deputy": "ulgi-3", "what": "space"},
        {"key": "601:9", "deputy": "ulgi-3", "round": "2019-1"},
    ):
        values = {name: getattr(WANTED, name) for name in WANTED.__slots__} | changed
        with pytest.raises(Refusal):
            ask_correction(rated, BRINGER, Wanted(**values), NOW)
    declined = decline_correction(rated, SECOND, asked.id, NOW)
    assert CorrectionStatus.DECLINED is declined.status
    with pytest.raises(Refusal):
        make_correction(rated, SECOND, asked.id, NOW)
    assert 2 == sheet_of(rated, "ulgi-2", TODAY).history[0].line.place
    assert () == sheet_of(rated, "ulgi-2", TODAY).corrections


def test_only_editors_look(rated: Connection) -> None:
    """Nobody else looks at rounds before they are published; an administrator does."""
    asked = ask_correction(rated, BRINGER, WANTED, NOW)
    join(rated, 604, "Сынақ Әкімші", JOINED)
    agree(rated, 604)
    grant_role(rated, 604, Role.ADMINISTRATOR.value, None, JOINED)
    assert 2 == len(read_rounds(rated, 604).rounds)
    with pytest.raises(Refusal):
        read_rounds(rated, OPERATOR)
    with pytest.raises(Refusal):
        read_round(rated, OPERATOR, "2026-1")
    with pytest.raises(Refusal):
        read_correction(rated, OPERATOR, asked.id)
