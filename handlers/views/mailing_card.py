"""Mailings as staff look at them: the list, the card of one, and what is asked before acting."""

from collections.abc import Iterable
from datetime import datetime
from html import escape

from aiogram.types import InlineKeyboardButton

from handlers.buttons import back, button, keyboard
from handlers.operator.desk_callbacks import DeskShown
from handlers.screen import Screen
from handlers.text import _
from handlers.views.calendar_days import moment
from handlers.views.campaign_silence import let_out_button, let_out_words
from handlers.views.export_callbacks import ExportAsked
from handlers.views.mailing_callbacks import (
    CancellationAsked,
    CancellationDropped,
    MailingControlled,
    MailingOpened,
    MailingsListed,
    RecallAsked,
    RecallConfirmed,
    ResendAsked,
    ResendConfirmed,
    WorkbookAsked,
)
from handlers.views.mailing_progress import control_buttons
from handlers.views.mailing_words import (
    counts_text,
    end_words,
    mailing_title,
    spaced,
    state_words,
)
from handlers.views.news_notices import topic_line
from handlers.views.target_words import target_words
from services.delivery.cost import MESSAGES_PER_STAR
from services.delivery.mailing import Mailing
from services.delivery.mailing_control import Control
from services.delivery.overview import Card, Page
from services.delivery.progress import ends_at
from services.delivery.recall import partly_late
from services.delivery.report import asked
from services.delivery.resend import Unreached
from services.delivery.timing import pace
from services.exports.kinds import Export
from services.organisation.directory import Organisation
from services.polls.approving import POLL
from services.text.length import shortened
from storage.delivery import MailingStatus

_TITLE = 60
_MOVING = frozenset({MailingStatus.RUNNING, MailingStatus.RECALLING})


def list_screen(page: Page, now: datetime, *, first: bool) -> Screen:
    """Return a page of mailings, each to be opened by its number; `first` is the newest page."""
    heading = f"<b>{_('📨 Mailings')}</b>"
    newest = button(_("« To the beginning"), MailingsListed())
    turning = [] if first else [newest]
    if not page.mailings:
        words = _("Nothing was sent yet.")
        return Screen(f"{heading}\n\n{words}", keyboard(turning, [back(DeskShown())]))
    items = [
        f"<b>{number}. {escape(shortened(mailing_title(mailing), _TITLE))}</b>\n"
        f"{moment(mailing.starts_at or mailing.started_at)}\n{_brief(mailing, now)}"
        for number, mailing in enumerate(page.mailings, 1)
    ]
    numbers = [
        button(str(number), MailingOpened(mailing=mailing.id))
        for number, mailing in enumerate(page.mailings, 1)
    ]
    if page.older:
        turning.append(button(_("Older ›"), MailingsListed(before=page.mailings[-1].id)))
    text = "\n\n".join([heading, *items, _("Press a number to open.")])
    return Screen(text, keyboard(numbers, turning, [back(DeskShown())]))


def card_screen(
    card: Card, organisation: Organisation, per_second: int, now: datetime, note: str = ""
) -> Screen:
    """Return everything about one mailing, and what can be done about it now."""
    mailing = card.mailing
    end = ends_at(mailing, pace(per_second, paid=bool(mailing.stars)), now)
    state = [state_words(mailing, now), *([end_words(end, now)] if end else [])]
    blocks = [
        note,
        "\n".join([f"📨 <b>{escape(mailing_title(mailing))}</b>", *_facts(card, organisation)]),
        "\n".join(state),
        "\n".join(_numbers(card)) if mailing.status is not MailingStatus.PLANNED else "",
        *(let_out_words(one) for one in card.overrides),
    ]
    rows = [
        control_buttons(mailing, card=True),
        [let_out_button(mailing.id)] if card.may_let_out else [],
        _again_button(card),
        [button(_("↩️ Take back"), RecallAsked(mailing=mailing.id))] if card.recallable else [],
        [
            button(_("📄 Report (XLSX)"), WorkbookAsked(mailing=mailing.id)),
            *([_refreshed(mailing)] if mailing.status in _MOVING else []),
        ],
        _unreached_button(mailing),
        [button(_("‹ All mailings"), MailingsListed())],
    ]
    return Screen("\n\n".join(block for block in blocks if block), keyboard(*rows))


def cancel_screen(asked: CancellationAsked) -> Screen:
    """Return the question whether to cancel a mailing for good."""
    mailing, version, card = asked.mailing, asked.version, asked.card
    no = MailingOpened(mailing=mailing) if card else CancellationDropped()
    cancelled = MailingControlled(
        control=Control.CANCEL, mailing=mailing, version=version, card=card
    )
    return Screen(
        _("Cancel the mailing for good? Those who already have the message keep it."),
        keyboard(
            [button(_("✖️ Yes, cancel it"), cancelled)],
            [button(_("No, leave it as it is"), no)],
        ),
    )


def recall_screen(mailing: Mailing, now: datetime) -> Screen:
    """Return the question whether to take a mailing back, with what that does and does not do."""
    lines = [
        _("Take this message back from those who got it? That cannot be undone."),
        f"📨 <b>{escape(mailing_title(mailing))}</b>\n"
        + _("Delivered: {count}").format(count=spaced(mailing.delivered)),
        "\n".join(f"• {line}" for line in _consequences(mailing, now)),
    ]
    seen = RecallConfirmed(mailing=mailing.id, version=mailing.version)
    rows = keyboard([button(_("↩️ Yes, take it back"), seen)], [_kept(mailing)])
    return Screen("\n\n".join(lines), rows)


