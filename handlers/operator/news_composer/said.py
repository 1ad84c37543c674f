"""What an operator sends while composing news: texts, a photo, or something that does not fit."""

from aiogram import Router
from aiogram.filters import Filter, StateFilter
from aiogram.types import Message

from handlers.citizen.words import Words
from handlers.filters import Has, Works
from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer import audience_pressed, timing_pressed
from handlers.operator.news_composer.desk import NewsDesk
from handlers.operator.news_composer.keeping import NewsComposing, sheet_of
from handlers.operator.news_composer.sheet import Piece, Sheet
from handlers.operator.news_composer.steps import go
from handlers.provided import provide
from handlers.screen import Screen, show
from handlers.text import _
from services.news.length import CAPTION_LENGTH, room_for, shown_length
from services.news.model import MediaType
from services.people.model import Role

_TEXTS = {Step.TEXT_KK: "text_kk", Step.TEXT_RU: "text_ru"}


class Wordless(Filter):
    """A message that is no text."""

    async def __call__(self, message: Message) -> bool:
        """Match by what is missing."""
        return message.text is None


async def take_text(message: Message, desk: NewsDesk) -> None:
    """Take a text in the language that was asked for, formatted as it came."""
    sheet = await sheet_of(desk.state)
    if sheet is None:
        return
    if sheet.step is Step.AUDIENCE:
        await audience_pressed.take_words(message, desk, sheet)
        return
    if sheet.step is Step.WHEN:
        await timing_pressed.take_words(message, desk, sheet)
        return
    if sheet.step in _TEXTS and message.message_id not in sheet.taken:
        refusal = _unfit(message.html_text, photo=bool(sheet.media))
        if refusal is not None:
            await show(message, Screen(refusal))
        else:
            sheet = sheet.changed(message.message_id, **{_TEXTS[sheet.step]: message.html_text})
    await go(message, desk, sheet)


async def take_photo(message: Message, desk: NewsDesk) -> None:
    """Take one photo where it was asked for and the texts are short enough for it."""
    sheet = await sheet_of(desk.state)
    if sheet is None or not message.photo or _known_album(message, sheet):
        return
    if sheet.step is not Step.MEDIA:
        await _not_this(message, sheet)
    elif message.message_id not in sheet.taken:
        longest = max(shown_length(sheet.text_kk or ""), shown_length(sheet.text_ru or ""))
        if longest > CAPTION_LENGTH:
            await show(message, Screen(_too_long(CAPTION_LENGTH, longest, photo=True)))
        else:
            piece = Piece(
                message.message_id,
                MediaType.PHOTO,
                message.photo[-1].file_id,
                message.media_group_id,
            )
            sheet = sheet.changed(message.message_id, media=(piece,))
    await go(message, desk, sheet)


async def take_other(message: Message, desk: NewsDesk) -> None:
    """Say what was expected instead."""
    sheet = await sheet_of(desk.state)
    if sheet is None or _known_album(message, sheet):
        return
    await _not_this(message, sheet)
    await go(message, desk, sheet)


async def _not_this(message: Message, sheet: Sheet) -> None:
    if sheet.step is Step.MEDIA:
        text = _("This is not a photo. Send it as a photo, not as a file.")
    elif sheet.step in _TEXTS:
        text = _("Here a text is needed. A photo comes in a later step.")
    else:
        text = _("Please use the buttons below.")
    await show(message, Screen(text))


def _known_album(message: Message, sheet: Sheet) -> bool:
    return message.media_group_id is not None and message.media_group_id == sheet.album


def _unfit(html: str, *, photo: bool) -> str | None:
    length = shown_length(html)
    if not length:
        return _("The text is empty. Please write at least one word.")
    room = room_for(("photo",) if photo else ())
    return _too_long(room, length, photo=photo) if length > room else None


def _too_long(room: int, length: int, *, photo: bool) -> str:
    if photo:
        text = _(
            "Under a photo a text may have {room} characters, yours has {length}. "
            "Please shorten it or send the post without a photo."
        )
    else:
        text = _("A text may have {room} characters, yours has {length}. Please shorten it.")
    return text.format(room=room, length=length)


def router() -> Router:
    """Return the router of what an operator sends to the composer; waits for free text."""
    router = Router(name="news composer words")
    router.message.filter(
        StateFilter(NewsComposing.talking), Works(Role.OPERATOR, Role.ADMINISTRATOR)
    )
    router.message.register(take_text, Words())
    router.message.register(take_photo, Has("photo"))
    router.message.register(take_other, Wordless())
    return provide(router, "desk", NewsDesk)
