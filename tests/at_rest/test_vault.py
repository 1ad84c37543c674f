import base64

import pytest

from storage import vault
from storage.vault import BadKey, SealBroken, keyring, new_key

pytestmark = pytest.mark.usefixtures("new_ring")


@pytest.mark.parametrize("words", ["", "Су жоқ", "\x02 таңба", "ұ" * 100_000])
def test_there_and_back(words: str) -> None:
    """What is sealed comes back as it was, and looks different each time."""
    once, again = vault.seal_text(words), vault.seal_text(words)
    assert (words, words) == (vault.open_text(once), vault.open_text(again))
    assert once != again
    data = words.encode()
    assert data == vault.open_bytes(vault.seal_bytes(data))


def test_before_there_was_a_key() -> None:
    """What was written without a key can be read with one."""
    vault.use(None)
    kept, data = vault.seal_text("Су жоқ"), vault.seal_bytes(b"\xff\xd8")
    assert ("Су жоқ", b"\xff\xd8") == (kept, data)
    vault.use(keyring(new_key()))
    assert ("Су жоқ", b"\xff\xd8") == (vault.open_text(kept), vault.open_bytes(data))
    assert None is vault.key_of(kept)


def test_nobody_pretends_to_have_sealed() -> None:
    """Without a key nobody's words can look like something sealed."""
    vault.use(None)
    assert "Су жоқ" == vault.open_text(vault.seal_text("\x02\x02Су жоқ"))


def test_older_keys_open() -> None:
    """All keys of the ring open, the first one seals; a value names its key."""
    old, new = new_key(), new_key()
    vault.use(keyring(old))
    name, kept = vault.newest_key(), vault.seal_text("Су жоқ")
    vault.use(keyring(f"{new}, {old}"))
    assert "Су жоқ" == vault.open_text(kept)
    assert name == vault.key_of(kept)
    assert [vault.key_of(vault.seal_text("")), name] == list(vault.key_names())
    assert kept.startswith(vault.sealed_prefix(name or ""))


def test_missing_key() -> None:
    """A value whose key is missing is not opened, and the key is named."""
    kept, name = vault.seal_text("Су жоқ"), vault.newest_key()
    for ring in (keyring(new_key()), None):
        vault.use(ring)
        with pytest.raises(SealBroken, match=f"lacks the key {name}"):
            vault.open_text(kept)


@pytest.mark.parametrize("place", [1, 6, 18, 30, -1])
def test_changed(place: int) -> None:
    """A sealed value that somebody changed is not opened."""
    changed = bytearray(vault.seal_bytes(b"Su zhoq, kelip tur"))
    changed[place] ^= 1
    with pytest.raises(SealBroken):
        vault.open_bytes(bytes(changed))
    with pytest.raises(SealBroken):
        vault.open_text(vault.MARK + base64.b64encode(changed[1:]).decode()[:-3])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (" , ", "is empty"),
        ("кілт", "is not base64"),
        ("secret!", "is not base64"),
        (base64.b64encode(bytes(16)).decode(), "holds 16 bytes and needs 32"),
    ],
)
def test_bad_keys(text: str, reason: str) -> None:
    """What is no key is refused with a sentence that does not repeat it."""
    with pytest.raises(BadKey, match=reason) as refused:
        keyring(text)
    assert not text.strip(" ,") or text not in str(refused.value)


def test_blinds() -> None:
    """A blind is the same each time and another under another key; older ones are found."""
    old, new = new_key(), new_key()
    vault.use(keyring(old))
    before = vault.blind("+77011234567")
    assert before == vault.blind("+77011234567")
    assert before != vault.blind("+77011234568")
    assert vault.newest_key() == vault.key_of_blind(before)
    vault.use(None)
    without = vault.blind("+77011234567")
    assert None is vault.key_of_blind(without)
    vault.use(keyring(f"{new},{old}"))
    now = vault.blind("+77011234567")
    assert [now, before, without] == list(vault.blinds("+77011234567"))
    assert {32} == {len(each) for each in (now, before, without)}


def test_keys_are_not_printed() -> None:
    """A ring in a log or a traceback does not tell its keys."""
    key = new_key()
    ring = keyring(key)
    assert key not in repr(ring)
    assert repr(base64.urlsafe_b64decode(key)) not in repr((ring, ring.keys))
