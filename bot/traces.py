"""Where something went wrong, in words of the program and none of a person.

The message of an exception may repeat what somebody wrote or pressed; its place never does.
"""

import traceback
from collections.abc import Iterator


def trace_of(failure: BaseException) -> str:
    """Return the kinds of the failure and of what led to it, each with its places in the code."""
    return "\n".join(_lines(failure))


def _lines(failure: BaseException) -> Iterator[str]:
    known: set[int] = set()
    error: BaseException | None = failure
    while error is not None and id(error) not in known:
        known.add(id(error))
        yield f"{type(error).__module__}.{type(error).__qualname__}"
        for frame in traceback.extract_tb(error.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}"
        earlier = None if error.__suppress_context__ else error.__context__
        error = error.__cause__ or earlier
