"""What happens by the clock: the jobs of the minute tick, in their order."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from functools import partial

from bot.attachments import AttachmentCopies
from bot.backups import DailyBackup
from bot.conversation import ConversationStorage
from bot.digest_delivery import DigestDelivery
from bot.digest_files import PeriodDigests
from bot.feeds import Feeds
from bot.forgetting import Forgetting
from bot.poll_channel import ChannelResults
from bot.resealing import Resealing
from bot.scheduler import Job
from bot.worker import Run, worker
from services.appeals.closing import (
    BATCH,
    ask_about_promises,
    close_silent,
    remind_of_silence,
)
from services.appeals.departures import departures_due, follow_departures
from services.appeals.queue import return_expired_leases
from services.appeals.reminding import (
    hold_back,
    remind,
    reminders_due,
    waits_out_of_hours,
)
from services.campaigns.silence import authors_to_tell, tell_authors
from services.clock import Clock, SystemClock
from services.delivery.letters import follow_clock
from services.delivery.policy import Policy
from services.digests.queueing import BATCH as DIGESTS
from services.digests.queueing import queue_digests
from services.digests.undistributed import queue_undistributed
from services.news.digest import Due, due_digests, last_hours, launch_digest
from services.openness.publishing import due_month, publish_month
from services.operations.heartbeat import beat
from services.organisation.directory import Organisations
from services.people.retention import TERMS, Kind
from services.people.sessions import end_sessions, sessions_due
from services.polls.ballot_box import BallotBox
from services.polls.closing import Closing
from services.polls.inviting import Inviting
from services.polls.locked_launch import launch_ready
from services.polls.named import forget_names, names_due
from services.polls.orphans import sweep_keys
from services.polls.participation import update_participation
from services.polls.themes import forget_texts, texts_due
from services.programmes.queue import offer_places, places_due
from services.programmes.reminding import remind_of_session, sessions_to_remind_of
from services.programmes.topics import retire_topics, topics_outlived
from services.roadmap.reminding import remind_of_reports, reports_due
from services.stories.takers import being_listed, list_page, listed_to, next_takers
from storage import quarantine
from storage.database import Database

REMINDING_ROUNDS = 10  # batches of reminders a tick
COUNTERS = 2  # processes; what two cores can open in a minute is a million ballots
QUARANTINE = timedelta(days=TERMS[Kind.UNREADABLE].days)


def counting_apart() -> AbstractAsyncContextManager[Run]:
    """Give processes in which the ballots of a poll are counted; they end with the block."""
    return worker(processes=COUNTERS)


def jobs(
    db: Database,
    clock: Clock,
    *,
    conversations: ConversationStorage,
    closing: Closing,
    policy: Policy,
    backups: DailyBackup,
    copies: AttachmentCopies,
    resealing: Resealing,
    feeds: Feeds,
    channel_results: ChannelResults,
    period_digests: PeriodDigests,
    digest_delivery: DigestDelivery,
    forgetting: Forgetting,
) -> tuple[Job, ...]:
    """Return the leader's jobs; each asks the tables what is due now."""

    async def set_back() -> None:
        await db.write(follow_clock, clock.now())

    async def digests() -> None:
        await _queue_digests(db, clock)
        await db.write(queue_undistributed, clock.now())

    async def close_polls() -> None:
        await closing.close_due(clock.now())

    async def answered_appeals() -> None:
        for step in (remind_of_silence, close_silent, ask_about_promises):
            while await db.write(step, clock.now(), BATCH) == BATCH:
                pass

    async def old_quarantine() -> None:
        await db.write(quarantine.expire, clock.now() - QUARANTINE)

    async def untouched_appeals() -> None:
        await db.write(return_expired_leases, clock.now())

    async def participation() -> None:
        await update_participation(db, clock.now())

    return (
        Job("letters after the clock was set back", set_back),
        Job("sessions of staff", partial(_end_sessions, db, clock)),
        Job("appeals of those who left", partial(_follow_departures, db, clock)),
        Job("reminders of due dates", partial(_remind, db, clock)),
        Job("reminders of reports", partial(_remind_of_reports, db, clock)),
        Job("appeals that nobody touched", untouched_appeals),
        Job("digests on their way", digest_delivery.look),  # what came of yesterday's comes first
        Job("digests", digests),  # after what may bring an official appeals this morning
        Job("digests of longer periods", period_digests.look),
        Job("digests by e-mail", digest_delivery.begin_to_mail),
        Job("news together", news_together(db, clock)),
        Job("mailings in the silence before a vote", partial(_tell_authors, db, clock)),
        Job("who is told a story", partial(_list_takers, db, clock)),
        Job("participation in polls", participation),
        Job("polls whose passphrases are set", partial(_open_polls, closing, policy, clock)),
        Job("polls that close", close_polls),
        Job("keys that no poll needs", partial(_sweep_keys, closing)),
        Job("results in the channel", channel_results.look),
        Job("invitations to polls", partial(_invite, Inviting(closing.db, closing.keys), clock)),
        Job("old answers in words", partial(_forget_words, db, clock)),
        Job("answered appeals", answered_appeals),
        Job("old conversations", conversations.expire),
        Job("old updates that nobody could read", old_quarantine),
        Job("open figures of a month", partial(_publish_openness, db, clock)),
        Job("places in programmes", partial(_offer_places, db, clock)),
        Job("reminders of sessions", partial(_remind_of_sessions, db, clock)),
        Job("news of programmes that are over", partial(_retire_topics, db, clock)),
        Job("feeds", feeds.look),
        Job("copies of files", copies.look),
        Job("what is under an older key", resealing.look),
        Job("backup", backups.look),
        Job("old data", forgetting.look),
    )


