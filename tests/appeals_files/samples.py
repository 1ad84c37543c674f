"""Files as citizens send them, made here: pictures with a place in them, a film, a program."""

import struct
import zlib
from io import BytesIO
from zipfile import ZipFile

from PIL import Image, PngImagePlugin

PLACE = b"43.2567,76.9286"
COLOURS = ((200, 30, 30), (30, 200, 30))


def jpeg(*, gps: bool, turned: bool = False) -> bytes:
    """Return a photograph, 60 by 40 pixels, left red and right green; with EXIF where asked."""
    picture = Image.new("RGB", (60, 40), COLOURS[0])
    picture.paste(COLOURS[1], (30, 0, 60, 40))
    written = BytesIO()
    if not gps:
        picture.save(written, "JPEG", quality=95)
        return written.getvalue()
    exif = Image.Exif()
    if turned:
        exif[0x0112] = 6  # to be turned by 90 degrees when shown
    exif[0x010E] = PLACE.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (43.0, 15.0, 24.0), 3: "E", 4: (76.0, 55.0, 43.0)})
    picture.save(written, "JPEG", quality=95, exif=exif, comment=PLACE)
    return written.getvalue() + PLACE


def png() -> bytes:
    """Return a drawing with a place in its EXIF and in its text."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", PLACE.decode())
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()
    written = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 255, 128)).save(written, "PNG", pnginfo=notes, exif=exif)
    return written.getvalue()


def film() -> bytes:
    """Return a film of the QuickTime kind with a place in its index, as telephones write it."""
    notes = _box(b"udta", _box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE))
    track = _box(b"trak", _box(b"tkhd", bytes(84)) + _box(b"meta", PLACE))
    index = _box(b"moov", _box(b"mvhd", bytes(100)) + track + notes)
    kind = _box(b"ftyp", b"isom\0\0\2\0isomiso2")
    return kind + index + _box(b"uuid", PLACE) + _box(b"mdat", b"pictures and sound")


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def pdf() -> bytes:
    """Return the beginning of a PDF."""
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def program() -> bytes:
    """Return the beginning of a Windows program."""
    return b"MZ\x90\x00" + bytes(60) + b"PE\0\0" + zlib.compress(b"code")


def package(*names: str) -> bytes:
    """Return a ZIP archive with files of these names."""
    written = BytesIO()
    with ZipFile(written, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return written.getvalue()
