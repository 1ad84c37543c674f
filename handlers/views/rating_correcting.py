"""Screens of correcting a published round: whose line, which number, why, and the decision."""

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from types import MappingProxyType

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.emphasis import bold
from handlers.views.rating_callbacks import (
    CorrectionBegun,
    CorrectionDecided,
    Decision,
    LineChosen,
    NumberChosen,
    RoundShown,
    RoundsShown,
)
from handlers.views.rating_deputy import differences
from handlers.views.rating_words import footing, title_of
from handlers.views.roadmap_words import amount
from services.ratings.correcting import SCORE
from services.ratings.desk import Asked, Opened
from services.ratings.model import CorrectionStatus, Deputy, Line
from services.text.length import shortened

_LABEL = 55
ASKED: Mapping[str, str] = MappingProxyType(
    {
        "value": N_("What is the right number?"),
        "reason_kk": N_("Why was it wrong? Write it in Kazakh: citizens read it."),
        "reason_ru": N_("The same in Russian: why was it wrong?"),
    }
)
_DECIDED = {
    CorrectionStatus.ASKED: N_("⏳ Waits until another person decides"),
    CorrectionStatus.MADE: N_("✅ Corrected: before and after stand beside the rating"),
    CorrectionStatus.DECLINED: N_("✋ Declined: the rating stays as it was"),
}


def who_screen(code: str, found: Sequence[Deputy] = (), said: str = "") -> Screen:
    """Ask whose line it is, or show who is called so."""
    language = current_language()
    ask = _("Write the name of the deputy whose line is wrong.")
    if said and not found:
        problem = _("Nobody in this round is called “{name}”. Please try another spelling.")
        ask = problem.format(name=escape(shortened(said, _LABEL)))
    elif found:
        ask = bold(_("Is it one of these deputies?"))
    rows = [
        [button(shortened(each.name(language), _LABEL), LineChosen(deputy=each.code))]
        for each in found
    ]
    return Screen(ask, keyboard(*rows, [back(RoundShown(code=code))]))


def numbers_screen(opened: Opened, deputy: str) -> Screen:
    """Ask which number of a line is wrong."""
    line = _line(opened, deputy)
    language = current_language()
    name = bold(escape(opened.deputies[deputy].name(language)))
    rows = [
        [button(f"{label}: {value}", NumberChosen(deputy=deputy, number=number))]
        for number, (label, value) in enumerate(_numbers(opened, line))
    ]
    ask = _("Which number is wrong? Places follow from the scores by themselves.")
    leave = back(CorrectionBegun(round=opened.kept.round.code))
    text = f"{name}\n{_head(opened)}\n\n{ask}"
    return Screen(text, keyboard(*rows, [leave]))


def part_screen(
    opened: Opened, said: Mapping[str, str], missing: str, problem: str = ""
) -> Screen:
    """Ask for the number or for a reason; what was told stands above."""
    line = _line(opened, said["deputy"])
    language = current_language()
    what = [SCORE, *(each.code for each in opened.kept.indicators)].index(said["what"])
    label, value = [*_numbers(opened, line)][what]
    after = f" → {said['value'].replace('.', ',')}" if "value" in said else ""
    lines = [
        bold(escape(opened.deputies[said["deputy"]].name(language))),
        _head(opened),
        f"{escape(label)}: {value}{after}",
    ]
    warning = f"⚠️ {problem}" if problem else ""
    text = "\n\n".join(part for part in (warning, "\n".join(lines), _(ASKED[missing])) if part)
    return Screen(text, keyboard([back(LineChosen(deputy=said["deputy"]))]))


def correction_screen(asked: Asked, reader: int) -> Screen:
    """Return a correction with what its reader may do with it."""
    found = asked.correction
    language = current_language()
    names = {each.code: each.name(language) for each in asked.indicators}
    lines = [
        bold(_("✏️ Correction: {name}").format(name=escape(asked.deputy.name(language)))),
        title_of(asked.round),
        _(_DECIDED[found.status]),
        "",
        *differences(found, names),
        _("Why (in Kazakh): {reason}").format(reason=escape(found.reason_kk)),
        _("Why (in Russian): {reason}").format(reason=escape(found.reason_ru)),
    ]
    if asked.asked_by:
        lines.append(_("Asks: {name}").format(name=escape(asked.asked_by)))
    lines += ["", footing(asked.round)]
    rows = []
    if found.status is CorrectionStatus.ASKED and found.by != reader:
        made = CorrectionDecided(id=found.id, decision=Decision.MADE)
        declined = CorrectionDecided(id=found.id, decision=Decision.DECLINED)
        rows.append([button(_("✅ Correct it openly"), made)])
        rows.append([button(_("✋ Decline"), declined)])
    return Screen("\n".join(lines), keyboard(*rows, [back(RoundsShown())]))


def _head(opened: Opened) -> str:
    return f"{title_of(opened.kept.round)}\n{footing(opened.kept.round)}"


def _line(opened: Opened, deputy: str) -> Line:
    return next(line for line in opened.kept.lines if line.deputy == deputy)


def _numbers(opened: Opened, line: Line) -> Iterator[tuple[str, str]]:
    yield _("Score"), amount(line.score)
    language = current_language()
    for each in opened.kept.indicators:
        yield each.name(language), amount(line.values[each.code])
