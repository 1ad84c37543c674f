"""What a citizen is told about an appeal: the receipt and the answer."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language
from handlers.views.appeal_callbacks import OwnAppeal
from handlers.views.appeal_card import rating_rows
from handlers.views.appeal_draft import place_line, topic_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.registration import TERM
from services.organisation.directory import Organisation

_STATE_SERVICE = "state_service"


def receipt_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the receipt: number, dates, who is responsible, and what a party can promise."""
    language = current_language()
    party = organisation.party.name(language)
    office = organisation.offices.get(payload["office"])
    official = organisation.officials.get(payload["official"])
    place = place_line(payload["region"], payload["district"])
    lines = [
        bold(_("✅ Your appeal is registered.")),
        _("Number: {number}").format(number=f"<code>{payload['number']}</code>"),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
        _("Place: {place}").format(place=escape(place)),
        _("Registered: {date}").format(date=_day(payload["registered_on"])),
        _("Answer due by: {date}").format(date=_day(payload["due_on"])),
        _("Responsible office: {office}").format(
            office=escape(office.name(language) if office else party)
        ),
    ]
    if official is not None:
        name = f"{official.name(language)}, {official.position(language)}"
        lines.append(_("Answers for this section: {official}").format(official=escape(name)))
    lines += ["", bold(_("What happens next")), _next_steps(), "", _promise(party)]
    if _STATE_SERVICE in organisation.texts:
        lines.append(escape(organisation.text(_STATE_SERVICE, language)))
    opening = button(_("Open the appeal"), OwnAppeal(appeal=payload["appeal"], receipt=True))
    return Notice("\n".join(lines), keyboard([opening]))


def answer_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the answer, by whom it is, and the buttons to rate it."""
    language = current_language()
    official = organisation.officials.get(payload["official"])
    lines = [
        bold(_("✉️ Your appeal has been answered.")),
        _("Number: {number}").format(number=payload["number"]),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
    ]
    if official is not None:
        name = f"{official.name(language)}, {official.position(language)}"
        lines.append(_("Answered by: {official}").format(official=escape(name)))
    lines += [
        f"<blockquote>{escape(payload['text'])}</blockquote>",
        _("How good is this answer, from 1 to 5? And is the matter solved?"),
    ]
    return Notice("\n".join(lines), keyboard(*rating_rows(payload["appeal"])))


def _next_steps() -> str:
    return _(
        "The responsible official reads your appeal and answers here, in this chat. "
        "You can see where it stands at any time: /my"
    )


def _promise(party: str) -> str:
    text = _(
        "{party} is not a state body. By the party’s own rule the term of an answer "
        "in working days is: {days}"
    )
    return text.format(party=escape(party), days=TERM)


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso))