def news_together(db: Database, clock: Clock) -> Callable[[], Awaitable[None]]:
    """Return the job that launches digests of news.

    It remembers at which it has looked: finding that nobody waits can take a second where
    hundreds of thousands have chosen one hour, and that is not to be asked each minute.
    """
    looked_at: frozenset[Due] = frozenset()

    async def run() -> None:
        nonlocal looked_at
        now = clock.now()
        for due in await db.read(due_digests, now, looked_at):
            await db.write(launch_digest, due, now)
        looked_at = frozenset(last_hours(now))

    return run


async def _open_polls(closing: Closing, policy: Policy, clock: Clock) -> None:
    await launch_ready(closing.db, closing.keys, policy, clock.now())


async def _sweep_keys(closing: Closing) -> None:
    # Files bear the machine's time, whatever a demonstration's clock says.
    await sweep_keys(closing.db, closing.keys, SystemClock().now())


async def _invite(inviting: Inviting, clock: Clock) -> None:
    await inviting.look(clock.now())


async def _forget_words(db: Database, clock: Clock) -> None:
    """Delete answers in words 30 days after closing, names of named polls after 90."""
    forgotten = False
    for due, forget in ((texts_due, forget_texts), (names_due, forget_names)):
        while await db.read(due, clock.now()):
            forgotten = bool(await db.write(forget, clock.now())) or forgotten
    if forgotten:
        await db.scrub(anew=False)


async def _remind(db: Database, clock: Clock) -> None:
    """Give the reminders that are due; what was not sent in office hours waits for the next."""
    if await db.read(waits_out_of_hours, clock.now()):
        await db.write(hold_back, clock.now())
    for _ in range(REMINDING_ROUNDS):
        if not await db.read(reminders_due, clock.now()):
            break
        await db.write(remind, clock.now())


async def _tell_authors(db: Database, clock: Clock) -> None:
    if await db.read(authors_to_tell, clock.now()):
        await db.write(tell_authors, clock.now())


async def _list_takers(db: Database, clock: Clock) -> None:
    """List who took part in what new stories are tied to, page by page from where it stands."""
    for story in await db.read(being_listed):
        more = True
        while more:
            after = await db.read(listed_to, story.id)
            people = await db.read(next_takers, story, after)
            more = await db.write(list_page, story, after, people, clock.now())


async def _remind_of_reports(db: Database, clock: Clock) -> None:
    if await db.read(reports_due, clock.now()):
        await db.write(remind_of_reports, clock.now())


async def _offer_places(db: Database, clock: Clock) -> None:
    if await db.read(places_due, clock.now()):
        await db.write(offer_places, clock.now())


async def _remind_of_sessions(db: Database, clock: Clock) -> None:
    for programme, number, _stage in await db.read(sessions_to_remind_of, clock.now()):
        await db.write(remind_of_session, programme, number, clock.now())


async def _retire_topics(db: Database, clock: Clock) -> None:
    if await db.read(topics_outlived, clock.now()):
        await db.write(retire_topics, clock.now())


async def _queue_digests(db: Database, clock: Clock) -> None:
    while await db.write(queue_digests, clock.now(), DIGESTS) == DIGESTS:
        pass


async def _publish_openness(db: Database, clock: Clock) -> None:
    while (month := await db.read(due_month, clock.now())) is not None:
        await db.write(publish_month, month, clock.now())


async def _end_sessions(db: Database, clock: Clock) -> None:
    if await db.read(sessions_due, clock.now()):
        await db.write(end_sessions, clock.now())


async def _follow_departures(db: Database, clock: Clock) -> None:
    if await db.read(departures_due, clock.now()):
        await db.write(follow_departures, clock.now())


def upkeep(clock: Clock, organisations: Organisations, ballot_box: BallotBox) -> tuple[Job, ...]:
    """Return the jobs of every process, the leader or not: what it keeps in memory."""

    async def forget_keys() -> None:
        await ballot_box.forget_closed(clock.now())

    return (
        Job("the organisation's data", organisations.refresh),
        Job("keys of polls that closed", forget_keys),
    )


def heartbeat(db: Database, clock: Clock, looks: Callable[[], int]) -> Job:
    """Return the job by which a leader shows that it ticks and that its sender lives.

    `looks` counts the sender's looks into the database; while it stands still nothing is written
    after the first tick.
    """
    seen = -1

    async def run() -> None:
        nonlocal seen
        now_seen = looks()
        if now_seen != seen:
            seen = now_seen
            await db.write(beat, clock.now())

    return Job("heartbeat", run)
