"""Plain votes take the short way; everything else is left to the usual one."""

from datetime import datetime
from typing import Any

import pytest

from bot.i18n import Catalogues
from handlers.citizen.plain_vote import PlainVotes
from services.people.directory import Directory
from services.polls.ballot import BallotForm, open_ballot
from services.polls.model import Stream
from storage.people import change_person
from tests.polls.stage import CLOSING, DRAFT, NOON, Stage

VOTER, NEWCOMER, UNKNOWN = 1000, 1001, 77


class Clock:
    """Stands still."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Return the moment of the test."""
        return self._at


def press(voter: int, data: str, chat: str = "private") -> dict[str, Any]:
    """Return a raw press on a button."""
    query = {
        "id": "55",
        "from": {"id": voter, "is_bot": False, "first_name": "Aigul"},
        "message": {"message_id": 9, "date": 1, "chat": {"id": voter, "type": chat}},
        "chat_instance": "1",
        "data": data,
    }
    return {"update_id": 1, "callback_query": query}


async def votes(stage: Stage, at: datetime = NOON) -> PlainVotes:
    """Return the short way; the voter has been asked about themselves, the newcomer not."""
    await stage.db.write(change_person, VOTER, {"profile_asked_at": NOON})
    clock = Clock(at)
    return PlainVotes(Directory(stage.db, clock), stage.box, Catalogues(), clock)


async def test_a_plain_vote_is_kept_and_answered(sqlite_stage: Stage) -> None:
    """The pop-up names the answer in the voter's language; one ballot is there."""
    poll = await sqlite_stage.launch()
    answer = await (await votes(sqlite_stage))(press(VOTER, f"v:{poll}:0"))

    assert answer is not None
    assert ("55", True) == (answer.callback_query_id, answer.show_alert)
    assert "Бар" in str(answer.text)
    assert 1 == len(await sqlite_stage.rows("ballots"))


async def test_a_vote_from_the_list_is_open(sqlite_stage: Stage) -> None:
    """It takes the short way too, and is counted with those who were not invited."""
    poll = await sqlite_stage.launch()
    answer = await (await votes(sqlite_stage))(press(VOTER, f"vo:{poll}:0"))

    assert answer is not None
    [row] = await sqlite_stage.rows("ballots")
    secret = sqlite_stage.keys.create("d1").secret_key
    assert Stream.OPEN is open_ballot(secret, BallotForm(DRAFT.questions), row["sealed"]).stream


async def test_a_repeated_vote_stays_one(sqlite_stage: Stage) -> None:
    """The last answer takes the place of the first."""
    poll = await sqlite_stage.launch()
    take = await votes(sqlite_stage)
    for option in (0, 0, 1):
        await take(press(VOTER, f"v:{poll}:{option}"))

    assert 1 == len(await sqlite_stage.rows("ballots"))


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1, "message": {"text": "v:1:0"}},
        {"update_id": 1, "callback_query": None},
        {"update_id": 1, "callback_query": {"id": 5, "data": "v:1:0"}},
        press(VOTER, "v:1:0", chat="group"),
        press(VOTER, "v:1:9"),
        press(VOTER, "v:1:-1"),
        press(VOTER, "v:1:٠"),
        press(VOTER, "v:99:0"),
        press(VOTER, "poll:1"),
        press(NEWCOMER, "v:1:0"),
        press(UNKNOWN, "v:1:0"),
    ],
)
async def test_what_is_not_plain_is_left_alone(
    sqlite_stage: Stage, update: dict[str, Any]
) -> None:
    """Nothing is kept and nothing said: the usual way decides."""
    await sqlite_stage.launch()

    assert await (await votes(sqlite_stage))(update) is None
    assert [] == await sqlite_stage.rows("ballots")


async def test_a_closed_poll_is_left_to_the_usual_way(sqlite_stage: Stage) -> None:
    """Which says that it is closed."""
    poll = await sqlite_stage.launch()

    assert await (await votes(sqlite_stage, CLOSING))(press(VOTER, f"v:{poll}:0")) is None
    assert [] == await sqlite_stage.rows("ballots")
