"""Documents follow the picture of their message, and are one message with it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.sender.post import Post
from handlers.notice import Notice
from sandbox.server import Fault, FaultKind
from services.delivery.outcome import Outcome, Result
from tests.delivery.stage import Stage, add_people, make_bot

AIGUL = 100_001
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0@\0\0\0@\x08\x02\0\0\0%\x0b\xe6\x89"


@dataclass(frozen=True, slots=True)
class Sent:
    """What arrives of a notice with a picture and two documents."""

    stage: Stage
    post: Post
    notice: Notice

    async def deliver(self) -> Outcome:
        """Send it once, as each try of a letter does."""
        return await self.post.deliver(AIGUL, self.post.pack(self.notice))

    def kinds(self) -> list[str]:
        """Return what each message in the chat is."""
        return [_kind(message) for message in self.stage.messages_of(AIGUL)]


def _kind(message: dict[str, Any]) -> str:
    return str(message["document"]["file_name"]) if "document" in message else message["caption"]


@pytest.fixture
async def sent(stage: Stage, tmp_path: Path) -> AsyncIterator[Sent]:
    """Write the files, and open the chat."""
    await stage.db.write(add_people, [AIGUL])
    stage.sandbox.telegram.private(AIGUL).started = True
    names = ("week.png", "week.pdf", "week.xlsx")
    picture, *documents = (tmp_path / name for name in names)
    for path in (picture, *documents):
        path.write_bytes(PICTURE)
    bot = make_bot(stage.sandbox)
    yield Sent(stage, Post(bot), Notice("Апта", picture=picture, documents=tuple(documents)))
    await bot.session.close()


async def test_after_the_picture_under_their_own_names(sent: Sent) -> None:
    """The picture with its words, then each file; the outcome knows all their ids."""
    outcome = await sent.deliver()
    ids = [message["message_id"] for message in sent.stage.messages_of(AIGUL)]

    assert ["Апта", "week.pdf", "week.xlsx"] == sent.kinds()
    assert (Result.DELIVERED, ids) == (outcome.result, [outcome.message_id, *outcome.other_ids])


async def test_a_file_that_failed_leaves_its_end_uncertain(sent: Sent) -> None:
    """As a kill in between does: the next try sends all of it."""
    fault = Fault(FaultKind.BAD_GATEWAY, method="sendDocument")
    sent.stage.sandbox.telegram.faults.order(fault)

    assert Result.UNCERTAIN == (await sent.deliver()).result
    assert Result.DELIVERED == (await sent.deliver()).result
    assert ["Апта", "week.pdf", "week.xlsx"] == sent.kinds()[-3:]


async def test_files_that_are_not_there_are_waited_for(sent: Sent) -> None:
    """Nothing is sent before all of it can be: another machine draws it first."""
    missing = sent.notice.documents[1]
    missing.unlink()

    assert Result.UNCERTAIN == (await sent.deliver()).result
    assert [] == sent.kinds()
    missing.write_bytes(PICTURE)
    assert Result.DELIVERED == (await sent.deliver()).result
