"""Making a played past quiet: what it queued was told long ago."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import Connection

from storage.delivery import MailingStatus
from storage.outbox import OutboxStatus
from storage.schema.delivery import mailing_recipients, mailings, outbox
from storage.schema.people import people, roles


def call_everything_told(connection: Connection, before: datetime) -> None:
    """Mark as delivered what was queued, and as finished what was launched, before a moment."""
    connection.execute(
        sa.update(outbox)
        .where(outbox.c.status == OutboxStatus.WAITING.value, outbox.c.queued_at < before)
        .values(status=OutboxStatus.DELIVERED.value, attempts=1, ended_at=outbox.c.queued_at)
    )
    over = sa.and_(
        mailings.c.status == MailingStatus.RUNNING.value, mailings.c.started_at < before
    )
    listed = sa.select(mailings.c.id).where(over, mailings.c.listed)
    connection.execute(
        sa.delete(mailing_recipients).where(mailing_recipients.c.mailing_id.in_(listed))
    )
    everybody = sa.select(sa.func.count()).select_from(people).scalar_subquery()
    connection.execute(
        sa.update(mailings)
        .where(over)
        .values(
            status=MailingStatus.FINISHED.value,
            finished_at=mailings.c.started_at,
            reachable=everybody,
            delivered=everybody,
            progress_done=True,
        )
    )


def call_unreachable(connection: Connection, but: Sequence[int], now: datetime) -> None:
    """Mark everybody but these as not to be written to: they have not pressed Start here."""
    away = sa.and_(people.c.unreachable_since.is_(None), people.c.id.not_in(but))
    connection.execute(sa.update(people).where(away).values(unreachable_since=now))


def begin_roles(connection: Connection, but: Sequence[int], since: datetime) -> None:
    """Let everybody but these begin their work for the party at this moment."""
    held = sa.and_(roles.c.until.is_(None), roles.c.person_id.not_in(but))
    connection.execute(sa.update(roles).where(held).values(since=since))
