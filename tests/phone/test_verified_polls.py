"""A poll of confirmed numbers takes answers from those who confirmed one, and says so before."""

from dataclasses import replace

import pytest

from bot.i18n import Catalogues
from handlers.citizen.plain_vote import PlainVotes
from handlers.views.poll_passport import passport_lines
from handlers.views.poll_text import poll_text
from services.people.directory import Directory
from services.people.phone_confirmation import (
    Contact,
    PhoneNeeded,
    confirm_phone,
    withdraw_phone,
)
from services.polls.ballot import BallotForm, open_ballot
from services.polls.draft import PollDraft
from services.polls.model import Answer, Stream
from services.polls.reading import find_poll
from storage.people import change_person
from tests.polls.conftest import keys, sqlite_stage  # noqa: F401
from tests.polls.stage import DRAFT, NOON, Stage, citizen
from tests.polls.test_plain_votes import Clock, press

VOTER = 1000


@pytest.fixture
def stage(sqlite_stage: Stage) -> Stage:  # noqa: F811
    """Set a stage on a SQLite file."""
    return sqlite_stage


async def confirm(stage: Stage) -> None:
    """Let the voter confirm a number."""
    await stage.db.write(confirm_phone, VOTER, Contact("+77011234567", VOTER), NOON)


async def test_others_are_refused(stage: Stage) -> None:
    """Without a number nothing is kept; with one it is; withdrawn, no more, and the vote stays."""
    poll = await stage.launch(verified=True)
    with pytest.raises(PhoneNeeded) as refused:
        await stage.vote(poll, VOTER, 0)
    assert (poll, []) == (refused.value.poll, await stage.rows("ballots"))
    await confirm(stage)
    await stage.vote(poll, VOTER, 0)
    await stage.db.write(withdraw_phone, VOTER, NOON)
    with pytest.raises(PhoneNeeded):
        await stage.vote(poll, VOTER, 1)
    [ballot] = await stage.rows("ballots")
    opened = open_ballot(
        stage.keys.create("d1").secret_key, BallotForm(DRAFT.questions), ballot["sealed"]
    )
    assert (0,) == opened.answers[0].chosen


async def test_surveys(stage: Stage) -> None:
    """No step of a survey goes past it either."""
    poll = await stage.launch(verified=True)
    for step in (
        stage.box.filling(citizen(VOTER), poll),
        stage.box.begin(citizen(VOTER), poll, Stream.OPEN, NOON),
        stage.box.change(citizen(VOTER), poll, lambda _questions, sheet: sheet, NOON),
        stage.box.seal_sheet(citizen(VOTER), poll, NOON),
        stage.box.submit(citizen(VOTER), poll, {0: Answer((0,))}, Stream.OPEN, NOON),
    ):
        with pytest.raises(PhoneNeeded):
            await step


async def test_the_ballot_is_the_same(stage: Stage) -> None:
    """Sealed answers of both kinds of polls are alike: nothing of a number is in them."""
    await confirm(stage)
    for name, verified in (("d1", True), ("d2", False)):
        await stage.vote(await stage.launch(id=name, verified=verified), VOTER, 0)
    one, other = await stage.rows("ballots")
    form = BallotForm(DRAFT.questions)
    opened = [
        open_ballot(stage.keys.create(name).secret_key, form, each["sealed"])
        for name, each in (("d1", one), ("d2", other))
    ]
    assert opened[0] == opened[1]
    assert len(one["sealed"]) == len(other["sealed"])


async def test_only_such_polls_look(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vote in any other poll asks nothing of the numbers."""

    def never(*_args: object) -> None:
        raise AssertionError("a look that costs")

    monkeypatch.setattr("services.polls.ballot_box.confirmed_since", never)
    await stage.vote(await stage.launch(), VOTER, 0)
    assert 1 == len(await stage.rows("ballots"))


async def test_the_short_way(stage: Stage) -> None:
    """A plain press without a number goes the usual way and is refused; with one it counts."""
    poll = await stage.launch(verified=True)
    await stage.db.write(change_person, VOTER, {"profile_asked_at": NOON})
    clock = Clock(NOON)
    votes = PlainVotes(Directory(stage.db, clock), stage.box, Catalogues(), clock)
    assert await votes(press(VOTER, f"v:{poll}:0")) is None
    assert [] == await stage.rows("ballots")
    await confirm(stage)
    assert await votes(press(VOTER, f"v:{poll}:0")) is not None
    assert 1 == len(await stage.rows("ballots"))


@pytest.mark.parametrize("language", ["kk", "ru"])
async def test_it_is_said(stage: Stage, language: str) -> None:
    """It stands in the invitation and in the passport, and is kept with the draft."""
    found = await stage.db.read(find_poll, await stage.launch(verified=True))
    other = await stage.db.read(find_poll, await stage.launch(id="d2"))
    assert found is not None
    assert other is not None
    i18n = Catalogues()
    with i18n.context(), i18n.use_locale(language):
        said = [poll_text(found.poll), "\n".join(passport_lines(found.poll))]
        unsaid = [poll_text(other.poll), "\n".join(passport_lines(other.poll))]
    assert [True, True] == ["📱" in each for each in said]
    assert [False, False] == ["📱" in each for each in unsaid]
    draft = replace(DRAFT, verified=True)
    assert draft == PollDraft.of_json(draft.as_json())
    earlier = {name: value for name, value in draft.as_json().items() if name != "verified"}
    assert not PollDraft.of_json(earlier).verified
