"""What a file really is, told from its bytes: its name and its declared type prove nothing.

Only kinds that an appeal needs are known; everything else, programs and archives among it, is
unknown and is neither kept nor shown. The table is short enough to be read whole, which the
libraries for guessing any type on earth are not, and a guess is no permission.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from io import BytesIO
from zipfile import BadZipFile, ZipFile


@dataclass(frozen=True, slots=True)
class Kind:
    """The extension under which it is kept, and those that its name may have."""

    extension: str
    names: frozenset[str]


def _kind(*names: str) -> Kind:
    return Kind(names[0], frozenset(names))


class Content(Enum):
    """What a file of an appeal may be."""

    JPEG = _kind("jpg", "jpeg", "jpe", "jfif")
    PNG = _kind("png")
    GIF = _kind("gif")
    WEBP = _kind("webp")
    TIFF = _kind("tif", "tiff")
    BMP = _kind("bmp")
    HEIC = _kind("heic", "heif", "hif", "avif")
    MP4 = _kind("mp4", "m4v", "mov", "qt", "3gp", "3g2", "m4a")
    WEBM = _kind("webm", "mkv")
    AVI = _kind("avi")
    OGG = _kind("ogg", "oga", "opus", "ogv")
    MP3 = _kind("mp3")
    WAV = _kind("wav")
    AAC = _kind("aac")
    FLAC = _kind("flac")
    AMR = _kind("amr")
    PDF = _kind("pdf")
    WORD = _kind("docx")
    SHEET = _kind("xlsx")
    SLIDES = _kind("pptx")
    OPEN_DOCUMENT = _kind("odt", "ods", "odp")
    OLD_OFFICE = _kind("doc", "xls", "ppt")
    RTF = _kind("rtf")
    TEXT = _kind("txt", "csv", "md", "log")


_BEGINNINGS = (
    (b"\xff\xd8\xff", Content.JPEG),
    (b"\x89PNG\r\n\x1a\n", Content.PNG),
    (b"GIF87a", Content.GIF),
    (b"GIF89a", Content.GIF),
    (b"II*\x00", Content.TIFF),
    (b"MM\x00*", Content.TIFF),
    (b"\x1aE\xdf\xa3", Content.WEBM),
    (b"OggS", Content.OGG),
    (b"ID3", Content.MP3),
    (b"\xff\xfb", Content.MP3),
    (b"\xff\xf3", Content.MP3),
    (b"\xff\xf2", Content.MP3),
    (b"\xff\xf1", Content.AAC),
    (b"\xff\xf9", Content.AAC),
    (b"fLaC", Content.FLAC),
    (b"#!AMR", Content.AMR),
    (b"%PDF-", Content.PDF),
    (b"{\\rtf", Content.RTF),
)
_RIFF = {b"WEBP": Content.WEBP, b"WAVE": Content.WAV, b"AVI ": Content.AVI}
_STILL = frozenset({b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"})
_OFFICE = {
    "word/": Content.WORD,
    "xl/": Content.SHEET,
    "ppt/": Content.SLIDES,
}
_OLD_OFFICE = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
_MACROS = "_VBA_PROJECT"
_BMP_SIZES = frozenset({12, 40, 52, 56, 64, 108, 124})
# Bytes that no text has: control characters other than tabs and ends of lines and pages.
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def recognise(data: bytes) -> Content | None:
    """Return what the bytes of a whole file are, None where it is nothing that an appeal needs."""
    return next(_found(data), None)


def agrees(content: Content, name: str | None) -> bool:
    """Tell whether a file of this content may be called so; one without an extension may."""
    _, dot, extension = (name or "").rpartition(".")
    return not dot or extension.strip().lower() in content.value.names


def _found(data: bytes) -> Iterator[Content]:
    yield from (content for beginning, content in _BEGINNINGS if data.startswith(beginning))
    if data[:4] == b"RIFF" and data[8:12] in _RIFF:
        yield _RIFF[data[8:12]]
    if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BMP_SIZES:
        yield Content.BMP
    if data[4:8] == b"ftyp":
        yield Content.HEIC if data[8:12] in _STILL else Content.MP4
    if data[:4] == b"PK\x03\x04":
        yield from _packed(data)
        return
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        yield from _old_office(data)
        return
    if _is_text(data):
        yield Content.TEXT


def _packed(data: bytes) -> Iterator[Content]:
    """Yield which office document a ZIP archive is; one with macros is none."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (BadZipFile, NotImplementedError, ValueError, OSError):
        return
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll")) for name in names):
        return
    if "[Content_Types].xml" in names:
        yield from (
            content
            for folder, content in _OFFICE.items()
            if any(name.startswith(folder) for name in names)
        )
    elif "mimetype" in names and "content.xml" in names and "Basic/" not in names:
        yield Content.OPEN_DOCUMENT


def _old_office(data: bytes) -> Iterator[Content]:
    """Yield an old office document; the same container holds installers, too."""
    written = (name.encode("utf-16-le") for name in _OLD_OFFICE)
    if _MACROS.encode("utf-16-le") not in data and any(name in data for name in written):
        yield Content.OLD_OFFICE


def _is_text(data: bytes) -> bool:
    """Tell whether it is plain text, and nothing that a browser or a shell would run."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            return False
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:2]
    return (
        bool(start) and not start.startswith((b"<", b"#!", b"MZ")) and not _CONTROLS.search(data)
    )
