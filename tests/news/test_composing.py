"""What a draft becomes by what its author sends, and what is refused or doubted."""

from dataclasses import replace
from typing import Any

import pytest

from handlers.operator.news_callbacks import Step
from handlers.operator.news_composer.received import (
    LARGEST_ALBUM,
    check_whole,
    with_album_part,
    with_link,
    with_media,
    with_text,
)
from handlers.operator.news_composer.sheet import Piece, Sheet
from services.delivery.target import Target
from services.news.bilingual import Doubt, doubts
from services.news.links import MOST_LINKS, address_of, link_of
from services.news.model import Link, MediaType
from services.refusal import Refusal

RUSSIAN = "Молодёжь посадила сто деревьев у новой школы"
EMPTY = Sheet("d", topic="roads", step=Step.TEXT_KK)
WRITTEN = replace(EMPTY, text_kk="Жол", text_ru="Дорога", step=Step.MEDIA)


def part(message_id: int, album: str | None = "a") -> Piece:
    """Return a photo that came in this message."""
    return Piece(message_id, MediaType.PHOTO, f"file {message_id}", album)


def test_a_caption_brings_text_and_media() -> None:
    """A photo with a caption gives both, and the step of media is done."""
    sheet = with_text(EMPTY, 5, "Жол", part(5, album=None))
    assert ("Жол", (part(5, album=None),)) == (sheet.text_kk, sheet.media)
    assert Step.TEXT_RU is sheet.step
    assert Step.AUDIENCE is with_text(sheet, 6, "Дорога").step


def test_the_first_media_stay() -> None:
    """The photo above the second text does not replace the one above the first."""
    sheet = with_text(EMPTY, 5, "Жол", part(5, album=None))
    assert sheet.media == with_text(sheet, 6, "Дорога", part(6)).media


def test_an_album_in_any_order() -> None:
    """Parts that come in any order and twice make one album, in the order they were sent."""
    sheet = with_media(WRITTEN, part(8))
    for message_id in (9, 7, 8, 7, 9):
        sheet = with_album_part(sheet, part(message_id))
    assert (part(7), part(8), part(9)) == sheet.media
    assert Step.MEDIA is sheet.step
    for message_id in range(20, 40):
        sheet = with_album_part(sheet, part(message_id))
    assert LARGEST_ALBUM == len(sheet.media or ())


def test_a_long_text_stands_below_an_album_only() -> None:
    """Over 1,024 characters a text takes an album, but no single photo."""
    long = replace(WRITTEN, text_kk="ә" * 1025)
    with pytest.raises(Refusal):
        with_media(long, part(5, album=None))
    coming = with_media(long, part(5))
    with pytest.raises(Refusal):
        check_whole(coming)
    check_whole(with_album_part(coming, part(6)))


def test_a_draft_survives_keeping() -> None:
    """What is kept between two messages is the whole draft."""
    sheet = replace(
        with_link(with_media(WRITTEN, part(5)), 6, "unqosu.example"),
        target=Target(regions=("71",)),
    )
    assert sheet == Sheet.of_json(sheet.as_json())


def test_a_draft_of_the_former_shape() -> None:
    """A draft that was begun when a post had one photo and one region is gone on with."""
    former: dict[str, Any] = {
        "draft": "d",
        "version": 4,
        "step": "p",
        "topic": "roads",
        "text_kk": "Жол",
        "text_ru": "Дорога",
        "with_photo": True,
        "photo": "file",
        "everybody": None,
        "region": None,
        "taken": [3],
        "album": None,
    }
    sheet = Sheet.of_json(former)
    assert (4, Step.AUDIENCE) == (sheet.version, sheet.step)
    assert "file" == sheet.post().media[0].file_id


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://unqosu.example/жол?a=1#b", "https://unqosu.example/жол?a=1#b"),
        ("http://unqosu.example:8080", "http://unqosu.example:8080"),
        ("t.me/unqosu", "https://t.me/unqosu"),
        ("үн-қосу.қаз", "https://үн-қосу.қаз"),
        ("tg://resolve?domain=unqosu", "tg://resolve?domain=unqosu"),
    ],
)
def test_addresses_that_lead_out(text: str, address: str) -> None:
    """Web addresses, with or without https, and tg links stand on buttons."""
    assert address == address_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "біздің сайт",
        "https://",
        "https://localhost",
        "https://bank.example@evil.example",
        "aigul@unqosu.example",
        "javascript:alert(1)",
        "ftp://unqosu.example",
        "tg://user?id=1",
        "https://[::1",
        "https://un qosu.example",
        f"https://unqosu.example/{'a' * 2048}",
        "бір\nекі",
        f"{'с' * 41}\nслова\nhttps://unqosu.example",
    ],
)
def test_what_is_no_button(text: str) -> None:
    """Whatever Telegram would refuse, or that hides where it leads, is refused with a sentence."""
    with pytest.raises(Refusal):
        link_of(text)


def test_words_on_a_button() -> None:
    """One line is an address with the usual words, three are words and address; three at most."""
    assert Link("Толығырақ", "Подробнее", "https://a.example") == link_of("a.example")
    assert Link("Оқу", "Читать", "https://a.example") == link_of(" Оқу\n\nЧитать\na.example ")
    full = replace(WRITTEN, links=(link_of("a.example"),) * MOST_LINKS)
    with pytest.raises(Refusal):
        with_link(full, 5, "b.example")


@pytest.mark.parametrize(
    ("text_kk", "text_ru", "found"),
    [
        ("<b>Жастар мектептің жанына жүз ағаш отырғызды</b>", RUSSIAN, []),
        (RUSSIAN, None, [Doubt.RUSSIAN_FOR_KAZAKH]),
        (RUSSIAN, f"<b>{RUSSIAN}</b>", [Doubt.SAME, Doubt.RUSSIAN_FOR_KAZAKH]),
        ("Алматы", "Алматы", [Doubt.SAME]),
        ("Жастар jastar", "Молодёжь", []),
        (None, None, []),
    ],
)
def test_texts_in_the_wrong_place(text_kk: str, text_ru: str, found: list[Doubt]) -> None:
    """The same text twice, and a long Kazakh one without Kazakh letters, are doubted."""
    assert found == doubts(text_kk, text_ru)
