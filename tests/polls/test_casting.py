"""Taking answers."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from services.delivery.target import Target
from services.people.model import Profile
from services.polls.answering import PollClosed
from services.polls.ballot import BallotForm, open_ballot
from services.polls.ballot_box import BallotBox
from services.polls.participation import update_participation
from services.polls.reading import polls_for, running_polls
from services.refusal import Refusal
from tests.polls.stage import CLOSING, DRAFT, NOON, Stage, citizen

FORM = BallotForm(DRAFT.questions)


async def test_1000_taps_at_once_are_one_ballot(stage: Stage) -> None:
    """However often and however fast one person taps, one ballot is kept."""
    poll = await stage.launch()
    await asyncio.gather(*(stage.vote(poll, 1000, tap % 3) for tap in range(1000)))
    assert 1 == len(await stage.rows("ballots"))


async def test_a_change_takes_the_place_of_the_answer(stage: Stage) -> None:
    """Whoever answers A and then B has answered B."""
    poll = await stage.launch()
    await stage.vote(poll, 1000, 0)
    await stage.vote(poll, 1000, 1)
    [ballot] = await stage.rows("ballots")
    secret = stage.keys.create("d1").secret_key
    assert (1,) == open_ballot(secret, FORM, ballot["sealed"]).answers[0].chosen


async def test_a_ballot_is_a_tag_and_a_box(stage: Stage) -> None:
    """Beside the tag and the sealed answer a ballot holds nothing but its poll."""
    poll = await stage.launch()
    await stage.vote(poll, 1000, 0)
    [ballot] = await stage.rows("ballots")
    assert {"poll_id", "tag", "sealed"} == set(ballot)


async def test_the_profile_of_the_moment_is_sealed_with_the_answer(stage: Stage) -> None:
    """A profile that changes after the answer does not change what was sealed."""
    poll = await stage.launch()
    then = Profile(region="71", born_from=1980, born_to=1989)
    await stage.box.cast(citizen(1000, then), poll, 0, NOON)
    [ballot] = await stage.rows("ballots")
    secret = stage.keys.create("d1").secret_key
    assert then == open_ballot(secret, FORM, ballot["sealed"]).profile


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=400)])
async def test_no_answer_after_closing_time(stage: Stage, late: timedelta) -> None:
    """From the announced time on answers are refused, whatever the keyboard's age."""
    poll = await stage.launch()
    with pytest.raises(PollClosed):
        await stage.vote(poll, 1000, 0, CLOSING + late)
    assert [] == await stage.rows("ballots")


async def test_no_answer_once_it_is_closed(stage: Stage) -> None:
    """A closed poll takes no answer, even from a clock that goes wrong."""
    poll = await stage.launch()
    await stage.vote(poll, 1000, 0)
    await stage.close()
    with pytest.raises(PollClosed):
        await stage.vote(poll, 1001, 0)


@pytest.mark.parametrize("option", [-1, 3, 255])
async def test_a_forged_option_is_refused(stage: Stage, option: int) -> None:
    """An option that the poll does not have is not sealed."""
    poll = await stage.launch()
    with pytest.raises(Refusal):
        await stage.vote(poll, 1000, option)
    assert [] == await stage.rows("ballots")


async def test_a_poll_that_is_not_there(stage: Stage) -> None:
    """An answer to no poll is refused with a sentence."""
    with pytest.raises(Refusal, match="no such poll"):
        await stage.vote(12345, 1000, 0)


async def test_a_regional_poll_is_for_its_people(stage: Stage) -> None:
    """Only people of the region answer its poll, and only they see it in their list."""
    poll = await stage.launch(target=Target(regions=("71",)))
    with pytest.raises(Refusal, match="other people"):
        await stage.box.cast(citizen(1000, Profile(region="75")), poll, 0, NOON)
    await stage.box.cast(citizen(1001, Profile(region="71")), poll, 0, NOON)
    people = [citizen(1000, Profile(region=region)) for region in (None, "75", "71")]
    seen = [len(await stage.db.read(polls_for, person, NOON)) for person in people]
    assert [0, 0, 1] == seen


async def test_a_missing_key_refuses_and_makes_no_new_one(stage: Stage, tmp_path: Path) -> None:
    """Without its key a poll takes no answers; nothing is recorded and no key appears."""
    poll = await stage.launch()
    stage.keys.destroy("d1")
    with pytest.raises(Refusal, match="out of order"):
        await stage.vote(poll, 1000, 0)
    assert [] == await stage.rows("ballots")
    assert [] == list((tmp_path / "keys").iterdir())


async def test_whether_one_has_answered(stage: Stage) -> None:
    """A person can learn that they answered; a process that just started knows it too."""
    polls = [await stage.launch(), await stage.launch(id="d2")]
    await stage.vote(polls[1], 1000, 0)
    opened = await stage.db.read(polls_for, citizen(1000), NOON)
    box = BallotBox(stage.db, stage.keys)
    assert [False, True] == await box.answered(citizen(1000), opened)


async def test_an_answer_is_put_in_again_with_the_new_profile(stage: Stage) -> None:
    """After the questions about oneself the same answer is sealed with what was said."""
    poll = await stage.launch()
    before = citizen(1000, Profile())
    await stage.box.cast(before, poll, 2, NOON)
    draft = await stage.box.draft(before, poll, 2)
    told = Profile(region="71", asked=True)
    await stage.box.cast_draft(citizen(1000, told), poll, draft, NOON)
    [ballot] = await stage.rows("ballots")
    kept = open_ballot(stage.keys.create("d1").secret_key, FORM, ballot["sealed"])
    assert ((2,), "71") == (kept.answers[0].chosen, kept.profile.region)


async def test_participation_is_told_in_whole_tens(stage: Stage) -> None:
    """Staff see how many answered rounded down to ten, so that nobody's tap moves a number."""
    poll = await stage.launch()
    seen = []
    for person in stage.people[:21]:
        await stage.vote(poll, person, 0)
        await update_participation(stage.db, NOON)
        [running] = await stage.db.read(running_polls, NOON)
        seen.append(running.participation)
    assert [0] * 9 + [10] * 10 + [20] * 2 == seen


async def test_the_key_of_a_closed_poll_leaves_the_memory(stage: Stage) -> None:
    """Once its key is destroyed and its time is over, nothing can tell who answered."""
    poll = await stage.launch()
    await stage.vote(poll, 1000, 0)
    opened = await stage.db.read(polls_for, citizen(1000), NOON)
    before = await stage.box.answered(citizen(1000), opened)
    stage.keys.destroy("d1")
    await stage.box.forget_closed(CLOSING + timedelta(seconds=1))

    assert [True] == before
    assert [False] == await stage.box.answered(citizen(1000), opened)
