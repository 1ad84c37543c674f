"""A letter to a deputy: an appeal like any other, begun under their name."""

from dataclasses import replace

from aiogram import Router
from aiogram.types import CallbackQuery

from handlers.citizen.appeal.screens import part_after
from handlers.citizen.appeal.talk import Talk
from handlers.citizen.consent_needed import ask_below
from handlers.filters import Pressed
from handlers.screen import send
from handlers.text import _, current_language
from handlers.views.appeal_draft import unfinished_screen
from handlers.views.rating_callbacks import LetterBegun
from services.appeals.admission import waiting_ahead
from services.appeals.draft import Draft, Recipient
from services.clock import local_date
from services.people.consent import ConsentKind
from services.ratings.letters import Addressee, addressee


async def write(callback: CallbackQuery, press: LetterBegun, talk: Talk) -> None:
    """Begin a letter, or go on with the one that was begun; raises Refusal without a mandate.

    Where another draft is unfinished, ask first what becomes of it. The place is that of the
    maslikhat where it is one of a district; it can be changed before sending.
    """
    whom = await talk.db.read(addressee, press.deputy, local_date(talk.clock.now()))
    if not talk.person.agrees(ConsentKind.APPEALS):
        await ask_below(callback, ConsentKind.APPEALS, talk.state, talk.organisations)
        return
    waiting = await talk.db.read(waiting_ahead, talk.person.id, talk.clock.now())
    note = _(waiting.message).format(**waiting.parameters) if waiting else ""
    draft = await talk.draft()
    if draft is not None and not draft.is_blank and await talk.is_sent(draft):
        draft = None
    begun = draft and draft.recipient and draft.recipient.deputy == whom.code
    if draft is not None and begun:
        await _go_on(callback, talk, draft, note)
        return
    if draft is not None and not draft.is_blank and draft.id != press.instead:
        await talk.leave()
        await send(callback, unfinished_screen(draft, talk.organisation, deputy=whom.code))
        return
    await _go_on(callback, talk, await talk.keep(_begun(callback, talk, whom)), note)


def _begun(callback: CallbackQuery, talk: Talk, whom: Addressee) -> Draft:
    recipient = Recipient(whom.code, whom.name(current_language()))
    draft = replace(talk.new_draft(callback), recipient=recipient)
    if whom.district is None:
        return draft
    return draft.with_place(whom.region, whom.district, keep_point=False)


async def _go_on(callback: CallbackQuery, talk: Talk, draft: Draft, note: str) -> None:
    """Ask for what comes next below the deputy, who stays as they are."""
    draft = await talk.looked_up(draft)
    part = part_after(draft)
    await talk.wait_for(part)
    await send(callback, await talk.screen(draft, part, note))


def router() -> Router:
    """Return the router of «Write to the deputy»."""
    router = Router(name="appeal: to a deputy")
    router.callback_query.register(write, Pressed(LetterBegun))
    return router
