"""Playing the seed file through the real use cases, with the times of the past."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from bot.demonstration.appeals import add_appeals
from bot.demonstration.councils import play_councils
from bot.demonstration.moments import at
from bot.demonstration.openness import play_openness
from bot.demonstration.people import add_people, add_pins, crowd_ids
from bot.demonstration.polls import add_polls
from bot.demonstration.programmes import play_programmes
from bot.demonstration.proposals import play_proposals
from bot.demonstration.ratings import play_letters, play_ratings
from bot.demonstration.roadmap import play_roadmap
from bot.demonstration.school import play_school
from bot.demonstration.seed import Seed, read_seed
from bot.demonstration.stories import play_stories
from services.appeals.reminding import remind
from services.appeals.stages import OPENS
from services.clock import Clock, local_date
from services.news.model import Draft
from services.news.posts import publish_post
from services.organisation.directory import load_organisation
from services.organisation.importing import import_if_empty
from services.people.model import Role
from services.polls.keys import PollKeys
from storage.database import Database
from storage.demonstration import begin_roles, call_everything_told, call_unreachable
from storage.facts import read_fact, write_fact

ORGANISATION = Path(__file__).resolve().parents[2] / "services/organisation/demonstration.yaml"

# Everybody came before the first appeal.
_HISTORY = timedelta(days=70)
_LONG = timedelta(days=3650)
_REMINDED = 14  # days
_PLAYED = "demonstration"


async def load(
    db: Database,
    clock: Clock,
    keys: PollKeys,
    path: Path,
    *,
    organisation: Path = ORGANISATION,
) -> None:
    """Fill the database with the demonstration, counted back from now; a second time does nothing.

    Nobody is sent what was said in the past; the crowd is not on the desk and cannot be reached.
    """
    if await db.read(read_fact, _PLAYED) is not None:
        return
    seed, start = read_seed(path), clock.now()
    operator = next(person.id for person in seed.people if person.role is Role.OPERATOR)
    await db.write(_play_appeals, seed, operator, organisation, start)
    await add_polls(db, keys, seed, operator, start)
    await db.write(play_roadmap, seed, start)
    await db.write(_play_news, seed, operator, start)
    await db.write(_play_openness, seed, start)
    await db.write(_play_ratings, seed, start)
    await db.write(_play_school, seed, start)
    await db.write(_play_programmes, seed, start)
    await db.write(_play_councils, seed, operator, start)
    await db.write(play_proposals, seed.proposals, crowd_ids(seed), start)
    await db.write(play_stories, seed.stories, operator, start)
    await db.write(_play_reminders, start)
    await db.write(_settle, seed, start)


def _play_appeals(
    connection: Connection, seed: Seed, operator: int, organisation: Path, start: datetime
) -> None:
    joined = start - _HISTORY
    import_if_empty(connection, organisation, local_date(joined))
    accounts = add_people(connection, seed, joined)
    add_appeals(connection, seed, accounts, operator, start)


def _play_news(connection: Connection, seed: Seed, operator: int, start: datetime) -> None:
    topics = load_organisation(connection).news_topics
    for post in sorted(seed.news, key=lambda post: -post.days_ago):
        if post.topic in topics:
            draft = Draft(post.topic, post.text_kk, post.text_ru)
            moment = at(start, post.days_ago, post.time)
            publish_post(connection, operator, post.draft, draft, moment)


def _play_openness(connection: Connection, seed: Seed, start: datetime) -> None:
    held = {person.role: person.id for person in seed.people}
    if seed.openness is not None and {Role.ADMINISTRATOR, Role.AUDITOR} <= held.keys():
        asker, second = held[Role.ADMINISTRATOR], held[Role.AUDITOR]
        play_openness(connection, seed.openness, asker, second, start)


def _play_ratings(connection: Connection, seed: Seed, start: datetime) -> None:
    held = {person.role: person.id for person in seed.people if person.role is not None}
    if seed.ratings is not None and {Role.EDITOR, Role.ADMINISTRATOR} <= held.keys():
        play_ratings(connection, seed.ratings, held, start)
        if seed.ratings.letters is not None:
            play_letters(connection, seed.ratings.letters, crowd_ids(seed), start)


def _play_school(connection: Connection, seed: Seed, start: datetime) -> None:
    held = {person.role: person.id for person in seed.people}
    if seed.school is not None and Role.EDITOR in held:
        play_school(connection, seed.school, held[Role.EDITOR], "unqosu_desk_bot", start)


def _play_programmes(connection: Connection, seed: Seed, start: datetime) -> None:
    held = {person.role: person.id for person in seed.people}
    if Role.ADMINISTRATOR in held:
        editor = held[Role.ADMINISTRATOR]
        play_programmes(connection, seed.programmes, editor, crowd_ids(seed), start)


def _play_councils(connection: Connection, seed: Seed, operator: int, start: datetime) -> None:
    if seed.councils is not None:
        play_councils(connection, seed.councils, operator, start)


def _play_reminders(connection: Connection, start: datetime) -> None:
    """Remind as it would have been, day by day, of what is open: nobody is told of it now."""
    for days_ago in reversed(range(_REMINDED)):
        remind(connection, min(at(start, days_ago, OPENS), start))


def _settle(connection: Connection, seed: Seed, start: datetime) -> None:
    add_pins(connection, seed, start)
    call_everything_told(connection, start)
    reachable = [person.id for person in seed.people if person.started]
    call_unreachable(connection, reachable, start)
    # They get digests from then on: administrators would hear each morning that none can go out.
    begin_roles(connection, [person.id for person in seed.people], start + _LONG)
    write_fact(connection, _PLAYED, start.isoformat(), start)
