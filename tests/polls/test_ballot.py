"""Sealed answers and voter tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from services.people.model import Profile, Settlement, Sex
from services.polls.ballot import (
    SEALED_LENGTH,
    Ballot,
    NotABallot,
    open_ballot,
    open_draft,
    seal,
    seal_draft,
    voter_tag,
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
BALLOTS = st.builds(
    Ballot,
    chosen=st.lists(st.integers(0, 10), min_size=1, max_size=11, unique=True).map(tuple),
    profile=PROFILES,
)
IDS = st.integers(1, 2**52)


@given(BALLOTS)
def test_one_length_for_every_answer(ballot: Ballot) -> None:
    """Every option and every profile is sealed to the same number of bytes."""
    assert SEALED_LENGTH == len(seal(PUBLIC, ballot))


@given(BALLOTS)
def test_what_goes_in_comes_out(ballot: Ballot) -> None:
    """The poll's secret key gives back the answer and the profile of that moment."""
    assert ballot == open_ballot(SECRET, seal(PUBLIC, ballot))


@given(BALLOTS)
def test_another_key_opens_nothing(ballot: Ballot) -> None:
    """Only the key of the poll opens its ballots."""
    with pytest.raises(NotABallot):
        open_ballot(bytes(PrivateKey.generate()), seal(PUBLIC, ballot))


@given(st.binary(max_size=200))
def test_noise_is_not_a_ballot(noise: bytes) -> None:
    """Bytes that nobody sealed are refused as such."""
    with pytest.raises(NotABallot):
        open_ballot(SECRET, noise)


def test_the_same_answer_never_looks_the_same() -> None:
    """Two sealings of one answer differ, so that equal answers cannot be told."""
    ballot = Ballot((1,), Profile())
    assert seal(PUBLIC, ballot) != seal(PUBLIC, ballot)


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
    draft = seal_draft(key, 1, 7, 3)
    assert 3 == open_draft(key, 1, 7, draft)
    for other in ((b"o" * 32, 1, 7), (key, 2, 7), (key, 1, 8)):
        with pytest.raises(NotABallot):
            open_draft(*other, draft)
