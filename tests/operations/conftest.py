"""Settings of a bot whose Telegram is the sandbox."""

from collections.abc import Callable
from pathlib import Path

import pytest

from sandbox.server import Sandbox

ROOT = Path(__file__).resolve().parents[2]
Environment = Callable[[Sandbox, str], dict[str, str]]


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """Give the settings of a bot for a sandbox and a database, as environment variables."""

    def make(sandbox: Sandbox, url: str) -> dict[str, str]:
        return {
            "BOT_TOKEN": sandbox.token,
            "TELEGRAM_API": sandbox.bot_api,
            "CLOCK_URL": f"{sandbox.page}/api/clock",
            "DATABASE_URL": url,
            "KEYS_DIR": f"{tmp_path}/keys",
            "CHARTS_DIR": f"{tmp_path}/charts",
            "ORGANISATION_FILE": str(ROOT / "services/organisation/demonstration.yaml"),
            "MESSAGES_PER_SECOND": "150",
            "FREE_MESSAGES_PER_SECOND": "150",
            "ADMIN_IDS": "",
            "WEBHOOK_URL": "",
            "BACKUP_DIR": "",
        }

    return make
