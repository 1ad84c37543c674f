"""Nobody but its sender learns from a file where it was made."""

from io import BytesIO

import pytest
from PIL import Image

from services.appeals.cleaning import NotCleaned, clean_film, clean_picture, is_bare
from services.appeals.content import Content
from tests.appeals_files import samples


def opened(data: bytes) -> Image.Image:
    """Return a picture."""
    return Image.open(BytesIO(data))


def test_photograph() -> None:
    """A photograph loses its EXIF, its comment and what follows its end, and keeps its pixels."""
    dirty = samples.jpeg(gps=True)
    assert samples.PLACE in dirty
    assert 0x8825 in opened(dirty).getexif()

    clean, extension = clean_picture(dirty, Content.JPEG)

    assert "jpg" == extension
    assert samples.PLACE not in clean
    assert {} == dict(opened(clean).getexif())
    assert (60, 40) == opened(clean).size
    assert is_bare(clean, Content.JPEG)


def test_turned() -> None:
    """A photograph that was held sideways stands upright without the note that said so."""
    clean, _ = clean_picture(samples.jpeg(gps=True, turned=True), Content.JPEG)

    picture = opened(clean)
    top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 55))
    assert (40, 60) == picture.size
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > top[1]
    assert bottom[1] > bottom[0]


def test_drawing() -> None:
    """A drawing loses its notes and keeps each pixel, transparent ones too."""
    clean, extension = clean_picture(samples.png(), Content.PNG)

    assert "png" == extension
    assert samples.PLACE not in clean
    assert {} == opened(clean).info
    assert (0, 0, 255, 128) == opened(clean).getpixel((0, 0))


def test_bare() -> None:
    """Only a photograph of pixels alone is shown as it is."""
    assert is_bare(samples.jpeg(gps=False), Content.JPEG)
    assert not is_bare(samples.jpeg(gps=True), Content.JPEG)
    assert not is_bare(samples.jpeg(gps=False) + b"more\xff\xd9", Content.JPEG)
    assert not is_bare(b"\xff\xd8\xff\xd9", Content.JPEG)
    assert not is_bare(samples.png(), Content.PNG)


@pytest.mark.parametrize("data", [b"\xff\xd8\xff\xe0 broken", samples.jpeg(gps=True)[:300]])
def test_unreadable(data: bytes) -> None:
    """A picture that cannot be read is not shown."""
    with pytest.raises(NotCleaned):
        clean_picture(data, Content.JPEG)


def test_bomb() -> None:
    """A picture of more pixels than any telephone makes is not painted."""
    header = BytesIO()
    Image.new("1", (11_000, 11_000)).save(header, "PNG")
    with pytest.raises(NotCleaned):
        clean_picture(header.getvalue(), Content.PNG)


def test_film() -> None:
    """A film loses the notes of its index, and nothing in it moves."""
    dirty = samples.film()
    assert 3 == dirty.count(samples.PLACE)

    clean = clean_film(dirty)

    assert samples.PLACE not in clean
    assert len(dirty) == len(clean)
    assert dirty.index(b"mdat") == clean.index(b"mdat")
    assert b"pictures and sound" in clean
    assert clean == clean_film(clean)


@pytest.mark.parametrize("length", [0, 3, 9, 30, 60])
def test_broken_film(length: int) -> None:
    """A film that breaks off is read no further than it goes."""
    assert length == len(clean_film(samples.film()[:length]))
