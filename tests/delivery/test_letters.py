"""Personal messages arrive, in order, and nobody is told twice without need."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from sandbox.server import Fault, FaultKind
from services.delivery.letters import claim_letters, record_letter, recover_letters
from services.delivery.mailing import launch
from services.delivery.outcome import Outcome, Result
from services.delivery.persistence import LETTER_DELAYS
from storage.database import Database
from storage.outbox import tell
from storage.schema.delivery import outbox
from storage.schema.people import people
from tests.delivery.stage import FIRST, MORNING, Stage, add_people

AIGUL, OLEG = 100_001, 100_002
LETTER = "mailing_report"


def report(number: int) -> dict[str, Any]:
    """Return the payload of a letter that shows this number."""
    return {"mailing": number, "status": "finished", "delivered": 0, "blocked": 0, "failed": 0}


async def queue(db: Database, person: int, number: int, **more: Any) -> None:
    """Queue a letter of this number."""
    await db.write(tell, person, LETTER, f"letter:{number}", report(number), MORNING, **more)


def numbers(stage: Stage, person: int) -> list[int]:
    """Return the numbers of the letters that arrived, in order."""
    return [int(text.split("№ ")[1].split("<")[0].split()[0]) for text in stage.texts_of(person)]


async def test_order_of_each_person(stage: Stage) -> None:
    """A person gets letters in the order of queueing, though others are served meanwhile."""
    await stage.db.write(add_people, [AIGUL, OLEG])
    for number in range(1, 11):
        await queue(stage.db, AIGUL if number % 2 else OLEG, number)
    await stage.start()
    await stage.until_letters(*["delivered"] * 10)
    assert [1, 3, 5, 7, 9] == numbers(stage, AIGUL)
    assert [2, 4, 6, 8, 10] == numbers(stage, OLEG)


async def test_what_presses_comes_first(stage: Stage) -> None:
    """Before what was queued earlier, for the same person and for others, and in its own order."""
    await stage.db.write(add_people, [AIGUL, OLEG])
    pressing = {"not_before": MORNING - timedelta(days=365)}
    for person, number, more in (
        (OLEG, 1, {}),
        (AIGUL, 2, {}),
        (AIGUL, 3, pressing),
        (AIGUL, 4, pressing),
    ):
        await queue(stage.db, person, number, **more)

    first = await stage.db.write(claim_letters, MORNING, 1)
    assert [3] == [letter.payload["mailing"] for letter in first]
    await stage.db.write(recover_letters)
    await stage.start()
    await stage.until_letters(*["delivered"] * 4)
    assert [3, 4, 2] == numbers(stage, AIGUL)


async def test_told_once(stage: Stage) -> None:
    """The same key is told once, however often it is queued."""
    await stage.db.write(add_people, [AIGUL])
    await queue(stage.db, AIGUL, 1)
    await stage.start()
    await stage.until_letters("delivered")
    await queue(stage.db, AIGUL, 1)
    await queue(stage.db, AIGUL, 2)
    await stage.until_letters("delivered", "delivered")
    assert [1, 2] == numbers(stage, AIGUL)


async def test_not_before_its_time(stage: Stage) -> None:
    """A letter waits for its time and holds up no other."""
    await stage.db.write(add_people, [AIGUL])
    await queue(stage.db, AIGUL, 1, not_before=MORNING + timedelta(hours=1))
    await queue(stage.db, AIGUL, 2)
    await stage.start()
    await stage.until_letters("waiting", "delivered")
    stage.clock.moment += timedelta(hours=1)
    await stage.until_letters("delivered", "delivered")
    assert [2, 1] == numbers(stage, AIGUL)


async def test_blocked(stage: Stage) -> None:
    """Who blocked the bot is marked unreachable; the letter ends there."""
    await stage.db.write(add_people, [AIGUL])
    await queue(stage.db, AIGUL, 1)
    await stage.start_blocked(AIGUL)
    await stage.until_letters("blocked")
    since = await stage.db.read(
        lambda connection: connection.scalar(
            sa.select(people.c.unreachable_since).where(people.c.id == AIGUL)
        )
    )
    assert MORNING == since


async def test_never_met(stage: Stage) -> None:
    """A chat that Telegram does not know is gone, not tried for ever."""
    await stage.db.write(add_people, [FIRST])
    await queue(stage.db, FIRST, 1)
    await stage.start()
    await stage.until_letters("gone")


async def test_refused_with_words(stage: Stage) -> None:
    """A message that Telegram refuses ends with Telegram's own words."""
    await stage.db.write(add_people, [AIGUL])
    payload = {
        "post": 1,
        "topic": "roads",
        "text_kk": "<b>ашық",
        "text_ru": "<b>",
        "media": [],
        "links": [],
    }
    await stage.db.write(tell, AIGUL, "news", "broken", payload, MORNING)
    await stage.start()
    await stage.until_letters("refused")
    words = await stage.db.read(lambda connection: connection.scalar(sa.select(outbox.c.error)))
    assert "can't parse entities" in str(words)


