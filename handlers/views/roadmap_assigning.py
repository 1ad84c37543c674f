"""Screens on which an administrator says who answers for a section or an indicator."""

from collections.abc import Sequence
from datetime import date, timedelta

from aiogram.filters.callback_data import CallbackData

from handlers.buttons import back, button, in_rows, keyboard
from handlers.screen import Screen
from handlers.text import _
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.roadmap_editing_callbacks import (
    AssigneeChosen,
    AssigneesTurned,
    SinceChosen,
)
from handlers.views.roadmap_words import official_line
from services.organisation.directory import Official, Organisation

PAGE = 8
_COLUMNS = 4


def assignees_screen(
    title: str,
    officials: Sequence[Official],
    organisation: Organisation,
    tag: str,
    after: str,
    leave: CallbackData,
) -> Screen:
    """Return people to choose from, after the one of this code; title: what it is about, HTML."""
    codes = [official.code for official in officials]
    start = codes.index(after) + 1 if after in codes else 0
    shown = list(enumerate(officials[start : start + PAGE], start + 1))
    people = [f"{number}. {official_line(one.code, organisation)}" for number, one in shown]
    buttons = [
        button(str(number), AssigneeChosen(tag=tag, official=one.code)) for number, one in shown
    ]
    turning = [button(_("« To the beginning"), AssigneesTurned(tag=tag))] if start else []
    if start + PAGE < len(codes):
        last = codes[start + PAGE - 1]
        turning.append(button(_("More ›"), AssigneesTurned(tag=tag, after=last)))
    ask = _("Who shall answer for it? Press the number.")
    text = "\n\n".join((bold(title), ask, "\n".join(people)))
    return Screen(text, keyboard(*in_rows(buttons, _COLUMNS), turning, [back(leave)]))


def since_screen(
    title: str,
    official: str,
    organisation: Organisation,
    tag: str,
    today: date,
    leave: CallbackData,
    problem: str = "",
) -> Screen:
    """Ask from which day on somebody answers; title: what it is about, HTML."""
    days = (today, today + timedelta(days=1), _next_month(today))
    labels = (_("Today"), _("Tomorrow"), _("Next month"))
    rows = [
        [button(f"{label} · {full(day)}", SinceChosen(tag=tag, day=day.toordinal()))]
        for label, day in zip(labels, days, strict=True)
    ]
    who = f"👤 {official_line(official, organisation)}"
    ask = _("From which day on? Choose below or write it like this: 01.12.2026")
    lines = [f"⚠️ {problem}" if problem else "", f"{bold(title)}\n{who}", ask]
    return Screen("\n\n".join(line for line in lines if line), keyboard(*rows, [back(leave)]))


def assigned_note(official: str, since: date, organisation: Organisation) -> str:
    """Return what was settled; HTML."""
    words = _("✅ Answers from {day} on: {who}")
    return words.format(day=full(since), who=official_line(official, organisation))


def _next_month(day: date) -> date:
    """Return the first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
