"""Commands of stories, each in a case that may be run twice."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from services.delivery.policy import Policy
from services.stories import importing, muting, publishing, takers
from services.stories.model import Draft, Tie, TieKind
from services.tables.reading import read_table
from services.tables.writing import to_xlsx
from tests.operations.seeded import ADMINISTRATOR, CITIZEN, NOW, TOPIC, Seeded

_LINES = importing.example("kk")
TABLE = read_table(to_xlsx(importing.FORMS, _LINES, "kk"), "a.xlsx", importing.FORMS)
DRAFT = Draft(
    said_kk="Ауылда су үзіліп беріледі деп жаздыңыз.",
    said_ru="Вы писали, что вода в селе идёт с перебоями.",
    did_kk="Сорғы ауыстырылды, су тәулік бойы беріледі.",
    did_ru="Насос заменили, вода идёт круглосуточно.",
    region="10",
    ties=(Tie(TieKind.TOPIC, TOPIC),),
)


def published(connection: Connection) -> int:
    """Return a story that is published, of which nobody is listed yet."""
    return publishing.put_out(connection, ADMINISTRATOR, "story", DRAFT, NOW).id


def _send(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    few, many = Policy(approval_above=5), 6
    publishing.send_story(connection, ADMINISTRATOR, "few", 1, DRAFT, 1, few, now)
    publishing.send_story(connection, ADMINISTRATOR, "many", 1, DRAFT, many, few, now)


def ask_to_publish(connection: Connection) -> None:
    """Ask for the approval of a story that is to go to many."""
    policy = Policy(approval_above=5)
    publishing.send_story(connection, ADMINISTRATOR, "asked", 1, DRAFT, 6, policy, NOW)


def _withdraw_draft(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    publishing.withdraw_draft(connection, "asked", ADMINISTRATOR, now)


def _withdraw(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    publishing.withdraw_story(connection, ADMINISTRATOR, published(connection), 1, now)


def _list(connection: Connection, _seeded: Seeded, now: datetime) -> None:
    story = publishing.existing(connection, published(connection))
    people = takers.next_takers(connection, story, 0)
    takers.list_page(connection, story, 0, people, now)


CASES: dict[str, Callable[[Connection, Seeded, datetime], object]] = {
    "services.stories.importing.import_table": lambda c, _, now: importing.import_table(
        c, ADMINISTRATOR, TABLE, now
    ),
    "services.stories.importing.put_table": lambda c, _, now: importing.put_table(c, TABLE, now),
    "services.stories.muting.mute_stories": lambda c, _, now: muting.mute_stories(
        c, CITIZEN, now, muted=True
    ),
    "services.stories.publishing.publish_approved": lambda c, _, now: publishing.publish_approved(
        c, ADMINISTRATOR, "approved-story", DRAFT.as_json(), now
    ),
    "services.stories.publishing.put_out": lambda c, _, now: publishing.put_out(
        c, ADMINISTRATOR, "out", DRAFT, now
    ),
    "services.stories.publishing.send_story": _send,
    "services.stories.publishing.withdraw_draft": _withdraw_draft,
    "services.stories.publishing.withdraw_story": _withdraw,
    "services.stories.takers.list_page": _list,
}
