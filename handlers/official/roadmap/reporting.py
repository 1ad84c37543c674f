"""Reporting in three steps: the value, a comment or none, a photo or document or none.

Buttons name the message that gave the value: a button of an older report says nothing about the
present one, and a report is kept once however often its last button is pressed.
"""

from aiogram import Router
from aiogram.filters import StateFilter
from aiogram.types import CallbackQuery, Message

from handlers.citizen.words import NotWords, Words
from handlers.filters import Has, Pressed
from handlers.official.roadmap.report import Report, Reporting, keep, report_of
from handlers.official.roadmap.talk import RoadmapTalk
from handlers.provided import provide
from handlers.screen import Event, acknowledge, show
from handlers.text import _
from handlers.views.roadmap_callbacks import Part, ReportBegun, ReportPart, ReportSkipped
from handlers.views.roadmap_reporting import (
    comment_screen,
    done_screen,
    evidence_screen,
    value_screen,
)
from services.appeals.model import AttachmentKind
from services.refusal import N_, Refusal
from services.roadmap.board import read_fact
from services.roadmap.fact import Evidence
from services.roadmap.reporting import checked_words, may_report, report_fact
from services.tables.cells import an_amount

_WHAT_SHOWS = N_("Please send a photo or a document, at most ten.")


async def begin(callback: CallbackQuery, press: ReportBegun, talk: RoadmapTalk) -> None:
    """Ask for the value; a report of this indicator that was begun is gone on with."""
    if not await talk.db.read(may_report, talk.person.id, press.code, talk.day):
        raise Refusal(N_("Others answer for this indicator."))
    report = await report_of(talk.state)
    if report is None or report.code != press.code or report.sent:
        heard = 0 if report is None else report.heard
        await keep(talk.state, Report(press.code, heard=heard))
    await talk.state.set_state(Reporting.value)
    await show(callback, value_screen(await talk.line(press.code)))


async def take_value(message: Message, words: str, talk: RoadmapTalk) -> None:
    """Take the value and ask for a comment."""
    report = await _heard(message, talk)
    if report is None:
        return
    try:
        value = an_amount(words)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await show(message, value_screen(await talk.line(report.code), problem))
        return
    report = await keep(talk.state, report.with_value(message.message_id, value))
    await _ask(message, report, Part.COMMENT, talk)


async def take_comment(message: Message, words: str, talk: RoadmapTalk) -> None:
    """Take the comment and ask for what shows it."""
    report = await _heard(message, talk)
    if report is None:
        return
    try:
        comment = checked_words(words)
    except Refusal as refusal:
        problem = _(refusal.message).format(**refusal.parameters)
        await _ask(message, report, Part.COMMENT, talk, problem)
        return
    report = await keep(talk.state, report.with_comment(message.message_id, comment))
    await _ask(message, report, Part.EVIDENCE, talk)


async def take_evidence(message: Message, talk: RoadmapTalk) -> None:
    """Take a photo or a document; one that comes alone ends the report.

    Of an album each part comes by itself and the end is not told: there a button ends it.
    """
    report = await report_of(talk.state)
    if report is None or any(each.message_id == message.message_id for each in report.evidence):
        return
    evidence, album = _evidence(message), message.media_group_id
    if evidence is None or message.message_id <= report.message:
        return
    begun = album is not None and album == report.album
    report = await keep(talk.state, report.with_evidence(evidence, album))
    if album is None:
        await _finish(message, report, talk)
    elif not begun:
        await _ask(message, report, Part.EVIDENCE, talk)


async def take_something_else(message: Message, talk: RoadmapTalk) -> None:
    """Say what is needed at this step."""
    report = await report_of(talk.state)
    if report is None or message.message_id <= report.heard:
        return
    match await talk.state.get_state():
        case Reporting.evidence.state:
            await _ask(message, report, Part.EVIDENCE, talk, _(_WHAT_SHOWS))
        case Reporting.comment.state:
            problem = _("Please write it in words, as a text message.")
            await _ask(message, report, Part.COMMENT, talk, problem)
        case _:
            problem = _("Please write it in words, as a text message.")
            await show(message, value_screen(await talk.line(report.code), problem))


