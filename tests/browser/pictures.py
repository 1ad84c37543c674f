"""Screenshots for the README: into docs/images with IMAGES=1, else where tests leave things."""

import os
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.async_api import Locator, Page

from tests.browser.newcomer import ROOT

_LARGEST = 300_000  # bytes; the README shows several


@dataclass(frozen=True, slots=True)
class Pictures:
    """A folder of screenshots."""

    folder: Path

    async def take(self, of: Page | Locator, name: str) -> None:
        """Write NAME.png, without a blinking caret."""
        shot = await of.screenshot(animations="disabled", caret="hide")
        picture = Image.open(BytesIO(shot)).convert("RGB")
        # 256 colours: the wall's gradient would take three quarters of the bytes.
        palette = picture.quantize(256, method=Image.Quantize.FASTOCTREE)
        file = self.folder / f"{name}.png"
        picture.quantize(palette=palette).save(file, optimize=True)
        assert file.stat().st_size < _LARGEST


def pictures(elsewhere: Path) -> Pictures:
    """Return where this run's screenshots go."""
    folder = ROOT / "docs/images" if os.environ.get("IMAGES") else elsewhere
    folder.mkdir(parents=True, exist_ok=True)
    return Pictures(folder)
