"""What becomes of an item once it is whole: it goes out by itself, or an operator is asked."""

from collections.abc import Sequence
from datetime import datetime, time

from sqlalchemy import Connection, RowMapping

from services.appeals.recipients import desk, moderators
from services.clock import ALMATY, local_date
from services.news.items import Content, ItemStatus, draft_id, draft_of
from services.news.posts import put_out
from services.news.sources import Source, existing
from services.people.rights import OF_ALL
from services.refusal import Refusal
from storage import sources as rows
from storage.outbox import tell

NOTICE = "source_item"
# Beyond so many on one day a source does not publish by itself: its people look first.
MOST_A_DAY = 10


def items_arrived(connection: Connection, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of items that are whole and wait for `deal_with` (a query)."""
    return rows.arrived(connection, now, limit)


def deal_with(connection: Connection, item_id: int, now: datetime) -> ItemStatus:
    """Publish an item of an automatic source, ask the operators on duty about any other.

    They are also asked where the source has published ten items today already, where the item
    would not fit into one message, and where it holds something that the bot cannot send on.
    Returns how far the item has come.

    Key: item, by its status arrived.
    """
    row = rows.find_item(connection, item_id, lock=True)
    if row is None or row["status"] != ItemStatus.ARRIVED or row["ready_at"] > now:
        return ItemStatus(row["status"]) if row is not None else ItemStatus.PASSED
    source = existing(connection, row["source_id"])
    content = Content.of_json(row["content"])
    if source.retired_at is not None or not (content.text.strip() or content.media):
        return _end(connection, row, ItemStatus.PASSED)
    if source.automatic and content.whole and _may_go_by_itself(connection, source, now):
        try:
            draft = draft_of(source, content)
            published = put_out(connection, None, draft_id(item_id), draft, now)
        except Refusal:
            return ask(connection, row, source, content, now)
        return _end(connection, row, ItemStatus.PUBLISHED, published.post_id)
    return ask(connection, row, source, content, now)


def ask(
    connection: Connection, row: RowMapping, source: Source, content: Content, now: datetime
) -> ItemStatus:
    """Show an item to the operators on duty, or where nobody is to the desk, and to moderators.

    Key: item, by its status arrived.
    """
    payload = {
        "item": row["id"],
        "version": row["version"],
        "source": source.title,
        "language": source.language.value,
        "topic": source.topic,
        "content": Content(content.text, content.media, content.link, content.whole).as_json(),
    }
    for person in dict.fromkeys([*desk(connection, OF_ALL), *moderators(connection)]):
        key = f"item:{row['id']}:{row['version']}:{person}"
        tell(connection, person, NOTICE, key, payload, now)
    return _end(connection, row, ItemStatus.ASKED)


def _may_go_by_itself(connection: Connection, source: Source, now: datetime) -> bool:
    midnight = datetime.combine(local_date(now), time(), ALMATY)
    return rows.published_by_itself(connection, source.id, midnight) < MOST_A_DAY


def _end(
    connection: Connection, row: RowMapping, status: ItemStatus, post_id: int | None = None
) -> ItemStatus:
    values = {"status": status.value, "post_id": post_id}
    rows.change_item(connection, row["id"], values, status=ItemStatus.ARRIVED.value)
    return status
