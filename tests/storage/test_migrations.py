from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from storage import migrations
from tests.cluster import Cluster


def test_head_equals_metadata(database_url: str) -> None:
    """The newest revision makes exactly the tables that the code speaks of."""
    assert migrations.head() == migrations.current(database_url)
    assert [] == migrations.differences(database_url)


def test_down_and_up(database_url: str) -> None:
    """Every revision can be undone and done again."""
    migrations.downgrade(database_url)
    assert migrations.current(database_url) is None
    migrations.upgrade(database_url)
    assert [] == migrations.differences(database_url)


def test_up_twice(database_url: str) -> None:
    """Upgrading a database that is up to date changes nothing."""
    migrations.upgrade(database_url)
    assert migrations.head() == migrations.current(database_url)


def test_from_nothing(tmp_path: Path) -> None:
    """A database that is not there yet is made, with its folder."""
    url = f"sqlite:///{tmp_path}/new/new.db"
    migrations.upgrade(url)
    assert migrations.head() == migrations.current(url)


def test_several_at_once(postgres_server: Cluster) -> None:
    """Replicas that start together migrate one after the other."""
    postgres_server.execute("CREATE DATABASE several")
    url = postgres_server.url("several")
    with ThreadPoolExecutor(4) as replicas:
        list(replicas.map(migrations.upgrade, [url] * 4))
    assert migrations.head() == migrations.current(url)
    postgres_server.execute("DROP DATABASE several")
