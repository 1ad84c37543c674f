"""What a draft becomes by what its author sends: rules, each the same however often it comes."""

from collections.abc import Sequence
from dataclasses import replace

from aiogram.types import Message

from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer.sheet import Piece, Sheet
from services.news.length import shown_length
from services.news.links import MOST_LINKS, link_of
from services.news.model import MediaType
from services.news.posts import check_length
from services.refusal import N_, Refusal

LARGEST_ALBUM = 10  # Bot API, sendMediaGroup
TEXTS = {Step.TEXT_KK: "text_kk", Step.TEXT_RU: "text_ru"}


def piece_of(message: Message) -> Piece | None:
    """Return the photo, the video or the file of a message; None where it has none of these."""
    if message.photo:
        kind, file_id = MediaType.PHOTO, message.photo[-1].file_id
    elif message.video:
        kind, file_id = MediaType.VIDEO, message.video.file_id
    elif message.document and not message.animation:
        kind, file_id = MediaType.DOCUMENT, message.document.file_id
    else:
        return None
    return Piece(message.message_id, kind, file_id, message.media_group_id)


def with_text(sheet: Sheet, message_id: int, html: str, piece: Piece | None = None) -> Sheet:
    """Return the draft with the text that was asked for, and with what stood above it.

    Media that the draft has already stay. Raises Refusal where it is empty or too long.
    """
    if not shown_length(html):
        raise Refusal(N_("The text is empty. Please write at least one word."))
    values: dict[str, object] = {TEXTS[sheet.step]: html}
    if piece is not None and not sheet.media:
        values["media"] = (piece,)
    elif piece is not None:
        values["passed_album"] = piece.album
    changed = sheet.changed(message_id, **values)
    _check_lengths(changed)
    return changed


def with_media(sheet: Sheet, piece: Piece) -> Sheet:
    """Return the draft with these media instead of what it had, at the same step for an album.

    An album comes in parts without a mark of its end: its author says when it is whole. Raises
    Refusal where the texts are too long for a caption.
    """
    changed = sheet.changed(piece.message_id, media=(piece,))
    _check_lengths(changed)
    stays = piece.album is not None or sheet.step in TEXTS
    return replace(changed, step=sheet.step) if stays else changed


def with_album_part(sheet: Sheet, piece: Piece) -> Sheet:
    """Return the draft with one more part of its album, at the same step, in the order sent."""
    parts = {one.message_id: one for one in sheet.media or ()}
    if piece.message_id in parts or len(parts) == LARGEST_ALBUM:
        return sheet
    parts[piece.message_id] = piece
    media = tuple(parts[message_id] for message_id in sorted(parts))
    return replace(sheet.changed(media=media), step=sheet.step)


def check_whole(sheet: Sheet) -> None:
    """Raise Refusal where what came as an album is one picture, and the texts are too long."""
    for text in filter(None, (sheet.text_kk, sheet.text_ru)):
        check_length(text, sheet.media or ())


def with_link(sheet: Sheet, message_id: int, text: str) -> Sheet:
    """Return the draft with one more button, at the same step; raises Refusal as `link_of`."""
    if len(sheet.links) == MOST_LINKS:
        raise Refusal(
            N_("A post has at most {count} buttons. Remove one first."), count=MOST_LINKS
        )
    changed = sheet.changed(message_id, links=(*sheet.links, link_of(text)))
    return replace(changed, step=Step.LINKS)


def _check_lengths(sheet: Sheet) -> None:
    # Of an album that is still coming the first part must not count as a single picture.
    media: Sequence[object] = (sheet.media or ()) if sheet.album is None else ()
    for text in filter(None, (sheet.text_kk, sheet.text_ru)):
        check_length(text, media)
