"""What a mailing is called, how it stands, and its counts: words that all its screens share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from handlers.text import _, pick
from handlers.views.calendar_days import full, moment
from services.clock import local, local_date
from services.delivery.mailing import Mailing
from services.delivery.mailing_control import PauseReason
from services.delivery.quiet_hours import is_quiet
from storage.delivery import MailingStatus


def mailing_title(mailing: Mailing) -> str:
    """Return what its author calls it, or its number, as plain text."""
    return title_of(mailing.payload, mailing.id)


def title_of(payload: Mapping[str, Any], number: int) -> str:
    """Return the title in a payload, or the number, as plain text."""
    title = pick(payload.get("title_kk") or "", payload.get("title_ru") or "")
    return title or _("Mailing No. {number}").format(number=number)


def state_words(mailing: Mailing, now: datetime) -> str:
    """Return how a mailing stands."""
    silent = _silence_words(mailing)
    if silent is not None:
        return silent
    done = _done(mailing)
    match mailing.status:
        case MailingStatus.PLANNED:
            begins = moment(mailing.starts_at or mailing.started_at)
            words = _("🗓 Begins: {moment}").format(moment=begins)
        case MailingStatus.FINISHED:
            words = _("✅ Finished.")
        case MailingStatus.CANCELLED:
            words = _("✖️ Cancelled. Sent before that: {done}").format(done=done)
        case MailingStatus.RECALLING:
            words = _("↩️ Being taken back: {done}").format(done=_taken_back(mailing))
        case MailingStatus.RECALLED:
            words = _("↩️ Taken back: {done}").format(done=_taken_back(mailing))
        case MailingStatus.PAUSED:
            words = _pause_words(mailing)
        case MailingStatus.RUNNING if is_quiet(now) and not mailing.at_night:
            words = _(
                "🌙 Waits until 09:00: mailings are not sent at night. Sent so far: {done}"
            ).format(done=done)
        case MailingStatus.RUNNING:
            words = _("Being sent: {done}").format(done=done)
    return words


def _silence_words(mailing: Mailing) -> str | None:
    """Return until when the days before a vote hold a mailing back; None where none do."""
    if mailing.silent_until is None:
        return None
    if mailing.status is MailingStatus.PLANNED:
        return _(
            "⚖️ Silence before a vote: it waits until the end of {date} and goes out by itself "
            "on the day after."
        ).format(date=full(mailing.silent_until))
    if mailing.status is MailingStatus.RUNNING:
        return _(
            "⚖️ Silence before a vote: it stands still until the end of {date} and goes on by "
            "itself on the day after. Sent so far: {done}"
        ).format(date=full(mailing.silent_until), done=_done(mailing))
    return None


def _pause_words(mailing: Mailing) -> str:
    if mailing.pause_reason == PauseReason.REFUSALS:
        return _(
            "⚠️ Stopped: Telegram refused too many messages. Please check the text, "
            "then resume or cancel. Sent so far: {done}"
        ).format(done=_done(mailing))
    return _("⏸ Paused. Sent so far: {done}").format(done=_done(mailing))


def end_words(ends_at: datetime, now: datetime) -> str:
    """Return when a mailing will be over: the hour, with its day where that is not today."""
    today = local_date(ends_at) == local_date(now)
    words = f"{local(ends_at):%H:%M}" if today else f"{local(ends_at):%d.%m, %H:%M}"
    return _("Will be over at about {time}").format(time=words)


def counts_text(delivered: int, blocked: int, failed: int, held: int = 0) -> str:
    """Return the counters, one a line; those held back only where there are any."""
    lines = [
        _("Delivered: {count}").format(count=spaced(delivered)),
        _("Blocked the bot: {count}").format(count=spaced(blocked)),
        _("Not delivered: {count}").format(count=spaced(failed)),
    ]
    if held:
        words = _("Not sent because of the weekly ceiling: {count}")
        lines.append(words.format(count=spaced(held)))
    return "\n".join(lines)


def spaced(number: int) -> str:
    """Return a number with a no-break space between thousands."""
    return f"{number:,}".replace(",", "\u00a0")


def _done(mailing: Mailing) -> str:
    if not mailing.reachable:
        return spaced(mailing.ended)
    return _share(mailing.ended, max(mailing.reachable, mailing.ended))


def _taken_back(mailing: Mailing) -> str:
    return _share(mailing.recalled, mailing.delivered)


def _share(done: int, total: int) -> str:
    if not total:
        return spaced(done)
    return _("{done} of {total} ({percent}%)").format(
        done=spaced(done), total=spaced(total), percent=100 * done // total
    )
