"""Downloads of files by the path that getFile told."""

from aiohttp import web

from sandbox.server.files import DOWNLOAD_LIMIT, FileStore, StoredFile
from sandbox.server.refusal import Refusal


def add_downloads(app: web.Application, files: FileStore, token: str) -> None:
    """Serve /file/bot<token>/<path>, up to 20 MB a file.

    Source: https://core.telegram.org/bots/api#getfile
    """

    async def download(request: web.Request) -> web.Response:
        try:
            stored = _find(files, request, token)
        except Refusal as refusal:
            return web.json_response(refusal.answer(), status=refusal.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")

    app.router.add_get("/file/{bot:bot[^/]+}/{path:.+}", download)


def _find(files: FileStore, request: web.Request, token: str) -> StoredFile:
    if request.match_info["bot"] != f"bot{token}":
        raise Refusal(401, "Unauthorized")
    stored = files.at(request.match_info["path"])
    if stored is None or stored.size > DOWNLOAD_LIMIT:
        raise Refusal(404, "Not Found")
    return stored