def resend_screen(mailing: Mailing, found: Unreached) -> Screen:
    """Return whom a mailing did not reach, what that means, and whom to send it to again."""
    title = f"📨 <b>{escape(mailing_title(mailing))}</b>"
    everybody = found.certain + found.uncertain
    if not everybody:
        words = _("There is nobody to send this mailing to again.")
        return Screen(f"{title}\n\n{words}", keyboard([_kept(mailing)]))
    lines = [
        _("Did not get it: {count}").format(count=spaced(found.failed)),
        _("Had blocked the bot and came back: {count}").format(count=spaced(found.returned)),
        _("Not known whether it arrived: {count}").format(count=spaced(found.uncertain)),
    ]
    blocks = [title, _("Send it again to those whom it did not reach?"), "\n".join(lines)]
    if found.uncertain:
        words = _("Not known: the connection broke just then. These people may get it twice.")
        blocks.append(words)
    seen = {"mailing": mailing.id, "version": mailing.version}
    rows = []
    if found.certain:
        certain = ResendConfirmed(uncertain=False, **seen)
        label = _("🔁 Send: {count}").format(count=spaced(found.certain))
        rows.append([button(label, certain)])
    if found.uncertain:
        label = _("🔁 Also to the uncertain: {count}").format(count=spaced(everybody))
        rows.append([button(label, ResendConfirmed(uncertain=True, **seen))])
    return Screen("\n\n".join(blocks), keyboard(*rows, [_kept(mailing)]))


def failure_lines(uncertain: int, words: Iterable[tuple[str, int]]) -> Iterable[str]:
    """Yield as HTML what is known of messages that did not arrive."""
    if uncertain:
        text = _("Of these it is not known whether they arrived: {count}")
        yield text.format(count=spaced(uncertain))
    for said, messages in words:
        yield f"• <i>{escape(said)}</i> – {spaced(messages)}"


def press_line(useful: int, responses: int) -> str:
    """Return what was pressed under a post."""
    return _("👍 Useful: {useful} · responses: {responses}").format(
        useful=spaced(useful), responses=spaced(responses)
    )


def star_line(paid: int, stars: int) -> str:
    """Return what so many paid messages cost, of the Stars allowed."""
    return _("⭐ Stars spent: {spent} of {most}").format(
        spent=spaced(-(-paid // MESSAGES_PER_STAR)), most=spaced(stars)
    )


def _brief(mailing: Mailing, now: datetime) -> str:
    words = state_words(mailing, now)
    if mailing.status is not MailingStatus.FINISHED:
        return words
    return f"{words} {_('Delivered: {count}').format(count=spaced(mailing.delivered))}"


def _facts(card: Card, organisation: Organisation) -> Iterable[str]:
    mailing = card.mailing
    if (topic := mailing.payload.get("topic")) is not None:
        yield _("Topic: {topic}").format(topic=topic_line(topic, organisation))
    if card.target is not None:
        yield _("Who gets it: {target}").format(target=target_words(card.target))
    if mailing.status is not MailingStatus.PLANNED:
        yield _("Began: {moment}").format(moment=moment(mailing.started_at))


def _numbers(card: Card) -> Iterable[str]:
    mailing, pressed = card.mailing, card.presses
    if (people := asked(mailing)) is not None:
        yield _("In the audience: {count}").format(count=spaced(people))
    yield counts_text(mailing.delivered, mailing.blocked, mailing.failed, mailing.held)
    yield from failure_lines(card.failures.uncertain, card.failures.words)
    if mailing.stars is not None:
        yield star_line(mailing.paid, mailing.stars)
    if pressed is not None:
        yield press_line(pressed.useful, pressed.responses)


def _unreached_button(mailing: Mailing) -> list[InlineKeyboardButton]:
    missed = mailing.failed + mailing.blocked
    if mailing.status is not MailingStatus.FINISHED or not missed or mailing.kind == POLL:
        return []
    asked = ExportAsked(kind=Export.UNREACHED, of=mailing.id)
    return [button(_("🔏 Whom it did not reach (XLSX)"), asked)]


def _again_button(card: Card) -> list[InlineKeyboardButton]:
    found = card.unreached
    if found is None or not found.certain + found.uncertain:
        return []
    label = _("🔁 Not reached: {count}").format(count=spaced(found.certain + found.uncertain))
    return [button(label, ResendAsked(mailing=card.mailing.id))]


def _consequences(mailing: Mailing, now: datetime) -> Iterable[str]:
    if mailing.status in {MailingStatus.RUNNING, MailingStatus.PAUSED}:
        yield _("Nothing more is sent.")
    yield _("The message disappears from people’s chats. Who has read it has read it.")
    if partly_late(mailing, now):
        yield _("Telegram deletes messages of the last 48 hours only: older ones stay.")
    else:
        yield _("Telegram deletes messages of the last 48 hours only.")
    if mailing.payload.get("post") is not None:
        yield _("The post leaves the list of news and, if it stood there, the channel.")


def _refreshed(mailing: Mailing) -> InlineKeyboardButton:
    return button(_("🔄 Refresh"), MailingOpened(mailing=mailing.id))


def _kept(mailing: Mailing) -> InlineKeyboardButton:
    return button(_("No, leave it as it is"), MailingOpened(mailing=mailing.id))
