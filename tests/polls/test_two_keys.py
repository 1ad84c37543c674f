"""Polls whose answers two people open together."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.delivery.letting_out import approve
from services.delivery.policy import Policy
from services.people.model import Role
from services.people.sessions import keep_hours
from services.polls.closing import Closing
from services.polls.draft import PollDraft
from services.polls.emptying import counting_here
from services.polls.keys import LockedKey
from services.polls.locked_launch import launch_ready
from services.polls.model import PollStatus
from services.polls.opening import PAUSE, REMIND_AFTER, TRIES, give, turn_of
from services.polls.passphrases import check_passphrase, halve, make_lock, open_half, put_together
from services.polls.reading import find_poll, poll_of_draft
from services.polls.two_keys import Said, call_off, find_locked, key_of, name_holders, say
from services.refusal import Refusal, SessionEnded
from storage.people import grant_role
from storage.schema.people import roles
from tests.polls.stage import CLOSING, DRAFT, NOON, OPERATOR, NoCharts, Stage

ASEL, BERIK = 1000, 1001
POLICY = Policy(approval_above=1000, per_week=100)
WORDS = {ASEL: "қоян көл терезе алма 7", BERIK: "темір күз домбыра жеті"}
LOCKED = PollDraft.of_json(DRAFT.as_json() | {"two_keys": True})


async def _named(stage: Stage) -> None:
    for person in (ASEL, BERIK):
        await stage.db.write(grant_role, person, Role.OFFICIAL.value, None, NOON)
    await stage.db.write(name_holders, LOCKED, (ASEL, BERIK), OPERATOR, NOON)


async def _say_all(stage: Stage) -> None:
    await _named(stage)
    for person, words in WORDS.items():
        for message in (1, 2):
            await say(stage.db, LOCKED.id, person, message, words, NOON)


async def _open(stage: Stage) -> int:
    await _say_all(stage)
    await launch_ready(stage.db, stage.keys, POLICY, NOON)
    poll = await stage.db.read(poll_of_draft, LOCKED.id)
    assert poll is not None
    return poll


async def _status(stage: Stage, poll: int) -> PollStatus:
    found = await stage.db.read(find_poll, poll)
    assert found is not None
    return found.status


def _contents(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


async def _give(
    stage: Stage, person: int, words: str, at: timedelta = timedelta(), message: int = 10
) -> None:
    await give(stage.db, stage.keys, LOCKED.id, person, message, words, CLOSING + at)


def test_two_halves_make_the_key_and_one_is_noise() -> None:
    """Each half opens with its own passphrase; together they are the secret key."""
    first, second = (make_lock(words) for words in WORDS.values())
    halves = halve(b"s" * 32, (first, second))
    opened = [open_half(half, words) for half, words in zip(halves, WORDS.values(), strict=True)]
    assert b"s" * 32 == put_together(*opened)
    assert b"s" * 32 not in opened


def test_a_passphrase_is_heard_as_it_is_said() -> None:
    """Capitals and spaces that a telephone adds change nothing."""
    lock = make_lock(WORDS[ASEL])
    [half, _] = halve(b"s" * 32, (lock, lock))
    assert open_half(half, WORDS[ASEL]) == open_half(half, "  Қоян КӨЛ терезе  алма 7\n")


@pytest.mark.parametrize("words", ["", "алма", "аааааааааааааааааааа", "12121212121212121212"])
def test_easy_passphrases_are_refused(words: str) -> None:
    """What is short or has few different letters is no passphrase."""
    with pytest.raises(Refusal, match="easy to guess"):
        check_passphrase(words)


async def test_it_opens_only_when_both_passphrases_are_set(sqlite_stage: Stage) -> None:
    """Neither the button, nor one passphrase, nor a message that comes twice opens the poll."""
    stage = sqlite_stage
    with pytest.raises(Refusal, match="both passphrases"):
        await stage.launch(two_keys=True)
    await _named(stage)
    for message in (1, 2):
        await say(stage.db, LOCKED.id, ASEL, message, WORDS[ASEL], NOON)
    for message in (3, 3):
        await say(stage.db, LOCKED.id, BERIK, message, WORDS[BERIK], NOON)
    await launch_ready(stage.db, stage.keys, POLICY, NOON)
    waiting = await stage.db.read(find_locked, LOCKED.id)
    assert waiting is not None
    assert [True, False] == [holder.set for holder in waiting.holders]
    assert [] == await stage.rows("polls")


async def test_a_passphrase_said_in_other_words_begins_anew(sqlite_stage: Stage) -> None:
    """A slip in the second saying locks nobody out."""
    stage = sqlite_stage
    await _named(stage)
    said = [
        await say(stage.db, LOCKED.id, ASEL, message, words, NOON)
        for message, words in enumerate(
            (WORDS[ASEL], WORDS[ASEL] + "!", WORDS[ASEL], WORDS[ASEL]), start=1
        )
    ]
    assert [Said.ONCE, Said.DIFFERENT, Said.ONCE, Said.TWICE] == said


async def test_the_secret_key_is_nowhere_while_it_is_open(
    sqlite_stage: Stage, tmp_path: Path
) -> None:
    """The key file has the tag key and two locked halves; the database forgets the locks."""
    stage = sqlite_stage
    poll = await _open(stage)
    found = await stage.db.read(find_poll, poll)
    assert found is not None
    key = stage.keys.find(found.draft_id, found.public_key)
    assert isinstance(key, LockedKey)
    parts = [
        open_half(half, words) for half, words in zip(key.halves, WORDS.values(), strict=True)
    ]
    secret = key.opened(put_together(*parts)).secret_key
    traces = [secret, *parts, *(words.encode() for words in WORDS.values())]
    files = _contents(tmp_path)
    assert not [trace for trace in traces if any(trace in content for content in files)]
    assert [None, None] == [row["lock"] for row in await stage.rows("poll_key_holders")]


async def test_it_is_counted_when_both_have_spoken(stage: Stage, tmp_path: Path) -> None:
    """After closing the answers wait locked; one passphrase is not enough, two are."""
    poll = await _open(stage)
    await stage.vote_all(poll, [0] * 8 + [1] * 6)
    await stage.close()
    await _give(stage, BERIK, WORDS[BERIK])
    await stage.close()
    waiting = await _status(stage, poll), len(await stage.rows("ballots"))
    await _give(stage, ASEL, WORDS[ASEL])
    await stage.close()

    assert (PollStatus.CLOSING, 14) == waiting
    assert PollStatus.CLOSED == await _status(stage, poll)
    assert 14 == (await stage.result(poll)).base
    assert [] == [path.name for path in (tmp_path / "keys").iterdir()]
    assert [] == await stage.rows("poll_key_holders") + await stage.rows("poll_openings")


async def test_a_restart_in_between_asks_again(sqlite_stage: Stage) -> None:
    """What one process was given is lost with it; whoever gave it is asked once more."""
    stage = sqlite_stage
    poll = await _open(stage)
    await stage.vote_all(poll, [0] * 12)
    await stage.close()
    await _give(stage, ASEL, WORDS[ASEL])
    restarted = Closing(stage.db, stage.keys, counting_here, NoCharts())
    await restarted.close_due(CLOSING)
    asked = [
        (row["person_id"], row["payload"]["again"])
        for row in await stage.rows("outbox")
        if row["kind"] == "poll_key_needed"
    ]
    for person, words in WORDS.items():
        await _give(stage, person, words)
    await restarted.close_due(CLOSING)

    assert [(ASEL, False), (BERIK, False), (ASEL, True)] == asked
    assert PollStatus.CLOSED == await _status(stage, poll)


async def test_wrong_passphrases_are_few(sqlite_stage: Stage) -> None:
    """After five wrong ones, none counted twice, even the right one waits an hour."""
    stage = sqlite_stage
    poll = await _open(stage)
    await stage.close()
    wrong = "бұл мүлде басқа сөздер"
    for message in (*range(10, 10 + TRIES - 1), 10 + TRIES - 2):
        with pytest.raises(Refusal, match="Tries left"):
            await _give(stage, ASEL, wrong, message=message)
    for message, words in ((20, wrong), (21, WORDS[ASEL])):
        with pytest.raises(Refusal, match="several times"):
            await _give(stage, ASEL, words, message=message)
    for person, words in WORDS.items():
        await _give(stage, person, words, PAUSE, message=22)
    await stage.close()
    assert PollStatus.CLOSED == await _status(stage, poll)


async def test_holders_are_reminded_each_day(sqlite_stage: Stage) -> None:
    """Whoever has not spoken is asked again after a day, and not before."""
    stage = sqlite_stage
    await _open(stage)
    await stage.close()
    await _give(stage, ASEL, WORDS[ASEL])
    for after in (timedelta(hours=1), REMIND_AFTER, REMIND_AFTER + timedelta(hours=1)):
        await stage.close(CLOSING + after)
    needed = [row for row in await stage.rows("outbox") if row["kind"] == "poll_key_needed"]
    assert [ASEL, BERIK, BERIK] == [row["person_id"] for row in needed]


async def test_nobody_else_is_asked(sqlite_stage: Stage) -> None:
    """A stranger, or a holder before the closing, can give nothing."""
    stage = sqlite_stage
    await _open(stage)
    with pytest.raises(Refusal, match="No passphrase"):
        await stage.db.read(turn_of, LOCKED.id, ASEL)
    await stage.close()
    with pytest.raises(Refusal, match="No passphrase"):
        await stage.db.read(turn_of, LOCKED.id, 1005)


async def test_who_has_left_sets_no_passphrase_and_may_give_one(sqlite_stage: Stage) -> None:
    """Nobody who left holds the key of a new poll; that of a running one must not be lost."""
    stage = sqlite_stage
    await _named(stage)
    await stage.db.write(_leave, ASEL)
    with pytest.raises(Refusal, match="staff"):
        await say(stage.db, LOCKED.id, ASEL, 1, WORDS[ASEL], NOON)
    await stage.db.write(call_off, LOCKED.id, OPERATOR, NOON)
    await stage.db.write(grant_role, ASEL, Role.OFFICIAL.value, None, NOON)
    await _open(stage)
    await stage.db.write(_leave, ASEL)
    await stage.close()
    await _give(stage, ASEL, WORDS[ASEL])


def _leave(connection: Connection, person: int) -> None:
    """End the roles of somebody."""
    own = roles.c.person_id == person
    connection.execute(sa.update(roles).where(own).values(until=NOON))


async def test_an_ended_session_gives_nothing(sqlite_stage: Stage) -> None:
    """Whoever works here types their PIN before they set or give a passphrase."""
    stage = sqlite_stage
    await _open(stage)
    await stage.close()
    await stage.db.write(keep_hours, 12, NOON)
    with pytest.raises(SessionEnded):
        await _give(stage, ASEL, WORDS[ASEL])
    with pytest.raises(SessionEnded):
        await say(stage.db, LOCKED.id, ASEL, 3, WORDS[ASEL], NOON)


async def test_two_sayings_at_once_are_harmless(sqlite_stage: Stage) -> None:
    """A passphrase sent from two devices at the same moment ends as one that works."""
    stage = sqlite_stage
    await _named(stage)
    await asyncio.gather(*(say(stage.db, LOCKED.id, ASEL, 1, WORDS[ASEL], NOON) for _ in range(2)))
    assert Said.TWICE == await say(stage.db, LOCKED.id, ASEL, 2, WORDS[ASEL], NOON)


async def test_a_poll_called_off_never_opens(sqlite_stage: Stage) -> None:
    """Its author takes the draft back; both are told, and nothing of their words is kept."""
    stage = sqlite_stage
    await _named(stage)
    await say(stage.db, LOCKED.id, ASEL, 1, WORDS[ASEL], NOON)
    back = [await stage.db.write(call_off, LOCKED.id, OPERATOR, NOON) for _ in range(2)]
    with pytest.raises(Refusal, match="No passphrase"):
        await say(stage.db, LOCKED.id, ASEL, 2, WORDS[ASEL], NOON)
    assert [LOCKED.as_json(), None] == back
    assert [] == await stage.rows("poll_key_holders") + await stage.rows("locked_drafts")


async def test_a_poll_for_many_is_approved_after_its_keys(sqlite_stage: Stage) -> None:
    """With both passphrases set it waits for somebody else to look; then it opens as approved."""
    stage = sqlite_stage
    await stage.db.write(grant_role, BERIK, Role.ADMINISTRATOR.value, None, NOON)
    await _say_all(stage)
    for _ in range(2):
        await launch_ready(stage.db, stage.keys, Policy(approval_above=2), NOON)
    [asked] = await stage.rows("approvals")
    before = await stage.rows("polls")
    seen = asked["fingerprint"]
    await stage.db.write(approve, asked["id"], seen, BERIK, NOON)
    [poll] = await stage.rows("polls")

    assert [] == before
    assert isinstance(stage.keys.find(LOCKED.id, poll["public_key"]), LockedKey)
    assert [] == await stage.rows("locked_drafts")


async def test_other_passphrases_make_another_key(sqlite_stage: Stage) -> None:
    """A key of a launch that came to nothing is replaced: its passphrases would not fit."""
    stage = sqlite_stage
    await _say_all(stage)
    first = await key_of(stage.db, stage.keys, LOCKED)
    assert first == await key_of(stage.db, stage.keys, LOCKED)
    await stage.db.write(call_off, LOCKED.id, OPERATOR, NOON)
    await _say_all(stage)
    assert first != await key_of(stage.db, stage.keys, LOCKED)


async def test_a_newer_version_asks_anew(sqlite_stage: Stage) -> None:
    """Whoever was asked about a draft that was taken back is asked about the next one too."""
    stage = sqlite_stage
    await _named(stage)
    await stage.db.write(call_off, LOCKED.id, OPERATOR, NOON)
    newer = replace(LOCKED, version=LOCKED.version + 1)
    await stage.db.write(name_holders, newer, (BERIK, ASEL), OPERATOR, NOON)
    asked = [row for row in await stage.rows("outbox") if row["kind"] == "poll_key_asked"]
    assert [ASEL, BERIK, BERIK, ASEL] == [row["person_id"] for row in asked]


async def test_two_different_colleagues_are_named(sqlite_stage: Stage) -> None:
    """One person twice, or a citizen, cannot hold a key."""
    stage = sqlite_stage
    await stage.db.write(grant_role, ASEL, Role.OFFICIAL.value, None, NOON)
    for holders, why in (((ASEL, ASEL), "different"), ((ASEL, BERIK), "staff")):
        with pytest.raises(Refusal, match=why):
            await stage.db.write(name_holders, LOCKED, holders, OPERATOR, NOON)
