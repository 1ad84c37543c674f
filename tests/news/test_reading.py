"""Posts are listed, found and rated by those who can read them."""

from datetime import datetime, timedelta
from itertools import count

import pytest

from services.delivery.target import Target
from services.language import Language
from services.news.latest import latest, newer_than
from services.news.model import Draft
from services.news.posts import put_out
from services.news.reaction import Presses, presses, react
from services.news.reading import read_post
from services.news.search import search
from services.refusal import Refusal
from storage.database import Database
from tests.news.conftest import CITIZEN, NOW, OPERATOR

NUMBERS = count()
HOUR = timedelta(hours=1)


async def post(
    db: Database, kk: str, ru: str, language: str | None = None, at: datetime | None = None
) -> int:
    """Put a post out and return its id; `at` plans it."""
    number = next(NUMBERS)
    target = Target(language=Language(language) if language else None)
    draft = Draft("roads", kk, ru, target=target, publish_at=at)
    return (await db.write(put_out, None, f"{number}", draft, NOW)).post_id


async def test_pages(db: Database) -> None:
    """Posts of one moment too are turned page by page, each once and in both directions."""
    numbers = [await post(db, "Жол", "Дорога") for _ in range(7)]
    first = await db.read(latest, "kk")
    second = await db.read(latest, "kk", first.posts[-1].id)
    shown = [one.id for one in (*first.posts, *second.posts)]
    assert numbers == shown[::-1]
    assert (True, False, True) == (first.older, second.older, second.newer)
    assert first == await db.read(newer_than, "kk", second.posts[0].id)


async def test_whose_language(db: Database) -> None:
    """A post for readers of one language is neither listed to others nor found by them."""
    kazakh = await post(db, "Жол салынды", "Жол салынды", "kk")
    await post(db, "Су келді", "Вода пришла", at=NOW + HOUR)
    assert [kazakh] == [one.id for one in (await db.read(latest, "kk")).posts]
    assert () == (await db.read(latest, "ru")).posts
    assert () == (await db.read(search, "жол", "ru")).posts


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("жәрдемақы", True),
        ("ЖАРДЕМАКЫ", True),
        ("jardem", True),
        ("пособия мам", True),
        ("собия", False),
        ("мам_", True),
        ("пос%ия", False),
        ("пособия дорога", False),
        ("?!", False),
    ],
)
async def test_search(db: Database, sought: str, found: bool) -> None:  # noqa: FBT001 - a table
    """All words are found by their beginnings, in any case and without Kazakh letters."""
    number = await post(db, "<b>Жәрдемақы</b>: жаңа мөлшер", "Пособия для мам, 100% выплат")
    await post(db, "Жол жөнделді", "Дорога готова")
    page = await db.read(search, sought, "ru")
    assert ([number] if found else []) == [one.id for one in page.posts]


async def test_useful(db: Database) -> None:
    """Each person counts once, and no more once it is taken back."""
    number = await post(db, "Жол", "Дорога")
    for person in (CITIZEN, CITIZEN, OPERATOR):
        last = await db.write(react, number, person, useful=True)
    assert Presses(useful=2, responses=0) == last
    for _ in range(2):
        await db.write(react, number, CITIZEN, useful=False)
    assert Presses(useful=1, responses=0) == await db.read(presses, number)
    mine = await db.read(read_post, number, OPERATOR)
    assert mine is not None
    assert mine.useful


async def test_not_out(db: Database) -> None:
    """A post that is planned, or was never there, takes no presses."""
    planned = await post(db, "Жол", "Дорога", at=NOW + HOUR)
    for number in (planned, planned + 1):
        with pytest.raises(Refusal):
            await db.write(react, number, CITIZEN, useful=True)
