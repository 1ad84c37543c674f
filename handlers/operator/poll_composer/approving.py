"""The second pair of eyes, as the composer of polls knows it.

What would invite more people than one alone may write to leaves the composer: it is kept whole
with the request for approval, and comes back only by taking the request back.
"""

from dataclasses import replace

from aiogram.types import CallbackQuery

from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.callbacks import Step
from handlers.operator.poll_composer.composition import Composition, composition_of, keep
from handlers.screen import Screen, acknowledge
from handlers.text import _
from handlers.views.poll_approval import draft_of_request, poll_asked_screen
from services.delivery.approval import others_who_may, take_back_request
from services.delivery.policy import Policy
from services.delivery.requests import Request, latest_request
from services.polls.approving import subject_of
from services.polls.reading import poll_of_draft
from storage.database import Database


async def asked_of(db: Database, draft_id: str, policy: Policy, person: int) -> Screen | None:
    """Return what the author of a draft that waits for approval sees; None where it is a poll."""
    if await db.read(poll_of_draft, draft_id) is not None:
        return None
    request = await db.read(latest_request, subject_of(draft_id))
    if request is None:
        return None
    others = await db.read(others_who_may, person)
    return poll_asked_screen(request, policy, len(others))


async def take_poll_back(callback: CallbackQuery, desk: NewsDesk, request: Request) -> None:
    """Take one's own request back and open the poll in the composer, as a newer version."""
    draft = draft_of_request(request)
    composition = await composition_of(desk.state)
    if composition is not None and composition.draft.id != draft.id:
        told = _("Another poll is being composed. Please launch it or delete its draft first.")
        await acknowledge(callback, told)
        return
    now = desk.clock.now()
    approval = await desk.db.write(take_back_request, request.approval.id, desk.person.id, now)
    if composition is None:
        newer = replace(draft, version=approval.version + 1)
        composition = Composition(newer, step=Step.CHECK)
        await keep(desk.state, composition)
    await ask(callback, composition.at(Step.CHECK), desk.state, desk.db, now)
