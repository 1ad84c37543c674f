"""The chat page: static files beside the server."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent.parent / "page"
POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "style-src 'self' 'unsafe-inline'"
)


def add_page(app: web.Application) -> None:
    """Serve the chat page at / and its files beside it."""
    app.router.add_get("/", _index)
    app.router.add_get("/{name:[A-Za-z0-9_./-]+}", _file)


async def _index(request: web.Request) -> web.StreamResponse:
    del request
    return _serve("index.html")


async def _file(request: web.Request) -> web.StreamResponse:
    return _serve(request.match_info["name"])


def _serve(name: str) -> web.StreamResponse:
    path = (FOLDER / name).resolve()
    if not path.is_relative_to(FOLDER.resolve()) or not path.is_file():
        return web.json_response({"error": f"not found: {name}"}, status=404)
    return web.FileResponse(
        path, headers={"Cache-Control": "no-store", "Content-Security-Policy": POLICY}
    )
