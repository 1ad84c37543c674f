"""Where a link leads, as Telegram writes it."""

import re

from sandbox.server.payload import Json

MENTION_LINK = re.compile(r"tg://user\?id=(\d+)$")
WEB_LINK = re.compile(r"(?:(https?|ftp|tg|ton|tonsite)://)?([^\s/?#]+)([^\s]*)$", re.IGNORECASE)


def link(target: str) -> Json | None:
    """Return the part of an entity that says where a link leads; None for no valid link."""
    mention = MENTION_LINK.match(target)
    if mention:
        user = {"id": int(mention.group(1)), "is_bot": False, "first_name": ""}
        return {"type": "text_mention", "user": user}
    found = WEB_LINK.match(target.strip())
    if found is None:
        return None
    scheme, host, rest = found.groups()
    if scheme is None and "." not in host:
        return None
    scheme = (scheme or "http").lower()
    if scheme in {"tg", "ton"}:
        return {"url": f"{scheme}://{host}{rest}"}
    path = rest if rest.startswith("/") else f"/{rest}"
    return {"url": f"{scheme}://{host.lower()}{path}"}
