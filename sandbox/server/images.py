"""The size of a picture, read from its own bytes."""

import struct
from collections.abc import Callable, Iterator

FILLING = 0xFF
FRAMES = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
END_OF_HEADERS = 0xDA
EDGES = (("s", 90), ("m", 320), ("x", 800), ("y", 1280))
"""Telegram's sizes of one photo and the longest side of each, in pixels."""


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Return width and height of a PNG, JPEG, GIF, WebP or BMP picture; None for anything else."""
    for signature, read in READERS:
        if data.startswith(signature):
            try:
                return read(data)
            except (struct.error, IndexError):
                return None
    return None


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _bmp(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<ii", data, 18)
    return width, abs(height)


def _jpeg(data: bytes) -> tuple[int, int] | None:
    for marker, position in _segments(data):
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", data, position + 3)
            return width, height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    position = 2
    while data[position] == FILLING:
        marker = data[position + 1]
        if marker == FILLING or marker in ALONE:
            position += 1 if marker == FILLING else 2
            continue
        if marker == END_OF_HEADERS:
            return
        yield marker, position + 2
        position += 2 + struct.unpack_from(">H", data, position + 2)[0]


def _webp(data: bytes) -> tuple[int, int]:
    match data[12:16]:
        case b"VP8X":
            wide, high = struct.unpack_from("<HxH", data, 24)
            return wide + 1, high + 1
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", data, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case _:
            width, height = struct.unpack_from("<HH", data, 26)
            return width & 0x3FFF, height & 0x3FFF


READERS: tuple[tuple[bytes, Callable[[bytes], tuple[int, int] | None]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8", _jpeg),
    (b"GIF8", _gif),
    (b"RIFF", _webp),
    (b"BM", _bmp),
)


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
