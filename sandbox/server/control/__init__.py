"""The control API: what the chat page and tests do on the desk."""

from aiohttp import web

from sandbox.server.control.answers import from_here, spoken_errors
from sandbox.server.control.arranging import Arranging
from sandbox.server.control.chatting import Chatting
from sandbox.server.control.watching import Watching
from sandbox.server.page import add_page
from sandbox.server.telegram import Telegram

BODY_LIMIT = 200 * 1024 * 1024


class Control:
    """Answers /api/... and serves the page beside it."""

    def __init__(self, telegram: Telegram) -> None:
        self._chatting = Chatting(telegram)
        self._arranging = Arranging(telegram)
        self._watching = Watching(telegram)

    def application(self) -> web.Application:
        """Return the web application of the control API and the page."""
        app = web.Application(client_max_size=BODY_LIMIT, middlewares=[from_here, spoken_errors])
        for part in (self._chatting, self._arranging, self._watching):
            app.add_routes(part.routes())
        add_page(app)
        return app

    def close(self) -> None:
        """End the streams of events."""
        self._watching.close()
