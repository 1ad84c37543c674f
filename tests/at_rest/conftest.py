"""A town in a database of each kind, with words of people in most of its sealed columns."""

from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.additions import Addition, add_to_appeal
from services.appeals.draft import Draft
from services.appeals.filing import Filing, file_appeal
from services.appeals.search import find_appeals, parse_query
from services.language import Language
from storage import conversation, quarantine
from storage.database import Database
from storage.outbox import tell
from storage.parked import park
from storage.schema.appeals import appeal_entries, appeals
from storage.schema.conversations import conversations
from storage.schema.delivery import outbox
from storage.schema.people import people
from storage.schema.polls import poll_texts
from tests.operations.seeded import CITIZEN, NOW, seed
from tests.polls.counted import keep
from tests.polls.results import survey_result

NAME, PHONE = "Зейнеп Құпиябаева", "+77011239876"
WORDS = "Мұнарадағы сорғы бұзылғалы ауызсу келмейді"
ADDED = "Құбырдың жарылған жері көпірдің астында"
ANSWER = "Балабақшаның шатыры ағып тұр"
DRAFTED = "Көшеміздегі шырақтар жанбайды"
TOLD = "Қоқысты апта бойы әкетпеді"
UPDATE = "Жолаушыларды күттірген аялдама"
SAID = (NAME, PHONE, WORDS, ADDED, ANSWER, DRAFTED, TOLD, UPDATE)
# Words of these that neither the party's data nor the program holds.
ALONE = frozenset(
    (
        *("Зейнеп", "Құпиябаева", "+77011239876"),
        *("Мұнарадағы", "бұзылғалы", "жарылған", "көпірдің"),
        *("шатыры", "шырақтар", "әкетпеді", "күттірген"),
    )
)


@dataclass(frozen=True, slots=True)
class Town:
    """A database in which people have said what stands above."""

    db: Database
    appeal: int

    async def said(self) -> set[str]:
        """Return what of it can be read back."""
        return await self.db.read(readable)

    async def found(self, question: str) -> list[int]:
        """Return the appeals that a search finds."""
        return await self.db.read(find_appeals, parse_query(question))


@pytest.fixture
async def town(database: Database) -> Town:
    """Give a town where everything was said under the key of all tests."""
    return await settle(database)


async def settle(database: Database) -> Town:
    """Let people say everything."""
    return Town(database, await database.write(speak))


def speak(connection: Connection) -> int:
    """Write what people say; return the number of their appeal."""
    seed(connection)
    connection.execute(sa.update(people).where(people.c.id == CITIZEN).values(name=NAME))
    draft = Draft("said", Language.KAZAKH, "water-supply", region="10", phone=PHONE)
    draft = draft.with_text(501, WORDS)
    appeal: int = file_appeal(connection, draft, Filing(CITIZEN), NOW)["id"]
    add_to_appeal(connection, appeal, CITIZEN, Addition(502, ADDED), NOW)
    keep(connection, survey_result(), {6: [ANSWER]}, by=CITIZEN)
    held = conversation.Conversation("text", conversation.encode({"appeal": {"text": DRAFTED}}))
    conversation.save(connection, "drafting", held, NOW)
    tell(connection, CITIZEN, "mailing_report", "said", {"words": TOLD}, NOW)
    raw = f'{{"text":"{UPDATE}"}}'.encode()
    park(connection, {501: raw}, NOW)
    quarantine.keep(connection, raw, "unreadable", NOW)
    return appeal


def readable(connection: Connection) -> set[str]:
    """Return what of all that was said is there, as the bot reads it."""
    places = (
        people.c.name,
        appeals.c.contact_phone,
        appeals.c.text,
        appeal_entries.c.text,
        poll_texts.c.text,
        conversations.c.data,
        outbox.c.payload,
    )
    kept = [
        str(value) for place in places for value in connection.execute(sa.select(place)).scalars()
    ]
    kept += [each.raw.decode(errors="replace") for each in quarantine.page(connection)]
    return {words for words in SAID if any(words in each for each in kept)}
