"""What people asked for, and what they were answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.demonstration.moments import at, working
from bot.demonstration.people import languages
from bot.demonstration.seed import Seed, SeedAnswer, SeedAppeal
from services.appeals.answering import answer_appeal, rate_appeal
from services.appeals.draft import Draft
from services.appeals.model import RegisteredAppeal
from services.appeals.registration import register_appeal
from services.calendar.calendar import load_calendar
from services.clock import local_date
from services.language import Language
from services.organisation.directory import load_organisation
from services.places.atlas import atlas
from services.roadmap.responsibility import responsible_official

_FIRST_VERSION = 1
_SOLVED_FROM = 4  # stars


def add_appeals(
    connection: Connection, seed: Seed, accounts: Mapping[str, int], start: datetime
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
        official = responsible_official(connection, topic.section, local_date(moment))
        account = accounts.get(official or "")
        if appeal.answer is not None and account is not None:
            _answer(connection, registered, appeal, appeal.answer, account, moment)


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
    answered = answer_appeal(connection, registered.id, _FIRST_VERSION, actor, answer.text, moment)
    if answer.rating is not None:
        rate_appeal(
            connection,
            answered.id,
            appeal.person,
            moment + timedelta(hours=3),
            rating=answer.rating,
            solved=answer.rating >= _SOLVED_FROM,
        )