async def go_to(callback: CallbackQuery, press: ReportPart, talk: RoadmapTalk) -> None:
    """Go back to a part of the report."""
    report = await _present(callback, press, talk)
    if report is not None:
        await _ask(callback, report, press.part, talk)


async def skip(callback: CallbackQuery, press: ReportSkipped, talk: RoadmapTalk) -> None:
    """Leave a part out, or have enough of it; a repeated tap shows that the report is kept."""
    report = await _present(callback, press, talk)
    if report is None:
        return
    if press.part is Part.COMMENT:
        report = await keep(talk.state, report.with_comment(0, None))
        await _ask(callback, report, Part.EVIDENCE, talk)
    else:
        await _finish(callback, report, talk)


async def _ask(
    event: Event, report: Report, part: Part, talk: RoadmapTalk, problem: str = ""
) -> None:
    indicator = (await talk.line(report.code)).indicator
    if part is Part.COMMENT:
        await talk.state.set_state(Reporting.comment)
        await show(event, comment_screen(indicator, report.value, report.message, problem))
        return
    await talk.state.set_state(Reporting.evidence)
    files = len(report.evidence)
    await show(event, evidence_screen(indicator, report.value, report.message, files, problem))


async def _finish(event: Event, report: Report, talk: RoadmapTalk) -> None:
    fact = await talk.db.write(
        report_fact,
        talk.person.id,
        report.code,
        report.value,
        report.comment,
        report.evidence,
        report.message,
        talk.clock.now(),
    )
    kept = Report(report.code, message=report.message, heard=report.heard, sent=fact.id)
    await keep(talk.state, kept)
    await talk.state.set_state(None)
    await show(event, done_screen(await talk.line(report.code), fact))


async def _present(
    callback: CallbackQuery, press: ReportPart | ReportSkipped, talk: RoadmapTalk
) -> Report | None:
    """Return the report that a button speaks of; show what is kept, say what is no more."""
    report = await report_of(talk.state)
    if report is None or (report.code, report.message) != (press.code, press.words):
        await acknowledge(callback, _("This button belongs to an earlier report."))
        return None
    if report.sent:
        fact = await talk.db.read(read_fact, talk.person.id, report.sent, talk.day)
        await show(callback, done_screen(await talk.line(report.code), fact))
        return None
    return report


async def _heard(message: Message, talk: RoadmapTalk) -> Report | None:
    """Return the report for a message that comes for the first time."""
    report = await report_of(talk.state)
    if report is None or message.message_id <= report.heard:
        return None
    return report


def _evidence(message: Message) -> Evidence | None:
    """Return the photo or document of a message."""
    if message.photo:
        photo = message.photo[-1]
        kind = AttachmentKind.PHOTO
        return Evidence(message.message_id, kind, photo.file_id, photo.file_unique_id)
    if message.document:
        sent = message.document
        kind = AttachmentKind.DOCUMENT
        names = sent.file_id, sent.file_unique_id, sent.file_name
        return Evidence(message.message_id, kind, *names)
    return None


def router() -> Router:
    """Return the router of the buttons."""
    router = provide(Router(name="road map reporting"), "talk", RoadmapTalk)
    router.callback_query.register(begin, Pressed(ReportBegun))
    router.callback_query.register(go_to, Pressed(ReportPart))
    router.callback_query.register(skip, Pressed(ReportSkipped))
    return router


def words() -> Router:
    """Return the router of what is sent meanwhile; it stands after all menus."""
    router = provide(Router(name="road map reporting words"), "talk", RoadmapTalk)
    router.message.register(take_value, StateFilter(Reporting.value), Words())
    router.message.register(take_comment, StateFilter(Reporting.comment), Words())
    files = Has("photo", "document")
    router.message.register(take_evidence, StateFilter(Reporting.evidence), files)
    router.message.register(take_something_else, StateFilter(Reporting.evidence), Words())
    router.message.register(take_something_else, StateFilter(Reporting), NotWords())
    return router
