"""What people are told of indicators: reported, returned, replied to, asked for again."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, pick
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from handlers.views.roadmap_callbacks import (
    IndicatorShown,
    ReportBegun,
    ReturnBegun,
    ReturnReplied,
)
from handlers.views.roadmap_words import amount, official_line, place_of
from services.organisation.directory import Organisation
from services.text.length import shortened

_COMMENT = 500


def stale_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return what the responsible person is told: no report for more than 30 days."""
    title = bold(_("⏰ It is time to report of an indicator"))
    official = official_line(payload["official"], organisation)
    lines = [title, "", *_indicator(payload), f"👤 {official}", _last(payload)]
    due = full(date.fromisoformat(payload["due_on"]))
    lines.append(
        _("Days without a report: {days}. Due date: {date}").format(days=payload["days"], date=due)
    )
    code = payload["indicator"]
    return Notice(
        "\n".join(lines),
        keyboard(
            [button(_("✍️ Report"), ReportBegun(code=code))],
            [button(_("📈 The indicator"), IndicatorShown(code=code))],
        ),
    )


def reported_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return what the next level is told: a fact was reported."""
    title = bold(_("📈 A report of an indicator has come"))
    who = f"👤 {official_line(payload['official'], organisation)}"
    lines = [title, "", *_indicator(payload), who, *_fact(payload)]
    code, fact = payload["indicator"], payload["fact"]
    return Notice(
        "\n".join(lines),
        keyboard(
            [button(_("📈 The indicator"), IndicatorShown(code=code))],
            [button(_("↩️ Return with a question"), ReturnBegun(code=code, fact=fact))],
        ),
    )


def returned_notice(payload: Mapping[str, Any], _organisation: Organisation) -> Notice:
    """Return what the responsible person is told: the report came back with a question."""
    title = bold(_("↩️ Your report is returned with a question"))
    asked = _("❓ {question}").format(question=_cut(payload["question"]))
    until = _("Until there is a reply, this report does not count.")
    lines = [title, "", *_indicator(payload), *_fact(payload), "", asked, "", until]
    code, fact = payload["indicator"], payload["fact"]
    return Notice(
        "\n".join(lines),
        keyboard(
            [button(_("💬 Reply to the question"), ReturnReplied(code=code, fact=fact))],
            [button(_("✍️ Report anew"), ReportBegun(code=code))],
            [button(_("📈 The indicator"), IndicatorShown(code=code))],
        ),
    )


def replied_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return what who asked is told: the reply."""
    title = bold(_("💬 Your question about a report is replied to"))
    who = f"👤 {official_line(payload['official'], organisation)}"
    asked = _("❓ {question}").format(question=_cut(payload["question"]))
    reply = _("↪️ Reply: {reply}").format(reply=_cut(payload["reply"]))
    lines = [title, "", *_indicator(payload), who, *_fact(payload), "", asked, reply]
    shown = button(_("📈 The indicator"), IndicatorShown(code=payload["indicator"]))
    return Notice("\n".join(lines), keyboard([shown]))


def _indicator(payload: Mapping[str, Any]) -> list[str]:
    """Return the name and the place of the indicator; HTML."""
    place = place_of(payload["region"], payload["district"])
    return [bold(escape(pick(payload["name_kk"], payload["name_ru"]))), f"📍 {escape(place)}"]


def _last(payload: Mapping[str, Any]) -> str:
    """Return what was reported last; HTML."""
    plan = _amount(payload, "plan")
    if payload["value"] is None:
        return _("plan: {plan}, nothing reported yet").format(plan=plan)
    day = full(date.fromisoformat(payload["day"]))
    words = _("The last report: {fact}, {day}. Plan: {plan}")
    return words.format(fact=_amount(payload, "value"), day=day, plan=plan)


def _amount(payload: Mapping[str, Any], name: str) -> str:
    """Return an amount with its unit; HTML."""
    return (
        f"{amount(Decimal(payload[name]))} {escape(pick(payload['unit_kk'], payload['unit_ru']))}"
    )


def _fact(payload: Mapping[str, Any]) -> list[str]:
    """Return the value beside the plan, the day and the comment; HTML."""
    fact, plan = _amount(payload, "value"), _amount(payload, "plan")
    values = _("fact: {fact}, plan: {plan}").format(fact=fact, plan=plan)
    percent = _("carried out: {percent} %").format(percent=payload["percent"])
    lines = [f"{full(date.fromisoformat(payload['day']))} · {values}", percent]
    if payload["comment"]:
        lines.append(f"💬 {_cut(payload['comment'])}")
    return lines


def _cut(text: str) -> str:
    return escape(shortened(text, _COMMENT))
