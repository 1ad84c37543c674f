"""An answer of somebody who is only now asked about themselves.

It is recorded at once with the profile unknown, and sealed again with what they then tell. Until
then it lies in the conversation, locked with the poll's tag key: nobody reads it there.
"""

from base64 import b64decode, b64encode
from contextlib import suppress
from datetime import datetime

from aiogram.fsm.context import FSMContext

from services.people.model import Person
from services.polls.ballot_box import BallotBox
from services.refusal import Refusal

_KEY = "poll_answer"


async def remember(state: FSMContext, poll_id: int, draft: bytes) -> bool:
    """Keep the locked answer; tell whether this poll's was not yet there."""
    before = (await state.get_data()).get(_KEY)
    await state.update_data({_KEY: {"poll": poll_id, "draft": b64encode(draft).decode()}})
    return before is None or before["poll"] != poll_id


async def seal_again(
    state: FSMContext, person: Person, ballot_box: BallotBox, now: datetime
) -> None:
    """Seal the locked answer, if there is one, with the profile of now, and forget it."""
    data = await state.get_data()
    kept = data.pop(_KEY, None)
    if kept is None:
        return
    # Where the poll has closed meanwhile, the answer recorded first stands.
    with suppress(Refusal):
        await ballot_box.cast_draft(person, kept["poll"], b64decode(kept["draft"]), now)
    await state.set_data(data)
