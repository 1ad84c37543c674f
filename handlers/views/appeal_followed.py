"""Screens of appeals that the citizen has joined, and the receipt of joining."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import back, button, keyboard
from handlers.notice import Notice
from handlers.screen import Screen
from handlers.text import _, ngettext
from handlers.views.appeal_callbacks import (
    FollowedAppeal,
    FollowedAppeals,
    FollowedLeft,
    OwnAppeals,
)
from handlers.views.appeal_card import line_of, sign_of, status_line
from handlers.views.appeal_draft import quoted
from handlers.views.appeal_names import place_line, topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.following import FollowedCard
from services.appeals.model import OPEN, AppealLine
from services.organisation.directory import Organisation

_ANSWER_ROOM = 3000


def followed_list_screen(
    lines: list[AppealLine], organisation: Organisation, *, more: bool
) -> Screen:
    """Return a page of appeals that the citizen has joined; `more` where older ones follow."""
    if not lines:
        return Screen(_("You have not joined any appeals."), keyboard([back(OwnAppeals())]))
    rows = [
        [button(f"{sign_of(line)} № {line.number}", FollowedAppeal(appeal=line.id))]
        for line in lines
    ]
    if more:
        rows.append([button(_("Older ›"), FollowedAppeals(after=lines[-1].id))])
    texts = [line_of(line, organisation) for line in lines]
    title = bold(_("🤝 Appeals that you have joined"))
    return Screen("\n\n".join([title, *texts]), keyboard(*rows, [back(OwnAppeals())]))


def followed_card_screen(card: FollowedCard, organisation: Organisation) -> Screen:
    """Return one of them, without the words and the name of its citizen."""
    line = card.line
    joined = ngettext("{count} person joined", "{count} people joined", card.joins)
    lines = [
        f"🤝 <b>№ {line.number}</b>",
        _("Topic: {topic}").format(topic=escape(topic_line(line.topic, organisation))),
        _("Place: {place}").format(place=escape(place_line(line.region, line.district))),
        _("Registered: {date}").format(date=full(line.registered_on)),
    ]
    if line.status in OPEN:
        lines.append(_("Answer due by: {date}").format(date=full(line.due_on)))
    lines += [status_line(line), joined.format(count=card.joins)]
    if card.answer is not None and card.answered_on is not None:
        lines.append(_("Answer of {date}:").format(date=full(card.answered_on)))
        lines.append(quoted(card.answer, _ANSWER_ROOM))
    leave = button(_("🚪 Leave this appeal"), FollowedLeft(appeal=line.id))
    return Screen("\n".join(lines), keyboard([leave], [back(FollowedAppeals())]))


def left_screen(number: str) -> Screen:
    """Return the word that no more news of it comes."""
    text = _("You have left appeal № {number}: no more news of it comes to you.")
    return Screen(text.format(number=number), keyboard([back(FollowedAppeals())]))


def joined_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the receipt of joining: the number, the term, what happens next."""
    due = full(date.fromisoformat(payload["due_on"]))
    lines = [
        bold(_("🤝 You have joined an appeal.")),
        _("Number: {number}").format(number=f"<code>{payload['number']}</code>"),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
        _("Place: {place}").format(
            place=escape(place_line(payload["region"], payload["district"]))
        ),
        _("Answer due by: {date}").format(date=due),
        "",
        bold(_("What happens next")),
        _(
            "Your words are added to this appeal. All news of it and the answer come to you "
            "too. You can leave it at any time: /my"
        ),
    ]
    opening = button(_("Open the appeal"), FollowedAppeal(appeal=payload["appeal"], receipt=True))
    return Notice("\n".join(lines), keyboard([opening]))
