"""From ballots to what may be told: every type of question, weights, groups."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.delivery.target import Target
from services.people.model import Profile, Settlement, Sex
from services.polls.ballot import Ballot, BallotForm, seal
from services.polls.cells import CUTS, cuts_of
from services.polls.keys import PollKey
from services.polls.model import Answer, Question, Stream
from services.polls.results import Result, Table, as_rows, of_rows
from services.polls.statistics.cells import Cell
from services.polls.statistics.suppression import publish
from services.polls.tally import Reading, Tally, tally
from services.polls.weights import weigh_poll
from tests.polls.electorate import (
    EVERY,
    LAUNCHED,
    MULTIPLE,
    NUMBER,
    OFFICIAL,
    PLAIN,
    RANKING,
    SCALE,
    SINGLE,
    TEXT,
    counted,
    crowd,
    launched,
    result,
    tallied,
)

MAN = Profile(region="75", born_from=1982, born_to=1996, sex=Sex.MALE, settlement=Settlement.URBAN)
FEW = settings(max_examples=25, deadline=None)
FEWER = settings(max_examples=6, deadline=None)


def ballots(answers: Sequence[Answer], question: Question = SINGLE) -> list[Ballot]:
    """Return a ballot of the same man for each answer to one question."""
    return [Ballot({question.position: answer}, MAN) for answer in answers]


def national(answers: Sequence[Answer], question: Question) -> Table | None:
    """Return the table of everybody of a poll with this one question."""
    only = replace(question, position=0)
    return result(ballots(answers, only), [only]).table(0)


def test_a_single_choice() -> None:
    """Votes are people, shares are of those who answered, with the model's interval."""
    table = national([Answer((0,))] * 60 + [Answer((1,))] * 40, SINGLE)
    assert table is not None
    assert [60, 40, 0, 0] == [one.votes for one in table.figures]
    assert [0.6, 0.4, 0.0, 0.0] == [one.share for one in table.figures]
    low, high = table.figures[0].low, table.figures[0].high
    assert (0.5020, 0.6906) == (round(low or 0, 4), round(high or 0, 4))


def test_a_multiple_choice_is_of_respondents() -> None:
    """Each option has its share of respondents, so that they sum to more than all."""
    table = national([Answer((0, 1))] * 30 + [Answer((1,))] * 30, MULTIPLE)
    assert table is not None
    assert 60 == table.answered
    assert [0.5, 1.0, 0.0, 0.0] == [one.share for one in table.figures]


def test_a_scale_has_its_points_and_a_mean() -> None:
    """Points come from the low end on, «difficult» last and not in the mean."""
    given_ = [Answer(value=5)] * 40 + [Answer(value=1)] * 40 + [Answer((0,))] * 20
    table = national(given_, SCALE)
    assert table is not None
    assert [40, 0, 0, 0, 40, 20] == [one.votes for one in table.figures]
    assert pytest.approx(3.0) == table.mean


def test_a_ranking() -> None:
    """Who ranked first, the mean rank and Borda's share of each option."""
    table = national([Answer((0, 1, 2))] * 60 + [Answer((1, 0, 2))] * 40, RANKING)
    assert table is not None
    assert [0.6, 0.4, 0.0, 0.0] == [one.share for one in table.figures]
    assert (1.4, 1.6, 3.0, 4.0) == table.ranks
    assert pytest.approx((13 / 15, 0.8, 1 / 3, 0.0)) == table.borda


def test_a_number_is_a_rounded_mean() -> None:
    """Of numbers only the mean is told, and only where the base allows."""
    table = national([Answer(number=minutes) for minutes in range(100)], NUMBER)
    assert table is not None
    assert ((), 49.5) == (table.figures, table.mean)
    small = national([Answer(number=minutes) for minutes in range(49)], NUMBER)
    assert small is not None
    assert small.mean is None


