"""The order in which one person meets the options of a question."""

import hmac

from services.polls.model import Option, OptionRole, Question

# After the plain ones, in this order.
_LAST = (OptionRole.OTHER, OptionRole.NONE, OptionRole.DIFFICULT)


def order(question: Question, tag: bytes) -> tuple[Option, ...]:
    """Return the options: plain ones first, then «other», «none», «difficult to answer».

    Where the question asks for it the plain ones are shuffled by the voter's tag: one person
    always meets the same order, and over all people every order is as likely.
    """
    plain = [option for option in question.options if option.role is OptionRole.PLAIN]
    if question.random:
        plain.sort(key=lambda option: _rank(tag, question, option))
    last = [option for role in _LAST for option in question.options if option.role is role]
    return (*plain, *last)


def _rank(tag: bytes, question: Question, option: Option) -> bytes:
    return hmac.digest(tag, b"o:%d:%d" % (question.position, option.position), "sha256")
