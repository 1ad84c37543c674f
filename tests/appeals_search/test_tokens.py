import re

import pytest

from services.appeals.tokens import sign_of_key, tokens_of, tokens_of_word
from storage import vault


def test_opaque() -> None:
    """A token is six letters that say nothing of the word."""
    (token,) = tokens_of("жол")
    assert re.fullmatch("[a-z]{6}", token)
    assert token != "zholzh"


@pytest.mark.usefixtures("no_key")
def test_lasting() -> None:
    """Without a key tokens are always the same ones, for they are kept for years."""
    assert {"pltdtk"} == tokens_of("жол") == tokens_of_word("жол")
    assert frozenset() == sign_of_key()


@pytest.mark.usefixtures("new_ring")
def test_of_the_key() -> None:
    """Tokens depend on the key; a word is sought under every key, and under none."""
    old, new = vault.new_key(), vault.new_key()
    vault.use(vault.keyring(old))
    before = tokens_of("жол")
    vault.use(vault.keyring(f"{new},{old}"))
    assert before.isdisjoint(tokens_of("жол"))
    assert before | tokens_of("жол") | {"pltdtk"} == tokens_of_word("жол")


def test_all_texts() -> None:
    """Tokens of several texts are those of all their words; single letters have none."""
    assert tokens_of("жол") | tokens_of("газ") == tokens_of("Жол! в", "ГАЗ", "")
    assert tokens_of_word("5")
    assert not tokens_of_word("в")
    assert not tokens_of_word("1" * 13)
