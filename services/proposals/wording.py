"""What the words of a proposal must be: as its author writes them, and as the board shows them."""

from services.polls.masking import personal
from services.refusal import N_, Refusal
from services.text.length import utf16_length

SHORTEST, LONGEST = 20, 1500
TITLE_SHORTEST, TITLE_LONGEST = 5, 100
ANSWER_SHORTEST, ANSWER_LONGEST = 10, 1500
_LETTERS = 3


def text_problem(text: str) -> str | None:
    """Return what is missing in a proposal (a message id), None where the words will do."""
    plain = text.strip()
    if len(plain) < SHORTEST or sum(map(str.isalpha, plain)) < SHORTEST // 2:
        return N_("Please say it in a sentence or two: what should be done, and what for.")
    if utf16_length(plain) > LONGEST:
        return N_("This is too long: at most 1,500 characters. Please shorten it.")
    return None


def checked_text(text: str) -> str:
    """Return the words of an author as they are kept; raises Refusal where they will not do."""
    plain = text.replace("\x00", "").strip()
    problem = text_problem(plain)
    if problem is not None:
        raise Refusal(problem)
    return plain


def checked_shown(text: str) -> str:
    """Return words for the board; raises Refusal also where they hold personal data."""
    plain = checked_text(text)
    _require_impersonal(plain)
    return plain


def checked_title(text: str) -> str:
    """Return a title for the board: one line without personal data; raises Refusal."""
    plain = " ".join(text.replace("\x00", "").split())
    if len(plain) < TITLE_SHORTEST or sum(map(str.isalpha, plain)) < _LETTERS:
        raise Refusal(N_("Please write a title in words."))
    if utf16_length(plain) > TITLE_LONGEST:
        raise Refusal(N_("A title is at most 100 characters long. Please shorten it."))
    _require_impersonal(plain)
    return plain


def checked_answer(text: str) -> str:
    """Return an official answer as it is shown to everybody; raises Refusal."""
    plain = text.replace("\x00", "").strip()
    if len(plain) < ANSWER_SHORTEST or utf16_length(plain) > ANSWER_LONGEST:
        raise Refusal(
            N_("From {least} to {most} characters are needed, you sent: {length}"),
            least=ANSWER_SHORTEST,
            most=ANSWER_LONGEST,
            length=len(plain),
        )
    if sum(map(str.isalpha, plain)) < _LETTERS:
        raise Refusal(N_("I see no words here. Please write in words: a few are enough."))
    return plain


def _require_impersonal(text: str) -> None:
    if personal(text):
        raise Refusal(
            N_(
                "There seem to be personal data in it: a name, a number or an address. "
                "Please leave them out."
            )
        )
