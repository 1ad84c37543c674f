"""Deciding about an appeal in steps: a choice, words, a look at both, done.

Every button names the appeal and the version that was seen, and the last one exactly what was
shown, so that a press on an old screen never does something else.
"""

from dataclasses import replace
from datetime import date

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Pressed, Works
from handlers.operator.appeals import banning, opening, sorting
from handlers.operator.appeals.decision import Deciding, Decision, Handling
from handlers.operator.appeals.decision_callbacks import (
    BanAsked,
    BanUntil,
    ChoiceAsked,
    Decided,
    DecisionLeft,
    DeclineAsked,
    DeclineFor,
    ExtendAsked,
    ExtendTo,
    MergeAsked,
    MergeWith,
    NameAsked,
    RedirectAsked,
    Verb,
)
from handlers.operator.appeals.steps import PROCEDURES, said, show_step, take_value
from handlers.provided import provide
from handlers.text import _
from services.people.deeds import Deed
from services.refusal import Refusal

_ASKED = {
    ExtendAsked: Verb.EXTEND,
    RedirectAsked: Verb.REDIRECT,
    DeclineAsked: Verb.DECLINE,
    MergeAsked: Verb.MERGE,
    BanAsked: Verb.BAN,
    NameAsked: Verb.OPEN,
}
Asked = ExtendAsked | RedirectAsked | DeclineAsked | MergeAsked | BanAsked | NameAsked
Chosen = DeclineFor | MergeWith | BanUntil
# Enough for every value of the choices that are numbers.
_LARGEST_MOMENT = 2**33


async def begin(callback: CallbackQuery, press: Asked, handling: Handling) -> None:
    """Begin with the choice; words written before for this decision are kept."""
    verb = _ASKED[type(press)]
    decision = await handling.begin(verb, press.appeal, press.version)
    await PROCEDURES[verb].require_possible(handling, decision)
    await handling.keep_lent(decision.appeal)
    await show_step(callback, handling, decision, anew=True)


async def choose_again(callback: CallbackQuery, press: ChoiceAsked, handling: Handling) -> None:
    """Go back to the choice."""
    decision = await handling.begin(press.verb, press.appeal, press.version)
    await show_step(callback, handling, decision, anew=True)


async def choose_date(callback: CallbackQuery, press: ExtendTo, handling: Handling) -> None:
    """Take the new due date."""
    decision = await handling.begin(Verb.EXTEND, press.appeal, press.version)
    day = date.fromordinal(min(max(press.day, 1), date.max.toordinal()))
    await take_value(callback, handling, decision, day.isoformat())


async def choose(callback: CallbackQuery, press: Chosen, handling: Handling) -> None:
    """Take the choice of a button."""
    match press:
        case DeclineFor():
            verb, value = Verb.DECLINE, press.reason.value
        case MergeWith():
            verb, value = Verb.MERGE, str(press.target)
        case BanUntil():
            verb, value = Verb.BAN, str(min(max(press.until, 0), _LARGEST_MOMENT))
    decision = await handling.begin(verb, press.appeal, press.version)
    decision = await handling.keep(replace(decision, value=value))
    await show_step(callback, handling, decision)


async def take_choice(message: Message, words: str, handling: Handling) -> None:
    """Take a choice that is typed."""
    decision = await handling.decision()
    if decision is None or message.message_id <= decision.heard:
        return
    await take_value(message, handling, replace(decision, heard=message.message_id), words)


async def take_words(message: Message, words: str, handling: Handling) -> None:
    """Keep the words and show what will be done; newer words replace older ones."""
    decision = await handling.decision()
    if decision is None or message.message_id <= decision.heard:
        return
    decision = replace(decision, heard=message.message_id)
    await handling.keep_lent(decision.appeal)
    try:
        words = PROCEDURES[decision.verb].checked(words)
    except Refusal as refusal:
        await show_step(message, handling, await handling.keep(decision), said(refusal))
        return
    decision = await handling.keep(replace(decision, words=words))
    await show_step(message, handling, decision)


async def take_something_else(message: Message, handling: Handling) -> None:
    """Say that words are asked for."""
    decision = await handling.decision()
    if decision is not None:
        note = _("Please write it as a text message.")
        await show_step(message, handling, decision, note)


async def decide(callback: CallbackQuery, press: Decided, handling: Handling) -> None:
    """Do what was shown; pressed again, or done by a colleague, show the appeal as it is."""
    decision = await handling.decision()
    note = ""
    made: Decision | None = None
    if decision is not None and _same(decision, press):
        if decision.confirmed != press:
            # The button of an older screen: the newer choice and words want a look first.
            await show_step(callback, handling, decision)
            return
        procedure = PROCEDURES[decision.verb]
        try:
            await procedure.carry_out(handling, decision)
        except Refusal as refusal:
            note = f"❗ {said(refusal)}"
        else:
            note = procedure.done(decision)
            if procedure.tells:
                note = f"{note} {await handling.told(press.appeal)}"
            await handling.end()
            made = decision
    await handling.card(callback, press.appeal, note)
    if made is not None:
        await PROCEDURES[made.verb].show_after(callback, handling, made)


async def leave(callback: CallbackQuery, press: DecisionLeft, handling: Handling) -> None:
    """Show the appeal; what was written for a decision stays."""
    await handling.card(callback, press.appeal)


def _same(decision: Decision, press: Decided) -> bool:
    seen = (decision.verb, decision.appeal, decision.version)
    return seen == (press.verb, press.appeal, press.version)


def router() -> Router:
    """Return the router of all decisions: sorting, bans in force, and what goes in steps."""
    router = Router(name="deciding")
    router.include_routers(sorting.router(), banning.router(), opening.router())
    staff = Works(Deed.EXTEND)
    for asked in _ASKED:
        router.callback_query.register(begin, Pressed(asked), staff)
    for chosen in (DeclineFor, MergeWith, BanUntil):
        router.callback_query.register(choose, Pressed(chosen), staff)
    router.callback_query.register(choose_date, Pressed(ExtendTo), staff)
    router.callback_query.register(choose_again, Pressed(ChoiceAsked), staff)
    router.callback_query.register(decide, Pressed(Decided), staff)
    router.callback_query.register(leave, Pressed(DecisionLeft), staff)
    return provide(router, "handling", Handling)


def words() -> Router:
    """Return the router of what is typed; it stands after all menus."""
    router = Router(name="deciding: words")
    router.include_router(sorting.words())
    staff = Works(Deed.EXTEND)
    router.message.register(take_choice, StateFilter(Deciding.choice), staff, Words())
    router.message.register(take_words, StateFilter(Deciding.words), staff, Words())
    waiting = StateFilter(Deciding.choice, Deciding.words)
    router.message.register(take_something_else, waiting, staff, NotWords())
    return provide(router, "handling", Handling)
