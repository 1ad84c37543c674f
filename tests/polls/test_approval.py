"""A poll that would invite many people opens only once somebody else has looked at it."""

from dataclasses import replace

import pytest

from services.delivery.approval import ApprovalStatus
from services.delivery.letting_out import approve, decline
from services.delivery.policy import Policy
from services.people.model import Role
from services.polls.approving import Sent, send_poll, withdraw_draft
from services.polls.draft import PollDraft
from services.polls.reading import find_poll
from services.polls.sampling import sample_of
from services.refusal import Refusal
from storage.people import grant_role
from tests.polls.stage import CLOSING, DRAFT, NOON, OPERATOR, Stage

POLICY = Policy(approval_above=10)
COLLEAGUE = 1000


async def ready(stage: Stage, draft: PollDraft = DRAFT, policy: Policy = POLICY) -> Sent:
    """Send the draft where a colleague could approve it."""
    await stage.db.write(grant_role, COLLEAGUE, Role.OPERATOR.value, None, NOON)
    return await send_poll(
        stage.db, stage.keys, draft, policy=policy, created_by=OPERATOR, now=NOON
    )


async def test_few_people_need_no_approval(stage: Stage) -> None:
    """A poll that invites no more than one alone may write to opens at once."""
    sent = await ready(stage, policy=Policy(approval_above=31))
    assert sent.poll is not None
    assert sent.approval is None


async def test_many_people_wait_for_approval(stage: Stage) -> None:
    """Above the limit nothing opens and nobody is invited until a colleague approves."""
    sent = await ready(stage)
    assert sent.approval is not None
    assert sent.approval.people == 31
    assert await stage.rows("polls") == []
    assert await stage.rows("mailings") == []
    await stage.db.write(approve, sent.approval.id, sent.approval.seen, COLLEAGUE, NOON)
    poll = await stage.db.read(find_poll, 1)
    assert poll is not None
    assert (poll.poll.passport.author, poll.poll.passport.approver) == (OPERATOR, COLLEAGUE)
    await stage.vote(1, stage.people[3], 0)
    assert len(await stage.rows("mailings")) == 1


async def test_the_author_cannot_approve(stage: Stage) -> None:
    """The second pair of eyes is somebody else's."""
    sent = await ready(stage)
    assert sent.approval is not None
    with pytest.raises(Refusal):
        await stage.db.write(approve, sent.approval.id, sent.approval.seen, OPERATOR, NOON)
    assert await stage.rows("polls") == []


async def test_a_change_withdraws_the_request(stage: Stage) -> None:
    """Of two versions only the newer can be approved, and what was approved is what opens."""
    first = await ready(stage)
    changed = replace(DRAFT, version=1, sample=100)
    second = await ready(stage, changed)
    assert first.approval is not None
    assert second.approval is None, "a sample of so few needs no approval"
    await stage.db.write(approve, first.approval.id, first.approval.seen, COLLEAGUE, NOON)
    statuses = [row["status"] for row in await stage.rows("approvals")]
    assert statuses == [ApprovalStatus.WITHDRAWN]
    assert len(await stage.rows("polls")) == 1


async def test_withdrawn_with_its_draft(stage: Stage) -> None:
    """A draft that goes on being composed takes its request back."""
    sent = await ready(stage)
    assert sent.approval is not None
    assert await stage.db.write(withdraw_draft, DRAFT.id, OPERATOR, NOON)
    await stage.db.write(approve, sent.approval.id, sent.approval.seen, COLLEAGUE, NOON)
    assert await stage.rows("polls") == []


async def test_a_colleague_does_not_withdraw_it(stage: Stage) -> None:
    """Only who asked takes a request back; a colleague who knows the draft does not."""
    sent = await ready(stage)
    assert sent.approval is not None
    with pytest.raises(Refusal, match="Only who asked"):
        await stage.db.write(withdraw_draft, DRAFT.id, COLLEAGUE, NOON)
    assert [ApprovalStatus.PENDING] == [row["status"] for row in await stage.rows("approvals")]


async def test_declined_it_does_not_open(stage: Stage) -> None:
    """Declined with a reason, the poll never opens."""
    sent = await ready(stage)
    assert sent.approval is not None
    seen = sent.approval.seen
    await stage.db.write(decline, sent.approval.id, seen, COLLEAGUE, "Сұрақ түсініксіз", NOON)
    await stage.db.write(approve, sent.approval.id, seen, COLLEAGUE, NOON)
    assert await stage.rows("polls") == []


async def test_approved_too_late(stage: Stage) -> None:
    """Where the closing time has come meanwhile, the approver is told and nothing opens."""
    sent = await ready(stage)
    assert sent.approval is not None
    with pytest.raises(Refusal):
        await stage.db.write(approve, sent.approval.id, sent.approval.seen, COLLEAGUE, CLOSING)
    assert await stage.rows("polls") == []


async def test_sent_twice_is_asked_once(stage: Stage) -> None:
    """The same version sent again makes no second request and no second poll."""
    first, second = await ready(stage), await ready(stage)
    assert first.approval == second.approval
    assert first.approval is not None
    await stage.db.write(approve, first.approval.id, first.approval.seen, COLLEAGUE, NOON)
    assert await ready(stage) == Sent(1)


async def test_the_seed_is_fixed_before_anybody_approves(stage: Stage) -> None:
    """What is approved holds the seed of its sample already: nobody draws again until it suits."""
    draft = replace(DRAFT, sample=100)
    sent = await ready(stage, draft, Policy(approval_above=-1))
    assert sent.approval is not None
    key = bytes.fromhex(sent.approval.content["public_key"])
    await stage.db.write(approve, sent.approval.id, sent.approval.seen, COLLEAGUE, NOON)
    assert (await stage.rows("polls"))[0]["sample"] == sample_of(100, key)
