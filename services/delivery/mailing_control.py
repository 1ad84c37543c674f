"""Pause, resume and cancel a mailing: each names the version it saw (compare and set)."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from services.audit.recording import record
from services.delivery.mailing import Mailing, find_mailing, mailing_of
from services.delivery.report import tell_author
from services.delivery.territory import require_mailing
from services.news.model import PostStatus
from services.people.deeds import Deed
from services.people.rights import authorise
from services.refusal import N_, Refusal
from storage import delivery as rows
from storage.delivery import MailingStatus
from storage.news import change_post


class PauseReason(StrEnum):
    """Why a mailing stands still."""

    STAFF = "staff"
    REFUSALS = "refusals"


class Control(StrEnum):
    """What staff can do to a mailing."""

    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"


def control_mailing(
    connection: Connection,
    person_id: int,
    mailing_id: int,
    control: Control,
    version: int,
    now: datetime,
) -> Mailing:
    """Do this to the mailing if it is still at that version; return it as it is afterwards.

    The natural key is (mailing, version): a repeated or late press changes nothing. Raises
    Refusal for anybody but operators and administrators, and where there is no such mailing.

    Key: (mailing, version).
    """
    reached = authorise(connection, person_id, Deed.CONTROL_MAILING)
    row = rows.find_mailing(connection, mailing_id)
    if row is None:
        raise Refusal(N_("There is no such mailing."))
    require_mailing(reached, row, person_id)
    match control:
        case Control.PAUSE:
            pause(connection, mailing_id, version, PauseReason.STAFF)
        case Control.RESUME:
            _resume(connection, mailing_id, version)
        case Control.CANCEL:
            _cancel(connection, mailing_id, version, now)
    after = find_mailing(connection, mailing_id) or mailing_of(row)
    if row["version"] == version and after.version == version + 1:
        record(
            connection,
            who=person_id,
            what=Deed.CONTROL_MAILING,
            on=f"mailing:{mailing_id}",
            now=now,
            key=f"v{after.version}",
            control=control.value,
        )
    return after


def pause(connection: Connection, mailing_id: int, version: int, reason: PauseReason) -> bool:
    """Let a running mailing stand still; what is in flight still ends. Key: (mailing, version)."""
    return rows.change_mailing(
        connection,
        mailing_id,
        {
            "status": MailingStatus.PAUSED.value,
            "pause_reason": reason.value,
            "version": version + 1,
        },
        status=MailingStatus.RUNNING.value,
        version=version,
    )


def call_off(connection: Connection, key: str, now: datetime) -> None:
    """Send no more of a mailing whose message has lost its sense: its poll is closed.

    A mailing that has ended, or that is not there, stays as it is.

    Key: the mailing's key, by its status.
    """
    row = rows.find_by_key(connection, key)
    if row is not None:
        _cancel(connection, row["id"], row["version"], now)


def stop_for_refusals(connection: Connection, mailing: Mailing, now: datetime) -> None:
    """Pause a mailing that Telegram refuses too often, and tell its author.

    Key: (mailing, version).
    """
    if pause(connection, mailing.id, mailing.version, PauseReason.REFUSALS):
        stopped = find_mailing(connection, mailing.id)
        if stopped is not None:
            tell_author(connection, stopped, now)


def _resume(connection: Connection, mailing_id: int, version: int) -> None:
    mailing = find_mailing(connection, mailing_id)
    values = {
        "status": MailingStatus.RUNNING.value,
        "pause_reason": None,
        "version": version + 1,
    }
    if mailing is not None and mailing.pause_reason == PauseReason.REFUSALS:
        values["trusted"] = True
    rows.change_mailing(
        connection, mailing_id, values, status=MailingStatus.PAUSED.value, version=version
    )


def _cancel(connection: Connection, mailing_id: int, version: int, now: datetime) -> None:
    values = {
        "status": MailingStatus.CANCELLED.value,
        "finished_at": now,
        "version": version + 1,
    }
    before = rows.find_mailing(connection, mailing_id)
    cancelled = any(
        rows.change_mailing(connection, mailing_id, values, status=status.value, version=version)
        for status in (MailingStatus.RUNNING, MailingStatus.PAUSED, MailingStatus.PLANNED)
    )
    if not cancelled or before is None:
        return
    if before["forget_recipients"]:
        rows.forget_recipients(connection, mailing_id)
    post = before["payload"].get("post")
    if post is not None and before["status"] == MailingStatus.PLANNED:
        change_post(
            connection, post, {"status": PostStatus.CALLED_OFF.value}, PostStatus.PLANNED.value
        )
