"""Answers under way: locked, one sheet a person, gone with the seal."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.people.model import Profile
from services.polls.answering import PollClosed, Step
from services.polls.answers import Unanswered
from services.polls.ballot import Ballot, BallotForm, open_ballot
from services.polls.model import Answer, Stream
from services.polls.sheet import (
    Sheet,
    SheetForm,
    asked,
    choose,
    go,
    onward,
    rank,
    rate,
    skip,
    told,
    unrank,
    whole,
)
from services.refusal import Refusal
from storage.schema.polls import poll_invitations
from tests.polls.stage import CLOSING, NOON, Stage, citizen
from tests.polls.surveys import EVERY

FORM = BallotForm(EVERY)
Tap = Callable[[Sheet], Sheet]
VOTER = 1000
WHOLE = {
    0: Answer(chosen=(3,), text="Көше шамы"),
    1: Answer(chosen=(0, 2)),
    2: Answer(value=3),
    3: Answer(chosen=(2, 0, 1)),
    4: Answer(number=7),
    5: Answer(),
    6: Answer(text="AgACAgIAAx"),
}


def filled(sheet: Sheet) -> Sheet:
    """Fill in every question of EVERY, one tap or message after the other."""
    sheet = choose(EVERY, sheet, 0, 3)
    sheet = told(EVERY, sheet, WHOLE[0])
    for option in (0, 2):
        sheet = choose(EVERY, sheet, 1, option)
    sheet = rate(EVERY, onward(EVERY, sheet, 1), 2, 3)
    for place, option in enumerate((2, 0, 1)):
        sheet = rank(EVERY, sheet, 3, option, place)
    sheet = told(EVERY, onward(EVERY, sheet, 3), WHOLE[4])
    return told(EVERY, skip(EVERY, sheet, 5), WHOLE[6])


async def begun(stage: Stage, **changes: Any) -> int:
    """Launch a survey with every type and lay its sheet before the voter."""
    poll = await stage.launch(questions=EVERY, title_kk="Бәрі", title_ru="Всё", **changes)
    await stage.box.begin(citizen(VOTER), poll, Stream.INVITED, NOON)
    return poll


async def ballot_of(stage: Stage) -> Ballot:
    """Open the only ballot."""
    [row] = await stage.rows("ballots")
    return open_ballot(stage.keys.create("d1").secret_key, FORM, row["sealed"])


def test_every_question_leads_to_the_next_and_to_the_check() -> None:
    """Taps and messages fill the sheet in; after the last question stands the check."""
    sheet = filled(Sheet())
    assert (WHOLE, len(EVERY)) == (whole(EVERY, sheet), sheet.at)


def test_a_changed_answer_asks_what_was_not_asked_before() -> None:
    """A skip drops questions from the ballot, and taking it back asks them again."""
    skipped = rate(EVERY, filled(Sheet()), 2, 5)
    assert {0, 1, 2} == set(whole(EVERY, skipped) or {})
    back = rate(EVERY, skipped, 2, 4)
    assert set(WHOLE) == set(whole(EVERY, back) or {})


AGAIN: dict[str, Tap] = {
    "mark": lambda sheet: choose(EVERY, sheet, 1, 0),
    "alone": lambda sheet: choose(EVERY, sheet, 1, 5),
    "unmark": lambda sheet: choose(EVERY, sheet, 1, 0, on=False),
    "rate": lambda sheet: rate(EVERY, sheet, 2, 1),
    "rank": lambda sheet: rank(EVERY, sheet, 3, 3, 3),
    "unrank": lambda sheet: unrank(EVERY, sheet, 3, 1),
    "skip": lambda sheet: skip(EVERY, sheet, 5),
    "go": lambda sheet: go(EVERY, sheet, 0),
    "onward": lambda sheet: onward(EVERY, sheet, 1),
}


@pytest.mark.parametrize("again", AGAIN.values(), ids=AGAIN)
def test_a_repeated_tap_changes_nothing(again: Tap) -> None:
    """Buttons say what is to be."""
    once = again(filled(Sheet()))
    assert once == again(once)


TAPS = st.one_of(
    st.builds(lambda q, o, on: lambda s: choose(EVERY, s, q, o, on=on), st.integers(0, 7),
              st.integers(-1, 8), st.booleans()),
    st.builds(lambda q, v: lambda s: rate(EVERY, s, q, v), st.integers(0, 7), st.integers(0, 6)),
    st.builds(lambda q, o, p: lambda s: rank(EVERY, s, q, o, p), st.integers(0, 7),
              st.integers(0, 5), st.integers(0, 4)),
    st.builds(lambda q, p: lambda s: unrank(EVERY, s, q, p), st.integers(0, 7), st.integers(0, 3)),
    st.builds(lambda q: lambda s: skip(EVERY, s, q), st.integers(0, 7)),
    st.builds(lambda q: lambda s: onward(EVERY, s, q), st.integers(0, 7)),
    st.builds(lambda q: lambda s: go(EVERY, s, q), st.integers(0, 7)),
)  # fmt: skip


@given(st.lists(TAPS, max_size=25))
def test_no_order_of_taps_leads_astray(taps: list[Tap]) -> None:
    """Whatever is pressed, in whatever order, the sheet is at a question that is asked."""
    sheet = Sheet()
    form = SheetForm(EVERY)
    for tap in taps:
        try:
            sheet = tap(sheet)
        except Refusal:
            continue
        at_check = sheet.at == len(EVERY) and whole(EVERY, sheet) is not None
        assert at_check or sheet.at in asked(EVERY, sheet.answers)
        assert sheet == form.decode(form.encode(sheet))


async def test_a_sheet_is_a_tag_and_a_box_of_one_length(sqlite_stage: Stage) -> None:
    """Neither what is answered nor how much shows in the tables."""
    poll = await begun(sqlite_stage)
    [empty] = await sqlite_stage.rows("poll_drafts")
    await sqlite_stage.box.change(citizen(VOTER), poll, lambda _q, s: filled(s), NOON)
    [full] = await sqlite_stage.rows("poll_drafts")
    assert {"poll_id", "tag", "box"} == set(full)
    assert empty["tag"] == full["tag"]
    assert len(empty["box"]) == len(full["box"])
    assert "Көше".encode() not in full["box"]


async def test_sealing_keeps_the_ballot_and_forgets_the_sheet(stage: Stage) -> None:
    """In one transaction, with the profile of that moment and the stream of the beginning."""
    poll = await begun(stage)
    await stage.box.change(citizen(VOTER), poll, lambda _q, s: filled(s), NOON)
    lives = Profile(region="71", asked=True)
    filling = await stage.box.seal_sheet(citizen(VOTER, lives), poll, NOON)
    ballot = await ballot_of(stage)
    assert (None, True) == (filling.sheet, filling.answered)
    assert [] == await stage.rows("poll_drafts")
    assert (WHOLE, "71") == (ballot.answers, ballot.profile.region)
    assert Stream.INVITED is ballot.stream


async def test_an_open_question_seals_nothing(sqlite_stage: Stage) -> None:
    """A forged «send» before the end leaves the sheet where it is."""
    poll = await begun(sqlite_stage)
    filling = await sqlite_stage.box.seal_sheet(citizen(VOTER), poll, NOON)
    assert filling.sheet == Sheet()
    assert [] == await sqlite_stage.rows("ballots")


async def test_sealing_twice_is_sealing_once(sqlite_stage: Stage) -> None:
    """The second of two equal taps finds the answer recorded."""
    poll = await begun(sqlite_stage)
    await sqlite_stage.box.change(citizen(VOTER), poll, lambda _q, s: filled(s), NOON)
    twice = [await sqlite_stage.box.seal_sheet(citizen(VOTER), poll, NOON) for _ in range(2)]
    assert [True, True] == [each.answered for each in twice]
    assert 1 == len(await sqlite_stage.rows("ballots"))


async def test_new_answers_take_the_place_of_the_old(sqlite_stage: Stage) -> None:
    """Who answers anew begins with an empty sheet and overwrites the ballot."""
    poll = await begun(sqlite_stage)
    voter = citizen(VOTER)
    await sqlite_stage.box.submit(voter, poll, WHOLE, Stream.INVITED, NOON)
    anew = await sqlite_stage.box.begin(voter, poll, Stream.INVITED, NOON)
    assert (Sheet(), True) == (anew.sheet, anew.answered)
    shorter = {0: Answer(chosen=(1,)), 1: Answer(chosen=(6,)), 2: Answer(value=5)}
    await sqlite_stage.box.submit(voter, poll, shorter, Stream.INVITED, NOON)
    assert shorter == (await ballot_of(sqlite_stage)).answers
    assert [] == await sqlite_stage.rows("poll_drafts")


@pytest.mark.parametrize(
    "answers", [{}, {**WHOLE, 4: Answer(number=99)}, {at: WHOLE[at] for at in range(6)}]
)
async def test_answers_that_are_not_whole_are_not_sealed(
    sqlite_stage: Stage, answers: dict[int, Answer]
) -> None:
    """The rules hold for whoever submits."""
    poll = await begun(sqlite_stage)
    with pytest.raises(Unanswered):
        await sqlite_stage.box.submit(citizen(VOTER), poll, answers, Stream.OPEN, NOON)
    assert [] == await sqlite_stage.rows("ballots")


async def test_two_devices_fill_in_one_sheet(stage: Stage) -> None:
    """Taps from two phones at the same time are steps on the same sheet, and none is lost."""
    poll = await begun(stage)
    await stage.box.change(citizen(VOTER), poll, lambda q, s: choose(q, s, 0, 1), NOON)
    await asyncio.gather(
        *(stage.box.change(citizen(VOTER), poll, _marking(option), NOON) for option in (0, 1, 2))
    )
    filling = await stage.box.filling(citizen(VOTER), poll)
    assert filling.sheet is not None
    assert (0, 1, 2) == filling.sheet.answers[1].chosen


async def test_1000_taps_at_once_are_one_ballot(sqlite_stage: Stage) -> None:
    """However many devices send, one person has one ballot and no sheet."""
    poll = await begun(sqlite_stage)
    box, voter = sqlite_stage.box, citizen(VOTER)
    await box.change(voter, poll, lambda _q, s: filled(s), NOON)
    taps = (box.seal_sheet(voter, poll, NOON) for _ in range(500))
    whole_ones = (box.submit(voter, poll, WHOLE, Stream.INVITED, NOON) for _ in range(500))
    await asyncio.gather(*taps, *whole_ones)
    assert 1 == len(await sqlite_stage.rows("ballots"))
    assert [] == await sqlite_stage.rows("poll_drafts")


async def test_a_refused_tap_leaves_the_sheet_as_it_was(sqlite_stage: Stage) -> None:
    """One option too many is said, not kept."""
    poll = await begun(sqlite_stage)
    voter = citizen(VOTER)
    await sqlite_stage.box.change(voter, poll, lambda q, s: choose(q, s, 0, 1), NOON)
    for option in (0, 1, 2):
        await sqlite_stage.box.change(voter, poll, _marking(option), NOON)
    with pytest.raises(Unanswered, match="at most"):
        await sqlite_stage.box.change(voter, poll, _marking(3), NOON)
    filling = await sqlite_stage.box.filling(voter, poll)
    assert filling.sheet is not None
    assert (0, 1, 2) == filling.sheet.answers[1].chosen


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=90)])
async def test_nothing_is_taken_after_closing_time(sqlite_stage: Stage, late: timedelta) -> None:
    """From that moment on no step, no seal and no beginning, whatever the keyboard's age."""
    poll = await begun(sqlite_stage)
    box, voter, at = sqlite_stage.box, citizen(VOTER), CLOSING + late
    before = await sqlite_stage.rows("poll_drafts")
    with pytest.raises(PollClosed):
        await box.change(voter, poll, _marking(0), at)
    with pytest.raises(PollClosed):
        await box.submit(voter, poll, WHOLE, Stream.INVITED, at)
    with pytest.raises(PollClosed):
        await box.begin(voter, poll, Stream.INVITED, at, anew=True)
    assert ([], before) == (
        await sqlite_stage.rows("ballots"),
        await sqlite_stage.rows("poll_drafts"),
    )


