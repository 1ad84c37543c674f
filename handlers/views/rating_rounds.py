"""Rounds as editors see them: what waits, everything in one, and sending it back."""

from collections import Counter
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.emphasis import bold
from handlers.views.party_callbacks import PartyDeskShown
from handlers.views.rating_callbacks import (
    CorrectionBegun,
    CorrectionShown,
    RoundBegun,
    RoundBrought,
    RoundLines,
    RoundPublished,
    RoundReturned,
    RoundShown,
    RoundsShown,
    RoundTemplate,
)
from handlers.views.rating_words import footing, title_of, with_unit
from handlers.views.roadmap_words import amount
from services.ratings.desk import Folder, Opened
from services.ratings.model import Line, Round, RoundStatus
from services.text.length import shortened

RATING = N_("🏅 Rating of deputies")
_PAGE = 10
_MOST = 10
_LABEL = 55
_METHOD = 1500
MARKS = {RoundStatus.AWAITING: "⏳", RoundStatus.RETURNED: "↩️", RoundStatus.PUBLISHED: "✅"}
_STATES = {
    RoundStatus.AWAITING: N_("⏳ Waits until another person publishes it"),
    RoundStatus.RETURNED: N_("↩️ Sent back"),
    RoundStatus.PUBLISHED: N_("✅ Published"),
}


def rounds_screen(folder: Folder, note: str = "") -> Screen:
    """Return all rounds, the corrections that wait, and the ways to bring a round."""
    language = current_language()
    words = _(
        "A round comes as a table. Whoever brings it does not publish it: another person looks "
        "through it first. Mistakes in a published round are corrected openly."
    )
    title = bold(_(RATING))
    text = "\n\n".join(part for part in (note, title, words) if part)
    rows = [
        [_round_button(each, f"{MARKS[each.status]} {each.terms.title(language)}")]
        for each in folder.rounds[:_MOST]
    ]
    for each in folder.corrections[:_MOST]:
        deputy = folder.deputies[each.deputy].name(language)
        label = _("✏️ Correction: {name}").format(name=deputy)
        rows.append([button(shortened(label, _LABEL), CorrectionShown(id=each.id))])
    rows.append([button(_("📥 Bring a table"), RoundBrought())])
    rows.append([button(_("⌨️ Bring a plain sheet"), RoundBegun())])
    rows.append([button(_("📤 An example"), RoundTemplate())])
    return Screen(text, keyboard(*rows, [back(PartyDeskShown())]))


def round_screen(opened: Opened, reader: int, note: str = "") -> Screen:
    """Return one round with what its reader may do with it."""
    found, kept = opened.kept.round, opened.kept
    language = current_language()
    lines = [note, ""] if note else []
    lines += [bold(title_of(found)), _(_STATES[found.status])]
    if found.reason:
        lines.append(_("Why: {reason}").format(reason=escape(found.reason)))
    if opened.brought_by:
        lines.append(_("Brought by: {name}").format(name=escape(opened.brought_by)))
    lines += ["", *_contents(opened), "", bold(_("What is measured"))]
    for each in kept.indicators:
        weight = "" if each.weight is None else f" · {amount(each.weight)} %"
        lines.append(f"• {escape(each.name(language))}{weight}")
    method = shortened(found.terms.method(language), _METHOD)
    days = footing(found).partition("\n")[0]
    lines += ["", days, _("📐 Method: {method}").format(method=escape(method))]
    rows = [[button(_("👀 Lines: {count}").format(count=len(kept.lines)), _lines(found))]]
    if found.status is RoundStatus.AWAITING and found.brought_by != reader:
        seen = {"code": found.code, "version": found.version}
        rows.append([button(_("✅ Publish"), RoundPublished(**seen))])
        rows.append([button(_("↩️ Send back"), RoundReturned(**seen))])
    elif found.status is RoundStatus.AWAITING:
        lines += ["", _("You brought it: another person publishes it.")]
    elif found.status is RoundStatus.PUBLISHED:
        rows.append([button(_("✏️ Correct a mistake"), CorrectionBegun(round=found.code))])
    return Screen("\n".join(lines), keyboard(*rows, [back(RoundsShown())]))


def lines_screen(opened: Opened, after: int) -> Screen:
    """Return a page of the lines, with the values of every indicator."""
    found, lines = opened.kept.round, opened.kept.lines
    page = lines[after : after + _PAGE]
    told: list[str] = [bold(title_of(found))]
    seat = ""
    for line in page:
        if line.maslikhat != seat:
            seat = line.maslikhat
            name = opened.maslikhats[seat].name(current_language())
            told += ["", bold(escape(name))]
        told.append(_line(opened, line))
    told += ["", footing(found)]
    turning = []
    if after:
        turning.append(button(_("« To the beginning"), _lines(found)))
    if after + _PAGE < len(lines):
        turning.append(button(_("More ›"), RoundLines(code=found.code, after=after + _PAGE)))
    leave = back(RoundShown(code=found.code))
    return Screen("\n".join(told), keyboard(turning, [leave]))


def returning_screen(code: str, problem: str = "") -> Screen:
    """Ask why a round is sent back."""
    ask = _("What should be mended? Write it: who brought the round reads your words.")
    text = "\n\n".join(part for part in (_warned(problem), ask) if part)
    return Screen(text, keyboard([back(RoundShown(code=code))]))


def _contents(opened: Opened) -> list[str]:
    kept = opened.kept
    seats = Counter(line.maslikhat for line in kept.lines)
    return [
        _("Maslikhats: {count}").format(count=len(seats)),
        _("Deputies: {count}").format(count=len(kept.lines)),
    ]


def _line(opened: Opened, line: Line) -> str:
    language = current_language()
    name = escape(opened.deputies[line.deputy].name(language))
    values = ", ".join(with_unit(line.values[each.code], each) for each in opened.kept.indicators)
    return f"{bold(str(line.place))}. {name} · {amount(line.score)} ({values})"


def _lines(found: Round) -> RoundLines:
    return RoundLines(code=found.code)


def _round_button(each: Round, label: str) -> InlineKeyboardButton:
    return button(shortened(label, _LABEL), RoundShown(code=each.code))


def _warned(problem: str) -> str:
    return f"⚠️ {problem}" if problem else ""