def test_words_lose_their_order() -> None:
    """What was said in words comes in the order of letters, of questions with ten answers."""
    said = [Answer(text=text) for text in ("Су", "Жол", "Жарық", *["Жол"] * 7)]
    only = replace(TEXT, position=0)
    assert {} == counted(ballots(said[:9], only), [only]).texts
    found = counted(ballots(said, only), [only])
    assert {0: ["Жарық", *["Жол"] * 8, "Су"]} == found.texts
    others = counted(ballots([Answer((3,), text="Өзім")] * 3 + [Answer((0,))] * 9), [SINGLE])
    assert {0: ["Өзім"] * 3} == others.texts


def test_bases_stand_apart() -> None:
    """Who skipped a question and who was not asked are in no base, and not the same."""
    only = replace(SINGLE, required=False)
    later = replace(MULTIPLE, required=False)
    given_ = [Ballot({0: Answer((0,)), 1: Answer((1,))}, MAN)] * 50
    given_ += [Ballot({0: Answer((1,)), 1: Answer()}, MAN)] * 7 + [Ballot({0: Answer()}, MAN)] * 2
    found = result(given_, [only, later])
    bases = [
        (table.answered, table.skipped, table.not_asked)
        for table in (found.table(0), found.table(1))
        if table is not None
    ]
    assert (59, [(57, 2, 0), (50, 7, 2)]) == (found.base, bases)


@pytest.mark.parametrize("votes", [[9], [5, 4], [49], [0, 30]])
def test_few_or_equal_answers_are_not_told(votes: list[int]) -> None:
    """Fewer than ten answers, or few and all alike, leave no table."""
    given_ = [Answer((option,)) for option, number in enumerate(votes) for _ in range(number)]
    found = result(ballots(given_), [SINGLE])
    assert (sum(votes), ()) == (found.base, found.tables)


def test_a_small_base_has_numbers_only() -> None:
    """Under 50 answers there are votes but no shares, and no groups at all."""
    found = result(crowd(49, PLAIN, ["75", "71"]), PLAIN)
    assert [""] == [table.cut for table in found.tables]
    [table] = found.tables
    assert {None} == {one.share for one in table.figures}
    assert 49 == sum(one.votes or 0 for one in table.figures)


def test_groups_are_rounded() -> None:
    """Of a group there are no votes, its base is rounded down to 5 and shares are whole."""
    found = result(crowd(600))
    groups = [table for table in found.tables if table.cut]
    figures = [one for table in groups for one in table.figures]
    assert set(CUTS) == {table.cut for table in groups}
    assert {0} == {table.answered % 5 for table in groups}
    assert {None} == {one.votes for one in figures}
    assert all(
        one.share == round(one.share, 2) and one.low == round(one.low or 0, 2)
        for one in figures
        if one.share is not None
    )
    under = [table for table in groups if table.answered < 50]
    assert {None} == {one.shown for table in under for one in table.figures}


def test_weights_speak_for_the_population() -> None:
    """Where men answer twice as often as women, weights put that right."""
    women = [one for one in crowd(3000, PLAIN) if one.profile.sex is Sex.FEMALE][:600]
    men = [one for one in crowd(3000, PLAIN) if one.profile.sex is Sex.MALE][:1200]
    said = [replace(one, answers={0: Answer((0,))}) for one in women]
    said += [replace(one, answers={0: Answer((1,))}) for one in men]
    found = result(said, PLAIN)
    table = found.table(0)
    assert table is not None
    assert (True, "01.01.2023") == (found.weighing.weighted, found.weighing.margins)
    assert pytest.approx(1 / 3) == table.figures[0].share
    # As many women as there are in the margins, of all ages.
    assert pytest.approx(10_118_282 / 19_765_000, abs=1e-4) == table.figures[0].weighted


