"""Sealed answers and voter tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from services.people.model import Profile, Settlement, Sex
from services.polls.ballot import (
    Ballot,
    BallotForm,
    NotABallot,
    open_ballot,
    open_draft,
    seal,
    seal_draft,
    voter_tag,
)
from services.polls.model import (
    LONGEST_OTHER,
    LONGEST_TEXT,
    Answer,
    Option,
    OptionRole,
    Question,
    QuestionType,
    Scale,
    Stream,
)

SECRET = bytes(PrivateKey.generate())
PUBLIC = bytes(PrivateKey(SECRET).public_key)
YEARS = st.none() | st.integers(1900, 2026)
PROFILES = st.builds(
    Profile,
    region=st.none() | st.from_regex(r"[0-9]{2}", fullmatch=True),
    district=st.none() | st.from_regex(r"[0-9]{6}", fullmatch=True),
    born_from=YEARS,
    born_to=YEARS,
    sex=st.none() | st.sampled_from(Sex),
    settlement=st.none() | st.sampled_from(Settlement),
)
OPTIONS = tuple(Option(position, "", "") for position in range(11))
OTHER = Option(11, "", "", OptionRole.OTHER)
POINTS = Scale(0, 10, "", "", "", "")


def question(position: int, type_: QuestionType, *options: Option) -> Question:
    """Return a question that nobody reads."""
    scale = POINTS if type_ is QuestionType.SCALE else None
    return Question(position, f"q{position}", type_, "", "", options, scale=scale)


QUESTIONS = (
    question(0, QuestionType.SINGLE, *OPTIONS),
    question(1, QuestionType.MULTIPLE, *OPTIONS, OTHER),
    question(2, QuestionType.SCALE),
    question(3, QuestionType.RANKING, *OPTIONS[:6]),
    question(4, QuestionType.NUMBER),
    question(5, QuestionType.TEXT),
    question(6, QuestionType.PHOTO),
)
FORM = BallotForm(QUESTIONS)
POSITIONS = st.lists(st.integers(0, 10), min_size=1, max_size=11, unique=True).map(sorted)
LETTERS = st.sampled_from("аәбғқңёa 1")
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        0: st.integers(0, 10).map(lambda option: Answer(chosen=(option,))),
        1: st.builds(
            Answer,
            chosen=POSITIONS.map(lambda chosen: (*chosen, 11)),
            text=st.text(LETTERS, max_size=LONGEST_OTHER),
        ),
        2: st.integers(0, 10).map(lambda value: Answer(value=value))
        | st.just(Answer(chosen=(0,))),
        3: st.permutations(range(6)).map(lambda places: Answer(chosen=tuple(places))),
        4: st.integers(-(10**12), 10**12).map(lambda number: Answer(number=number)),
        5: st.text(LETTERS, max_size=LONGEST_TEXT).map(lambda text: Answer(text=text)),
        6: st.just(Answer()) | st.just(Answer(text="AgACAgIAAxkBAAIB" * 6)),
    },
)
BALLOTS = st.builds(Ballot, answers=ANSWERS, profile=PROFILES, stream=st.sampled_from(Stream))
IDS = st.integers(1, 2**52)


@given(BALLOTS)
def test_one_length_for_every_answer(ballot: Ballot) -> None:
    """Every option and every profile is sealed to the same number of bytes."""
    assert FORM.sealed_length == len(seal(PUBLIC, FORM, ballot))


@given(BALLOTS)
def test_what_goes_in_comes_out(ballot: Ballot) -> None:
    """The poll's secret key gives back the answer and the profile of that moment."""
    assert ballot == open_ballot(SECRET, FORM, seal(PUBLIC, FORM, ballot))


@given(BALLOTS)
def test_another_key_opens_nothing(ballot: Ballot) -> None:
    """Only the key of the poll opens its ballots."""
    with pytest.raises(NotABallot):
        open_ballot(bytes(PrivateKey.generate()), FORM, seal(PUBLIC, FORM, ballot))


@given(st.binary(max_size=200))
def test_noise_is_not_a_ballot(noise: bytes) -> None:
    """Bytes that nobody sealed are refused as such."""
    with pytest.raises(NotABallot):
        open_ballot(SECRET, FORM, noise)


def test_the_same_answer_never_looks_the_same() -> None:
    """Two sealings of one answer differ, so that equal answers cannot be told."""
    ballot = Ballot({0: Answer(chosen=(1,))}, Profile())
    assert seal(PUBLIC, FORM, ballot) != seal(PUBLIC, FORM, ballot)


@given(IDS, IDS, IDS)
def test_tags_differ_from_poll_to_poll(person: int, poll: int, other: int) -> None:
    """A person has one tag in a poll, and another one in every other poll."""
    key = b"k" * 32
    assert voter_tag(key, poll, person) == voter_tag(key, poll, person)
    assert (poll == other) == (voter_tag(key, poll, person) == voter_tag(key, other, person))


def test_tags_need_the_key() -> None:
    """Another key gives another tag to the same person in the same poll."""
    assert voter_tag(b"a" * 32, 1, 7) != voter_tag(b"b" * 32, 1, 7)


def test_an_answer_under_way_opens_only_for_its_person_and_poll() -> None:
    """A draft answer is readable with the tag key, the poll and the person, and not otherwise."""
    key = b"k" * 32
    draft = seal_draft(key, 1, 7, b"answers")
    assert b"answers" == open_draft(key, 1, 7, draft)
    for other in ((b"o" * 32, 1, 7), (key, 2, 7), (key, 1, 8)):
        with pytest.raises(NotABallot):
            open_draft(*other, draft)
