"""Screens of errands: the lists, one errand, and what is said at its end."""

from datetime import date
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.official.callbacks import DeskOpened
from handlers.official.digest_callbacks import (
    ErrandAccepted,
    ErrandCallingOff,
    ErrandDone,
    ErrandEnding,
    ErrandOpened,
    Errands,
    ErrandsListed,
)
from handlers.screen import Screen
from handlers.text import N_, _
from handlers.views.calendar_days import short
from handlers.views.digest_scope import official_words
from handlers.views.emphasis import bold
from handlers.views.errand_words import errand_text, holder_words, quoted
from services.digests.errand import Errand, ErrandState
from services.digests.errand_lists import ErrandPage
from services.digests.model import ErrandKind
from services.organisation.directory import Organisation
from services.text.length import shortened

_LABEL = 48  # UTF-16 code units
_TABS = {Errands.MINE: N_("📥 To me"), Errands.GIVEN: N_("📤 By me")}
_HEADS = {
    Errands.MINE: N_("What you took on, were given or asked, and have not finished yet."),
    Errands.GIVEN: N_("What you gave to others or asked, and is not finished yet."),
}
_EMPTY = {
    Errands.MINE: N_("You have no open errands."),
    Errands.GIVEN: N_("You have given no errands that are still open."),
}


def errands_screen(
    kind: Errands,
    page: ErrandPage,
    organisation: Organisation,
    today: date,
    *,
    first: bool,
    official: bool,
) -> Screen:
    """Return a page of errands; the late ones are marked in red."""
    head = _(_HEADS[kind]) if page.errands else _(_EMPTY[kind])
    title = bold(_("📋 Errands"))
    tabs = [button(_tab(each, kind), ErrandsListed(kind=each)) for each in Errands]
    rows = [
        [button(_label(each, kind, organisation, today), ErrandOpened(errand=each.id))]
        for each in page.errands
    ]
    turning = [] if first else [button(_("« To the beginning"), ErrandsListed(kind=kind))]
    if page.more:
        onward = ErrandsListed(kind=kind, before=page.errands[-1].id)
        turning.append(button(_("More ›"), onward))
    return Screen(
        f"{title}\n\n{head}",
        keyboard(tabs, *rows, turning, [back(DeskOpened())] if official else []),
    )


def errand_screen(
    errand: Errand, organisation: Organisation, today: date, reader: int, note: str = ""
) -> Screen:
    """Return one errand and what its reader may do about it."""
    text = errand_text(errand, organisation, today)
    rows: list[list[InlineKeyboardButton]] = []
    if not errand.over:
        rows = _actions(errand, reader)
    kind = Errands.GIVEN if _given_by(errand, reader) else Errands.MINE
    listed = [button(_("📋 Errands"), ErrandsListed(kind=kind))]
    return Screen(f"{note}\n\n{text}" if note else text, keyboard(*rows, listed))


def ending_screen(errand: Errand) -> Screen:
    """Return the invitation to say what was done, or to answer."""
    asked = errand.kind is ErrandKind.ASKED
    words = (
        _("Please write the answer in one message. The official gets it at once.")
        if asked
        else _("Please write in one message what was done, or mark it without words.")
    )
    done = [] if asked else [button(_("☑️ Done, no words"), ErrandDone(errand=errand.id))]
    text = f"{quoted(errand.text)}\n{words}" if errand.text else words
    return Screen(text, keyboard(done, _leave(errand.id)))


def ending_preview(errand_id: int, message_id: int, text: str) -> Screen:
    """Return the words as they will be read, and the button that sends them."""
    words = _("These words will be sent. To change them, just write anew.")
    sending = ErrandDone(errand=errand_id, words=message_id)
    return Screen(
        f"{words}\n{quoted(text)}",
        keyboard([button(_("✅ Send"), sending)], _leave(errand_id)),
    )


def calling_off_screen(errand: Errand, organisation: Organisation) -> Screen:
    """Ask whether the errand is really to be called off."""
    holder = holder_words(errand.person_name, errand.person_official, organisation)
    words = _("Call this errand off? Whoever has it will be told: {name}")
    if errand.kind is not ErrandKind.DELEGATED:
        words = _("Call this off? Nobody will be told.")
    sure = ErrandCallingOff(errand=errand.id, sure=True)
    return Screen(
        words.format(name=escape(holder)),
        keyboard([button(_("✖️ Yes, call it off"), sure)], [back(ErrandOpened(errand=errand.id))]),
    )


def words_problem(problem: str, errand_id: int) -> Screen:
    """Return what is wrong with the words; the conversation waits for better ones."""
    return Screen(problem, keyboard(_leave(errand_id)))


def _actions(errand: Errand, reader: int) -> list[list[InlineKeyboardButton]]:
    rows = []
    asked = errand.kind is ErrandKind.ASKED
    if errand.person_id == reader or (asked and errand.by != reader):
        if asked:
            rows.append([button(_("✍️ Answer the question"), ErrandEnding(errand=errand.id))])
        else:
            rows.append(receiver_buttons(errand.id, accepted=errand.state is not ErrandState.OPEN))
    if errand.by == reader:
        rows.append([button(_("✖️ Call off"), ErrandCallingOff(errand=errand.id))])
    return rows


def receiver_buttons(errand_id: int, *, accepted: bool) -> list[InlineKeyboardButton]:
    """Return «Қабылдадым» and «Орындалды»."""
    done = button(_("☑️ Done"), ErrandEnding(errand=errand_id))
    if accepted:
        return [done]
    return [button(_("✅ I accept"), ErrandAccepted(errand=errand_id)), done]


def _given_by(errand: Errand, reader: int) -> bool:
    return errand.by == reader and errand.person_id != reader


def _tab(each: Errands, chosen: Errands) -> str:
    return f"• {_(_TABS[each])}" if each is chosen else _(_TABS[each])


def _label(errand: Errand, kind: Errands, organisation: Organisation, today: date) -> str:
    mark = _mark(errand, today)
    if errand.due_on is not None:
        mark = f"{mark} {short(errand.due_on)}"
    if kind is Errands.GIVEN:
        whose = holder_words(errand.person_name, errand.person_official, organisation)
    else:
        whose = official_words(errand.official, organisation)
    words = errand.text.replace("\n", " ")
    if not words and errand.about is not None:
        words = _("digest {date}").format(date=short(errand.about.day))
    own = errand.kind is ErrandKind.ACCEPTED
    parts = [mark, *([] if own else [whose]), *([words] if words else [])]
    return shortened(" · ".join(parts), _LABEL)


def _mark(errand: Errand, today: date) -> str:
    if errand.late(today):
        return "🔴"
    if errand.kind is ErrandKind.ASKED:
        return "❔"
    return "✅" if errand.state is ErrandState.ACCEPTED else "🕓"


def _leave(errand_id: int) -> list[InlineKeyboardButton]:
    return [button(_("✖️ Cancel"), ErrandOpened(errand=errand_id))]
