"""What an operator sends while composing news: texts, media, addresses, or what does not fit."""

from dataclasses import replace
from html import escape

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import Message

from handlers.citizen.words import Words
from handlers.filters import Has, Works
from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer import audience_pressed, timing_pressed
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import NewsComposing, sheet_of
from handlers.operator.news_composer.received import (
    TEXTS,
    piece_of,
    with_album_part,
    with_link,
    with_media,
    with_text,
)
from handlers.operator.news_composer.sheet import Piece, Sheet
from handlers.operator.news_composer.steps import go, only_buttons, settle
from handlers.provided import provide
from handlers.screen import Screen, show
from handlers.text import _
from services.people.deeds import Deed
from services.refusal import Refusal


class Wordless(Filter):
    """A message that is no text."""

    async def __call__(self, message: Message) -> bool:
        """Match by what is missing."""
        return message.text is None


async def take_words(message: Message, desk: NewsDesk) -> None:
    """Take a text in the language that was asked for, formatted as it came, or an address."""
    sheet = await sheet_of(desk.state)
    if sheet is None:
        return
    if message.message_id in sheet.taken:
        await go(message, desk, sheet)
    elif sheet.step is Step.AUDIENCE:
        await audience_pressed.take_words(message, desk, sheet)
    elif sheet.step is Step.WHEN:
        await timing_pressed.take_words(message, desk, sheet)
    elif sheet.step in TEXTS or sheet.step is Step.LINKS:
        await _take(message, desk, sheet)
    elif sheet.step is Step.MEDIA:
        await go(message, desk, sheet)
    else:
        await only_buttons(message, desk, sheet)


async def take_file(message: Message, desk: NewsDesk) -> None:
    """Take a photo, a video or a file, with its caption where a text was asked for."""
    sheet, piece = await sheet_of(desk.state), piece_of(message)
    if sheet is None:
        return
    if piece is None:
        await _not_this(message, desk, sheet)
    elif piece.album is not None and piece.album == sheet.album:
        await _take_part(message, desk, sheet, piece)
    elif piece.album is not None and piece.album == sheet.passed_album:
        return
    elif message.message_id in sheet.taken:
        await go(message, desk, sheet)
    elif _wanted(sheet, message):
        await _take(message, desk, sheet, piece)
    else:
        await _not_this(message, desk, replace(sheet, passed_album=piece.album))


async def take_other(message: Message, desk: NewsDesk) -> None:
    """Say what was expected instead."""
    sheet = await sheet_of(desk.state)
    if sheet is not None:
        await _not_this(message, desk, sheet)


def _wanted(sheet: Sheet, message: Message) -> bool:
    """Tell whether a file belongs here: with words, or as the first one, also before its text."""
    if sheet.step in TEXTS:
        return bool(message.caption) or not sheet.media
    return sheet.step is Step.MEDIA


async def _take(
    message: Message, desk: NewsDesk, sheet: Sheet, piece: Piece | None = None
) -> None:
    try:
        changed = _changed(message, sheet, piece)
    except Refusal as refusal:
        await show(message, Screen(escape(_(refusal.message).format(**refusal.parameters))))
        changed = replace(sheet, passed_album=piece.album) if piece is not None else sheet
    else:
        if piece is not None and piece not in (changed.media or ()):
            await show(message, Screen(_("Only the text was taken: the post has its media.")))
        elif changed.step is sheet.step and changed.step in TEXTS:
            await show(message, Screen(_("It is kept for the post. Now the text.")))
    await go(message, desk, changed)


def _changed(message: Message, sheet: Sheet, piece: Piece | None) -> Sheet:
    """Return the draft with what came; raises Refusal."""
    if sheet.step is Step.LINKS:
        return with_link(sheet, message.message_id, message.text or "")
    if piece is None or (sheet.step in TEXTS and message.caption):
        return with_text(sheet, message.message_id, message.html_text, piece)
    return with_media(sheet, piece)


async def _take_part(message: Message, desk: NewsDesk, sheet: Sheet, piece: Piece) -> None:
    """Take one more part of the album in silence, and the words under it where they are asked."""
    fresh = message.message_id not in sheet.taken
    sheet = with_album_part(sheet, piece)
    if message.caption and sheet.step in TEXTS and fresh:
        await _take(message, desk, sheet, piece)
    else:
        await settle(message, desk, sheet)


async def _not_this(message: Message, desk: NewsDesk, sheet: Sheet) -> None:
    if sheet.step is Step.MEDIA:
        text = _("This cannot stand in a post. Send a photo, a video, a file or an album of them.")
    elif sheet.step in TEXTS:
        text = _("Here a text is needed.")
    elif sheet.step is Step.LINKS:
        text = _("Here an address is needed, as text.")
    else:
        await only_buttons(message, desk, sheet)
        return
    await show(message, Screen(text))
    await go(message, desk, sheet)


def router() -> Router:
    """Return the router of what an operator sends to the composer; waits for free text."""
    router = Router(name="news composer words")
    router.message.filter(StateFilter(NewsComposing.talking), Works(Deed.PUBLISH_NEWS))
    router.message.register(take_words, Words())
    router.message.register(take_file, Has("photo", "video", "document"))
    router.message.register(take_other, Wordless())
    return provide(router, "desk", NewsDesk)
