"""What citizens see of a deputy: the place, the change, and apart from it what others say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.answering import answer_appeal
from services.appeals.draft import Draft, Recipient
from services.appeals.registration import register_appeal
from services.digests.model import Period
from services.digests.notes import NoteKind
from services.digests.party import Reader
from services.people.person import join
from services.ratings.feedback import feedback_on
from services.ratings.noted import rating_notes
from services.ratings.places import middle, places_of
from services.ratings.standing import (
    find_deputies,
    maslikhats_in,
    maslikhats_near,
    own_deputy,
    regions_rated,
    sheet_of,
    table_of,
)
from services.refusal import Refusal
from services.roadmap.scope import Scope
from storage.schema.appeals import appeals
from tests.agreed import agree
from tests.digests.conftest import JOINED
from tests.ratings.conftest import DEPUTY, NOW, TODAY


def letter(connection: Connection, number: int, deputy: str = "ulgi-1") -> int:
    """Write to a deputy as one citizen each."""
    draft = Draft(f"l{number}", topic="water-supply", region="61", district="615200")
    draft = replace(draft.with_text(1, "Су жоқ, көмектесіңіз"), recipient=Recipient(deputy, "?"))
    join(connection, 2000 + number, "Сынақ", JOINED)
    agree(connection, 2000 + number)
    return register_appeal(connection, draft, 2000 + number, NOW).id


def test_places() -> None:
    """Equal scores share a place, and the next one is left out."""
    scores = {"a": Decimal(5), "b": Decimal(7), "c": Decimal(5), "d": Decimal(1)}
    assert {"a": 2, "b": 1, "c": 2, "d": 4} == places_of(scores)
    assert Decimal(5) == middle(scores.values())
    assert Decimal("1.5") == middle([Decimal(1), Decimal(2)])


def test_since_the_round_before(rated: Connection) -> None:
    """A place is compared with the round before in the same maslikhat, and both are named."""
    table = table_of(rated, "sairam", TODAY)
    assert table.round is not None
    assert table.earlier is not None
    assert ("2026-1", "2025-2") == (table.round.code, table.earlier.code)
    assert [(1, 2), (2, 1), (3, 3)] == [(each.place, each.before) for each in table.standings]
    sheet = sheet_of(rated, "ulgi-1", TODAY)
    assert sheet.before is not None
    assert (1, 2, Decimal("92.5"), Decimal(60), 3) == (
        sheet.history[0].line.place,
        sheet.before.line.place,
        sheet.history[0].line.score,
        sheet.before.line.score,
        sheet.history[0].of,
    )


def test_found_by_place(rated: Connection) -> None:
    """A region leads to its maslikhats; one's own district comes first."""
    assert ("61", "71") == regions_rated(rated)
    assert ["sairam"] == [each.code for each in maslikhats_in(rated, "61")]
    assert ["sairam"] == [each.code for each in maslikhats_near(rated, "61", "615200")]
    assert () == maslikhats_near(rated, "61", "611600")
    assert () == maslikhats_near(rated, None, None)


@pytest.mark.parametrize(
    "said",
    ["Әсел Үлгіқызы", "асель", "УЛЬГИКЫЗЫ", "улгикызы асел", "Әсел Үлгiқзы", "Асель Улгикызи"],
)
def test_found_by_name(rated: Connection, said: str) -> None:
    """A name is found in both languages, without Kazakh letters and with a typo."""
    assert "ulgi-1" == find_deputies(rated, said)[0].code


def test_nobody_is_called_so(rated: Connection) -> None:
    """Words that are no name find nobody."""
    assert () == find_deputies(rated, "Қарағайлы көпір")
    assert () == find_deputies(rated, "…")


def test_a_letter_goes_to_the_deputy(rated: Connection) -> None:
    """It is an appeal that names the deputy as its official, until the mandate is over."""
    written = letter(rated, 1)
    row = rated.execute(sa.select(appeals).where(appeals.c.id == written)).mappings().one()
    assert ("ulgi-1", "ulgi-1") == (row["deputy"], row["official"])
    own = own_deputy(rated, "ulgi-1")
    assert own is not None
    assert ("ulgi-1", None, None) == (own.code, own_deputy(rated, None), own_deputy(rated, "x"))
    rated.execute(sa.text("UPDATE deputies SET until = '2026-07-01' WHERE code = 'ulgi-2'"))
    assert not sheet_of(rated, "ulgi-2", TODAY).sits
    with pytest.raises(Refusal):
        letter(rated, 2, "ulgi-2")


def test_the_deputy_answers(rated: Connection) -> None:
    """The account of the deputy may answer the letter."""
    written = letter(rated, 1)
    answer_appeal(rated, written, 1, DEPUTY, "Құбыр жөнделді, су бүгін кешке беріледі.", NOW)
    status = rated.execute(sa.select(appeals.c.status).where(appeals.c.id == written)).scalar()
    assert "answered" == status


def test_feedback_stands_apart(rated: Connection) -> None:
    """It is shown from ten rated answers on, and moves no place and no score."""
    before = sheet_of(rated, "ulgi-1", TODAY)
    values = {"answered_at": NOW, "rating": 5}
    for number in range(9):
        letter(rated, number)
    rated.execute(sa.update(appeals).where(appeals.c.deputy == "ulgi-1").values(**values))
    few = feedback_on(rated, "ulgi-1")
    assert (None, None, None) == (few.answered, few.rated, few.stars)
    tenth = letter(rated, 10)
    rated.execute(
        sa.update(appeals).where(appeals.c.id == tenth).values(answered_at=NOW, rating=2)
    )
    found = feedback_on(rated, "ulgi-1")
    assert (10, 10, Decimal("4.7")) == (found.answered, found.rated, found.stars)
    unrated = letter(rated, 11)
    rated.execute(sa.update(appeals).where(appeals.c.id == unrated).values(answered_at=NOW))
    assert None is feedback_on(rated, "ulgi-1").answered
    assert before == sheet_of(rated, "ulgi-1", TODAY)


def test_noted_in_digests(rated: Connection) -> None:
    """The executive secretary reads of what waits and of letters that are late; others do not."""
    letter(rated, 1)
    rated.execute(sa.text("UPDATE rating_rounds SET status = 'awaiting' WHERE code = '2026-1'"))
    day = date(2026, 12, 1)
    reader = Reader("elestetov", Scope((), everything=True), Period.DAILY, day, day, day)
    notes = list(rating_notes(rated, reader))
    assert [(NoteKind.RATING_WAITS, 1, ("2026-1",)), (NoteKind.LETTERS_LATE, 1, ())] == [
        (each.kind, each.count, tuple(item.ref for item in each.items)) for each in notes
    ]
    assert [] == list(rating_notes(rated, replace(reader, scope=Scope(()))))
