"""Running polls as staff see them: participation and time left, never any counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from html import escape

from handlers.buttons import back, button, keyboard
from handlers.operator.desk_callbacks import (
    CloseAsked,
    CloseConfirmed,
    DeskShown,
    ExtensionAsked,
    ExtensionConfirmed,
    PassportShown,
    PollShared,
    RunningPolls,
)
from handlers.screen import Screen
from handlers.text import _, current_language, ngettext
from handlers.views.poll_passport import launch_lines, passport_lines
from handlers.views.poll_report_callbacks import ReportsListed
from handlers.views.poll_result import audience, number
from handlers.views.poll_text import moment
from services.polls.extending import EXTENSION_DAYS
from services.polls.model import Launched, Poll, PollStatus, Running
from services.polls.participation import BATCH
from services.text.length import shortened

# Twenty running polls still fit one message of 4,096 characters.
_QUESTION_LENGTH = 80
_BUTTON_LENGTH = 40
_HOUR = 3600


def running_screen(polls: Sequence[Running], now: datetime, note: str = "") -> Screen:
    """Return the running polls with a way to close each."""
    heading = _("📊 Running polls")
    blocks = [note, f"<b>{heading}</b>"]
    blocks += [_block(running, now) for running in polls]
    if not polls:
        blocks.append(_("No poll takes answers now."))
    rows = []
    for running in polls:
        passport = PassportShown(poll=running.poll.id)
        rows.append([button(f"📄 {_brief(running.poll)}", passport)])
        close = _("⏹ Close: {question}").format(question=_brief(running.poll))
        rows.append([button(close, _ask(running))])
    text = "\n\n".join(block for block in blocks if block)
    reports = [button(_("📑 Reports of polls"), ReportsListed())]
    return Screen(text, keyboard(*rows, reports, [back(DeskShown())]))


def close_screen(poll: Poll) -> Screen:
    """Return the question whether to close a poll before its time."""
    text = _(
        "Close this poll now? It was announced until {moment}. No more answers will be accepted, "
        "and the result will say that it was closed early."
    ).format(moment=moment(poll.closes_at))
    question = escape(poll.title(current_language()))
    return Screen(
        f"<b>{question}</b>\n\n{text}",
        keyboard(
            [button(_("⏹ Yes, close it now"), CloseConfirmed(poll=poll.id))],
            [back(RunningPolls())],
        ),
    )


def running_passport_screen(found: Launched, names: Mapping[int, str], now: datetime) -> Screen:
    """Return the passport of a launched poll, and the extension while it is possible."""
    poll = found.poll
    open_still = found.status is PollStatus.OPEN and now < poll.closes_at
    extendable = open_still and poll.passport.extended_from is None
    extend = button(_("⏳ Extend, once"), ExtensionAsked(poll=poll.id))
    blocks = [
        _("<b>📄 Passport of the poll</b>"),
        f"<b>{escape(poll.title(current_language()))}</b>",
        "\n".join((*passport_lines(poll), *launch_lines(poll, names))),
    ]
    share = button(_("🔗 Link"), PollShared(poll=poll.id))
    return Screen(
        "\n\n".join(blocks),
        keyboard(
            [share] if open_still else [],
            [extend] if extendable else [],
            [back(RunningPolls())],
        ),
    )


def extension_screen(poll: Poll) -> Screen:
    """Return the question by how many days a poll is to be extended."""
    text = _(
        "Extend this poll? It is possible only once, and everybody is told that it was announced "
        "until another time: {moment}"
    ).format(moment=moment(poll.closes_at))
    rows = []
    for days in EXTENSION_DAYS:
        until = moment(poll.closes_at + timedelta(days=days))
        label = ngettext("{days} day", "{days} days", days).format(days=days)
        data = ExtensionConfirmed(poll=poll.id, days=days)
        rows.append([button(f"+{label} · {until}", data)])
    question = escape(poll.title(current_language()))
    passport = PassportShown(poll=poll.id)
    return Screen(f"<b>{question}</b>\n\n{text}", keyboard(*rows, [back(passport)]))


def _block(running: Running, now: datetime) -> str:
    poll = running.poll
    question = escape(shortened(poll.title(current_language()), _QUESTION_LENGTH))
    return "\n".join(
        (
            f"<b>{question}</b>",
            _participation(running.participation),
            _("Left: {time} · until {moment}").format(
                time=_left(poll.closes_at, now), moment=moment(poll.closes_at)
            ),
            audience(poll),
        )
    )


def _participation(answers: int) -> str:
    if answers < BATCH:
        return _("Answered: fewer than {number}").format(number=BATCH)
    return _("Answered: {number} or more").format(number=number(answers))


def _left(closes_at: datetime, now: datetime) -> str:
    hours, rest = divmod(int((closes_at - now).total_seconds()), _HOUR)
    if hours >= 48:  # noqa: PLR2004  # two days and more are told in days
        days = hours // 24
        return ngettext("{days} day", "{days} days", days).format(days=days)
    if hours:
        return _("{hours} h").format(hours=hours)
    return _("{minutes} min").format(minutes=rest // 60)


def _ask(running: Running) -> CloseAsked:
    return CloseAsked(poll=running.poll.id)


def _brief(poll: Poll) -> str:
    return shortened(poll.title(current_language()), _BUTTON_LENGTH)
