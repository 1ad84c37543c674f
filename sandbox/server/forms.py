"""Bodies of requests: JSON, urlencoded and multipart, as Telegram takes them."""

import re
from urllib.parse import unquote

import orjson
from aiohttp import web

from sandbox.server.files import UPLOAD_LIMIT, Upload
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal

BODY_LIMIT = UPLOAD_LIMIT + 1024 * 1024
ESCAPES = re.compile(rb"(?:%[0-9a-fA-F]{2})+")
NAME = re.compile(rb'[; ]name="((?:[^"\\]|\\.)*)"|[; ]name=([^;\s]+)')
FILE_NAME = re.compile(rb'filename="((?:[^"\\]|\\.)*)"|filename=([^;\s]+)')
FILE_NAME_UTF8 = re.compile(rb"filename\*=utf-8''([^;\s]+)", re.IGNORECASE)
CONTENT_TYPE = re.compile(rb"content-type:\s*([^\r\n;]+)", re.IGNORECASE)
BOUNDARY = re.compile(r'boundary="?([^";,]+)"?', re.IGNORECASE)


async def read_body(request: web.Request) -> tuple[Json, dict[str, Upload]]:
    """Return the parameters and uploaded files of a request, the query string included.

    Raises Refusal 413 over 50 MB and 400 for a body that cannot be read.
    """
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise Refusal(413, "Request Entity Too Large") from None
    query: Json = dict(request.query) if request.query_string else {}
    parameters, files = parse_body(request.headers.get("Content-Type", ""), body)
    return (query | parameters if query else parameters), files


def parse_body(content_type: str, body: bytes) -> tuple[Json, dict[str, Upload]]:
    """Return the parameters and files of a body; raises Refusal for one that cannot be read."""
    if not body:
        return {}, {}
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _json(body), {}
    if kind == "application/x-www-form-urlencoded":
        return _urlencoded(body), {}
    if kind == "multipart/form-data":
        boundary = BOUNDARY.search(content_type)
        if boundary is None:
            raise Refusal.bad_request("boundary not found in the request")
        return parse_multipart(boundary.group(1).encode(), body)
    return {}, {}


def _json(body: bytes) -> Json:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refusal.bad_request("can't parse JSON object in the request body") from None
    if not isinstance(found, dict):
        raise Refusal.bad_request("object expected as the request body")
    return {key: value for key, value in found.items() if value is not None}


def _urlencoded(body: bytes) -> Json:
    fields: Json = {}
    for pair in body.split(b"&"):
        name, _, value = pair.partition(b"=")
        fields[_percent_decoded(name)] = _percent_decoded(value)
    return fields


def _percent_decoded(value: bytes) -> str:
    # runs of escapes at once: urllib takes them one by one, and Cyrillic is nothing but escapes
    if b"+" in value:
        value = value.replace(b"+", b" ")
    if b"%" in value:
        value = ESCAPES.sub(_run_decoded, value)
    return _text(value)


def _run_decoded(run: re.Match[bytes]) -> bytes:
    return bytes.fromhex(run.group().replace(b"%", b"").decode())


def parse_multipart(boundary: bytes, body: bytes) -> tuple[Json, dict[str, Upload]]:
    """Return the fields and files of a multipart body; a file's bytes may hold anything."""
    fields: Json = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, separator, content = part.partition(b"\r\n\r\n")
        name = NAME.search(head)
        if not separator or name is None:
            raise Refusal.bad_request("can't parse multipart form data")
        key = _text(name.group(1) or name.group(2))
        file_name = _file_name(head)
        if file_name is None:
            fields[key] = _text(content)
        else:
            kind = CONTENT_TYPE.search(head)
            files[key] = Upload(file_name, content, kind and kind.group(1).decode().strip())
    return fields, files


def _file_name(head: bytes) -> str | None:
    wide = FILE_NAME_UTF8.search(head)
    if wide is not None:
        return _unquoted(wide.group(1).decode())
    plain = FILE_NAME.search(head)
    return None if plain is None else _unquoted(_text(plain.group(1) or plain.group(2) or b""))


def _unquoted(name: str) -> str:
    return unquote(name).replace('\\"', '"').replace("\\\\", "\\")


def _text(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        raise Refusal.bad_request("strings must be encoded in UTF-8") from None
