"""Taking the place out of a picture or a film before anybody but its sender sees it.

What a camera writes beside a picture (EXIF, XMP, IPTC, comments, thumbnails, whatever follows the
end) can name the flat where it was taken. Telegram's apps re-encode what is sent as a photo, which
drops it, and hand on what is sent as a file byte for byte
(https://metaclean.app/blog/does-telegram-remove-exif-data, March 2026); since an app may do
otherwise, photos are looked at, too.

A picture is painted anew, pixels only, the right side up. A film keeps its picture and sound; the
boxes of notes in its index (`udta`, `meta`, `uuid`: ISO/IEC 14496-12, QuickTime File Format) are
turned into free space of the same length, so that nothing moves.
"""

from collections.abc import Iterator
from io import BytesIO

from services.appeals.content import Content

# A phone's panorama has fewer; a bomb of a few kilobytes has more.
PIXELS_LIMIT = 120_000_000
QUALITY = 90
_DRAWN = frozenset({Content.PNG, Content.GIF, Content.BMP})
PICTURES = frozenset({Content.JPEG, Content.WEBP, Content.TIFF}) | _DRAWN
_NOTES = frozenset({b"udta", b"meta", b"uuid"})
_FOLDERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"moof", b"traf"})
_HEADER, _LONG_HEADER = 8, 16
# Segments that say how to show the pixels: JFIF, an ICC profile, Adobe's transform.
_PLAIN_SEGMENTS = frozenset({0xE0, 0xE2, 0xEE})
_SEGMENTS_OF_NOTES = frozenset({*range(0xE0, 0xF0), 0xFE}) - _PLAIN_SEGMENTS
_SCAN, _END = 0xDA, b"\xff\xd9"


class NotCleaned(Exception):  # noqa: N818  # an answer rather than an error
    """The picture cannot be read, or is too large to be painted anew."""


def is_bare(data: bytes, content: Content) -> bool:
    """Tell whether a picture is a JPEG file of pixels and nothing else (ITU-T T.81, B.1)."""
    if content is not Content.JPEG or not data.endswith(_END):
        return False
    at = 2
    while data[at : at + 1] == b"\xff" and data[at + 1] not in _SEGMENTS_OF_NOTES:
        if data[at + 1] == _SCAN:
            # Another end before the last one: something stands behind the picture.
            return data.find(_END, at) == len(data) - len(_END)
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return False


def clean_picture(data: bytes, content: Content) -> tuple[bytes, str]:
    """Return the pixels of a picture as a new file, and its extension; raises NotCleaned.

    Drawings (PNG, GIF, BMP) become PNG without loss, photographs JPEG.
    """
    # Only where a picture is painted: the bot's own process does not load the library.
    from PIL import Image, ImageOps  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = None
    painted = BytesIO()
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > PIXELS_LIMIT:
                raise NotCleaned
            picture = ImageOps.exif_transpose(opened)
            drawn = content in _DRAWN
            bare = picture.convert("RGBA" if drawn else "RGB")
        bare.info.clear()
        # The clean copy begins from the pixels and from nothing else.
        copy = Image.frombytes(bare.mode, bare.size, bare.tobytes())
        if drawn:
            copy.save(painted, "PNG")
            return painted.getvalue(), Content.PNG.value.extension
        copy.save(painted, "JPEG", quality=QUALITY)
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError) as error:
        raise NotCleaned from error
    return painted.getvalue(), Content.JPEG.value.extension


def clean_film(data: bytes) -> bytes:
    """Return a film of the MP4 or QuickTime kind without its notes, of the same length."""
    cleaned = bytearray(data)
    for start in _notes(data, 0, len(data)):
        cleaned[start + 4 : start + _HEADER] = b"free"
        size, header = _size(data, start, len(data))
        cleaned[start + header : start + size] = bytes(size - header)
    return bytes(cleaned)


def _notes(data: bytes, start: int, end: int) -> Iterator[int]:
    """Yield where the boxes of notes begin."""
    while start + _HEADER <= end:
        size, header = _size(data, start, end)
        if size < header:
            return
        kind = data[start + 4 : start + _HEADER]
        if kind in _NOTES:
            yield start
        elif kind in _FOLDERS:
            yield from _notes(data, start + header, start + size)
        start += size


def _size(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return the length of a box within what is there, and of its header."""
    size = int.from_bytes(data[start : start + 4])
    if size == 1:
        long = int.from_bytes(data[start + _HEADER : start + _LONG_HEADER])
        return min(long, end - start), _LONG_HEADER
    return min(size or end - start, end - start), _HEADER