async def test_unknown_kind_harms_no_other(stage: Stage) -> None:
    """A letter that nobody can render is refused, the next one goes."""
    await stage.db.write(add_people, [AIGUL])
    await stage.db.write(tell, AIGUL, "nonsense", "nonsense", {}, MORNING)
    await queue(stage.db, AIGUL, 1)
    await stage.start()
    await stage.until_letters("refused", "delivered")


async def test_trouble_keeps_order(stage: Stage) -> None:
    """After an error of Telegram a letter is tried again, and the person's next ones wait."""
    await stage.db.write(add_people, [AIGUL])
    await queue(stage.db, AIGUL, 1)
    await queue(stage.db, AIGUL, 2)
    telegram = stage.sandbox.telegram
    telegram.faults.order(Fault(FaultKind.SERVER_ERROR, count=1, method="sendMessage"))
    await stage.start()
    await stage.until(
        lambda: telegram.calls.by_method["sendMessage"] or not telegram.faults.orders
    )
    # Until the failure is written: a clock moved before that would move the next try too.
    await stage.until_letters("waiting", "waiting")
    stage.clock.moment += LETTER_DELAYS[0]
    await stage.until_letters("delivered", "delivered")
    assert [1, 2] == numbers(stage, AIGUL)


async def test_given_up_after_ten_tries(database: Database) -> None:
    """A letter is tried ten times within a day and then given up."""
    await database.write(add_people, [AIGUL])
    await queue(database, AIGUL, 1)
    now, tries = MORNING, 0
    while letters := await database.write(claim_letters, now, 10):
        tries += 1
        await database.write(record_letter, letters[0].id, Outcome(Result.UNSENT), now)
        now += timedelta(hours=13)
    status = await database.read(lambda connection: connection.scalar(sa.select(outbox.c.status)))
    assert (10, "given_up") == (tries, status)
    assert timedelta(hours=18) < sum(LETTER_DELAYS, timedelta()) < timedelta(days=1)


async def test_uncertain_after_a_kill(database: Database) -> None:
    """A letter that was being sent when the bot died is sent again; one in flight is left."""
    await database.write(add_people, [AIGUL, OLEG])
    await queue(database, AIGUL, 1)
    await queue(database, OLEG, 2)
    first, second = await database.write(claim_letters, MORNING, 10)
    assert [] == await database.write(claim_letters, MORNING, 10)
    assert 1 == await database.write(recover_letters, [second.id])
    again = await database.write(claim_letters, MORNING, 10)
    assert [first] == again


async def test_a_late_result_changes_nothing(database: Database) -> None:
    """A result is kept once: what came later does not change it."""
    await database.write(add_people, [AIGUL])
    await queue(database, AIGUL, 1)
    (letter,) = await database.write(claim_letters, MORNING, 10)
    await database.write(record_letter, letter.id, Outcome(Result.DELIVERED, 7), MORNING)
    await database.write(record_letter, letter.id, Outcome(Result.BLOCKED), MORNING)
    kept = await database.read(
        lambda connection: connection.execute(
            sa.select(outbox.c.status, outbox.c.message_id)
        ).one()
    )
    assert ("delivered", 7) == tuple(kept)


async def test_before_mailings(stage: Stage) -> None:
    """A letter queued during a mailing arrives before the mailing's next messages."""
    crowd = stage.sandbox.telegram.add_crowd(200, FIRST)
    await stage.db.write(add_people, [AIGUL, *range(FIRST, FIRST + 200)])
    stage.rate = 40
    await stage.db.write(
        launch,
        key="news:1",
        kind="news",
        payload={
            "post": 1,
            "topic": "roads",
            "text_kk": "Жол",
            "text_ru": "Дорога",
            "media": [],
            "links": [],
        },
        created_by=None,
        now=MORNING,
        recipients=range(FIRST, FIRST + 200),
    )
    await stage.start()
    await stage.until(lambda: sum(crowd.received) > 20)
    await queue(stage.db, AIGUL, 1)
    await stage.until_letters("delivered")
    assert sum(crowd.received) < 200
