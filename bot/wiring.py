"""Everything put together once, from the settings to a dispatcher that can take updates."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.types import TelegramObject

from bot import errors
from bot.allowance import Allowance
from bot.apology import Apology
from bot.attachments import AttachmentCopies
from bot.backups import DailyBackup
from bot.charts import WorkerCharts
from bot.clock import clock_of
from bot.confidence import Confidence
from bot.conversation import ConversationStorage
from bot.digest_delivery import DigestDelivery
from bot.digest_files import DigestFiles, PeriodDigests
from bot.digest_ways import ByMail, ThroughTelegram, open_channels
from bot.duties import LeadersWork
from bot.feed_fetching import Fetcher
from bot.feeds import Feeds
from bot.forgetting import Forgetting
from bot.i18n import Catalogues
from bot.inspection import WorkerInspection
from bot.jobs import counting_apart, jobs, upkeep
from bot.leadership import Leadership
from bot.middlewares.allowance import AllowanceMiddleware
from bot.middlewares.person import PersonMiddleware
from bot.middlewares.session import SessionMiddleware
from bot.middlewares.turn import TurnMiddleware, WrittenFirst
from bot.nursery import Nursery
from bot.papers import WorkerPapers
from bot.poll_channel import ChannelResults
from bot.resealing import Resealing
from bot.runner.reply import RidingAnswers, Seats
from bot.scheduler import Scheduler
from bot.sender.rendering import Rendering
from bot.sender.sender import Sender
from bot.settings import Settings
from bot.switchboard import Switchboard
from bot.telegram import make_bot
from handlers import routers
from handlers.citizen.plain_vote import PlainVotes
from handlers.citizen.survey.showing import Surveying
from services.clock import Clock, local_date
from services.delivery.policy import Policy
from services.digests.channel import Way
from services.digests.model import Channel
from services.news.digest import NEWS_DIGEST, variants
from services.organisation.directory import Organisations
from services.organisation.importing import import_if_empty
from services.people.directory import Directory
from services.people.sessions import keep_hours
from services.people.staff import appoint_known_administrators
from services.polls.ballot_box import BallotBox
from services.polls.closing import Closing
from services.polls.invitations import KIND, REMINDER, Invitees
from services.polls.keys import PollKeys
from services.polls.telling import RESULT_KIND, result_variants
from storage.data_keys import note_key
from storage.database import Database, open_database
from storage.leader import leader_of

log = structlog.get_logger()

# Mailings of which not everybody gets the same.
VARIANTS = {NEWS_DIGEST: variants, RESULT_KIND: result_variants}


@dataclass(frozen=True, slots=True)
class Application:
    """The assembled bot; its parts are started by the runner."""

    settings: Settings
    db: Database
    clock: Clock
    bot: Bot
    dispatcher: Switchboard
    # What most updates are when a poll is announced, dealt with before the dispatcher.
    votes: PlainVotes
    apology: Apology
    i18n: Catalogues
    nursery: Nursery
    work: LeadersWork
    leadership: Leadership
    # What every process looks after by the clock, the leader or not.
    upkeep: Scheduler
    # For calls that ride in the responses to the webhook.
    seats: Seats
    # Which updates may not be written down as they came.
    confidence: Confidence


class NudgeMiddleware(BaseMiddleware):
    """Wakes the sender after each update: what it queued goes out at once."""

    def __init__(self, nudge: Callable[[], None]) -> None:
        self._nudge = nudge

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        """Run the handler, then nudge."""
        try:
            return await handler(event, data)
        finally:
            self._nudge()


@asynccontextmanager
async def assemble(settings: Settings) -> AsyncIterator[Application]:
    """Open what the bot needs, put it together, and close it again in the other order."""
    clock = await clock_of(settings.clock_url)
    db = await open_database(settings.database_url)
    try:
        async with make_bot(settings) as bot, Nursery() as nursery:
            yield await _put_together(settings, db, clock, bot, nursery)
    finally:
        await db.close()


async def _put_together(
    settings: Settings, db: Database, clock: Clock, bot: Bot, nursery: Nursery
) -> Application:
    await db.write(note_key, clock.now())
    await db.write(import_if_empty, settings.organisation_file, local_date(clock.now()))
    await db.write(appoint_known_administrators, settings.admin_ids, clock.now())
    await db.write(keep_hours, settings.staff_session_hours, clock.now())
    i18n = Catalogues()
    people = Directory(db, clock)
    organisations = Organisations(db)
    await organisations.refresh()
    keys = PollKeys(settings.keys_dir)
    if exposed := await asyncio.to_thread(keys.exposed):
        log.warning("Keys of polls are open to others on this machine", files=len(exposed))
    ballot_box = BallotBox(db, keys)
    charts = WorkerCharts(settings.charts_dir, i18n)
    allowance = Allowance(
        settings.messages_per_second,
        free=settings.free_messages_per_second,
        per_chat=settings.messages_per_second_in_chat,
    )
    policy = policy_of(settings)
    storage = ConversationStorage(db, clock.now)
    bot.session.middleware(RidingAnswers())
    bot.session.middleware(WrittenFirst(storage))
    bot.session.middleware(AllowanceMiddleware(allowance))
    backups = DailyBackup(
        settings.backup_dir,
        settings.backup_keep,
        environment=backup_environment(settings),
        clock=clock,
        nursery=nursery,
    )

    copies = AttachmentCopies(
        settings.attachments_dir, bot=bot, db=db, clock=clock, nursery=nursery
    )

    feeds = Feeds(
        Fetcher(local=settings.clock_url is not None), db=db, clock=clock, nursery=nursery
    )

    digest_files = DigestFiles(settings.charts_dir, i18n, organisations)
    by_mail = ByMail(
        settings.relay,
        settings.smtp_from,
        bot=bot,
        clock=clock,
        rendering=Rendering(i18n, organisations),
        files=digest_files.attachments,
    )
    ways: dict[Channel, Way] = {Channel.TELEGRAM: ThroughTelegram(db), Channel.EMAIL: by_mail}

    invitees = Invitees(keys, clock)
    chosen_for = VARIANTS | {KIND: invitees.invited, REMINDER: invitees.reminded}

    def make_sender(database: Database) -> Sender:
        return Sender(
            bot,
            database,
            clock,
            i18n,
            organisations,
            allowance,
            policy,
            chosen_for,
            WorkerPapers(),
        )

    work = LeadersWork(
        db,
        clock,
        make_sender,
        jobs(
            db,
            clock,
            conversations=storage,
            policy=policy,
            closing=Closing(
                db,
                keys,
                counting_apart,
                charts,
                partial(storage.forget_poll, states=(str(Surveying.answers.state),)),
            ),
            backups=backups,
            copies=copies,
            resealing=Resealing(settings.attachments_dir, db=db, clock=clock, nursery=nursery),
            feeds=feeds,
            channel_results=ChannelResults(bot, db, clock, charts, i18n, policy.channel),
            period_digests=PeriodDigests(digest_files, db=db, clock=clock, nursery=nursery),
            digest_delivery=DigestDelivery(ways, db=db, clock=clock, nursery=nursery),
            forgetting=Forgetting(
                settings.attachments_dir,
                bot=bot,
                db=db,
                clock=clock,
                i18n=i18n,
                people=people,
                conversations=storage,
                nursery=nursery,
            ),
        ),
    )
    dispatcher = Switchboard(
        storage=storage,
        db=db,
        clock=clock,
        people=people,
        organisations=organisations,
        keys=keys,
        ballot_box=ballot_box,
        charts=charts,
        inspection=WorkerInspection(bot, settings.attachments_dir),
        nursery=nursery,
        policy=policy,
        feeds=feeds,
        papers=WorkerPapers(),
        channels=open_channels(settings.relay),
        i18n=i18n,
        backup_keep=settings.backup_keep,
        # Put in its place below: the turn must begin before the state is read.
        disable_fsm=True,
    )
    confidence = Confidence(storage, bot.id)
    dispatcher.update.outer_middleware(TurnMiddleware(storage))
    dispatcher.update.outer_middleware(dispatcher.fsm)
    dispatcher.update.outer_middleware(confidence)
    dispatcher.update.outer_middleware(
        PersonMiddleware(people, i18n, db, clock, settings.admin_ids)
    )
    if settings.staff_session_hours:
        dispatcher.update.outer_middleware(SessionMiddleware(db, clock))
    dispatcher.update.outer_middleware(NudgeMiddleware(work.nudge))
    dispatcher.include_routers(errors.router(), routers.root())
    return Application(
        settings=settings,
        db=db,
        clock=clock,
        bot=bot,
        dispatcher=dispatcher,
        apology=Apology(bot, i18n, people.language),
        votes=PlainVotes(people, ballot_box, i18n, clock),
        i18n=i18n,
        nursery=nursery,
        work=work,
        leadership=Leadership(leader_of(db), work),
        seats=Seats(allowance),
        confidence=confidence,
        upkeep=Scheduler(upkeep(clock, organisations, ballot_box)),
    )


def policy_of(settings: Settings) -> Policy:
    """Return what the settings allow mailings."""
    channel = settings.party_channel
    return Policy(
        approval_above=settings.approval_above,
        per_week=settings.mailings_per_week,
        paid_stars=settings.paid_stars,
        per_second=settings.messages_per_second,
        channel=channel if channel is None or channel.startswith("@") else int(channel),
    )


def backup_environment(settings: Settings) -> dict[str, str]:
    """Return what the process that makes the daily copy must know beyond this one's own."""
    return {"DATABASE_URL": settings.database_url, "CLOCK_URL": settings.clock_url or ""}
