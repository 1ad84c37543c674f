"""Which step of a decision comes next."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from types import MappingProxyType

from handlers.operator.appeals.banning import Banning
from handlers.operator.appeals.decision import Deciding, Decision, Handling
from handlers.operator.appeals.decision_callbacks import Verb
from handlers.operator.appeals.declining import Declining
from handlers.operator.appeals.extending import Extending
from handlers.operator.appeals.merging import Merging
from handlers.operator.appeals.opening import Opening
from handlers.operator.appeals.procedure import Procedure
from handlers.operator.appeals.redirecting import Redirecting
from handlers.screen import Event, show
from handlers.text import _
from services.refusal import Refusal

PROCEDURES: Mapping[Verb, Procedure] = MappingProxyType(
    {
        Verb.EXTEND: Extending(),
        Verb.REDIRECT: Redirecting(),
        Verb.DECLINE: Declining(),
        Verb.MERGE: Merging(),
        Verb.BAN: Banning(),
        Verb.OPEN: Opening(),
    }
)


async def take_value(event: Event, handling: Handling, decision: Decision, words: str) -> None:
    """Take the choice that words mean and go on; what means none is asked for again."""
    procedure = PROCEDURES[decision.verb]
    try:
        value = await procedure.chosen(handling, decision, words)
    except Refusal as refusal:
        decision = await handling.keep(decision)
        await show_step(event, handling, decision, said(refusal), anew=True)
        return
    decision = await handling.keep(replace(decision, value=value))
    await show_step(event, handling, decision)


async def show_step(
    event: Event, handling: Handling, decision: Decision, note: str = "", *, anew: bool = False
) -> None:
    """Show what the decision needs next; a complete one is shown before it is made."""
    procedure = PROCEDURES[decision.verb]
    words = Deciding.words if procedure.writes else Deciding.choice
    if procedure.chooses and (anew or not decision.value):
        state, screen = Deciding.choice, await procedure.choice(handling, decision, note)
    elif procedure.writes and (note or procedure.wants_words(decision)):
        state, screen = words, procedure.asking(decision, note)
    else:
        state, screen = words, await procedure.preview(handling, decision)
    await handling.state.set_state(state)
    await show(event, screen)


def said(refusal: Refusal) -> str:
    """Return a refusal in the current language, as Telegram HTML."""
    return escape(_(refusal.message).format(**refusal.parameters))
