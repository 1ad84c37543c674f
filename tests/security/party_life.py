"""What others have on the board, in programmes, councils, ratings and stories of the village."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from services.councils import applying
from services.councils import importing as councils
from services.councils.applying import Offered
from services.language import Language
from services.programmes.certificate_giving import give
from services.programmes.place import launched
from services.proposals.draft import Draft
from services.proposals.suggesting import suggest
from services.ratings import importing as ratings
from services.ratings.table import ROUND
from services.stories import publishing
from services.stories.model import Draft as StoryDraft
from services.stories.model import Tie, TieKind
from services.tables.model import Row, Table
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from storage.attendance import put_mark
from tests.operations import council_cases
from tests.programmes_school.school import enrol, found_school, hold_sessions

CITIZEN, STAFF, OFFICIAL = 5001, 5002, "zhosparova"
# What forged data say of everything that has a code.
CODE, NUMBER = "water", 1
NAME = "Айгүл Сәрсенова"


def bring_party_life(connection: Connection, at: datetime) -> None:
    """Let a citizen of the village take part in everything, each under what forged data say."""
    _suggest(connection, at)
    _enrol(connection, at)
    _offer(connection, at)
    _rate(connection, at)
    _tell(connection, at)


def _suggest(connection: Connection, at: datetime) -> None:
    words = "Ауылдың орталық көшесіне жарық шамдар орнатуды ұсынамын, қараңғыда жүру қауіпті."
    draft = Draft(CODE, topic="water-supply", region="61", text=words, message=1)
    assert suggest(connection, draft, CITIZEN, at) == NUMBER


def _enrol(connection: Connection, at: datetime) -> None:
    """Let the citizen have come to a session, and have a certificate."""
    day = at.date() - timedelta(days=1)
    days = {"begins_on": day, "ends_on": day + timedelta(days=30), "sign_up_until": day}
    programme = found_school(connection, **days, taken=1, certificate_from=1)
    hold_sessions(connection, programme, [at - timedelta(days=1)])
    signup = enrol(connection, programme, CITIZEN, NAME)
    put_mark(connection, programme, NUMBER, signup, present=True, by=STAFF, now=at)
    school = launched(connection, programme)
    give(connection, school, signup, 1, NAME, (1, 1), STAFF, "bot", at)
    assert (programme, signup) == (NUMBER, NUMBER)


def _offer(connection: Connection, at: datetime) -> None:
    rows = (
        Row(row.sheet, row.number, {**row.values, **_renamed(row)})
        for row in council_cases.TABLE.rows
    )
    councils.put_table(connection, Table(tuple(rows)), at)
    offered = Offered(CODE, CODE, NAME, "Он жыл су құбырында істедім.")
    applying.apply_for_council(connection, CITIZEN, offered, Language.KAZAKH, at)


def _renamed(row: Row) -> dict[str, str]:
    named = {"council": CODE, "official": OFFICIAL}
    return {key: code for key, code in named.items() if key in row.values}


def _rate(connection: Connection, at: datetime) -> None:
    """Bring a round that waits for a second person."""
    lines = dict(ratings.example("kk"))
    lines[ROUND] = [(CODE, *lines[ROUND][0][1:])]
    titles = ratings.example_titles("kk")
    data = to_xlsx(ratings.FORMS, lines, "kk", titles)
    ratings.put_table(connection, read_table(data, "a.xlsx", ratings.FORMS), at)


def _tell(connection: Connection, at: datetime) -> None:
    story = StoryDraft(
        said_kk="Су үзіліп беріледі дедіңіз.",
        said_ru="Вы писали, что вода идёт с перебоями.",
        did_kk="Сорғы ауыстырылды.",
        did_ru="Насос заменили.",
        region="61",
        ties=(Tie(TieKind.TOPIC, "water-supply"),),
    )
    assert publishing.put_out(connection, STAFF, CODE, story, at).id == NUMBER
