"""A response to a post is an appeal that names it."""

from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from services.appeals.dossier import read_dossier
from services.appeals.draft import Draft, NewsItem
from services.appeals.model import AppealType
from services.appeals.registration import register_appeal
from services.clock import local_date
from services.news.model import Draft as PostDraft
from services.news.posts import put_out
from services.news.reaction import Presses, presses
from storage.schema.organisation import news_topics
from tests.appeals_intake.conftest import ADMINISTRATOR, CITIZEN, FRIDAY, draft


@pytest.fixture
def post(connection: Connection) -> int:
    """Put a post out and return its id."""
    names = {"name_kk": "Су", "name_ru": "Вода", "emoji": "🚰", "position": 0}
    connection.execute(sa.insert(news_topics).values(code="water", **names))
    text = PostDraft("water", "<b>Су келді</b>\nБүгін", "<b>Вода пришла</b>\nСегодня")
    return put_out(connection, None, "post", text, FRIDAY).post_id


def response(post: int) -> Draft:
    """Return what a citizen has to say about the post."""
    said = draft("response", 5, "Біздің көшеге де келсе екен")
    return replace(said, type=AppealType.RESPONSE, news=NewsItem(post, "Су келді"))


def test_counted_once(connection: Connection, post: int) -> None:
    """The same response sent twice is one, under its post and before the staff."""
    registered = [register_appeal(connection, response(post), CITIZEN, FRIDAY) for _ in range(2)]
    assert registered[0] == registered[1]
    assert Presses(useful=0, responses=1) == presses(connection, post)
    seen = read_dossier(connection, registered[0].id, ADMINISTRATOR, local_date(FRIDAY))
    assert (AppealType.RESPONSE, ("Су келді", "Вода пришла")) == (seen.type, seen.news)


def test_nothing_is_lost_with_a_blank_one(post: int) -> None:
    """A response without a word of the citizen's own is no unfinished appeal."""
    begun = Draft("begun", news=NewsItem(post, "Су келді"), topic="water-supply", region="19")
    assert begun.is_blank
    assert not begun.with_text(5, "Рақмет").is_blank
