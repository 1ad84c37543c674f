"""Posts that go out while a transcript is played, without anybody composing them there."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from services.delivery.target import Target
from services.language import Language
from services.news.model import Draft, Link
from services.news.posts import put_out


def publish_later(
    connection: Connection, name: str, planned: list[dict[str, Any]], start_at: datetime
) -> None:
    """Plan posts, each so many minutes after the start.

    Each has topic, kk and ru (the texts) and minutes; it may have link (an address), language
    and regions.
    """
    for number, each in enumerate(planned):
        language = Language(each["language"]) if "language" in each else None
        draft = Draft(
            each["topic"],
            each["kk"],
            each["ru"],
            links=(Link("Толығырақ", "Подробнее", each["link"]),) if "link" in each else (),
            target=Target(regions=tuple(each.get("regions", ())), language=language),
            publish_at=start_at + timedelta(minutes=each["minutes"]),
        )
        put_out(connection, None, f"{name}-{number}", draft, start_at)
