"""The steps of an appeal as its document tells them, in the current language."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from handlers.text import N_, _, current_language
from handlers.views.appeal_history import EVENTS, KINDS, SPEAKERS, climbed
from handlers.views.appeal_names import place_line
from handlers.views.calendar_days import full, moment
from handlers.views.deciding import DECLINE_REASONS
from services.appeals.declining import DeclineReason
from services.appeals.evidence import Evidence
from services.appeals.evidence_sheet import Item, Line, Tone
from services.appeals.history import Moment, Said
from services.appeals.model import AppealEvent, Outcome
from services.organisation.directory import Organisation
from services.people.model import Role

_ROLES = {
    Role.OPERATOR: N_("operator"),
    Role.OFFICIAL: N_("official"),
    Role.ADMINISTRATOR: N_("administrator"),
}
_OUTCOMES = {
    Outcome.CONFIRMED: N_("The citizen has confirmed the solution"),
    Outcome.UNCONFIRMED: N_("The citizen did not say whether it is solved"),
    Outcome.DECLINED: N_("Declined"),
}


def step_item(each: Moment, evidence: Evidence, organisation: Organisation) -> Item:
    """Return one step: when, who, what, and the words that made it."""
    lines = []
    if each.event is not None:
        lines.append(Line(_event(each, each.event, organisation)))
    for said in each.said:
        lines.extend(_said(said))
    return Item(f"{moment(each.at)} · {_who(each, evidence, organisation)}", tuple(lines))


def _who(each: Moment, evidence: Evidence, organisation: Organisation) -> str:
    post = evidence.posts.get(each.staff or 0)
    if post is None:
        return each.name or _(SPEAKERS[each.speaker])
    official = organisation.officials.get(post.official or "")
    position = official.position(current_language()) if official else _(_ROLES[post.role])
    return f"{each.name} ({position})" if each.name else position


def _event(each: Moment, event: AppealEvent, organisation: Organisation) -> str:
    if event is AppealEvent.ASSIGNED and each.whom:
        return _("Handed to: {name}").format(name=each.whom)
    if event is AppealEvent.ESCALATED:
        return climbed(each, organisation)
    return "\n".join([_(EVENTS[event]), *_particulars(each, event, organisation)])


def _particulars(each: Moment, event: AppealEvent, organisation: Organisation) -> Iterator[str]:
    details = each.details
    match event:
        case AppealEvent.EXTENDED:
            yield f"{_day(details['from'])} → {_day(details['to'])}"
        case AppealEvent.RATED:
            yield _("{rating} of 5").format(rating=details["rating"])
        case AppealEvent.CLOSED:
            yield _(_OUTCOMES[Outcome(details["outcome"])])
        case AppealEvent.DECLINED if details["reason"] != DeclineReason.OTHER:
            yield _(DECLINE_REASONS[DeclineReason(details["reason"])])
        case AppealEvent.SORTED:
            yield from _sorted(details.get("to") or {}, organisation)


def _sorted(chosen: Mapping[str, Any], organisation: Organisation) -> Iterator[str]:
    """Yield what was chosen anew."""
    language = current_language()
    kind = organisation.types.get(chosen.get("type") or "")
    if kind is not None:
        yield _("Type: {type}").format(type=kind.name(language))
    topic = organisation.topics.get(chosen.get("topic") or "")
    if topic is not None:
        yield _("Topic: {topic}").format(topic=topic.name(language))
    if chosen.get("region"):
        place = place_line(chosen["region"], chosen.get("district"))
        yield _("Place: {place}").format(place=place)


def _said(said: Said) -> Iterator[Line]:
    yield Line(f"{without_picture(_(KINDS[said.kind]))}:", Tone.MUTED)
    yield Line(said.text, Tone.QUOTE)
    for text, until in said.earlier:
        earlier = without_picture(_("✎ Earlier wording, until {time}:").format(time=moment(until)))
        yield Line(f"{earlier}\n{text}", Tone.EARLIER)


def without_picture(label: str) -> str:
    """Return a label without the picture before it."""
    first, _space, rest = label.partition(" ")
    return label if any(map(str.isalnum, first)) else rest


def _day(iso: str) -> str:
    return full(date.fromisoformat(iso))
