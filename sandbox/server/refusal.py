"""What Telegram says when it does not do what it was asked."""

from typing import Self

from sandbox.server.payload import Json


class Refusal(Exception):  # noqa: N818  # an answer, not a failure of the sandbox
    """One error answer of the Bot API, in Telegram's words.

    Source: https://core.telegram.org/bots/api#making-requests
    """

    def __init__(self, code: int, description: str, retry_after: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after

    @classmethod
    def bad_request(cls, words: str) -> Self:
        """Answer 400 with Telegram's prefix."""
        return cls(400, f"Bad Request: {words}")

    @classmethod
    def forbidden(cls, words: str) -> Self:
        """Answer 403 with Telegram's prefix."""
        return cls(403, f"Forbidden: {words}")

    @classmethod
    def conflict(cls, words: str) -> Self:
        """Answer 409 with Telegram's prefix."""
        return cls(409, f"Conflict: {words}")

    @classmethod
    def flood(cls, seconds: int) -> Self:
        """Answer 429 with `parameters.retry_after`, in whole seconds."""
        return cls(429, f"Too Many Requests: retry after {seconds}", seconds)

    def answer(self) -> Json:
        """Return the JSON object that Telegram sends for this refusal."""
        found: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after is not None:
            found["parameters"] = {"retry_after": self.retry_after}
        return found
