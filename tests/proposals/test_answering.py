"""The official answer: who gives it, what it needs, who is told, and what the digest says."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from bot.i18n import Catalogues
from handlers.views.digest_party import party_lines
from services.digests.model import Period
from services.digests.notes import Note, NoteItem, NoteKind
from services.digests.party import Reader
from services.people.consent import ConsentKind
from services.proposals.answering import Answer, Shown, answer
from services.proposals.board import answers_it, evidence, history, list_to_answer, read_card
from services.proposals.leaving import withdraw
from services.proposals.machine import Step
from services.proposals.model import ProposalStatus
from services.proposals.moderating import publish
from services.proposals.noted import proposal_notes
from services.proposals.supporting import support
from services.refusal import Refusal
from services.rights.erasing import Wish, before_forgetting, forget_person
from services.rights.exporting import own_data
from services.rights.proposals import ENDED, UNSHOWN, count_due, forget_due
from services.roadmap.scope import scope_of
from storage.proposals import find
from storage.schema.delivery import mailing_recipients, mailings, outbox
from storage.schema.proposals import proposal_supports, proposals
from tests.agreed import agree
from tests.proposals.conftest import (
    ADMINISTRATOR,
    CITIZEN,
    MODERATOR,
    NEIGHBOUR,
    NOW,
    OPERATOR,
    ROADS,
    THIRD,
    WATER,
    WORDING,
    counted,
    published,
    suggested,
)

KK, RU = "Ұсыныс қабылданды, қыркүйекке дейін орындалады.", "Принято, сделаем до сентября."
PHOTO = Shown(7, "photo", "file", "unique")


def given(step: Step, *files: Shown) -> Answer:
    """Return an answer in both languages."""
    return Answer(step, KK, RU, files)


def letters(connection: Connection, person: int) -> list[str]:
    """Return the states of which this person was told."""
    mine = sa.select(outbox.c.payload).where(
        outbox.c.person_id == person, outbox.c.kind == "proposal_changed"
    )
    return [payload["status"] for payload in connection.execute(mine).scalars()]


def mailed(connection: Connection) -> list[tuple[str, list[int]]]:
    """Return each mailing to supporters: the state it tells, and whom."""
    found = []
    for row in connection.execute(sa.select(mailings).order_by(mailings.c.id)).mappings():
        to = sa.select(mailing_recipients.c.person_id).where(
            mailing_recipients.c.mailing_id == row["id"]
        )
        people = sorted(connection.execute(to).scalars())
        found.append((row["payload"]["status"], people))
    return found


def test_from_accepted_to_done(connection: Connection) -> None:
    """Author and supporters are told of every step once; the history is public."""
    proposal = published(connection)
    for person in (NEIGHBOUR, THIRD):
        support(connection, proposal, person, NOW, wanted=True)
    for version, step in ((2, Step.ACCEPT), (3, Step.BEGIN)):
        for _again in range(2):
            answer(connection, WATER, proposal, version, given(step), NOW)
    answer(connection, WATER, proposal, 4, given(Step.FINISH, PHOTO), NOW)
    people = [NEIGHBOUR, THIRD]
    assert [("accepted", people), ("doing", people), ("done", people)] == mailed(connection)
    assert ["published", "accepted", "doing", "done"] == letters(connection, CITIZEN)
    assert ["published", "accepted", "doing", "done"] == [
        moment.status for moment in history(connection, proposal)
    ]
    assert ["file"] == [file.file_id for file in evidence(connection, proposal)]
    assert RU == read_card(connection, proposal, THIRD).answer("ru")
    with pytest.raises(Refusal, match="takes no more support"):
        support(connection, proposal, OPERATOR, NOW, wanted=True)


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (Answer(Step.DECLINE, "", RU), "characters are needed"),
        (Answer(Step.DECLINE, KK, ""), "characters are needed"),
        (Answer(Step.ACCEPT, KK, "."), "characters are needed"),
        (Answer(Step.ACCEPT, KK, "1234567890 0987654321"), "no words"),
        (Answer(Step.FINISH, KK, RU), "cannot be done|shows that it is done"),
        (Answer(Step.PUBLISH, KK, RU), "cannot be done"),
    ],
)
def test_what_an_answer_needs(connection: Connection, broken: Answer, why: str) -> None:
    """Words in both languages, a reason to decline, and something that shows that it is done."""
    proposal = published(connection)
    with pytest.raises(Refusal, match=why):
        answer(connection, WATER, proposal, 2, broken, NOW)
    assert ProposalStatus.PUBLISHED is read_card(connection, proposal, CITIZEN).line.status


def test_declined_and_thought_over(connection: Connection) -> None:
    """A declined one can be accepted later; two who answer at once do not overrule each other."""
    proposal = published(connection)
    answer(connection, WATER, proposal, 2, given(Step.DECLINE), NOW)
    with pytest.raises(Refusal, match="changed meanwhile"):
        answer(connection, ADMINISTRATOR, proposal, 2, given(Step.ACCEPT), NOW)
    answer(connection, ADMINISTRATOR, proposal, 3, given(Step.ACCEPT), NOW)
    assert ProposalStatus.ACCEPTED is read_card(connection, proposal, CITIZEN).line.status


def test_who_answers(connection: Connection) -> None:
    """The official of the section and administrators; nobody else, an operator neither."""
    proposal = published(connection)
    for person, why in ((ROADS, "Somebody else"), (OPERATOR, "staff only"), (CITIZEN, "staff")):
        assert not answers_it(connection, person, proposal, NOW)
        with pytest.raises(Refusal, match=why):
            answer(connection, person, proposal, 2, given(Step.ACCEPT), NOW)
    assert answers_it(connection, WATER, proposal, NOW)
    assert [proposal] == [line.id for line in list_to_answer(connection, WATER, NOW).lines]
    assert () == list_to_answer(connection, ROADS, NOW).lines
    assert [proposal] == [line.id for line in list_to_answer(connection, ADMINISTRATOR, NOW).lines]


def reader(connection: Connection, official: str, day: date, period: Period) -> Reader:
    """Return who reads a digest."""
    scope = scope_of(connection, official, day)
    return Reader(official, scope, period, day, day - timedelta(days=7), day - timedelta(days=1))


def test_the_top_of_the_week(connection: Connection) -> None:
    """On Mondays and weekly, to whose section it is: what gained most in the seven days before."""
    first, second = published(connection), published(connection, "other", THIRD)
    for person in (NEIGHBOUR, OPERATOR):
        support(connection, second, person, NOW, wanted=True)
    support(connection, first, NEIGHBOUR, NOW, wanted=True)
    monday = NOW.date() + timedelta(days=7)
    items = (
        NoteItem(str(second), WORDING.title_kk, WORDING.title_ru, 2),
        NoteItem(str(first), WORDING.title_kk, WORDING.title_ru, 1),
    )

    def top(official: str, day: date, period: Period = Period.DAILY) -> list[tuple[NoteItem, ...]]:
        notes = proposal_notes(connection, reader(connection, official, day, period))
        return [note.items for note in notes if note.kind is NoteKind.PROPOSALS_TOP]

    assert [items] == top("mysalbaev", monday)
    assert [items] == top("mysalbaev", monday, Period.WEEKLY)
    assert [] == top("mysalbaev", monday + timedelta(days=1))
    assert [] == top("mysalbaev", monday + timedelta(days=7))
    assert [] == top("ulgibaev", monday)
    support(connection, second, OPERATOR, NOW + timedelta(days=8), wanted=False)
    support(connection, second, NEIGHBOUR, NOW + timedelta(days=8), wanted=False)
    assert [items[1:]] == top("mysalbaev", monday)


def test_what_waits_too_long(connection: Connection) -> None:
    """After fifteen days without an answer the digest counts a proposal."""
    published(connection)
    counts = []
    for days in (15, 17):
        day = NOW.date() + timedelta(days=days)
        notes = proposal_notes(connection, reader(connection, "mysalbaev", day, Period.DAILY))
        counts.append([note.count for note in notes if note.kind is NoteKind.PROPOSALS_WAIT])
    assert [[], [1]] == counts


def test_what_no_moderator_has_read(connection: Connection) -> None:
    """After two days the executive secretary's digest counts it, in both languages."""
    suggested(connection, "waits")
    counts = []
    for days, official in ((2, "elestetov"), (3, "elestetov"), (3, "mysalbaev")):
        day = NOW.date() + timedelta(days=days)
        notes = proposal_notes(connection, reader(connection, official, day, Period.DAILY))
        counts.append([note for note in notes if note.kind is NoteKind.PROPOSALS_UNREAD])
    assert [[], [Note(NoteKind.PROPOSALS_UNREAD, 1)], []] == counts
    catalogues = Catalogues()
    for language, word in (("kk", "қарамаған"), ("ru", "не посмотрел")):
        with catalogues.context(), catalogues.use_locale(language):
            (line,) = party_lines(counts[1])
        assert word in line
        assert line.endswith(": 1")


