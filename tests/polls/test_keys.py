"""Keys of polls: files that are made once and destroyed for good."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from services.polls.keys import MissingKey, PollKeys


def test_a_repetition_finds_the_same_key(keys: PollKeys) -> None:
    """Making a key again gives the key that is there."""
    assert keys.create("d1") == keys.create("d1")


def test_many_at_once_get_one_key(keys: PollKeys, tmp_path: Path) -> None:
    """Of many that make the same key at once all get the same, and nothing else is left."""
    with ThreadPoolExecutor(8) as pool:
        made = {key.public_key for key in pool.map(keys.create, ["d1"] * 40)}
    assert 1 == len(made)
    assert ["d1.key"] == [path.name for path in (tmp_path / "keys").iterdir()]


def test_only_the_owner_reads_keys(keys: PollKeys, tmp_path: Path) -> None:
    """Files are 0600 in a folder that is 0700."""
    keys.create("d1")
    folder = tmp_path / "keys"
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder / "d1.key", folder)]
    assert [0o600, 0o700] == modes


def test_keys_that_others_may_open_are_named(keys: PollKeys, tmp_path: Path) -> None:
    """A folder or a file that somebody opened to others is found; others are not."""
    before = keys.exposed()
    keys.create("d1")
    made = keys.exposed()
    (tmp_path / "keys" / "d1.key").chmod(0o640)
    assert ([], [], [tmp_path / "keys" / "d1.key"]) == (before, made, keys.exposed())


def test_a_destroyed_key_is_gone(keys: PollKeys, tmp_path: Path) -> None:
    """After destruction there is no file; destroying again is harmless."""
    public = keys.create("d1").public_key
    keys.destroy("d1")
    keys.destroy("d1")
    assert [] == list((tmp_path / "keys").iterdir())
    with pytest.raises(MissingKey):
        keys.find("d1", public)


@pytest.mark.parametrize("content", [b"", b"unqosu poll key 1\n" + bytes(64), b"x" * 82])
def test_a_damaged_key_is_missing(keys: PollKeys, tmp_path: Path, content: bytes) -> None:
    """A file that is cut, zeroed or foreign is refused, not replaced."""
    public = keys.create("d1").public_key
    (tmp_path / "keys" / "d1.key").write_bytes(content)
    with pytest.raises(MissingKey):
        keys.find("d1", public)
    assert content == (tmp_path / "keys" / "d1.key").read_bytes()


def test_the_key_of_another_poll_is_missing(keys: PollKeys) -> None:
    """A key that does not fit the poll's public key is refused."""
    keys.create("d1")
    with pytest.raises(MissingKey):
        keys.find("d1", keys.create("d2").public_key)


def test_a_key_does_not_show_itself(keys: PollKeys) -> None:
    """What a log or a trace would print of a key holds no key."""
    assert "PollKey()" == repr(keys.create("d1"))


@pytest.mark.parametrize("name", ["", "../d1", "a/b", "ә", "x" * 33])
def test_names_stay_in_the_folder(keys: PollKeys, name: str) -> None:
    """A name that could lead out of the folder is refused."""
    with pytest.raises(ValueError, match="named by"):
        keys.create(name)
