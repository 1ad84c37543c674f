"""What a citizen is told of a registration: the receipt."""

from collections.abc import Mapping
from datetime import date
from html import escape
from typing import Any

from handlers.buttons import button, keyboard
from handlers.notice import Notice
from handlers.text import _, current_language, pick
from handlers.views.appeal_callbacks import OwnAppeal
from handlers.views.appeal_names import place_line, topic_line, type_line
from handlers.views.calendar_days import full
from handlers.views.emphasis import bold
from services.appeals.terms import UNSORTED
from services.organisation.directory import Organisation, TermUnit

STATE_SERVICE = "state_service"


def receipt_notice(payload: Mapping[str, Any], organisation: Organisation) -> Notice:
    """Return the receipt: number, dates, who is responsible, and what a party can promise."""
    language = current_language()
    party = organisation.party.name(language)
    office = organisation.offices.get(payload["office"])
    official = organisation.officials.get(payload["official"])
    place = place_line(payload["region"], payload["district"])
    lines = [
        bold(
            _("✅ Your letter to the deputy is registered.")
            if "deputy_kk" in payload
            else _("✅ Your mandate is registered.")
            if "campaign_kk" in payload
            else _("✅ Your appeal is registered.")
        ),
        *_deputy(payload),
        *_mandate(payload),
        _("Number: {number}").format(number=f"<code>{payload['number']}</code>"),
        *_type(payload, organisation),
        _("Topic: {topic}").format(topic=escape(topic_line(payload["topic"], organisation))),
        _("Place: {place}").format(place=escape(place)),
        _("Registered: {date}").format(date=_day(payload["registered_on"])),
        _("Answer due by: {date}").format(date=_day(payload["due_on"])),
        _("Responsible office: {office}").format(
            office=escape(office.name(language) if office else party)
        ),
    ]
    if "council_kk" in payload:
        council = escape(pick(payload["council_kk"], payload["council_ru"]))
        lines.append(_("🏛 Public council: {council}").format(council=council))
    if official is not None and "deputy_kk" not in payload:
        name = f"{official.name(language)}, {official.position(language)}"
        lines.append(_("Answers for this section: {official}").format(official=escape(name)))
    if payload.get("confidential"):
        lines.append(_("🔒 Confidential: your name and phone are hidden."))
    lines += ["", bold(_("What happens next")), _next_steps(), "", _promise(party, payload)]
    if STATE_SERVICE in organisation.texts:
        lines.append(escape(organisation.text(STATE_SERVICE, language)))
    opening = button(_("Open the appeal"), OwnAppeal(appeal=payload["appeal"], receipt=True))
    return Notice("\n".join(lines), keyboard([opening]))


def _type(payload: Mapping[str, Any], organisation: Organisation) -> list[str]:
    kind = payload.get("type")
    if kind is None:
        return []
    return [_("Type: {type}").format(type=escape(type_line(kind, organisation)))]


def _deputy(payload: Mapping[str, Any]) -> list[str]:
    if "deputy_kk" not in payload:
        return []
    name = escape(pick(payload["deputy_kk"], payload["deputy_ru"]))
    return [_("✉️ Answers it: {name}").format(name=name)]


def _mandate(payload: Mapping[str, Any]) -> list[str]:
    if "campaign_kk" not in payload:
        return []
    title = escape(pick(payload["campaign_kk"], payload["campaign_ru"]))
    return [_("🗳 Mandate: {campaign}").format(campaign=title)]


def _next_steps() -> str:
    return _(
        "The responsible official reads your appeal and answers here, in this chat. "
        "You can see where it stands at any time: /my\n"
        "Something to add? Reply to this message."
    )


def _promise(party: str, payload: Mapping[str, Any]) -> str:
    if payload.get("unit") == TermUnit.CALENDAR:
        text = _(
            "{party} is not a state body. By the party’s own rule the term of an answer "
            "in calendar days is: {days}"
        )
    else:
        text = _(
            "{party} is not a state body. By the party’s own rule the term of an answer "
            "in working days is: {days}"
        )
    return text.format(party=escape(party), days=payload.get("term", UNSORTED.days))


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso))
