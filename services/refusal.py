"""Expected refusals: a rule of the product said no, and the person is told why."""

from typing import Any


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for "extract, translate later"
    """Mark a message id for extraction; it is translated where it is shown."""
    return message


class Refusal(Exception):  # noqa: N818  # not an error: the polite word "no"
    """Says no with a message id in English and its parameters.

    One place, the error handler of the bot, turns it into a sentence in the person's language.
    """

    def __init__(self, message: str, **parameters: Any) -> None:
        super().__init__(message)
        self.message = message
        self.parameters = parameters


class ConsentNeeded(Exception):  # noqa: N818  # as above
    """This cannot be kept before the person agrees to it; `kind` names the text.

    No Refusal, for the same reason: the text is shown, and what was asked for goes on after it.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class SessionEnded(Exception):  # noqa: N818 - likewise
    """Says that a member of staff must type their PIN before they go on.

    No Refusal: what shows those in a place of its own lets this pass, to the screen of the PIN.
    """
