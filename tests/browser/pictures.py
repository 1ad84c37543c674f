"""Screenshots for the README: into docs/images with IMAGES=1, else where tests leave things."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page

from tests.browser.newcomer import ROOT

LARGEST = 300_000  # bytes; the README shows several
_WITHOUT = ".notices { visibility: hidden !important; } .more { display: none !important; }"


@dataclass(frozen=True, slots=True)
class Pictures:
    """A folder of screenshots."""

    folder: Path

    async def take(self, of: Page | Locator, name: str) -> None:
        """Write NAME.png, without passing notices and a blinking caret."""
        picture = await of.screenshot(animations="disabled", caret="hide", style=_WITHOUT)
        file = self.folder / f"{name}.png"
        # 256 colours: the wall's gradient would take three quarters of the bytes.
        Image.open(BytesIO(picture)).convert("RGB").quantize(256).save(file, optimize=True)
        assert file.stat().st_size < LARGEST


def pictures(elsewhere: Path) -> Pictures:
    """Return where this run's screenshots go."""
    folder = ROOT / "docs/images" if os.environ.get("IMAGES") else elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    return Pictures(folder)
