"""What the words of an appeal and of an answer must be, and nothing more."""

from itertools import islice

from services.refusal import N_
from services.text.length import utf16_length

TEXT_LIMIT = 4096
# An answer travels in one message under a heading of its own.
ANSWER_LIMIT = 3500
# A question, a reply, a comment, a note.
COMMENT_LIMIT = 1000
# Generous on purpose: «су» is a word, «су жоқ» is an appeal.
_LETTERS = 3


def text_problem(text: str) -> str | None:
    """Return what is missing in the words of an appeal (a message id), None where they will do.

    Any script and any signs are welcome; only a few letters are asked for, for emoji and digits
    alone tell nobody what happened.
    """
    if not text.strip():
        return N_("There are no words yet. Please write in words what happened.")
    if not _has_words(text):
        return N_("I see no words here. Please write in words what happened: a few are enough.")
    if utf16_length(text) > TEXT_LIMIT:
        return N_(
            "This is longer than one appeal can be (4,096 characters). "
            "Please shorten it, or send the rest as a document."
        )
    return None


def answer_problem(text: str) -> str | None:
    """Return what is wrong with the words of an answer (a message id), None where they will do."""
    if not _has_words(text):
        return N_("The answer has no words yet. Please write it in words.")
    if utf16_length(text) > ANSWER_LIMIT:
        return N_("The answer is too long: one message holds 3,500 characters. Please shorten it.")
    return None


def comment_problem(text: str) -> str | None:
    """Return what is wrong with a few words about an appeal (a message id), None if they will do.

    A comment, a question, a reply or a note: all that stands beside the appeal and its answer.
    """
    if not _has_words(text):
        return N_("I see no words here. Please write in words: a few are enough.")
    if utf16_length(text) > COMMENT_LIMIT:
        return N_("This is too long: at most 1,000 characters. Please shorten it.")
    return None


def _has_words(text: str) -> bool:
    return len(list(islice(filter(str.isalpha, text), _LETTERS))) == _LETTERS
