"""One indicator: plan and fact, who answers, what people say; its history and evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.screen import Screen
from handlers.text import _, current_language
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.poll_callbacks import PollOpened
from handlers.views.roadmap_board import as_of
from handlers.views.roadmap_callbacks import (
    BoardShown,
    EvidenceShown,
    HistoryShown,
    IndicatorShown,
    PublicBoard,
    ReportBegun,
    ReturnBegun,
    ReturnReplied,
)
from handlers.views.roadmap_editing_callbacks import EditShown
from handlers.views.roadmap_words import (
    amount,
    is_silent,
    line_bars,
    official_line,
    place_name,
    section_title,
    state_line,
    with_unit,
)
from services.clock import local_date
from services.organisation.directory import Organisation
from services.roadmap.board import Line
from services.roadmap.fact import Fact
from services.roadmap.indicator import Indicator, State, per_cent
from services.text.length import shortened

_FACTS = 5  # of a page of the history
_COMMENT = 200
_POLL = 100


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the reader may do with an indicator and with the newest report of it."""

    report: bool = False
    reply: bool = False
    send_back: bool = False
    edit: bool = False


def indicator_screen(
    line: Line,
    newest: Fact | None,
    organisation: Organisation,
    allowed: Allowed,
    day: date,
) -> Screen:
    """Return an indicator as those who work see it; newest: the last report, counted or not."""
    indicator = line.indicator
    blocks = [
        title_of(indicator, organisation),
        "\n".join(numbers(line, organisation, day)),
        "\n".join(_newest(newest, indicator, organisation)),
        "\n".join(_voices(line)),
    ]
    code = indicator.code
    rows = [[button(_("✍️ Report"), ReportBegun(code=code))]] if allowed.report else []
    if newest is not None:
        rows += _of_newest(newest, allowed)
        rows.append([button(_("🕘 History"), HistoryShown(code=code))])
    rows += [
        [button(_("📊 Result of the poll"), PollOpened(poll=poll.poll))] for poll in line.polls
    ]
    if allowed.edit:
        rows.append([button(_("⚙️ Change"), EditShown(code=code))])
    leave = [back(BoardShown(section=indicator.section))]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows, leave))


def public_indicator_screen(line: Line, organisation: Organisation, day: date) -> Screen:
    """Return an indicator as everybody sees it."""
    indicator = line.indicator
    blocks = [
        title_of(indicator, organisation),
        "\n".join(numbers(line, organisation, day)),
        "\n".join(_voices(line)),
    ]
    rows = [
        [button(_("📊 Result of the poll"), PollOpened(poll=poll.poll))] for poll in line.polls
    ]
    leave = [back(PublicBoard(section=indicator.section))]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows, leave))


def history_screen(
    indicator: Indicator, facts: Sequence[Fact], organisation: Organisation, *, first: bool
) -> Screen:
    """Return some reports, the newest first; `first` where nothing stands before them.

    facts: at least one more than a page holds where others follow.
    """
    shown, code = facts[:_FACTS], indicator.code
    blocks = [f"{bold(_('🕘 History'))} · {escape(_name(indicator))}"]
    blocks += ["\n".join(_told(fact, indicator, organisation)) for fact in shown]
    if not shown:
        blocks.append(_("Nothing has been reported yet."))
    turning = [] if first else [button(_("« To the beginning"), HistoryShown(code=code))]
    if len(facts) > _FACTS:
        turning.append(button(_("More ›"), HistoryShown(code=code, before=shown[-1].id)))
    files = [_files(fact, dated=True) for fact in shown]
    leave = [back(IndicatorShown(code=code))]
    return Screen("\n\n".join(blocks), keyboard(*files, turning, leave))


def title_of(indicator: Indicator, organisation: Organisation) -> str:
    """Return section, name and place; HTML."""
    lines = [
        escape(section_title(indicator.section, organisation)),
        bold(escape(_name(indicator))),
        f"📍 {escape(place_name(indicator))}",
    ]
    return "\n".join(lines)


