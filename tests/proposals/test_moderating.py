"""From a draft to the board: limits, moderation, joining, and what the author is told."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.banning import ban_author
from services.appeals.draft import Draft as AppealDraft
from services.appeals.model import AppealType
from services.appeals.registration import register_appeal
from services.people.consent import ConsentKind
from services.people.consents import withdraw_consent
from services.proposals.alike import alike
from services.proposals.board import list_board, own_card, read_card
from services.proposals.model import ProposalStatus, RefusedFor
from services.proposals.moderating import (
    Wording,
    list_waiting,
    merge,
    open_waiting,
    publish,
    refuse,
)
from services.proposals.suggesting import put_on_board, suggest
from services.refusal import ConsentNeeded, Refusal
from storage.proposals import find
from storage.schema.audit import audit
from storage.schema.delivery import outbox
from tests.proposals.conftest import (
    CITIZEN,
    MODERATOR,
    NEIGHBOUR,
    NOW,
    OPERATOR,
    THIRD,
    WATER,
    WORDING,
    WORDS,
    draft,
    published,
    suggested,
)

PERSONAL = "personal data"


def told(connection: Connection, person: int, kind: str = "proposal_changed") -> list[str]:
    """Return the states of which this person was told."""
    mine = sa.select(outbox.c.payload).where(outbox.c.person_id == person, outbox.c.kind == kind)
    return [payload["status"] for payload in connection.execute(mine).scalars()]


def test_three_within_a_day(connection: Connection) -> None:
    """A fourth proposal within a day waits until the first is a day old; a repetition is none."""
    for number in range(3):
        suggested(connection, f"draft {number}")
    assert suggested(connection, "draft 0") == suggested(connection, "draft 0")
    with pytest.raises(Refusal, match="three proposals within a day") as refused:
        suggested(connection, "draft 3")
    assert "10.03.2026, 11:00" == refused.value.parameters["time"]
    assert suggest(connection, draft("draft 3"), CITIZEN, NOW + timedelta(days=1))


def test_who_is_banned_suggests_nothing(connection: Connection) -> None:
    """A ban on appeals holds for the board too."""
    words = {1: "Су жоқ, көмектесіңіздер."}
    other = AppealDraft("a", topic="water-supply", region="61", texts=words)
    appeal = register_appeal(connection, other, CITIZEN, NOW).id
    ban_author(connection, appeal, OPERATOR, NOW + timedelta(days=7), "Жарнама таратты.", NOW)
    with pytest.raises(Refusal, match="cannot leave new appeals"):
        suggested(connection)


def test_consent_first(connection: Connection) -> None:
    """Nothing is kept without consent; taken back, what waits is gone and the rest is nobody's."""
    waiting, shown = suggested(connection), published(connection, "shown")
    withdraw_consent(connection, CITIZEN, ConsentKind.PROPOSALS, NOW)
    with pytest.raises(ConsentNeeded):
        suggested(connection, "later")
    rows = [find(connection, one) for one in (waiting, shown)]
    assert [("withdrawn", None, None), ("published", None, None)] == [
        (row["status"], row["person_id"], row["text"]) for row in rows if row is not None
    ]
    assert [shown] == [line.id for line in list_board(connection).lines]


def test_an_appeal_of_the_type_goes_onto_the_board(connection: Connection) -> None:
    """Only its author, and only a proposal; twice is once, and the appeal stays as it is."""
    texts = {1: WORDS}
    typed = AppealDraft("b", topic="water-supply", region="61", texts=texts)
    appeal = register_appeal(connection, typed.with_type(AppealType.PROPOSAL), CITIZEN, NOW)
    complaint = replace(typed, id="c").with_type(AppealType.COMPLAINT)
    plain = register_appeal(connection, complaint, NEIGHBOUR, NOW)
    assert appeal.boardable
    first = put_on_board(connection, appeal.id, CITIZEN, NOW)
    assert first == put_on_board(connection, appeal.id, CITIZEN, NOW)
    assert WORDS == own_card(connection, first, CITIZEN).words
    with pytest.raises(Refusal, match="no such appeal"):
        put_on_board(connection, appeal.id, NEIGHBOUR, NOW)
    assert not plain.boardable
    with pytest.raises(Refusal, match="Only an open appeal that is a proposal"):
        put_on_board(connection, plain.id, NEIGHBOUR, NOW)


def test_let_out(connection: Connection) -> None:
    """What was written is erased, the author told, the reading and the deed recorded."""
    proposal = suggested(connection)
    assert (1, [proposal]) == (
        list_waiting(connection, MODERATOR).number,
        [line.id for line in list_waiting(connection, MODERATOR).lines],
    )
    assert WORDS == open_waiting(connection, MODERATOR, proposal, NOW).text
    for _again in range(2):
        publish(connection, MODERATOR, proposal, 1, WORDING, NOW)
    card = read_card(connection, proposal, NEIGHBOUR)
    row = find(connection, proposal)
    assert row is not None
    assert (f"{proposal}", None, "mysalbaev", 2) == (
        card.line.number,
        row["text"],
        card.official,
        row["version"],
    )
    assert ["published"] == told(connection, CITIZEN)
    recorded = sa.select(audit.c.what).where(audit.c.on == f"proposal:{proposal}")
    assert ["proposal.moderate"] * 2 == list(connection.execute(recorded).scalars())
    with pytest.raises(Refusal, match="decided on this proposal already"):
        open_waiting(connection, MODERATOR, proposal, NOW)