@pytest.mark.parametrize(
    ("number", "target", "told", "why"),
    [
        (99, Target(), 1.0, "effective_sample"),
        (300, Target(regions=("75",)), 1.0, "audience"),
        (300, Target(), 0.9, "incomplete_profiles"),
    ],
)
def test_unweighted_with_its_reason(number: int, target: Target, told: float, why: str) -> None:
    """A poll that cannot be weighted is told unweighted, and why."""
    people = crowd(number, PLAIN)
    known = [one for one in people if one.profile.sex][: int(told * number)]
    unknown = [replace(one, profile=Profile(asked=True)) for one in people[len(known) :]]
    found = counted([*known, *unknown], PLAIN, target).result
    assert (False, why, "") == (
        found.weighing.weighted,
        found.weighing.why,
        found.weighing.margins,
    )
    table = found.table(0)
    assert table is not None
    assert {None} == {one.weighted for one in table.figures}


def test_margins_that_do_not_fit() -> None:
    """Where nobody of a level answered that has no neighbour, the poll is unweighted."""
    men = [one for one in crowd(800, PLAIN) if one.profile.sex is not Sex.FEMALE]
    assert "margins" == result(men, PLAIN).weighing.why


def test_a_difference_is_marked() -> None:
    """A group that differs from the rest by chance hardly and by five points is marked."""
    said = [
        replace(one, answers={0: Answer((0 if one.profile.region == "75" else 1,))})
        for one in crowd(1200, PLAIN, ["75", "71", "10"])
    ]
    found = result(said, PLAIN)
    here, there = found.table(0, "region", "75"), found.table(0, "sex", "male")
    assert here is not None
    assert there is not None
    assert (100.0, -100.0, None) == tuple(one.differs for one in here.figures)
    assert {None} == {one.differs for one in there.figures}


def test_streams_stand_apart() -> None:
    """Who was invited and who came by the link are told apart."""
    found = result(crowd(400, PLAIN), PLAIN)
    tables = {table.group: table.answered for table in found.cut(0, "stream")}
    assert 400 == sum(found.streams.values())
    assert {
        stream.value: number - number % 5 for stream, number in found.streams.items()
    } == tables


def test_a_ballot_that_cannot_be_is_spoiled() -> None:
    """A ballot with an answer that nobody could give counts nowhere."""
    key = PollKey(b"s" * 32, b"t" * 32)
    form = BallotForm(EVERY)
    good = crowd(3)
    wrong = [
        replace(good[0], answers={**good[0].answers, 0: Answer((0, 1))}),
        replace(good[0], answers={**good[0].answers, 2: Answer(value=7)}),
        replace(good[0], answers={**good[0].answers, 3: Answer((0,))}),
    ]
    sealed = [seal(key.public_key, form, one) for one in (*good, *wrong)]
    reading = Reading(EVERY, LAUNCHED, ())
    found = tally(key.secret_key, [*sealed, b"noise", sealed[0][:-1]], reading)
    assert (3, 5) == (found.base, found.spoiled)


def test_pages_add_up() -> None:
    """Counting by pages gives what counting all at once does."""
    people = crowd(300)
    total = Tally.empty(len(EVERY))
    for page in range(0, 300, 70):
        total.add(tallied(people[page : page + 70]))
    whole = tallied(people)
    assert (whole.respondents, whole.marks) == (total.respondents, total.marks)


def test_rows_bring_a_result_back() -> None:
    """What is written is what is read."""
    found = result(crowd(500))
    assert found == of_rows(found.poll, found.ended_at, as_rows(found))


@FEW
@given(st.integers(100, 900), st.integers(2, 20), st.integers(0, 10**6))
def test_weights_sum_to_the_population(number: int, regions: int, seed: int) -> None:
    """All respondents together weigh as much as the margins hold, or one each."""
    respondents = tallied(
        crowd(number, PLAIN, tuple(OFFICIAL.margins[0].targets)[:regions], seed), PLAIN
    ).respondents
    weights = weigh_poll(respondents, launched(PLAIN).poll.target, OFFICIAL)
    total = sum(n * weights.by_cell[cell] for cell, n in respondents.items())
    expected = OFFICIAL.margins[0].total if weights.told.weighted else number
    assert pytest.approx(expected, rel=1e-9) == total


