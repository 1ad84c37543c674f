"""The Debian packages that some tests need, and the one line that installs them."""

import shutil
import subprocess
from collections.abc import Callable

INSTALL = (
    "apt-get install -y python3-venv chromium fonts-noto-color-emoji gettext "
    "hunspell hunspell-kk hunspell-ru openssl"
)


def _dictionary(name: str) -> Callable[[], bool]:
    def present() -> bool:
        if shutil.which("hunspell") is None:
            return False
        listing = subprocess.run(
            ["hunspell", "-D"], input="", capture_output=True, text=True, check=False
        )
        return f"/{name}" in listing.stdout + listing.stderr

    return present


PRESENT: dict[str, Callable[[], bool]] = {
    "chromium": lambda: shutil.which("chromium") is not None,
    "gettext": lambda: shutil.which("msgfmt") is not None,
    "hunspell-kk": _dictionary("kk_KZ"),
    "hunspell-ru": _dictionary("ru_RU"),
    "openssl": lambda: shutil.which("openssl") is not None,
}
