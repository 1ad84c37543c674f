"""Links that lead into the bot: `t.me/<bot>?start=<payload>` (at most 64 characters).

Payloads are opaque and untrusted; each kind has a prefix and one function that opens it.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.citizen.certificates import open_certificate
from handlers.citizen.polls import follow_link
from handlers.citizen.proposals.board import follow_link as follow_proposal
from handlers.operator.invitation import open_invitation
from handlers.screen import Event, Screen, send
from handlers.text import _

Opener = Callable[..., Awaitable[None]]

OPENERS: dict[str, Opener] = {
    "i_": open_invitation,
    "poll_": follow_link,
    "cert_": open_certificate,
    "prop_": follow_proposal,
}


async def follow(payload: str, event: Event, **resources: Any) -> None:
    """Open what the link leads to, or say that it leads nowhere."""
    for prefix, opener in OPENERS.items():
        if payload.startswith(prefix):
            await opener(event, payload.removeprefix(prefix), **resources)
            return
    await send(event, Screen(_("This link leads nowhere. Here is the menu instead.")))