@pytest.mark.parametrize(
    "wording",
    [
        Wording("Сынақ Сынақовтың үйіне су", "Вода в дом", WORDS),
        Wording("Су тазарту", "Звоните 8 701 123 45 67", WORDS),
        Wording("Су тазарту", "Очистка воды", f"{WORDS} Жазыңыз: su@example.kz"),
        Wording("Су тазарту", "Очистка воды", f"{WORDS} Менің атым Сынақ Сынақов."),
    ],
)
def test_no_personal_data_on_the_board(connection: Connection, wording: Wording) -> None:
    """Neither titles nor words may name or number anybody."""
    proposal = suggested(connection)
    with pytest.raises(Refusal, match=PERSONAL):
        publish(connection, MODERATOR, proposal, 1, wording, NOW)


@pytest.mark.parametrize("reason", RefusedFor)
def test_not_let_out(connection: Connection, reason: RefusedFor) -> None:
    """The author is told the reason; nobody else ever reads the words."""
    proposal = suggested(connection)
    for _again in range(2):
        refuse(connection, MODERATOR, proposal, 1, reason, NOW)
    assert reason is own_card(connection, proposal, CITIZEN).line.refused_for
    assert ["refused"] == told(connection, CITIZEN)
    with pytest.raises(Refusal):
        read_card(connection, proposal, NEIGHBOUR)
    with pytest.raises(Refusal, match="changed meanwhile"):
        publish(connection, MODERATOR, proposal, 1, WORDING, NOW)


def test_who_moderates(connection: Connection) -> None:
    """Neither a citizen nor an official moderates."""
    proposal = suggested(connection)
    for person in (NEIGHBOUR, WATER):
        with pytest.raises(Refusal, match="staff only"):
            publish(connection, person, proposal, 1, WORDING, NOW)
        with pytest.raises(Refusal, match="staff only"):
            refuse(connection, person, proposal, 1, RefusedFor.INSULT, NOW)


def test_joined_to_another(connection: Connection) -> None:
    """Old links lead to the other one, the author is told, and no chain or circle arises."""
    one, other = published(connection), published(connection, "other", THIRD)
    for _again in range(2):
        merge(connection, MODERATOR, one, 2, other, NOW)
    assert other == read_card(connection, one, NEIGHBOUR).line.id
    assert ["published", "merged"] == told(connection, CITIZEN)
    for source, target, version in ((other, one, 2), (other, other, 2)):
        with pytest.raises(Refusal, match="another open proposal"):
            merge(connection, MODERATOR, source, version, target, NOW)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ауылда су тазарту қондырғысын орнатайық, халық таза су ішсін", True),
        ("Установите, пожалуйста, в селе установку для очистки воды", True),
        ("Поставьте в нашем селе станцию очистки воды, воду пить нельзя", True),
        ("Ауылға тазарту кондыргысын қойса, таза су ішер едік", True),
        ("Мектептің жанына спорт алаңын салу керек, балалар ойнасын", False),
        ("Нужен детский сад, очередь в нём уже на два года вперёд", False),
        ("Көшеге шам орнатайық, кешке қараңғыда жүру қиын", False),
        ("Откройте библиотеку по вечерам, чтобы школьники могли заниматься", False),
    ],
)
def test_similar_ones_come_first(connection: Connection, text: str, *, found: bool) -> None:
    """The same matter is found in either language, another one is not."""
    proposal = published(connection)
    wanted = [proposal] if found else []
    assert wanted == [line.id for line in alike(connection, text, ("61", None))]
    assert [] == alike(connection, text, ("75", None))


def test_the_board_is_paged(connection: Connection) -> None:
    """Every proposal stands on exactly one page, by either order."""
    for number in range(8):
        at = NOW + timedelta(days=number)
        one = suggest(connection, draft(f"d{number}"), CITIZEN, at)
        publish(connection, MODERATOR, one, 1, WORDING, at)
    for most in (False, True):
        first = list_board(connection, most=most)
        last = first.lines[-1]
        second = list_board(connection, most=most, after=(last.id, last.supports))
        seen = [line.id for line in (*first.lines, *second.lines)]
        assert (True, False, 8, 8) == (first.more, second.more, len(seen), len(set(seen)))
    assert () == list_board(connection, status=ProposalStatus.DONE).lines
    assert 6 == len(list_board(connection, topic="water-supply").lines)
