"""The size of a picture, read from its own bytes."""

import struct
from collections.abc import Iterator

PNG = b"\x89PNG\r\n\x1a\n"
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
END_OF_HEADERS = 0xDA
EDGES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
"""Telegram's sizes of one photo and the longest side of each, in pixels."""


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG, GIF, WebP or BMP picture; None for anything else."""
    if data.startswith(PNG) and len(data) >= 24:  # noqa: PLR2004  # signature and first header
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith((b"GIF87a", b"GIF89a")) and len(data) >= 10:  # noqa: PLR2004  # header
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return _webp(data)
    if data.startswith(b"BM") and len(data) >= 26:  # noqa: PLR2004  # file and picture header
        width, height = struct.unpack("<ii", data[18:26])
        return width, abs(height)
    return None


def _jpeg(data: bytes) -> tuple[int, int] | None:
    for marker, position in _segments(data):
        if marker in FRAMES and position + 7 <= len(data):
            height, width = struct.unpack(">HH", data[position + 3 : position + 7])
            return width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    position = 2
    while position + 4 <= len(data) and data[position] == 0xFF:  # noqa: PLR2004  # a marker
        marker = data[position + 1]
        if marker in ALONE or marker == 0xFF:  # noqa: PLR2004  # filling
            position += 1 if marker == 0xFF else 2  # noqa: PLR2004  # filling
            continue
        if marker == END_OF_HEADERS:
            return
        yield marker, position + 2
        position += 2 + struct.unpack(">H", data[position + 2 : position + 4])[0]


def _webp(data: bytes) -> tuple[int, int] | None:
    if len(data) < 30:  # noqa: PLR2004  # the longest of the three headers
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            int.from_bytes(data[24:27], "little") + 1,
            int.from_bytes(data[27:30], "little") + 1,
        )
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack("<HH", data[26:30])
    return width & 0x3FFF, height & 0x3FFF


def scaled(width: int, height: int) -> list[tuple[str, int, int]]:
    """Return the sizes in which Telegram keeps a photo: letter, width, height; smallest first."""
    longest = max(width, height)
    sizes = []
    for letter, edge in EDGES:
        if longest <= edge or letter == EDGES[-1][0]:
            by = min(1.0, edge / longest)
            sizes.append((letter, max(1, round(width * by)), max(1, round(height * by))))
            break
        by = edge / longest
        sizes.append((letter, max(1, round(width * by)), max(1, round(height * by))))
    return sizes