@pytest.mark.parametrize("off_board", [False, True])
def test_being_forgotten(connection: Connection, *, off_board: bool) -> None:
    """The person chooses: what the board shows stays without an author, or goes too."""
    shown, answered = published(connection), published(connection, "answered")
    other, waiting = published(connection, "other", THIRD), suggested(connection, "waits")
    answer(connection, WATER, answered, 2, given(Step.ACCEPT), NOW)
    support(connection, other, CITIZEN, NOW, wanted=True)
    assert 2 == before_forgetting(connection, CITIZEN, NOW).on_board
    assert forget_person(connection, CITIZEN, Wish(off_board=off_board), NOW)
    rows = {one: find(connection, one) for one in (shown, answered, waiting)}
    assert {None} == {row["person_id"] for row in rows.values() if row is not None}
    assert ["withdrawn" if off_board else "published", "accepted", "withdrawn"] == [
        row["status"] for row in rows.values() if row is not None
    ]
    assert [None if off_board else WORDING.words, WORDING.words, None] == [
        row["shown"] for row in rows.values() if row is not None
    ]
    assert (0, 0, 0) == counted(connection, other)


def test_taken_back_by_the_author(connection: Connection) -> None:
    """Only before an answer, only the own one, and once."""
    proposal, answered = published(connection), published(connection, "answered")
    answer(connection, WATER, answered, 2, given(Step.BEGIN), NOW)
    with pytest.raises(Refusal, match="no such proposal"):
        withdraw(connection, proposal, 2, NEIGHBOUR, NOW)
    with pytest.raises(Refusal, match="cannot be done"):
        withdraw(connection, answered, 3, CITIZEN, NOW)
    for _again in range(2):
        withdraw(connection, proposal, 2, CITIZEN, NOW)
    with pytest.raises(Refusal, match="no longer on the board"):
        read_card(connection, proposal, NEIGHBOUR)


