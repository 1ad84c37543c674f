"""The words of a mailing's spreadsheet, in the language of whoever asks for it."""

from collections.abc import Iterable
from datetime import datetime
from html import unescape

from handlers.text import N_, _, current_language
from handlers.views.calendar_days import moment
from handlers.views.mailing_words import mailing_title, state_words
from handlers.views.target_words import target_words
from services.clock import local_date
from services.delivery.cost import MESSAGES_PER_STAR
from services.delivery.mailing import Mailing
from services.delivery.overview import Account
from services.delivery.report import asked
from services.delivery.workbook import Cell, Sheet
from services.organisation.directory import Organisation
from storage.delivery import MailingStatus

Row = tuple[Cell, ...]

_SENT_TO = N_("Who gets it")


def file_name(mailing: Mailing, now: datetime) -> str:
    """Return the name of the file: the mailing's number and the day."""
    return f"mailing-{mailing.id}-{local_date(now):%Y-%m-%d}.xlsx"


def mailing_workbook(
    account: Account, organisation: Organisation, now: datetime
) -> tuple[Sheet, ...]:
    """Return what the file says: a summary, and how its messages ended."""
    summary = [(mailing_title(account.mailing), ""), *_summary(account, organisation, now)]
    results, headings = _results(account)
    return (
        Sheet(_("Summary"), tuple(summary), frozenset({0})),
        Sheet(_("Results"), tuple(results), frozenset(headings)),
    )


def _summary(account: Account, organisation: Organisation, now: datetime) -> Iterable[Row]:
    mailing = account.mailing
    yield _("Mailing number"), mailing.id
    if (topic := organisation.news_topics.get(mailing.payload.get("topic", ""))) is not None:
        yield _("Topic"), topic.name(current_language())
    if account.target is not None:
        yield _(_SENT_TO), unescape(target_words(account.target))
    yield _("State"), state_words(mailing, now)
    yield _("Began"), moment(mailing.starts_at or mailing.started_at)
    if mailing.finished_at is not None:
        yield _("Ended"), moment(mailing.finished_at)
    if (people := asked(mailing)) is not None:
        yield _("People in the audience"), people
    yield _("Delivered"), mailing.delivered
    yield _("Blocked the bot"), mailing.blocked
    yield _("Not delivered"), mailing.failed
    yield _("Not sent because of the weekly ceiling"), mailing.held
    if account.presses is not None:
        yield _("Pressed “useful”"), account.presses.useful
        yield _("Responses"), account.presses.responses
    if mailing.stars is not None:
        yield _("Paid messages"), mailing.paid
        yield _("Stars spent"), -(-mailing.paid // MESSAGES_PER_STAR)
        yield _("Stars allowed"), mailing.stars
    yield _("These numbers are of"), moment(now)
    yield _("There is no personal data in this file: people are only counted."), ""


def _results(account: Account) -> tuple[list[Row], list[int]]:
    """Return the rows of the second sheet, and which of them are headings."""
    mailing, why = account.mailing, account.failures
    counted = mailing.ended + account.nothing
    ends: list[tuple[str, int]] = [
        (_("Delivered"), mailing.delivered),
        (_("Blocked the bot"), mailing.blocked - why.gone),
        (_("Account deleted, or no chat with the bot"), why.gone),
        (_("Refused by Telegram"), why.refused),
        (_("Given up after several tries"), why.given_up),
        (_("Not known whether it arrived"), why.uncertain),
        (_("Not sent because of the weekly ceiling"), mailing.held),
        (_("Nothing in it for this person"), account.nothing),
    ]
    rows: list[Row] = [(_("Result"), _("People"), _("Share of all results"))]
    rows += [(name, people, people / counted if counted else 0.0) for name, people in ends]
    rows.append((_("All results"), counted, 1.0 if counted else 0.0))
    headings = [0, len(rows) - 1]
    if mailing.status in {MailingStatus.RECALLING, MailingStatus.RECALLED}:
        headings.append(len(rows) + 1)
        rows += [
            ("",),
            (_("Taken back"), _("People")),
            (_("Deleted from chats"), mailing.recalled),
            (_("Stayed in chats"), account.stayed),
        ]
    if account.words:
        headings.append(len(rows) + 1)
        rows += [("",), (_("What Telegram said"), _("Messages"))]
        rows += [tuple(one) for one in account.words]
    return rows, headings
