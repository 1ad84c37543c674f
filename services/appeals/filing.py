"""Writing a draft as an appeal, with everything that belongs to it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping

from services.appeals.alarm import raise_alarm
from services.appeals.draft import Draft
from services.appeals.messages import entry_key, file_row
from services.appeals.model import (
    AppealEvent,
    AppealStatus,
    Channel,
    EntryKind,
)
from services.appeals.number import format_number
from services.appeals.search import index_text
from services.appeals.terms import due_on, term_of
from services.appeals.wording import text_problem
from services.calendar.calendar import load_calendar
from services.calendar.working_days import counted_from
from services.campaigns.mandates import campaign_for
from services.clock import local_date
from services.councils.routing import taker_of
from services.language import Language
from services.organisation.directory import Topic, load_topic
from services.places.atlas import atlas
from services.ratings.letters import addressee, addressee_of_then
from services.refusal import N_, Refusal
from services.roadmap.responsibility import route_case
from storage import appeal_entries
from storage import appeals as rows
from storage.appeal_counters import count_day, count_open
from storage.campaigns import find as find_campaign
from storage.council_reading import name_of
from storage.news_reactions import count
from storage.outbox import tell
from storage.vault import blind

_FIRST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Filing:
    """Who files, and how: a citizen in the chat, or a reception desk for a visitor.

    person_id is None where the visitor has no chat; then nobody gets a receipt there.
    """

    person_id: int | None
    channel: Channel = Channel.BOT
    filed_by: int | None = None
    contact_name: str | None = None
    # The version of the text to which a visitor agreed aloud.
    consent: str | None = None

    @property
    def details(self) -> dict[str, str]:
        """What the history keeps of it."""
        if self.consent is None:
            return {}
        return {"channel": self.channel.value, "consent": self.consent}

    @property
    def author(self) -> int | None:
        """Whose messages the words are."""
        return self.person_id if self.filed_by is None else self.filed_by


def file_appeal(connection: Connection, draft: Draft, filing: Filing, now: datetime) -> RowMapping:
    """Write the draft as an appeal with all that belongs to it, and return its row.

    A draft that is filed already changes nothing, whoever files it. Raises Refusal where
    something is missing.

    Key: draft id.
    """
    known = rows.find_by_draft(connection, draft.id)
    if known is None:
        topic = _checked(connection, draft)
        written = _write(connection, draft, topic, filing, now)
        if written is not None:
            _complete(connection, draft, filing, written, now)
        known = written or rows.find_by_draft(connection, draft.id)
    if known is None:
        raise LookupError(draft.id)
    return known


def _checked(connection: Connection, draft: Draft) -> Topic:
    topic = load_topic(connection, draft.topic or "")
    if topic is None or topic.retired:
        raise Refusal(N_("This topic is no longer in use. Please choose another one."))
    if atlas().find(draft.region, draft.district) is None:
        raise Refusal(N_("Please choose the region first."))
    problem = text_problem(draft.text)
    if problem is not None:
        raise Refusal(problem)
    return topic


def _write(
    connection: Connection, draft: Draft, topic: Topic, filing: Filing, now: datetime
) -> RowMapping | None:
    today = local_date(now)
    calendar = load_calendar(connection, today)
    counted = counted_from(now, calendar)
    latitude, longitude = draft.point or (None, None)
    routed = route_case(connection, topic.code, draft.region, draft.district, today)
    deputy = _deputy(connection, draft, today)
    place = (draft.region, draft.district)
    campaign = campaign_for(connection, *place, draft.begun_on, now)
    taker = None
    if topic.for_council and not campaign and deputy is None:
        taker = taker_of(connection, topic.code, draft.region or "", draft.district, today)
    return rows.add_appeal(
        connection,
        {
            "draft_id": draft.id,
            "number": format_number(today.year, rows.next_number(connection, today.year)),
            "person_id": filing.person_id,
            "language": draft.language.value,
            "type": None if draft.type is None else draft.type.value,
            "channel": filing.channel.value,
            "filed_by": filing.filed_by,
            "contact_name": filing.contact_name,
            "contact_phone": draft.phone,
            "contact_phone_blind": None if draft.phone is None else blind(draft.phone),
            "confidential": draft.confidential,
            "particulars": _particulars(draft, topic),
            "post_id": draft.news.post if draft.news else None,
            "campaign": campaign.id if campaign else None,
            "topic": topic.code,
            "section": topic.section,
            "council": taker.council if taker else None,
            "official": taker.official if taker else deputy or routed.official,
            "deputy": deputy,
            "office": routed.office,
            "region": draft.region,
            "district": draft.district,
            "latitude": latitude,
            "longitude": longitude,
            "text": draft.text,
            "status": AppealStatus.REGISTERED.value,
            "version": _FIRST_VERSION,
            "registered_at": now,
            "counted_from": counted,
            "due_on": due_on(counted, term_of(connection, draft.type), calendar),
        },
    )


def _deputy(connection: Connection, draft: Draft, today: date) -> str | None:
    """Return the deputy who answers a letter; raises Refusal where the mandate is over."""
    if draft.recipient is None:
        return None
    return addressee(connection, draft.recipient.deputy, today).code


def _particulars(draft: Draft, topic: Topic) -> dict[str, str] | None:
    asked = [question.code for question in topic.questions if question.code in draft.particulars]
    return {code: draft.particulars[code].words for code in asked} or None


def _complete(
    connection: Connection, draft: Draft, filing: Filing, appeal: RowMapping, now: datetime
) -> None:
    """Write all that belongs to a registration besides the appeal itself."""
    for message_id, words in draft.messages.items():
        appeal_entries.add_entry(
            connection,
            {
                "appeal_id": appeal["id"],
                "key": entry_key(filing.author, message_id),
                "kind": EntryKind.TEXT.value,
                "author": filing.author,
                "text": words,
                "at": now,
            },
        )
    rows.add_attachments(
        connection,
        [file_row(appeal["id"], number, file) for number, file in draft.files.items()],
    )
    rows.add_event(
        connection,
        {
            "appeal_id": appeal["id"],
            "version": _FIRST_VERSION,
            "kind": AppealEvent.REGISTERED.value,
            "at": now,
            "actor": filing.author,
            "details": {
                **filing.details,
                **_council(connection, appeal["council"]),
                **_addressee(connection, appeal["deputy"]),
            },
        },
    )
    count_day(connection, appeal, local_date(now), registered=1)
    count_open(connection, appeal, 1)
    if draft.news is not None:
        count(connection, draft.news.post, responses=1)
    if filing.person_id is not None:
        receipt = _receipt(connection, appeal)
        tell(connection, filing.person_id, "receipt", f"receipt:{appeal['id']}", receipt, now)
    answers = [answer.words for answer in draft.particulars.values()]
    index_text(connection, appeal["id"], draft.text, *answers)
    raise_alarm(connection, appeal, "\n".join([draft.text, *answers]), now)


def _receipt(connection: Connection, appeal: RowMapping) -> dict[str, Any]:
    due: date = appeal["due_on"]
    term = term_of(connection, appeal["type"])
    return {
        "appeal": appeal["id"],
        "number": appeal["number"],
        "type": appeal["type"],
        "topic": appeal["topic"],
        "region": appeal["region"],
        "district": appeal["district"],
        "confidential": appeal["confidential"],
        "office": appeal["office"],
        "official": appeal["official"],
        "registered_on": local_date(appeal["registered_at"]).isoformat(),
        "due_on": due.isoformat(),
        **_mandate(connection, appeal["campaign"]),
        **_council(connection, appeal["council"]),
        **_addressee(connection, appeal["deputy"]),
        "term": term.days,
        "unit": term.unit.value,
    }


def _mandate(connection: Connection, campaign_id: int | None) -> dict[str, str]:
    """Return the title of the campaign to which it belongs, in both languages."""
    row = None if campaign_id is None else find_campaign(connection, campaign_id)
    if row is None:
        return {}
    return {"campaign_kk": row["title_kk"], "campaign_ru": row["title_ru"]}


def _addressee(connection: Connection, deputy: str | None) -> dict[str, str]:
    """Return to which deputy it was written, in both languages."""
    if deputy is None:
        return {}
    whom = addressee_of_then(connection, deputy)
    return {"deputy_kk": whom.name(Language.KAZAKH), "deputy_ru": whom.name(Language.RUSSIAN)}


def _council(connection: Connection, council: str | None) -> dict[str, str]:
    """Return the public council that has it, by its code and its name in both languages."""
    row = None if council is None else name_of(connection, council)
    if council is None or row is None:
        return {}
    return {"council": council, "council_kk": row["name_kk"], "council_ru": row["name_ru"]}
