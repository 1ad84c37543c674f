"""Looking at a poll as citizens will, and launching it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery

from handlers.buttons import button, keyboard
from handlers.filters import Pressed, Works
from handlers.operator.desk_callbacks import DeskShown, PassportShown, RunningPolls
from handlers.operator.poll_composer import rehearsing
from handlers.operator.poll_composer.approving import asked_of
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.callbacks import PollLaunched, Step
from handlers.operator.poll_composer.composition import drop, keep, last_draft
from handlers.operator.poll_composer.showing import draft_of
from handlers.operator.poll_composer.two_keys import choose_holders, shown_waiting
from handlers.screen import Screen, show
from handlers.text import _
from services.clock import Clock
from services.delivery.policy import Policy
from services.people.deeds import Deed
from services.people.model import Person
from services.polls.approving import send_poll
from services.polls.keys import PollKeys
from services.polls.reading import poll_of_draft
from services.refusal import Refusal
from storage.database import Database


async def launch_draft(
    callback: CallbackQuery,
    press: PollLaunched,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
    keys: PollKeys,
    policy: Policy,
) -> None:
    """Launch the version that the operator saw, or ask for its approval; once."""
    if press.draft == await last_draft(state):
        if await shown_waiting(callback, press.draft, db):
            return
        asked = await asked_of(db, press.draft, policy, person.id)
        if asked is None:
            await _show_launched(callback, press.draft, db)
        else:
            await show(callback, asked)
        return
    composition = await draft_of(callback, press.draft, state)
    if composition is None:
        return
    now = clock.now()
    checked = composition.at(Step.CHECK)
    if press.version != composition.draft.version or not composition.draft.complete:
        problem = _("The draft has changed since. Please check it again.")
        await ask(callback, checked, state, db, now, problem)
        return
    if composition.draft.two_keys:
        await choose_holders(callback, press.draft, db)
        return
    try:
        await send_poll(db, keys, composition.draft, policy=policy, created_by=person.id, now=now)
    except Refusal as refusal:
        await keep(state, checked)
        problem = _(refusal.message).format(**refusal.parameters)
        await ask(callback, checked, state, db, now, problem)
        return
    await drop(state, press.draft)
    asked = await asked_of(db, press.draft, policy, person.id)
    if asked is None:
        await _show_launched(callback, press.draft, db)
    else:
        await show(callback, asked)


async def _show_launched(callback: CallbackQuery, draft_id: str, db: Database) -> None:
    text = _(
        "🚀 The poll is launched: the question is on its way. Nobody sees the counts before "
        "closing; how many have answered is on your desk."
    )
    poll_id = await db.read(poll_of_draft, draft_id)
    passport = [] if poll_id is None else [button(_("📄 Passport"), PassportShown(poll=poll_id))]
    rows = (
        [button(_("📊 Running polls"), RunningPolls())],
        passport,
        [button(_("🗂 Operator’s desk"), DeskShown())],
    )
    await show(callback, Screen(text, keyboard(*rows)))


def router() -> Router:
    """Return the router of preview and launch."""
    router = Router(name="poll launch")
    router.callback_query.filter(Works(Deed.LAUNCH_POLL))
    router.include_router(rehearsing.router())
    router.callback_query.register(launch_draft, Pressed(PollLaunched))
    return router
