"""The states of a proposal: every move that is possible, and no other."""

import pytest

from services.proposals.machine import ANSWERS, Step, after, possible
from services.proposals.model import PUBLIC, SUPPORTED, ProposalStatus

S = ProposalStatus
POSSIBLE = {
    (Step.PUBLISH, S.WAITING): S.PUBLISHED,
    (Step.REFUSE, S.WAITING): S.REFUSED,
    (Step.WITHDRAW, S.WAITING): S.WITHDRAWN,
    (Step.WITHDRAW, S.PUBLISHED): S.WITHDRAWN,
    (Step.MERGE, S.WAITING): S.MERGED,
    (Step.MERGE, S.PUBLISHED): S.MERGED,
    (Step.MERGE, S.ACCEPTED): S.MERGED,
    (Step.MERGE, S.DOING): S.MERGED,
    (Step.ACCEPT, S.PUBLISHED): S.ACCEPTED,
    (Step.ACCEPT, S.DECLINED): S.ACCEPTED,
    (Step.BEGIN, S.PUBLISHED): S.DOING,
    (Step.BEGIN, S.ACCEPTED): S.DOING,
    (Step.FINISH, S.ACCEPTED): S.DONE,
    (Step.FINISH, S.DOING): S.DONE,
    (Step.DECLINE, S.PUBLISHED): S.DECLINED,
    (Step.DECLINE, S.ACCEPTED): S.DECLINED,
    (Step.DECLINE, S.DOING): S.DECLINED,
}


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("status", ProposalStatus)
def test_moves(step: Step, status: ProposalStatus) -> None:
    """What stands in the table happens, and nothing else does."""
    assert POSSIBLE.get((step, status)) == after(step, status)


def test_an_end_is_an_end() -> None:
    """From done, refused, taken back and joined no way leads on."""
    for status in (S.DONE, S.REFUSED, S.WITHDRAWN, S.MERGED):
        assert () == possible(status)


def test_only_what_is_open_is_supported() -> None:
    """Whatever can be supported is on the board and has an answer before it."""
    assert SUPPORTED < PUBLIC
    assert all(possible(status) for status in SUPPORTED)
    assert {Step.ACCEPT, Step.BEGIN, Step.FINISH, Step.DECLINE} == set(ANSWERS)
