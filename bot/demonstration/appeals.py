"""What people asked for, and what they were answered."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from bot.demonstration.moments import at, working
from bot.demonstration.people import languages
from bot.demonstration.seed import Seed, SeedAnswer, SeedAppeal
from services.appeals.answering import answer_appeal
from services.appeals.closing import ask_about_promises, close_silent, remind_of_silence
from services.appeals.draft import Draft
from services.appeals.model import RegisteredAppeal
from services.appeals.queue import begin
from services.appeals.quoting import approve_quote, propose_quote
from services.appeals.registration import register_appeal
from services.appeals.verdict import confirm_appeal, dispute_appeal, rate_appeal
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.language import Language
from services.organisation.directory import load_organisation
from services.places.atlas import atlas
from services.roadmap.responsibility import responsible_official

_FIRST_VERSION = 1
_LATER_MESSAGE = 2
_SOLVED_FROM = 4  # stars
_MORNING = time(9, 5)


def add_appeals(
    connection: Connection,
    seed: Seed,
    accounts: Mapping[str, int],
    operator: int,
    start: datetime,
) -> None:
    """Register and answer the appeals in the order of time; topics that are gone are left out."""
    topics = load_organisation(connection).topics
    spoken = languages(seed)
    came = [(at(start, appeal.days_ago, appeal.time), appeal) for appeal in seed.appeals]
    for index, (moment, appeal) in enumerate(sorted(came, key=lambda pair: pair[0])):
        topic = topics.get(appeal.topic)
        if topic is None or topic.retired:
            continue
        draft = _draft(f"demo-appeal-{index}", appeal, spoken[appeal.person])
        registered = register_appeal(connection, draft, appeal.person, moment)
        if appeal.quoted:
            quote = propose_quote(connection, registered.id, operator).text
            approve_quote(connection, registered.id, operator, quote, moment)
        official = responsible_official(connection, topic.section, local_date(moment))
        account = accounts.get(official or "")
        if appeal.answer is not None and account is not None:
            _answer(connection, registered, appeal, appeal.answer, account, moment)
        elif appeal.begun and account is not None:
            begin(connection, registered.id, _FIRST_VERSION, account, moment + timedelta(hours=2))
    _let_time_pass(connection, seed, start)


def _draft(draft_id: str, appeal: SeedAppeal, language: Language) -> Draft:
    place = atlas().place(appeal.place)
    if place is None:
        raise ValueError(f"there is no place {appeal.place}")
    return Draft(
        id=draft_id,
        language=language,
        topic=appeal.topic,
        region=place.region.kato,
        district=place.district.kato if place.district else None,
        texts={1: appeal.text},
    )


def _answer(
    connection: Connection,
    registered: RegisteredAppeal,
    appeal: SeedAppeal,
    answer: SeedAnswer,
    actor: int,
    came: datetime,
) -> None:
    calendar = load_calendar(connection, local_date(came))
    moment = working(came + timedelta(days=answer.after), calendar)
    promised = None
    if answer.promised is not None:
        promised = local_date(moment) + timedelta(days=answer.promised)
    version = answer_appeal(
        connection,
        registered.id,
        _FIRST_VERSION,
        actor,
        answer.text,
        moment,
        promised=promised,
    ).version
    said = (registered.id, version, appeal.person)
    later = moment + timedelta(hours=3)
    if answer.disputed is not None:
        dispute_appeal(connection, *said, _LATER_MESSAGE, answer.disputed, later)
        return
    if answer.rating is not None and answer.rating >= _SOLVED_FROM:
        confirm_appeal(connection, *said, later)
    if answer.rating is not None:
        rate_appeal(connection, *said, answer.rating, later)


def _let_time_pass(connection: Connection, seed: Seed, start: datetime) -> None:
    """Do what the clock did on each morning since the first appeal."""
    first = max((appeal.days_ago for appeal in seed.appeals), default=0)
    mornings = (at(start, days_ago, _MORNING) for days_ago in range(first, -1, -1))
    for morning in mornings:
        if morning <= start:
            for step in (remind_of_silence, close_silent, ask_about_promises):
                step(connection, morning)
