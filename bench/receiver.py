"""Telegram as a mailing meets it: takes messages, counts them, notes when some arrived.

`python -m bench.receiver PORT`; GET / tells what came so far. Times are of the monotonic clock,
which all processes of a machine share.
"""

import sys
import time
from urllib.parse import parse_qs

from aiohttp import web

LETTERS_FROM = 10_000_000  # chats beyond this get letters, whose times are kept


class Receiver:
    """Counts messages."""

    def __init__(self) -> None:
        self.messages = 0
        self.first: float | None = None
        self.letters: dict[str, float] = {}

    async def take(self, request: web.Request) -> web.Response:
        """Answer sendMessage with a message, anything else with true."""
        if request.match_info["method"] != "sendMessage":
            return web.json_response({"ok": True, "result": True})
        now = time.monotonic()
        chat = parse_qs((await request.read()).decode())["chat_id"][0]
        self.messages += 1
        self.first = self.first or now
        if int(chat) > LETTERS_FROM:
            self.letters[chat] = now
        body = (
            f'{{"ok":true,"result":{{"message_id":{self.messages},"date":1,'
            f'"chat":{{"id":{chat},"type":"private"}},"text":"-"}}}}'
        )
        return web.Response(text=body, content_type="application/json")

    async def tell(self, _request: web.Request) -> web.Response:
        """Answer what came so far."""
        return web.json_response(
            {"messages": self.messages, "first": self.first, "letters": self.letters}
        )

    async def forget(self, _request: web.Request) -> web.Response:
        """Begin to count anew."""
        self.messages, self.first, self.letters = 0, None, {}
        return web.Response()


def main(port: int) -> None:
    """Listen until stopped."""
    receiver = Receiver()
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", receiver.take)
    app.router.add_get("/", receiver.tell)
    app.router.add_delete("/", receiver.forget)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
