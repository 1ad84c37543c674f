"""Screens on which an administrator changes sections and indicators of the Road Map."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard, paired
from handlers.screen import Screen
from handlers.text import N_, _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.places import place_label
from handlers.views.roadmap_callbacks import BoardShown
from handlers.views.roadmap_editing_callbacks import (
    Answering,
    AssigneeAsked,
    DraftDropped,
    DraftSaved,
    EditShown,
    Field,
    FieldAsked,
    IndicatorBegun,
    PlaceSet,
    PollsAsked,
    Retired,
    RetiringAsked,
    SectionEdited,
    TableAsked,
    TableSent,
)
from handlers.views.roadmap_words import amount, official_line, place_name, section_title
from services.organisation.directory import Organisation
from services.places.model import Place
from services.roadmap.indicator import Indicator
from services.text.length import shortened

PAGE = 8
_LABEL = 44
_SHOWN = 300

FIELDS = {
    Field.NAME_KK: N_("Name in Kazakh"),
    Field.NAME_RU: N_("Name in Russian"),
    Field.UNIT_KK: N_("Unit in Kazakh"),
    Field.UNIT_RU: N_("Unit in Russian"),
    Field.START: N_("At the beginning"),
    Field.PLAN: N_("Plan"),
    Field.BEGINS_ON: N_("Beginning"),
    Field.DUE_ON: N_("Due date"),
    Field.PLACE: N_("Place"),
}
_ASKED = {
    Field.NAME_KK: N_("What is to be reached? Write it in Kazakh, briefly."),
    Field.NAME_RU: N_("Write the same in Russian."),
    Field.UNIT_KK: N_("In which unit is it counted? Write it in Kazakh. Example: km, villages, %"),
    Field.UNIT_RU: N_("Write the unit in Russian."),
    Field.START: N_("How much was it at the beginning? Write the number; 0 where there was none."),
    Field.PLAN: N_("How much is it to be by the due date? Write the number."),
    Field.BEGINS_ON: N_("From which day on? Write it like this: 01.01.2026"),
    Field.DUE_ON: N_("By which day? Write it like this: 31.12.2026"),
    Field.PLACE: N_("Where? Write the name of a region or a district, or press the button."),
}


def sections_screen(organisation: Organisation, counts: Mapping[str, int]) -> Screen:
    """Return the sections with how many indicators each has, and the ways of tables."""
    words = _(
        "Choose a section to change its indicators and who answers for them. A whole table can be "
        "brought at once: take the export, change it and send it back."
    )
    rows = [
        [
            button(
                f"{section_title(code, organisation)} · {counts.get(code, 0)}",
                SectionEdited(section=code),
            )
        ]
        for code in organisation.sections
    ]
    tables = [
        button(_("📤 CSV"), TableSent(book=False)),
        button(_("📤 XLSX"), TableSent(book=True)),
    ]
    brought = [button(_("📥 Bring a table"), TableAsked())]
    title = bold(_("⚙️ Change the Road Map"))
    return Screen(f"{title}\n\n{words}", keyboard(*rows, brought, tables, [back(BoardShown())]))


def section_screen(
    section: str,
    organisation: Organisation,
    official: str | None,
    indicators: Sequence[Indicator],
    after: str = "",
    note: str = "",
) -> Screen:
    """Return a section: who answers for it, and a page of its indicators."""
    codes = [each.code for each in indicators]
    start = codes.index(after) + 1 if after in codes else 0
    shown = indicators[start : start + PAGE]
    title = bold(escape(section_title(section, organisation)))
    who = _("👤 Answers for it: {who}").format(who=official_line(official, organisation))
    lines = [note, f"{title}\n{who}"]
    if not indicators:
        lines.append(_("There are no indicators here yet."))
    rows = [[button(shortened(_name(each), _LABEL), EditShown(code=each.code))] for each in shown]
    turning = []
    if start:
        turning.append(button(_("« To the beginning"), SectionEdited(section=section)))
    if start + PAGE < len(codes):
        turning.append(button(_("More ›"), SectionEdited(after=codes[start + PAGE - 1])))
    named = AssigneeAsked(what=Answering.SECTION, code=section)
    last = [
        [button(_("➕ New indicator"), IndicatorBegun(section=section))],
        [button(_("👤 Who answers for the section"), named)],
        [back(EditShown())],
    ]
    return Screen(_joined(lines), keyboard(*rows, turning, *last))


def card_screen(
    indicator: Indicator, official: str | None, organisation: Organisation, note: str = ""
) -> Screen:
    """Return what can be changed of an indicator."""
    told = {what: value_of(indicator, what) for what in Field}
    code = indicator.code
    who = _("👤 Answers for it: {who}").format(who=official_line(official, organisation))
    head = bold(escape(section_title(indicator.section, organisation)))
    lines = [note, head, "\n".join(_told(told)), f"{who}\n{_code(code)}"]
    named = AssigneeAsked(what=Answering.INDICATOR, code=code)
    last = [
        [
            button(_("👤 Who answers for it"), named),
            button(_("📊 Polls"), PollsAsked(code=code)),
        ],
        [button(_("🗑 Take off the board"), RetiringAsked(code=code))],
        [back(SectionEdited(section=indicator.section))],
    ]
    return Screen(_joined(lines), keyboard(*_fields(code), *last))


def draft_screen(
    code: str, section: str, told: Mapping[Field, str], organisation: Organisation, problem: str
) -> Screen:
    """Return a new indicator before it is taken into the Road Map."""
    head = bold(_("Please check the new indicator"))
    where = escape(section_title(section, organisation))
    lines = [_warned(problem), f"{head}\n{where}", "\n".join(_told(told)), _code(code)]
    last = [
        [button(_("✅ Take it into the Road Map"), DraftSaved(code=code))],
        [button(_("🗑 Delete the draft"), DraftDropped(code=code))],
        [back(SectionEdited(section=section))],
    ]
    return Screen(_joined(lines), keyboard(*_fields(code), *last))


def field_screen(
    code: str,
    what: Field,
    present: str,
    leave: InlineKeyboardButton,
    problem: str = "",
    found: Sequence[Place] = (),
) -> Screen:
    """Ask for one thing; present: what stands there now, found: places that were meant."""
    now = _("Now: {value}").format(value=escape(shortened(present, _SHOWN))) if present else ""
    lines = [_warned(problem), bold(_(FIELDS[what])), now, _(_ASKED[what])]
    rows = []
    if what is Field.PLACE:
        rows = [[button(place_label(one), PlaceSet(code=code, kato=one.kato))] for one in found]
        rows.append([button(_("🇰🇿 All Kazakhstan"), PlaceSet(code=code))])
    return Screen(_joined(lines), keyboard(*rows, [leave]))


def retiring_screen(indicator: Indicator) -> Screen:
    """Ask before an indicator leaves the board."""
    ask = _("Shall this indicator be taken off the board? What was reported of it is kept.")
    gone = Retired(code=indicator.code, version=indicator.version)
    return Screen(
        f"{bold(escape(_name(indicator)))}\n\n{ask}",
        keyboard([button(_("🗑 Yes, take it off"), gone)], [back(EditShown(code=indicator.code))]),
    )


def value_of(indicator: Indicator, what: Field) -> str:
    """Return what an indicator says of a field, as people read it."""
    if what is Field.PLACE:
        return place_name(indicator)
    value = getattr(indicator, what.name.lower())
    match value:
        case date():
            return full(value)
        case Decimal():
            return amount(value)
        case _:
            return str(value)


def _told(told: Mapping[Field, str]) -> Iterator[str]:
    for what, value in told.items():
        yield f"{_(FIELDS[what])}: {escape(value)}"


def _fields(code: str) -> list[list[InlineKeyboardButton]]:
    buttons = [
        button(f"✏️ {_(label)}", FieldAsked(code=code, field=what))
        for what, label in FIELDS.items()
    ]
    return paired(buttons)


def _code(code: str) -> str:
    return _("Code in tables: {code}").format(code=f"<code>{escape(code)}</code>")


def _joined(lines: Sequence[str]) -> str:
    return "\n\n".join(line for line in lines if line)


def _warned(problem: str) -> str:
    return f"⚠️ {problem}" if problem else ""


def _name(indicator: Indicator) -> str:
    return indicator.name(current_language())
