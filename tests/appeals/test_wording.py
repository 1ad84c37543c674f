import pytest

from services.appeals.wording import answer_problem, text_problem


@pytest.mark.parametrize(
    "text",
    [
        "Су жоқ",
        "<b>жол</b> & <script>",
        "لا يوجد ماء",
        "אין מים",
        "👍 жол",
        "я" * 4096,
        "8701 жол",
    ],
)
def test_words_of_any_kind_are_accepted(text: str) -> None:
    """Any script, any signs and up to 4,096 characters are an appeal."""
    assert text_problem(text) is None


@pytest.mark.parametrize(
    "text", ["", "   \n", "👍👍👍", "12345", "…!?", "я" * 4097, "😀" * 2048 + "жол"]
)
def test_what_says_nothing_is_refused(text: str) -> None:
    """Blank, wordless and too long texts are refused with a sentence."""
    assert text_problem(text)


def test_an_answer_fits_into_one_message() -> None:
    """An answer has room for its heading."""
    assert answer_problem("я" * 3500) is None
    assert answer_problem("я" * 3501)
