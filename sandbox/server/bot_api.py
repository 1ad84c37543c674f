"""The Bot API over HTTP: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import orjson
from aiogram.methods import (
    DeleteWebhook,
    GetUpdates,
    GetWebhookInfo,
    SetWebhook,
)
from aiohttp import web

from sandbox.server.downloads import add_downloads
from sandbox.server.faults import Fault, FaultKind
from sandbox.server.files import Upload
from sandbox.server.forms import BODY_LIMIT, read_body
from sandbox.server.methods import handlers
from sandbox.server.payload import Json
from sandbox.server.refusal import Refusal
from sandbox.server.requests import AnyMethod, known_methods, read_call
from sandbox.server.telegram import Telegram
from sandbox.server.webhook import Webhook

WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)
LONGEST_POLL = 50.0
JSON_TYPE = "application/json"


class BotApi:
    """Answers the bot's calls on the state, with the faults on order."""

    def __init__(self, telegram: Telegram, token: str) -> None:
        self.telegram = telegram
        self.token = token
        self.webhook = Webhook(telegram, self.call_from_webhook)
        self._handlers = handlers()
        self._methods = known_methods()
        self._waiting: dict[type[AnyMethod], Callable[[Any], Awaitable[Any]]] = {
            GetUpdates: self._get_updates,
            SetWebhook: self._set_webhook,
            DeleteWebhook: self._delete_webhook,
            GetWebhookInfo: self._get_webhook_info,
        }

    def application(self) -> web.Application:
        """Return the web application of the Bot API."""
        app = web.Application(client_max_size=BODY_LIMIT)
        add_downloads(app, self.telegram.files, self.token)
        app.router.add_route("*", "/{bot:bot[^/]+}/{method}", self._respond)
        return app

    async def close(self) -> None:
        """End waiting polls and deliveries."""
        self.telegram.updates.close()
        await self.webhook.stop()

    async def _respond(self, request: web.Request) -> web.Response:
        name = request.match_info["method"]
        calls = self.telegram.calls
        waits = name.lower() == "getupdates"
        calls.under_way += not waits
        fault = None
        try:
            self._check_token(request.match_info["bot"])
            parameters, files = await read_body(request)
            fault = self.telegram.faults.of_call(name)
            if fault is not None:
                await self._strike(request, fault, name, parameters)
            result = await self.call(name, parameters, files)
            body, status = orjson.dumps({"ok": True, "result": result}), 200
        except Refusal as refusal:
            body, status = orjson.dumps(refusal.answer()), refusal.code
        finally:
            calls.under_way -= not waits
        if fault is not None and fault.kind is FaultKind.DROP_AFTER:
            hang_up(request)
        return web.Response(body=body, status=status, content_type=JSON_TYPE)

    async def call(self, name: str, parameters: Json, files: dict[str, Upload]) -> Any:
        """Do one call and return its result; raises Refusal. Either way it is recorded."""
        telegram = self.telegram
        method = self._methods.get(name.lower())
        shown = name if method is None else method.__api_method__
        at = telegram.clock.now()
        chat_id = _number(parameters.get("chat_id"))
        try:
            result = await self._dispatch(shown, method, parameters, files)
        except Refusal as refusal:
            telegram.calls.record(shown, chat_id, at, refusal.code, refusal.description)
            raise
        telegram.calls.record(shown, chat_id, at)
        return result

    async def _dispatch(
        self,
        name: str,
        method: type[AnyMethod] | None,
        parameters: Json,
        files: dict[str, Upload],
    ) -> Any:
        if method is not None:
            handler = self._handlers.get(method)
            if handler is not None:
                return handler(self.telegram, read_call(method, parameters, files))
            waiting = self._waiting.get(method)
            if waiting is not None:
                return await waiting(read_call(method, parameters, files).method)
        self.telegram.calls.unimplemented[name] += 1
        raise Refusal(404, f"Not Found: method {name} is not implemented by the sandbox")

    async def call_from_webhook(self, parameters: Json, files: dict[str, Upload]) -> None:
        """Do the call that a webhook's answer asks for; Telegram never tells how it went.

        Source: https://core.telegram.org/bots/api#making-requests-when-getting-updates
        """
        name = str(parameters.pop("method", ""))
        lower = name.lower()
        if not name or lower.startswith("get") or lower in {"setwebhook", "deletewebhook"}:
            return
        try:
            await self.call(name, parameters, files)
        except Refusal:
            return

    def _check_token(self, bot: str) -> None:
        if bot != f"bot{self.token}":
            raise Refusal(401, "Unauthorized")

    async def _strike(
        self, request: web.Request, fault: Fault, name: str, parameters: Json
    ) -> None:
        match fault.kind:
            case FaultKind.FLOOD:
                refusal = Refusal.flood(fault.retry_after)
            case FaultKind.SERVER_ERROR:
                refusal = Refusal(500, "Internal Server Error")
            case FaultKind.BAD_GATEWAY:
                refusal = Refusal(502, "Bad Gateway")
            case FaultKind.TIMEOUT:
                await asyncio.sleep(self.telegram.settings.hold)
                hang_up(request)
                refusal = Refusal(504, "Gateway Timeout")
            case FaultKind.DROP_BEFORE:
                hang_up(request)
                refusal = Refusal(504, "Gateway Timeout")
            case _:
                return
        at, chat_id = self.telegram.clock.now(), _number(parameters.get("chat_id"))
        self.telegram.calls.record(name, chat_id, at, refusal.code, refusal.description)
        raise refusal

    async def _get_updates(self, method: GetUpdates) -> list[Any]:
        if self.webhook.url:
            raise Refusal.conflict(WEBHOOK_ACTIVE)
        updates = self.telegram.updates
        updates.allow(method.allowed_updates)
        limit = 100 if method.limit is None else method.limit
        seconds = min(float(method.timeout or 0), LONGEST_POLL)
        found = await updates.poll(method.offset, limit, seconds)
        return [orjson.Fragment(entry.body) for entry in found]

    async def _set_webhook(self, method: SetWebhook) -> bool:
        if not method.url:
            await self.webhook.stop()
            return True
        self.telegram.updates.allow(method.allowed_updates)
        if method.drop_pending_updates:
            self.telegram.updates.drop()
        await self.webhook.start(
            method.url, method.secret_token or "", method.max_connections or 40
        )
        self.telegram.updates.end_poll("terminated by setWebhook request")
        return True

    async def _delete_webhook(self, method: DeleteWebhook) -> bool:
        if method.drop_pending_updates:
            self.telegram.updates.drop()
        await self.webhook.stop()
        return True

    async def _get_webhook_info(self, method: GetWebhookInfo) -> Json:
        del method
        return self.webhook.info()


def hang_up(request: web.Request) -> None:
    """Cut the connection, so that nothing of the answer arrives."""
    if request.transport is not None:
        request.transport.abort()


def _number(chat_id: Any) -> int | str | None:
    if isinstance(chat_id, str) and chat_id.lstrip("-").isdecimal():
        return int(chat_id)
    return chat_id if isinstance(chat_id, int | str) else None