def test_handed_to_the_person(connection: Connection) -> None:
    """One's own data name what one suggested and what one supports, and nobody else's."""
    proposal = published(connection)
    support(connection, proposal, NEIGHBOUR, NOW, wanted=True)
    mine = own_data(connection, CITIZEN, {}, NOW)["proposals"]
    theirs = own_data(connection, NEIGHBOUR, {}, NOW)["proposals"]
    assert ([f"{proposal}"], []) == ([row["number"] for row in mine["own"]], mine["supported"])
    assert ([], [f"{proposal}"]) == (
        theirs["own"],
        [row["number"] for row in theirs["supported"]],
    )


def test_kept_only_so_long(connection: Connection) -> None:
    """When its term is over nobody knows whose it was; the words and the number stay."""
    proposal = published(connection)
    support(connection, proposal, NEIGHBOUR, NOW, wanted=True)
    answer(connection, WATER, proposal, 2, given(Step.DECLINE), NOW)
    later = NOW + timedelta(days=1)
    assert (1, 0) == (
        count_due(connection, ENDED, later).count,
        count_due(connection, UNSHOWN, later).count,
    )
    assert 1 == forget_due(connection, ENDED, later, later, 5)
    assert 0 == forget_due(connection, ENDED, later, later, 5)
    row = find(connection, proposal)
    assert row is not None
    assert (None, 1, WORDING.words) == (row["person_id"], row["supports"], row["shown"])
    assert [] == list(connection.execute(sa.select(proposal_supports)))


def test_lists_use_indexes(connection: Connection) -> None:
    """No list of the board reads every proposal."""
    agree(connection, MODERATOR, kinds=[ConsentKind.PROPOSALS])
    publish(connection, MODERATOR, suggested(connection), 1, WORDING, NOW)
    for order in ("published_at", "supports"):
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM proposals WHERE status = 'published' "
            f"ORDER BY {order} DESC, id DESC LIMIT 7"
        )
        told = " ".join(row[-1] for row in plan)
        assert f"ix_proposals_status_{order}_id" in told, told
        assert "TEMP B-TREE" not in told
    assert 1 == connection.execute(sa.select(sa.func.count(proposals.c.id))).scalar_one()