async def test_a_button_without_a_sheet_begins_nothing(sqlite_stage: Stage) -> None:
    """A tap on an old question after the seal is shown the beginning."""
    poll = await begun(sqlite_stage)
    await sqlite_stage.box.submit(citizen(VOTER), poll, WHOLE, Stream.INVITED, NOON)
    filling = await sqlite_stage.box.change(citizen(VOTER), poll, _marking(0), NOON)
    assert (None, True) == (filling.sheet, filling.answered)
    assert [] == await sqlite_stage.rows("poll_drafts")


async def test_another_key_opens_no_sheet(sqlite_stage: Stage) -> None:
    """What lies in the tables is nothing to whoever has another poll's key."""
    await begun(sqlite_stage)
    other = await sqlite_stage.launch(id="d2", questions=EVERY, title_kk="Бәрі", title_ru="Всё")
    [row] = await sqlite_stage.rows("poll_drafts")
    urn = await sqlite_stage.box._urns.find(other)  # noqa: SLF001  # nobody outside asks so
    assert urn.unlock(citizen(VOTER), row["box"]) is None


@pytest.mark.parametrize(
    ("begins", "listed", "stream"),
    [
        ([Stream.INVITED], False, Stream.INVITED),
        ([Stream.OPEN], False, Stream.OPEN),
        ([Stream.OPEN], True, Stream.INVITED),
        ([Stream.OPEN, Stream.INVITED], False, Stream.INVITED),
        ([Stream.INVITED, Stream.OPEN], False, Stream.INVITED),
    ],
)
async def test_the_stream_is_how_somebody_came(
    sqlite_stage: Stage,
    begins: list[Stream],
    listed: bool,  # noqa: FBT001  # a case of the table
    stream: Stream,
) -> None:
    """By the list or a link it is open, unless the person was invited as well."""
    poll = await sqlite_stage.launch(questions=EVERY, title_kk="Бәрі", title_ru="Всё")
    if listed:
        row = {"poll_id": poll, "person_id": VOTER}
        await sqlite_stage.db.write(lambda c: c.execute(poll_invitations.insert(), [row]) and None)
    for came in begins:
        await sqlite_stage.box.begin(citizen(VOTER), poll, came, NOON)
    filling = await sqlite_stage.box.change(citizen(VOTER), poll, lambda _q, s: filled(s), NOON)
    assert filling.sheet is not None
    await sqlite_stage.box.seal_sheet(citizen(VOTER), poll, NOON)
    assert stream is (await ballot_of(sqlite_stage)).stream


def _marking(option: int) -> Step:
    return lambda questions, sheet: choose(questions, sheet, 1, option)
