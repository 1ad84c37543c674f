"""What staff read of due dates: one message with all that presses, the most pressing first."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from aiogram.types import InlineKeyboardButton

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.operator.appeals.callbacks import AppealOpened
from handlers.text import N_, _, current_language, pick
from handlers.views.calendar_days import full, short
from services.appeals.ladder import Part
from services.organisation.directory import Organisation
from services.places.atlas import atlas

_GROUPS = {
    Part.TAKEN: N_("⬆️ Overdue and passed on to you: {count}"),
    Part.RAISED: N_("👁 Overdue and passed on to the level below you: {count}"),
    Part.TOP: N_("❗ Overdue, and no level is above: {count}"),
    Part.LATE: N_("❗ Overdue one level below you: {count}"),
    Part.MOVED: N_("➡️ Overdue and passed on from you to the next level: {count}"),
}


def reminder_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return how many appeals press and why, and a button for each of the most pressing."""
    groups, cases = payload["groups"], payload["cases"]
    lines = [_("⏰ <b>Due dates of appeals</b>"), "", *map(_group, groups)]
    lines += _advice(payload)
    rows = [[case_button(case, organisation)] for case in cases]
    return Notice("\n".join(lines), keyboard(*rows))


def case_button(case: Mapping[str, Any], organisation: Organisation) -> InlineKeyboardButton:
    """Return the button that opens a case: due date, topic, place, number."""
    topic = organisation.topics.get(case["topic"])
    emoji = topic.emoji if topic else ""
    due_on = short(date.fromisoformat(case["due_on"]))
    label = f"{due_on} {emoji} {_place(case)} · {case['number']}"
    return button(label, AppealOpened(appeal=case["appeal"]))


def _group(group: Mapping[str, Any]) -> str:
    part = Part(group["part"])
    if part is not Part.DUE:
        return _(_GROUPS[part]).format(count=group["count"])
    day = full(date.fromisoformat(group["due_on"]))
    if group["left"] == 0:
        words = _("🔴 Today is the last day ({date}). Appeals: {count}")
        return words.format(date=day, count=group["count"])
    words = _("🟡 Due date: {date}, working days left: {left}. Appeals: {count}")
    return words.format(date=day, left=group["left"], count=group["count"])


def _advice(payload: Mapping[str, Any]) -> Iterator[str]:
    if payload["count"] > len(payload["cases"]):
        others = _("The most pressing ones are below. The others are in your lists.")
        yield f"\n{others}"
    parts = {Part(group["part"]) for group in payload["groups"]}
    if Part.TAKEN in parts:
        advice = _("Please answer what was passed on to you as soon as you can.")
        yield f"\n{advice}"
    if Part.DUE in parts:
        advice = _(
            "Please answer in time. If more time is needed, extend the term and say the reason."
        )
        yield f"\n{advice}"


def _place(case: Mapping[str, Any]) -> str:
    found = atlas().find(case["region"], case["district"])
    if found is None:
        return str(case["region"])
    if found.district is not None:
        return found.district.name(current_language())
    return pick(found.region.short_kk, found.region.short_ru)