def numbers(line: Line, organisation: Organisation, day: date) -> Iterator[str]:
    """Yield state, plan, fact, due date and who answers, line by line; HTML."""
    indicator = line.indicator
    yield state_line(line.state)
    if is_silent(line, day) and line.state is not State.SILENT:
        yield state_line(State.SILENT)
    plan, began = with_unit(indicator.plan, indicator), with_unit(indicator.start, indicator)
    yield _("Plan: {plan} (at the beginning: {start})").format(plan=plan, start=began)
    if line.fact is None:
        yield _("Fact: nothing has been reported yet")
    else:
        fact = with_unit(line.fact.value, indicator)
        yield _("Fact: {fact}, {day}").format(fact=fact, day=as_of(line))
        yield _("Carried out: {percent} %").format(percent=line.percent) + line_bars(line)
    first, last = full(indicator.begins_on), full(indicator.due_on)
    yield _("Due date: {date} (since {start})").format(date=last, start=first)
    yield _("👤 Answers for it: {who}").format(who=official_line(line.official, organisation))


def _newest(fact: Fact | None, indicator: Indicator, organisation: Organisation) -> Iterator[str]:
    """Yield the newest report where it says more than its value."""
    if fact is not None and (fact.comment or fact.question):
        yield bold(_("The newest report"))
        yield from _told(fact, indicator, organisation)


def _told(fact: Fact, indicator: Indicator, organisation: Organisation) -> Iterator[str]:
    percent = _("carried out: {percent} %").format(percent=per_cent(indicator, fact.value))
    yield f"{full(fact.day)} · {with_unit(fact.value, indicator)} · {percent}"
    yield f"👤 {official_line(fact.official, organisation)}"
    if fact.comment:
        yield f"💬 {_cut(fact.comment)}"
    if fact.question:
        asked = _("↩️ Returned with a question: {question}")
        yield asked.format(question=_cut(fact.question))
    if fact.reply:
        yield _("↪️ Reply: {reply}").format(reply=_cut(fact.reply))
    elif fact.asked:
        yield _("Until there is a reply, this report does not count.")


def _voices(line: Line) -> Iterator[str]:
    """Yield what citizens say: appeals and joins of 30 days, polls; nothing of what is hidden."""
    said = []
    if line.appeals is not None:
        said.append(_("Appeals in 30 days: {count}").format(count=line.appeals))
    if line.joined:
        said.append(_("People who joined them: {count}").format(count=line.joined))
    for poll in line.polls:
        words = _("Poll “{title}”, {date}. Answers: {count}")
        title = escape(shortened(poll.title(current_language()), _POLL))
        day = full(local_date(poll.ended_at))
        said.append(words.format(title=title, date=day, count=amount(Decimal(poll.base))))
    if said:
        yield bold(_("🗣 What citizens say"))
        yield from said


def _of_newest(fact: Fact, allowed: Allowed) -> list[list[InlineKeyboardButton]]:
    """Return what can be done with the newest report."""
    code, rows = fact.indicator, []
    if allowed.reply:
        reply = ReturnReplied(code=code, fact=fact.id)
        rows.append([button(_("💬 Reply to the question"), reply)])
    if allowed.send_back:
        asked = ReturnBegun(code=code, fact=fact.id)
        rows.append([button(_("↩️ Return with a question"), asked)])
    return [*rows, _files(fact)]


def _files(fact: Fact, *, dated: bool = False) -> list[InlineKeyboardButton]:
    if not fact.evidence:
        return []
    label = _("📎 Evidence: {count}").format(count=len(fact.evidence))
    label = f"{full(fact.day)} · {label}" if dated else label
    return [button(label, EvidenceShown(code=fact.indicator, fact=fact.id))]


def _name(indicator: Indicator) -> str:
    return indicator.name(current_language())


def _cut(text: str) -> str:
    return escape(shortened(text, _COMMENT))
