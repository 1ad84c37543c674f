"""What a file is, is told from its bytes."""

import pytest

from services.appeals.content import Content, agrees, recognise
from tests.appeals_files import samples


@pytest.mark.parametrize(
    ("data", "content"),
    [
        (samples.jpeg(gps=True), Content.JPEG),
        (samples.png(), Content.PNG),
        (samples.film(), Content.MP4),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", Content.HEIC),
        (samples.pdf(), Content.PDF),
        (b"OggS\0\2" + bytes(20), Content.OGG),
        (samples.package("[Content_Types].xml", "word/document.xml"), Content.WORD),
        (samples.package("[Content_Types].xml", "xl/workbook.xml"), Content.SHEET),
        (samples.package("mimetype", "content.xml"), Content.OPEN_DOCUMENT),
        ("Қарағанды, су жоқ\r\n".encode(), Content.TEXT),
        ("Қарағанды".encode("utf-16"), Content.TEXT),
        ("Караганда".encode("cp1251"), Content.TEXT),
    ],
)
def test_known(data: bytes, content: Content) -> None:
    """What appeals need is recognised."""
    assert content is recognise(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        samples.program(),
        b"\x7fELF\2\1\1" + bytes(20),
        b"#!/bin/sh\nrm -rf /\n",
        b"  <!DOCTYPE html><script>alert(1)</script>",
        b"<svg onload='alert(1)'/>",
        samples.package("setup.exe"),
        samples.package("report.txt"),
        samples.package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Installer".encode("utf-16-le"),
        bytes(range(256)),
    ],
)
def test_unknown(data: bytes) -> None:
    """Programs, archives, macros and pages that a browser would run are nothing that is kept."""
    assert recognise(data) is None


@pytest.mark.parametrize(
    ("name", "agreed"),
    [("a.jpg", True), ("a.JPEG", True), ("photo", True), (None, True), ("a.jpg.exe", False)],
)
def test_names(name: str | None, agreed: bool) -> None:  # noqa: FBT001
    """A name may lack an extension, and may not claim another kind."""
    assert agreed == agrees(Content.JPEG, name)
