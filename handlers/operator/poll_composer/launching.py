"""Looking at a poll as citizens will, and launching it."""

from aiogram import Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery
from aiogram.utils.i18n import I18n

from handlers.buttons import button, keyboard
from handlers.filters import Pressed, Works
from handlers.operator.desk_callbacks import DeskShown, RunningPolls
from handlers.operator.poll_composer.asking import ask
from handlers.operator.poll_composer.callbacks import PollLaunched, Previewed, Step
from handlers.operator.poll_composer.composition import drop, keep, last_draft
from handlers.operator.poll_composer.showing import draft_of
from handlers.screen import Screen, show
from handlers.text import _
from handlers.views.poll_composer import preview_screen
from services.clock import Clock
from services.people.model import Person, Role
from services.polls.keys import PollKeys
from services.polls.launching import launch
from services.refusal import Refusal
from storage.database import Database


async def preview(callback: CallbackQuery, press: Previewed, state: FSMContext) -> None:
    """Show the poll in place as citizens of this language will see it."""
    composition = await draft_of(callback, press.draft, state)
    if composition is None or not composition.draft.complete:
        return
    with I18n.get_current(no_error=False).use_locale(press.language.value):
        await show(callback, preview_screen(composition.draft))


async def launch_draft(
    callback: CallbackQuery,
    press: PollLaunched,
    state: FSMContext,
    db: Database,
    clock: Clock,
    person: Person,
    keys: PollKeys,
) -> None:
    """Launch the version that the operator saw; a repeated tap shows that it is launched."""
    if press.draft == await last_draft(state):
        await show(callback, _launched_screen())
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
    try:
        await launch(db, keys, composition.draft.poll, created_by=person.id, now=now)
    except Refusal as refusal:
        await keep(state, checked)
        problem = _(refusal.message).format(**refusal.parameters)
        await ask(callback, checked, state, db, now, problem)
        return
    await drop(state, press.draft)
    await show(callback, _launched_screen())


def _launched_screen() -> Screen:
    text = _(
        "🚀 The poll is launched: the question is on its way. Nobody sees the counts before "
        "closing; how many have answered is on your desk."
    )
    return Screen(
        text,
        keyboard(
            [button(_("📊 Running polls"), RunningPolls())],
            [button(_("🗂 Operator’s desk"), DeskShown())],
        ),
    )


def router() -> Router:
    """Return the router of preview and launch."""
    router = Router(name="poll launch")
    router.callback_query.filter(Works(Role.OPERATOR, Role.ADMINISTRATOR))
    router.callback_query.register(preview, Pressed(Previewed))
    router.callback_query.register(launch_draft, Pressed(PollLaunched))
    return router
