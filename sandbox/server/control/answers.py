"""JSON in, JSON out, and errors in words."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import orjson
from aiohttp import web

from sandbox.server.actions import Impossible
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


def answer(content: Any, status: int = 200) -> web.Response:
    """Return a JSON response."""
    return web.Response(body=orjson.dumps(content), status=status, content_type="application/json")


@web.middleware
async def spoken_errors(request: web.Request, handler: Handle) -> web.StreamResponse:
    """Turn what cannot be done into `{"error": …}` with a 4xx status."""
    try:
        return await handler(request)
    except Impossible as error:
        return answer({"error": str(error)}, 409)
    except Refusal as refusal:
        return answer({"error": refusal.description}, 400)
    except KeyError as error:
        return answer({"error": f"not found: {error.args[0]}"}, 404)
    except (ValueError, TypeError) as error:
        return answer({"error": str(error)}, 400)


@web.middleware
async def from_here(request: web.Request, handler: Handle) -> web.StreamResponse:
    """Refuse what another site's page asks in a browser on this machine."""
    origin = request.headers.get("Origin")
    asked = [request.host] if origin is None else [request.host, urlsplit(origin).netloc]
    if any(urlsplit(f"//{each}").hostname not in HERE for each in asked):
        return answer({"error": "the sandbox answers pages of its own only"}, 403)
    return await handler(request)


async def read_json(request: web.Request) -> Json:
    """Return a request's JSON object, empty for no body; raises ValueError."""
    raw = await request.read()
    if not raw.strip():
        return {}
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise ValueError(f"the body is no JSON: {error}") from error
    if not isinstance(body, dict):
        raise ValueError("the body must be a JSON object")  # noqa: TRY004  # a bad request
    return body


def chat_id(request: web.Request) -> int:
    """Return the chat in a request's path: a person's id, or a negative one."""
    return int(request.match_info["chat"])
