import re

from services.appeals.tokens import tokens_of, tokens_of_word


def test_opaque() -> None:
    """A token is six letters that say nothing of the word."""
    (token,) = tokens_of_word("жол")
    assert re.fullmatch("[a-z]{6}", token)
    assert token != "zholzh"


def test_lasting() -> None:
    """Tokens are kept for years, so they are always the same ones."""
    assert {"pltdtk"} == tokens_of_word("жол")


def test_all_texts() -> None:
    """Tokens of several texts are those of all their words; single letters have none."""
    assert tokens_of_word("жол") | tokens_of_word("газ") == tokens_of("Жол! в", "ГАЗ", "")
    assert tokens_of_word("5")
    assert not tokens_of_word("в")
    assert not tokens_of_word("1" * 13)
