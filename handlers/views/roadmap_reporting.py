"""Screens of a report: value, comment, photo or document, done."""

from decimal import Decimal
from html import escape

from aiogram.types import InlineKeyboardMarkup

from handlers.buttons import back, button, cancel, keyboard, skip
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.emphasis import bold
from handlers.views.roadmap_board import as_of
from handlers.views.roadmap_callbacks import (
    BoardShown,
    IndicatorShown,
    Part,
    ReportBegun,
    ReportPart,
    ReportSkipped,
)
from handlers.views.roadmap_words import amount, state_line, unit, with_unit
from services.roadmap.board import Line
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, per_cent


def value_screen(line: Line, problem: str = "") -> Screen:
    """Ask for the value, with the unit and what stands so far."""
    indicator = line.indicator
    plan = with_unit(indicator.plan, indicator)
    lines = [bold(escape(_name(indicator))), _("Plan: {plan}").format(plan=plan)]
    if line.fact is not None:
        fact = with_unit(line.fact.value, indicator)
        lines.append(_("Fact: {fact}, {day}").format(fact=fact, day=as_of(line)))
    ask = _("How much is it now? Write the number.\n\nUnit: {unit}. Example: {example}")
    example = indicator.plan if line.fact is None else line.fact.value
    words = ask.format(unit=bold(escape(unit(indicator))), example=amount(example))
    text = "\n\n".join(part for part in (_warning(problem), "\n".join(lines), words) if part)
    return Screen(text, _leave(indicator.code))


def comment_screen(indicator: Indicator, value: Decimal, words: int, problem: str = "") -> Screen:
    """Ask for a comment; words: the message that gave the value."""
    ask = _("What was done? Write a short comment, or skip it.")
    passed = ReportSkipped(code=indicator.code, words=words, part=Part.COMMENT)
    leave = [back(ReportBegun(code=indicator.code)), cancel(IndicatorShown(code=indicator.code))]
    text = _asking(indicator, value, ask, problem)
    return Screen(text, keyboard([skip(passed)], leave))


def evidence_screen(
    indicator: Indicator, value: Decimal, words: int, files: int, problem: str = ""
) -> Screen:
    """Ask for a photo or a document; with `files` some have come already."""
    ask = _("Send a photo or a document that shows it, or send the report without one.")
    if files:
        ask = _("The files have come. Send more, or press the button below.")
    done = ReportSkipped(code=indicator.code, words=words, part=Part.EVIDENCE)
    label = _("✅ Send the report") if files else _("✅ Send without a file")
    before = ReportPart(code=indicator.code, words=words, part=Part.COMMENT)
    leave = [back(before), cancel(IndicatorShown(code=indicator.code))]
    text = _asking(indicator, value, ask, problem)
    return Screen(text, keyboard([button(label, done)], leave))


def done_screen(line: Line, fact: Fact) -> Screen:
    """Say what was reported, and how the indicator stands now."""
    indicator = line.indicator
    lines = [
        _("✅ The report is accepted. Thank you."),
        "",
        bold(escape(_name(indicator))),
        _value(indicator, fact.value),
        state_line(line.state),
    ]
    if fact.comment:
        lines.append(f"💬 {escape(fact.comment)}")
    if fact.evidence:
        lines.append(_("📎 Evidence: {count}").format(count=len(fact.evidence)))
    to_indicator = button(_("📈 The indicator"), IndicatorShown(code=indicator.code))
    to_board = button(_("🗺 Road Map"), BoardShown())
    return Screen("\n".join(lines), keyboard([to_indicator], [to_board]))


def _asking(indicator: Indicator, value: Decimal, ask: str, problem: str) -> str:
    told = _value(indicator, value)
    parts = (_warning(problem), f"{bold(escape(_name(indicator)))}\n{told}", ask)
    return "\n\n".join(part for part in parts if part)


def _value(indicator: Indicator, value: Decimal) -> str:
    """Return a value, and how much of the plan it is; HTML."""
    percent = _("carried out: {percent} %").format(percent=per_cent(indicator, value))
    return f"{with_unit(value, indicator)} · {percent}"


def _leave(code: str) -> InlineKeyboardMarkup:
    return keyboard([back(IndicatorShown(code=code)), cancel(BoardShown())])


def _warning(problem: str) -> str:
    return f"⚠️ {problem}" if problem else ""


def _name(indicator: Indicator) -> str:
    return indicator.name(current_language())