@FEWER
@given(st.integers(0, 10**6))
def test_the_order_of_arrival_means_nothing(seed: int) -> None:
    """Any order of the same ballots gives the same rows and the same words."""
    people = crowd(250, seed=seed)
    mixed = Random(seed).sample(people, len(people))  # noqa: S311  # no secret
    first, second = counted(people), counted(mixed)
    assert as_rows(first.result) == as_rows(second.result)
    assert first.texts == second.texts


@FEWER
@given(st.integers(0, 10**6), st.data())
def test_two_of_one_stratum_may_swap(seed: int, data: st.DataObject) -> None:
    """Two people with the same profile exchange their answers: nothing tells."""
    people = crowd(250, regions=["75", "71"], seed=seed)
    strata: dict[tuple[Profile, Stream], list[int]] = {}
    for place, one in enumerate(people):
        strata.setdefault((one.profile, one.stream), []).append(place)
    several = [places for places in strata.values() if len(places) > 1]
    first, second = data.draw(st.sampled_from(several))[:2]
    swapped = list(people)
    swapped[first], swapped[second] = people[second], people[first]
    assert counted(people) == counted(swapped)


def test_a_profile_changed_later_changes_nothing() -> None:
    """The profile that counts is the one sealed with the answer, not the one of today."""
    key = PollKey(b"s" * 32, b"t" * 32)
    form = BallotForm(PLAIN)
    person = MAN
    sealed = seal(key.public_key, form, Ballot({0: Answer((1,))}, person))
    person = replace(person, region="10", sex=Sex.FEMALE)
    [cell] = tally(key.secret_key, [sealed], Reading(PLAIN, LAUNCHED, ("18-44",))).respondents
    assert ("75", "male", "18-44", "urban", "invited") == cell


@FEW
@given(
    st.integers(60, 500),
    st.integers(1, 20),
    st.sampled_from([0.0, 0.02, 0.3, 0.9]),
    st.integers(0, 10**6),
)
def test_no_subtraction_reveals_a_group(
    number: int, regions: int, skipping: float, seed: int
) -> None:
    """No table or total, less any tables inside it, leaves one to nine people of a question.

    Which groups are published is taken from the result itself; who is in them from the ballots.
    """
    chance = Random(seed)  # noqa: S311  # who skips, no secret
    skipped = replace(MULTIPLE, required=False)
    questions = (SINGLE, skipped)
    people = [
        replace(one, answers=one.answers | {1: Answer()}) if chance.random() < skipping else one
        for one in crowd(number, questions, tuple(OFFICIAL.margins[0].targets)[:regions], seed)
    ]
    tally_ = tallied(people, questions)
    found = result(people, questions)
    for question, marks in zip(questions, tally_.marks, strict=True):
        answered: Counter[Cell] = Counter()
        for (cell, mark), voters in marks.items():
            if isinstance(mark, tuple):
                answered[cell] += voters
        check_question(found, question.position, answered)


def check_question(found: Result, question: int, answered: Mapping[Cell, int]) -> None:
    """Assert that differences, overlaps and complements of published groups hold ten or none."""
    tables = [table for table in found.tables if table.question == question]
    if not tables:
        return
    told = {(table.cut, table.group): table.answered for table in tables}
    whole = frozenset(answered)
    groups = {whole}
    if len(tables) > 1:
        for breakdown in publish(answered, cuts_of(answered)):
            for group in breakdown.groups:
                label = "other" if group.merged else group.labels[0]
                size = group.respondents - group.respondents % 5
                assert label == "?" or size == told.pop((breakdown.name, label))
                groups.add(group.cells)
        assert [("", "")] == list(told)
    left = [one - other for one, other in product(groups, groups) if other < one]
    left += [one & other for one, other in product(groups, groups) if one | other == whole]
    for cells in (*groups, *left):
        people = sum(answered[cell] for cell in cells)
        assert people == 0 or people >= 10
